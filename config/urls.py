from django.urls import include, path

urlpatterns = [
    path("", include("couples.urls")),
    path("accounts/", include("allauth.urls")),
]
