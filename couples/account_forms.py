"""Apart from `couples.forms`, because allauth imports that one while it builds its own forms."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context
from django import forms

from couples import codes
from couples.adapter import OWN_DEVICE_IN_SESSION
from couples.addresses import refuse_disguised
from couples.errors import TooMany


class Ask(forms.Form):
    """Something is mailed to an address that anybody may type, only so often."""

    def clean_email(self) -> str:
        refuse_disguised(self.cleaned_data["email"])
        address: str = super().clean_email()  # type: ignore[misc]
        try:
            codes.ask(context.request, address)
        except TooMany:
            raise forms.ValidationError("", code="resting") from None
        return address


class BeginForm(Ask, SignupForm):  # type: ignore[misc]
    pass


class ResetForm(Ask, ResetPasswordForm):  # type: ignore[misc]
    pass


class AddressForm(Ask, AddEmailForm):  # type: ignore[misc]
    pass


class Unhurried(RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        """Without allauth's few a minute, which anybody could use up for anybody: `Ask` counts."""
        email: str = self.cleaned_data["email"]
        users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self._user = users[0] if users else None
        return email


class RequestCodeForm(Ask, Unhurried):
    own_device = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Remember the choice until the code has been entered; `AccountAdapter` acts on it."""
        cleaned: dict[str, Any] = super().clean() or {}
        context.request.session[OWN_DEVICE_IN_SESSION] = bool(cleaned.get("own_device"))
        return cleaned


class Guess(forms.Form):
    """Comparing a code with what was typed, only so often for one address."""

    address: Callable[[], str]

    def clean_code(self) -> str:
        try:
            with codes.guess(context.request, self.address()):
                code: str = super().clean_code()  # type: ignore[misc]
        except TooMany:
            raise forms.ValidationError("", code="resting") from None
        return code


class LoginCodeForm(Guess, ConfirmLoginCodeForm):  # type: ignore[misc]
    def address(self) -> str:
        stage = LoginStageController.enter(context.request, LoginByCodeStage.key)
        return str(stage.state.get("email", "")) if stage else ""


class VerificationCodeForm(Guess, ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def address(self) -> str:
        return str(self.email or "")
