from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpResponse
from django.urls import reverse


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey is a way in beside the mailed code: no spare codes come with it.

    allauth makes some with the first key and would ask for a second sign-in to show them; they
    belong to the second step, which makes its own.
    """

    def form_valid(self, form: object) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        if self.did_generate_recovery_codes:
            spare = Authenticator.objects.filter(
                user=self.request.user, type=Authenticator.Type.RECOVERY_CODES
            )
            spare.delete()
        return answer

    def get_success_url(self) -> str:
        return reverse("mfa_list_webauthn")


add = AddPasskey.as_view()
