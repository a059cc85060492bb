import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
pytestmark = pytest.mark.practice("A28")


def test_no_reminder_is_lost_whatever_is_killed():
    """200 due, 20 workers killed, Valkey flushed once, PostgreSQL crashed once."""
    drill = [sys.executable, "-m", "tests.drills.reminders"]
    done = subprocess.run(
        drill, cwd=CHECKOUT, capture_output=True, text=True, timeout=150, check=False
    )
    print(done.stdout, done.stderr[-2000:])
    found = dict(re.findall(r"(\w+)=(\d+)", done.stdout))
    assert found["due"] == found["delivered"] == "200"
    assert (found["lost"], found["expired"]) == ("0", "0")
    assert int(found["dup"]) <= int(found["ambiguous"])
    assert int(found["max_copies"]) <= 2
    assert (found["kills"], found["flushes"], found["pg_crashes"]) == ("20", "1", "1")
    assert done.returncode == 0
