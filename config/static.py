"""Static files, answered before Django.

As a middleware, ServeStatic is asynchronous only, and would take every page over WSGI through an
event loop and back. Here it keeps its lists of files, and a page never meets it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from servestatic.middleware import ServeStaticMiddleware  # type: ignore[import-untyped]
from servestatic.utils import decode_path_info  # type: ignore[import-untyped]
from servestatic.wsgi import FileServerWSGI  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


async def _no_page(request: Any) -> Any:
    raise AssertionError("Only the lists of files are used.")


# A file opened by itself is no page: it loads nothing, and stands in nobody's frame.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Files(ServeStaticMiddleware):  # type: ignore[misc]
    def add_cache_headers(self, headers: Headers, path: str, url: str) -> None:
        super().add_cache_headers(headers, path, url)
        headers["Content-Security-Policy"] = POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
        if settings.SECURE_HSTS_SECONDS:
            lasting = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            headers["Strict-Transport-Security"] = lasting


class StaticFirst:
    def __init__(self, pages: "WSGIApplication") -> None:
        self.pages = pages
        self.files = Files(_no_page)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = decode_path_info(environ.get("PATH_INFO", ""))
        file = self._file(path) if path.startswith(settings.STATIC_URL) else None
        if file is None:
            return self.pages(environ, start_response)
        answer: Iterable[bytes] = FileServerWSGI(file)(environ, start_response)
        return answer

    def _file(self, path: str) -> Any:
        try:
            live = self.files.autorefresh
            return self.files.find_file(path) if live else self.files.files.get(path)
        except SuspiciousFileOperation:
            return None
