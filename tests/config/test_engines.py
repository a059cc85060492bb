import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.local.engines import Engines
from config.local.lock import DataLock
from config.local.trouble import Trouble


def silent(name: str, line: str) -> None:
    pass


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    found = Engines(tmp_path_factory.mktemp("engines") / "data", say=silent, fast=True)
    found.start()
    yield found
    found.stop()


def ask(engines: Engines, question: str) -> object:
    with psycopg.connect(engines.postgres.url, autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_reaches_data_or_sockets(engines: Engines) -> None:
    assert mode(engines.data) == 0o700
    assert mode(engines.data / "postgres") == 0o700
    assert mode(engines.run_folder) == 0o700
    assert ask(engines, "show listen_addresses") == ""


def test_postgres_sorts_as_in_production(engines: Engines) -> None:
    assert ask(engines, "select datlocprovider from pg_database where datname = 'leeway'") == "b"
    assert ask(engines, "select datlocale from pg_database where datname = 'leeway'") == "C.UTF-8"


def test_postgres_keeps_its_data_through_a_restart_and_a_crash(engines: Engines) -> None:
    ask(engines, "create table kept (what text)")
    ask(engines, "insert into kept values ('a stone')")
    engines.postgres.restart()
    assert ask(engines, "select what from kept") == "a stone"
    engines.postgres.kill()
    assert not engines.postgres.alive
    engines.postgres.start()
    assert ask(engines, "select count(*) from kept") == 1


def test_its_log_quotes_nobody(tmp_path: Path) -> None:
    said: list[str] = []
    engines = Engines(tmp_path / "data", say=lambda name, line: said.append(line), fast=True)
    engines.start()
    try:
        ask(engines, "create table one (who text unique)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(engines, "insert into one values ('ana@example.org'), ('ana@example.org')")
    finally:
        engines.stop()
    assert any("duplicate key" in line for line in said)
    assert "ana@example.org" not in "\n".join(said)


def test_valkey_comes_back_after_a_crash(engines: Engines) -> None:
    with engines.valkey.client() as client:
        assert client.ping()
    engines.valkey.kill()
    assert not engines.valkey.alive
    engines.valkey.start()
    with engines.valkey.client() as client:
        assert client.ping()
        assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"


def test_stopping_leaves_no_process_and_no_socket(tmp_path: Path) -> None:
    engines = Engines(tmp_path / "data", say=silent, fast=True)
    engines.start()
    engines.stop()
    assert not engines.postgres.alive
    assert not engines.valkey.alive
    assert not engines.run_folder.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs this")
def test_root_may_keep_the_programs_where_nobody_may_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.local.binaries.can_reach", lambda path, account: False)
    before = os.umask(0o077)
    engines = Engines(tmp_path / "data", say=silent, fast=True)
    try:
        engines.start()
        assert ask(engines, "select 1") == 1
    finally:
        os.umask(before)
        engines.stop()
    assert not engines.run_folder.exists()


def test_two_runs_on_the_same_data_refuse_kindly(tmp_path: Path) -> None:
    first, second = DataLock(tmp_path), DataLock(tmp_path)
    first.take()
    with pytest.raises(Trouble, match="already runs on the data"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_the_lock_of_a_dead_run_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("999999999")
    lock = DataLock(tmp_path)
    lock.take()
    lock.release()


def test_a_data_folder_of_another_postgres_is_left_alone(tmp_path: Path) -> None:
    engines = Engines(tmp_path / "data", say=silent, fast=True)
    strange = tmp_path / "data" / "postgres" / "PG_VERSION"
    strange.parent.mkdir(parents=True)
    strange.write_text("9\n")
    with pytest.raises(Trouble, match="was made by PostgreSQL 9"):
        engines.start()
    assert strange.read_text() == "9\n"
