from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from couples import devices
from couples.invitations import IN_SESSION
from couples.models import User

OWN_DEVICE_IN_SESSION = "own_device"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """A session ends with the browser unless "only my device" was ticked.

        The device is known only then, and no more as soon as the box is left empty. A passkey asks
        for neither: it changes nothing.
        """
        own, address = request.session.pop(OWN_DEVICE_IN_SESSION, None), kwargs["email"]
        if own:
            request.session.set_expiry(settings.OWN_DEVICE_DAYS * 24 * 60 * 60)
        response = super().post_login(request, user, **kwargs)
        if own:
            devices.remember(response, address or user.email)
        elif own is False and devices.known(request, address or user.email):
            devices.forget(response)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if IN_SESSION in request.session:
            return reverse("join")
        url: str = super().get_login_redirect_url(request)
        return url

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("join" if IN_SESSION in request.session else "welcome")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        request = self.request
        return self.get_signup_redirect_url(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No passing messages: they would keep addresses in the session."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def is_mfa_enabled(self, user: User, types: Any = None) -> bool:
        """A passkey is a way in, not a second factor: adding one must not lock out the code mail.

        Relies on how allauth's login stage asks; a test holds it.
        """
        from allauth.mfa.models import Authenticator

        kind = Authenticator.Type
        if types is not None and set(types) == {kind.TOTP, kind.WEBAUTHN}:
            types = [kind.TOTP]
        enabled: bool = super().is_mfa_enabled(user, types)
        return enabled
