"""`python -m bench NAME [options]`: one of these, by name."""

import runpy
import sys

NAMES = ("feed", "streams", "menu_year", "coach")

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "feed"
    if name not in NAMES:
        sys.exit(f"There is no benchmark {name!r}; there are {', '.join(NAMES)}.")
    sys.argv[1:2] = []
    runpy.run_module(f"bench.{name}", run_name="__main__")
