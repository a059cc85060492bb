"""Live events: a process of its own in production (`python -m config.live`), or mounted at `/live/`
of the local one. It loads settings, but none of Django's apps."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.live.app import Live

application = Live()
