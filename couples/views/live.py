"""The gentle way to learn of news: asking now and then. Streams themselves are not served here."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from couples.access import for_anyone
from couples.middleware import PrivateRequest
from couples.tickets import page_mark, stream_address


@require_safe
@for_anyone
def stream(request: HttpRequest) -> HttpResponse:
    """Only reached where no process serves live events; the page then asks `now`."""
    raise Http404


@require_safe
def now(request: PrivateRequest) -> HttpResponse:
    """The couple's mark, and where to listen. 410 for a page of a seat that is no longer mine."""
    member = request.member
    if request.GET.get("page", page_mark(member)) != page_mark(member):
        return HttpResponse(status=410)
    address = stream_address(member, request.session.session_key or "")
    return JsonResponse({"mark": str(member.couple.mark), "stream": address})
