from typing import Any

from django import template
from django.template.loader import get_template
from django.urls import reverse

from couples.tickets import page_mark, stream_address

register = template.Library()


@register.simple_tag(takes_context=True)
def live_banner(context: dict[str, Any]) -> str:
    """Lets an open page learn that something new is here. Nothing on pages without a seat."""
    request = context["request"]
    member = getattr(request, "member", None)
    if member is None or not request.session.session_key:
        return ""
    parts = {
        "request": request,
        "mark": str(member.couple.mark),
        "stream": stream_address(member, request.session.session_key),
        "poll": f"{reverse('live_poll')}?page={page_mark(member)}",
    }
    return get_template("components/live.html").render(parts)
