"""`manage.py library`: exit status, file and line; counts and sheets. No database in any of it."""

import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prompts.library import library
from prompts.library.loading import HERE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one closed question in it."""
    copy = Path(shutil.copytree(HERE / "en", tmp_path / "en"))
    path = copy / "prompts" / "work.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("What did your hands do most today?", "Did you work?"), "utf-8")
    return copy


def test_the_command_prints_counts_and_a_figure() -> None:
    out = StringIO()
    call_command("library", "check", stdout=out)
    assert f"{len(library('en').prompts)}" in out.getvalue()
    assert "Flesch-Kincaid grade" in out.getvalue()


def test_the_command_says_file_line_and_reason_and_fails(folder: Path) -> None:
    errors = StringIO()
    with pytest.raises(CommandError, match="problem"):
        call_command("library", "check", path=folder, stderr=errors)
    assert "en/prompts/work.toml:" in errors.getvalue()
    assert "a closed question" in errors.getvalue()


def test_the_command_needs_no_database_and_leaves_an_exit_status(folder: Path) -> None:
    command = [sys.executable, "manage.py", "library", "check", "--path", str(folder)]
    nowhere = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=nowhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "prompts/work.toml:" in done.stderr


def test_a_sheet_is_readable_and_an_unknown_topic_is_refused() -> None:
    out = StringIO()
    call_command("library", "show", topic="money", depth=3, stdout=out)
    assert "waist-deep" in out.getvalue()
    assert "ankle-deep" not in out.getvalue()
    with pytest.raises(CommandError, match="no topic"):
        call_command("library", "show", topic="weather")
