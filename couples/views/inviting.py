"""The inviter's side: a link, who answered it, and the yes that makes two of you."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import invitations, mail
from couples.access import for_anyone, posted, without_cookie
from couples.errors import NotOpen, Refused
from couples.forms import AddressForm
from couples.middleware import PrivateRequest
from couples.models import Invitation, Member


@require_safe
def invite(request: PrivateRequest) -> HttpResponse:
    if request.member.partner:
        return redirect("us")
    return _page(request)


@posted("invite")
def invite_make(request: PrivateRequest) -> HttpResponse:
    try:
        invitations.invite(member=request.member)
    except Refused as refused:
        return _page(request, refused)
    return redirect("invite")


@posted("invite")
def invite_mail(request: PrivateRequest) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        mail.send_invitation(member=request.member, address=form.cleaned_data["email"])
    except Refused as refused:
        return _page(request, refused, form=form)
    return render(request, "couples/invite_mailed.html")


@require_POST
def invite_revoke(request: PrivateRequest) -> HttpResponse:
    invitations.revoke(member=request.member)
    return redirect("invite")


@posted("invite")
def invite_confirm(request: PrivateRequest) -> HttpResponse:
    waiting = invitations.open_invitation(member=request.member)
    if waiting is None or not waiting.accepted_by_id:
        return redirect("invite")
    if request.POST.get("code") != invitations.code(waiting):
        return redirect("invite")
    try:
        invitations.confirm(member=request.member, invitation_id=waiting.id)
    except Refused as refused:
        return _page(request, refused)
    return redirect("paired")


@require_safe
def paired(request: PrivateRequest) -> HttpResponse:
    if not request.member.partner:
        return redirect("invite")
    return render(request, "couples/paired.html")


@for_anyone
@without_cookie
def never_invite(request: HttpRequest, token: str) -> HttpResponse:
    done = request.method == "POST"
    if done:
        try:
            mail.never_again(token)
        except NotOpen:
            return render(request, "couples/not_open.html", status=404)
    return render(request, "couples/never_invite.html", {"done": done})


def _page(
    request: PrivateRequest, refused: Refused | None = None, form: AddressForm | None = None
) -> HttpResponse:
    invitation = invitations.open_invitation(member=request.member)
    context = {
        "invitation": invitation,
        "refused": refused and refused.code,
        "form": form or AddressForm(),
        **_shown(request.member, invitation),
    }
    status = 409 if refused else 422 if form else 200
    return render(request, "couples/invite.html", context, status=status)


def _shown(member: Member, invitation: Invitation | None) -> dict[str, object]:
    if invitation is None:
        return {}
    if invitation.accepted_by:
        return {"who": invitation.accepted_by.name, "code": invitations.code(invitation)}
    link = invitations.link(member=member, invitation=invitation)
    return {"link": link, "qr": _qr(link)}


def _qr(link: str) -> str:
    code = segno.make(link, error="m", micro=False)
    drawing: str = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass="qr__dark")
    return drawing
