"""Making a mail of its three files: `emails/<name>.subject.txt`, `.txt`, `.html`."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from css_inline import CSSInliner
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from couples.models import User

# Without keep_at_rules the night theme would be lost.
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def compose(
    name: str, to: str, words: Mapping[str, Any], reader: User | None = None
) -> EmailMultiAlternatives:
    """In the reader's language and zone, where the reader is known."""
    context = dict(words)
    language = reader.language if reader else translation.get_language() or "en"
    zone = ZoneInfo(reader.timezone) if reader else timezone.get_current_timezone()
    with translation.override(language), timezone.override(zone):
        subject = render_to_string(f"emails/{name}.subject.txt", context).strip()
        text = render_to_string(f"emails/{name}.txt", context)
        page = render_to_string(f"emails/{name}.html", context)
    message = EmailMultiAlternatives(subject, text, to=[to])
    message.attach_alternative(INLINER.inline(page), "text/html")
    message.extra_headers = {"Auto-Submitted": "auto-generated"}
    return message
