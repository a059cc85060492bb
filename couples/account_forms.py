"""Apart from `couples.forms`, because allauth imports that one while it builds its own forms."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from django import forms

from couples.adapter import OWN_DEVICE_IN_SESSION


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    own_device = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Remember the choice until the code has been entered; `AccountAdapter` acts on it."""
        cleaned: dict[str, Any] = super().clean()
        context.request.session[OWN_DEVICE_IN_SESSION] = bool(cleaned.get("own_device"))
        return cleaned
