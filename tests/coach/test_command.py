"""The batch command: rows in, one JSON object a row out, no database, no network."""

import io
import json
import socket

import pytest
from django.core.management import CommandError, call_command
from django.db import connections


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        "pair,text,context,labels\n"
        'a,"You never listen, 😀",I felt small.,blame\n'
        "b,Thank you for telling me.,,appreciation\n"
        ",,,\n",
        encoding="utf-8",
    )
    return path


def run(path):
    out = io.StringIO()
    call_command("coach", csv=str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_object_a_row_with_labels_and_findings(rows):
    first, second, empty = run(rows)
    assert first["labels"] == ["blame"]
    assert set(first["findings"][0]) == {"category", "rule", "start", "end", "tier"}
    assert first["findings"][0]["tier"] in ("strong", "weak")
    assert second["labels"] == ["appreciation"]
    assert empty == {"labels": [], "findings": []}


def test_it_touches_neither_database_nor_network(rows, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the coach is local")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for connection in connections.all():
        monkeypatch.setattr(connection, "connect", refuse)
    assert len(run(rows)) == 3


def test_the_unjudged_kind_is_a_finding_but_no_label(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("text,context\nThat's not what happened.,\n", encoding="utf-8")
    (row,) = run(path)
    assert row["labels"] == []
    assert [f["category"] for f in row["findings"]] == ["correcting"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv"):
        run(tmp_path / "none.csv")
