from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from couples import agreement, invitations
from couples.middleware import PrivateRequest


@require_safe
def us(request: PrivateRequest) -> HttpResponse:
    member = request.member
    if not member.partner:
        waiting = invitations.open_invitation(member=member)
        return render(request, "couples/alone.html", {"nav": "us", "invitation": waiting})
    keys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    stands = agreement.standing(member)
    held = stands.in_force
    context = {
        "nav": "us",
        "agreement": stands,
        "mine": held.of(member).get("lines", []) if held else [],
        "theirs": held.of(member.partner).get("lines", []) if held else [],
        "has_passkey": keys.exists(),
    }
    return render(request, "couples/us.html", context)
