import fcntl
import os
from pathlib import Path
from typing import IO

from config.local.trouble import Trouble, about_disk


class DataLock:
    """One run a data folder. The kernel holds the lock, so it dies with its holder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.path = data / "lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        try:
            file = self.path.open("a+")
        except OSError as error:
            raise about_disk(error, self.data) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise Trouble(
                f"Leeway already runs on the data in {self.data} (process {holder}): "
                "use that one, or choose another DATA_DIR and PORT."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
