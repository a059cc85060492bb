"""The checks of `make check`, with the time each took. All run, even when one fails."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OURS = ("config", "couples", "prompts", "rituals", "scripts")
CHECKS = {
    "lint": ("ruff", "check", "--quiet", "."),
    "format": ("ruff", "format", "--quiet", "--check", "."),
    "types": ("mypy", "--no-error-summary", *OURS),
    "imports": ("lint-imports", "--no-logo"),
    "templates": ("djangofmt", "check", "templates"),
    "library": ("python", "manage.py", "library", "check"),
}


def passes(name: str) -> bool:
    began = time.monotonic()
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"check: {name:10} {verdict:7} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode != 0:
        print((done.stdout + done.stderr).strip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    verdicts = [passes(name) for name in CHECKS]
    sys.exit(0 if all(verdicts) else 1)
