"""pytest with a browser at hand. Further arguments go to pytest."""

import os
import sys
import time

from scripts.browser import WHAT_TO_DO
from scripts.fetch_browser import get

if __name__ == "__main__":
    began = time.monotonic()
    found = get()
    if not found:
        sys.exit(WHAT_TO_DO)
    print(f"browser: {found} ({time.monotonic() - began:.1f} s)", flush=True)
    os.environ["BROWSER_PATH"] = found
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])  # noqa: S606
