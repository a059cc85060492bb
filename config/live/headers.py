"""The headers of a stream and of its refusals: as strict as those of the pages."""

from django.conf import settings

_ALWAYS = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Vary": "Cookie",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


def headers(**more: str) -> list[tuple[bytes, bytes]]:
    fields = {**_ALWAYS, **{name.replace("_", "-"): value for name, value in more.items()}}
    if settings.SECURE:
        fields["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        )
    return [(name.lower().encode(), value.encode()) for name, value in fields.items()]


STREAM = headers(Content_Type="text/event-stream; charset=utf-8")
REFUSAL = headers(Content_Type="text/plain; charset=utf-8", Content_Length="0")
FULL = headers(Content_Type="text/plain; charset=utf-8", Content_Length="0", Retry_After="30")
