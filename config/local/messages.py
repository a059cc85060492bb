"""locale/**/*.po → .mo, with no gettext on the machine."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def compile_messages(root: Path = ROOT) -> int:
    """Compiles what changed; returns how many files that were."""
    changed = 0
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            changed += 1
    return changed


if __name__ == "__main__":
    compile_messages()
