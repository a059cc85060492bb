from django.urls import include, path

from couples.views import passkeys

urlpatterns = [
    path("", include("couples.urls")),
    path("us/", include("prompts.urls_us")),
    path("", include("prompts.urls")),
    path("", include("rituals.urls")),
    path("accounts/2fa/webauthn/add/", passkeys.add, name="mfa_add_webauthn"),
    path("accounts/", include("allauth.urls")),
    path("dev/mailbox/", include("couples.mailbox_urls")),
]
