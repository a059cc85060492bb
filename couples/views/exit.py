from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from couples.access import for_anyone


@require_POST
@for_anyone
@csrf_exempt
def leave_page(request: HttpRequest) -> HttpResponse:
    """Ends the caller's own session and nothing else; sent as a beacon while the page goes away.

    It carries no CSRF token. From another site it arrives without the session cookie (SameSite).
    """
    if request.session.session_key:
        logout(request)
    response = HttpResponse(status=204)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
