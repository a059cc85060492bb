"""A device on which somebody said "this is only my device" while signing in has counts of its own.

Its cookie opens nothing. It holds the month it ends with, a random name and a keyed hash of both
and the mailbox: nobody can read whose it is, or on which day they were here.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from couples.addresses import mailbox
from couples.clock import app_now


def known(request: HttpRequest, address: str) -> str:
    """The device's random name, if it was this address that last signed in there; else nothing."""
    until, _, rest = request.COOKIES.get(cookie_name(), "").partition(".")
    device, _, proof = rest.partition(".")
    ours = constant_time_compare(proof, _proof(until, device, address))
    return device if ours and f"{app_now():%Y-%m}" < until else ""


def remember(response: HttpResponse, address: str) -> None:
    month = app_now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = month.replace(year=month.year + 1)
    until, device = f"{end:%Y-%m}", get_random_string(22)
    response.set_cookie(
        cookie_name(),
        f"{until}.{device}.{_proof(until, device, address)}",
        expires=end,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")


def cookie_name() -> str:
    return "__Host-device" if settings.SECURE else "device"


def _proof(until: str, device: str, address: str) -> str:
    said = "\n".join((until, device, mailbox(address)))
    return salted_hmac("couples.devices", said, algorithm="sha256").hexdigest()
