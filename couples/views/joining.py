"""The invited person's side. Looking changes nothing; joining takes an account and a plain yes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from couples import invitations
from couples.access import for_anyone, signed_in_or_not, without_cookie
from couples.errors import NotOpen, Refused
from couples.forms import LinkForm
from couples.invitations import IN_SESSION
from couples.middleware import PrivateRequest
from couples.models import Invitation

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@for_anyone
@without_cookie
def have_invitation(request: HttpRequest) -> HttpResponse:
    form = LinkForm(request.POST or None)
    if form.is_valid():
        return redirect("invitation", form.cleaned_data["link"])
    status = 422 if form.is_bound else 200
    return render(request, "couples/have_invitation.html", {"form": form}, status=status)


@get_or_post
@signed_in_or_not
@without_cookie
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = invitations.find(token)
    except NotOpen:
        return not_open(request)
    if request.method == "POST":
        request.session[IN_SESSION] = str(found.pk)
        return redirect("join" if request.user.is_authenticated else "account_signup")
    own = found.inviter_id == request.user.pk
    context = {"inviter": found.inviter.name, "own": own}
    response = render(request, "couples/invitation.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@get_or_post
def join(request: PrivateRequest) -> HttpResponse:
    if request.member.partner:
        request.session.pop(IN_SESSION, None)
        return redirect("paired")
    if waiting := invitations.waiting_for(member=request.member):
        return _waiting(request, waiting)
    try:
        found = invitations.held(request.session.get(IN_SESSION))
        if request.method == "POST":
            invitations.bind(member=request.member, found=found)
            request.session.pop(IN_SESSION, None)
            return redirect("join")
    except NotOpen:
        request.session.pop(IN_SESSION, None)
        return not_open(request)
    except Refused as refused:
        context = {"inviter": found.inviter.name, "refused": refused.code}
        return render(request, "couples/join.html", context, status=409)
    own = found.inviter_id == request.user.pk
    return render(request, "couples/join.html", {"inviter": found.inviter.name, "own": own})


@require_POST
def step_back(request: PrivateRequest) -> HttpResponse:
    """Before the confirmation: the one who accepted, or only thought about it, turns back."""
    request.session.pop(IN_SESSION, None)
    invitations.step_back(member=request.member)
    return redirect("welcome")


def not_open(request: HttpRequest) -> HttpResponse:
    """Unknown, used, revoked, too old, malformed: one page, so that nobody learns which."""
    response = render(request, "couples/not_open.html", status=404)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _waiting(request: PrivateRequest, waiting: Invitation) -> HttpResponse:
    context = {"inviter": waiting.inviter.name, "code": invitations.code(waiting)}
    return render(request, "couples/join_waiting.html", context)
