"""An empty view over WSGI: what Django itself takes, without middleware, template or database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="-",  # noqa: S106
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    LOGGING_CONFIG=None,
)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(".", headers={"Content-Length": "1"})


urlpatterns = [path("", empty)]
application = get_wsgi_application()
