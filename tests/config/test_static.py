"""Static files are answered before Django, with the headers that pages have."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from config.local import collect
from config.static import StaticFirst


def ask(path: str) -> tuple[str, dict[str, str], bytes]:
    said: dict[str, Any] = {}

    def pages(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("From", "pages")])
        return [b"a page"]

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        said.update(status=status, headers={name.lower(): value for name, value in headers})

    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
    body = b"".join(StaticFirst(pages)(environ, start_response))
    return said["status"], said["headers"], body


@pytest.mark.safety("S24")
@pytest.mark.parametrize("name", ["js/app.js", "css/app.css", "icons/favicon.svg"])
def test_a_file_is_answered_with_our_headers(name: str) -> None:
    status, headers, body = ask(f"/static/{name}")
    assert status.startswith("200")
    assert body == (settings.BASE_DIR / "static" / name).read_bytes()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert "from" not in headers


@pytest.mark.parametrize(
    "path",
    ["/", "/static/", "/static/none.css", "/static/../manage.py", "/static/%2e%2e/manage.py"],
)
def test_everything_else_is_a_page(path: str) -> None:
    _, headers, body = ask(path)
    assert headers["from"] == "pages"
    assert body == b"a page"


def test_files_are_collected_again_only_when_one_changed(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    source = tmp_path.with_name("source.css")
    source.write_text("a {}")
    collected: list[str] = []
    monkeypatch.setattr(collect, "sources", lambda: iter([source]))
    monkeypatch.setattr(collect, "call_command", lambda name, **options: collected.append(name))
    assert collect.collect()
    assert not collect.collect()
    source.write_text("a { color: red }")
    assert collect.collect()
    assert collected == ["collectstatic", "collectstatic"]
