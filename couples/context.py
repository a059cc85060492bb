from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page may use."""
    return {
        "operator": settings.OPERATOR,
        "exit_url": settings.EXIT_URL,
        "member": getattr(request, "member", None),
        "debug": settings.DEBUG,
    }
