"""The style sheet of a collected site: its table of contents and all it names, as one file.

In the source tree `css/app.css` imports one small file a thing, and works like that. Each import
would be a round trip more, so collecting static files writes one sheet in its place, before it is
hashed.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from servestatic.storage import CompressedManifestStaticFilesStorage as Storage  # type: ignore[import-untyped]

CONTENTS = "css/app.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANK = re.compile(r"\s*\n\s*")
URL = re.compile(r'url\("(?P<path>[^"]+)"\)')


def flatten(read: Callable[[str], str]) -> str:
    """The whole sheet; `read` gives a file by its path below the static folder."""

    def part(found: re.Match[str]) -> str:
        path = posixpath.join(posixpath.dirname(CONTENTS), found["path"])
        return f"@layer {found['layer']} {{\n{moved(read(path), posixpath.dirname(path))}}}\n"

    whole = IMPORT.sub(part, read(CONTENTS))
    return BLANK.sub("\n", COMMENT.sub("", whole)).strip() + "\n"


def moved(text: str, folder: str) -> str:
    """Addresses in a part are relative to its folder; in the sheet, to the sheet's."""

    def address(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found["path"]))
        return f'url("{posixpath.relpath(path, posixpath.dirname(CONTENTS))}")'

    return URL.sub(address, text)


class SheetStorage(Storage):  # type: ignore[misc]
    def url(self, name: str | None, force: bool = False) -> str:
        """The name with its hash, in a local run as well: a second page fetches nothing again."""
        return str(super().url(name, force=True))

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        if CONTENTS in paths and not dry_run:
            paths = self.with_one_sheet(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def with_one_sheet(self, paths: dict[str, Any]) -> dict[str, Any]:
        def read(path: str) -> str:
            storage, name = paths[path]
            with storage.open(name) as file:
                return str(file.read().decode())

        sheet = flatten(read)
        self.delete(CONTENTS)
        self._save(CONTENTS, ContentFile(sheet.encode()))
        whole = {name: where for name, where in paths.items() if not _is_part(name)}
        return {**whole, CONTENTS: (self, CONTENTS)}


def _is_part(name: str) -> bool:
    return name.startswith("css/") and name != CONTENTS
