"""Apart from `couples.forms`, because allauth imports that one while it builds its own forms."""

from allauth.account.forms import RequestLoginCodeForm
from django import forms


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    own_device = forms.BooleanField(required=False)
