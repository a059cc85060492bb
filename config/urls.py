from django.urls import include, path

urlpatterns = [
    path("", include("couples.urls")),
    path("us/", include("prompts.urls_us")),
    path("", include("prompts.urls")),
    path("", include("rituals.urls")),
    path("accounts/", include("allauth.urls")),
    path("dev/mailbox/", include("couples.mailbox_urls")),
]
