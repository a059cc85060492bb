"""PostgreSQL refuses to run as root; there the engines run as ``nobody``.

Their folders belong to nobody, but lie inside DATA_DIR, which only root may enter. They are
handed over as open folders (/proc/self/fd/N), so no door on the way has to be opened.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


def engine_account(data: Path) -> Account | None:
    """None: as whoever we are. As root: the owner that the data already have, else nobody."""
    if os.geteuid() != 0:
        return None
    if data.is_dir() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def give(path: Path, account: Account | None) -> None:
    path.chmod(0o700)
    if account:
        os.chown(path, account.uid, account.gid)


def can_reach(path: Path, account: Account | None) -> bool:
    """Whether a stranger can read this path: every folder above it lets others pass."""
    if account is None:
        return True
    above = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    return above and bool(path.stat().st_mode & stat.S_IROTH)


class Doorway:
    """How an engine names its folder, and the descriptors it needs for that."""

    def __init__(self, folder: Path, account: Account | None) -> None:
        self.name = str(folder)
        self.descriptors: tuple[int, ...] = ()
        if account and Path("/proc/self/fd").is_dir():
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            self.name = f"/proc/self/fd/{descriptor}"
            self.descriptors = (descriptor,)

    def close(self) -> None:
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.descriptors = ()
