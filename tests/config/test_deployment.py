import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.env import ROOT
from couples import keyring
from scripts import bootstrap, coverage_map, make_env

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
LASTING = sorted(set(SERVICES) - {"migrate", "keys"})
APP = ("migrate", "web", "live", "worker", "beat", "keys")


def test_everything_that_real_use_needs_is_there() -> None:
    assert {"db", "valkey", "migrate", "web", "live", "worker", "beat", "caddy"} <= set(SERVICES)
    assert SERVICES["db"]["image"] == "postgres:18"
    assert SERVICES["db"]["volumes"] == ["database:/var/lib/postgresql"]
    assert "--builtin-locale=C.UTF-8" in SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert SERVICES["valkey"]["image"] == "valkey/valkey:9"
    assert "noeviction" in SERVICES["valkey"]["command"]
    assert SERVICES["mailpit"]["profiles"] == ["dev"]


@pytest.mark.parametrize("name", LASTING)
def test_each_lasting_service_is_looked_after(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0].startswith("CMD")
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_service_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] not in ("root", "0", "0:0")
    assert "privileged" not in service


def test_nothing_starts_before_the_tables_are_there() -> None:
    for name in ("web", "live", "worker", "beat"):
        needs = SERVICES[name]["depends_on"]
        assert needs["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"


def test_only_the_proxy_is_reachable_from_outside() -> None:
    open_ports = {
        name: service["ports"] for name, service in SERVICES.items() if "ports" in service
    }
    assert set(open_ports) == {"caddy", "mailpit"}
    assert all(port.startswith("127.0.0.1:") for port in open_ports["mailpit"])
    assert SERVICES["db"]["networks"] == SERVICES["valkey"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", APP)
def test_no_secret_has_a_default(name: str) -> None:
    environment = SERVICES[name]["environment"]
    for setting in ("PUBLIC_URL", "DATABASE_URL", "EMAIL_URL"):
        assert re.search(r"\$\{\w+:\?", environment[setting]), setting
    assert environment["SECRET_KEY_FILE"] == "/keys/secret"
    assert environment["KEY_FILE"] == "/keys/ring.json"
    assert "SECRET_KEY" not in environment


def test_each_service_holds_only_the_keys_it_needs() -> None:
    mounts = {name: service.get("volumes", []) for name, service in SERVICES.items()}
    with_keys = {
        name: [mount for mount in held if "keys" in mount] for name, held in mounts.items()
    }
    assert {name: held for name, held in with_keys.items() if held} == {
        **{name: ["./keys:/keys:ro"] for name in ("web", "worker")},
        **{name: ["./keys/secret:/keys/secret:ro"] for name in ("migrate", "live", "beat")},
        "keys": ["./keys:/keys"],
    }
    from_here = {mount.split(":")[0] for held in mounts.values() for mount in held}
    assert {"./keys/ring.json", "."} & from_here == set(), "a turned key is a new file"


def test_what_gets_no_key_ring_needs_none() -> None:
    settings = {"KEY_FILE": "/nowhere/ring.json", "DEBUG": "0", "SECRET_KEY": "x" * 64}
    start = "import django; django.setup(); import config.celery, config.live.__main__"
    environment = {**os.environ, **settings}
    subprocess.run([sys.executable, "-c", start], cwd=ROOT, env=environment, check=True)


def test_what_the_proxy_answers_alone_is_guarded_too() -> None:
    caddy = (ROOT / "Caddyfile").read_text()
    guarded = caddy.partition("(guarded) {")[2].partition("\n}")[0]
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert f"?{header} " in guarded, "what web says is not to be replaced"
    assert re.search(r"\{\$PUBLIC_URL\} \{\s+import guarded", caddy)
    assert re.search(r"handle_errors \{\s+import guarded", caddy)


def test_every_variable_of_the_compose_file_is_explained() -> None:
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    explained = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert used == set(explained)


def test_the_proxy_sends_live_events_to_their_own_process() -> None:
    caddy = (ROOT / "Caddyfile").read_text()
    assert re.search(r"handle /live/ \{\s+reverse_proxy live:8001", caddy)
    assert re.search(r"handle \{\s+encode [a-z ]+\s+reverse_proxy web:8000", caddy)


def test_secrets_are_made_fresh_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    houses = [tmp_path / "one", tmp_path / "two"]
    for house in houses:
        house.mkdir()
        make_env.make(house, "https://leeway.example.org/")
        for secret in (house / ".env", house / "keys/ring.json", house / "keys/secret"):
            assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        ring = keyring.load(house / "keys" / "ring.json")
        assert len(ring.keys[ring.active]) == 32
        assert "PUBLIC_URL=https://leeway.example.org\n" in (house / ".env").read_text()
    for name in (".env", "keys/ring.json", "keys/secret"):
        assert (houses[0] / name).read_text() != (houses[1] / name).read_text()
    with pytest.raises(FileExistsError):
        make_env.make(houses[0], "https://leeway.example.org")


def test_the_lock_file_names_public_places_only() -> None:
    places = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert places == {"pypi.org", "files.pythonhosted.org"}


def test_the_pinned_uv_has_a_hash_for_each_machine() -> None:
    pin = json.loads((ROOT / "scripts" / "uv.json").read_text())
    for wheel in pin["wheels"].values():
        assert wheel["file"].startswith(f"uv-{pin['version']}-")
        assert re.fullmatch(r"[0-9a-f]{64}", wheel["sha256"])


def test_setting_up_works_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "")
    environment = bootstrap.uv_environment()
    assert environment["UV_CACHE_DIR"] == str(ROOT / ".tools" / "cache")
    assert environment["UV_PYTHON_DOWNLOADS"] == "never"


def test_ci_runs_what_everybody_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text().rstrip().endswith("make test")


def test_the_map_reads_rows_of_tables(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("| Id | What |\n|---|---|\n| S1 | never seen | x |\n| **B12** | told | y |\n")
    assert coverage_map.rows(page) == {"S1": "never seen", "B12": "told"}
