import errno
from pathlib import Path


class Trouble(Exception):
    """One sentence for the person at the terminal: what is wrong and what to do."""


def about_disk(error: OSError, path: Path) -> Trouble:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble(f"The disk that holds {path} is full: free some space and start again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(f"{path} can't be written: choose another place with DATA_DIR=/some/folder.")
    return Trouble(f"{path} can't be used ({error.strerror}): choose another place with DATA_DIR.")
