from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from couples.access import for_anyone
from couples.keyring import KeyRingMissing, ring


@require_safe
@for_anyone
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while pages can be served: the database answers and the key ring is there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        ring()
    except (DatabaseError, KeyRingMissing) as error:
        return HttpResponse(type(error).__name__, content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
