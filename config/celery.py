"""The Celery app and its one beat table. Tasks carry no arguments: PostgreSQL holds the truth."""

import logging.config
import os
import warnings
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
warnings.filterwarnings("ignore", category=SecurityWarning)  # in a container, root is nobody

app = Celery("leeway")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A sweep that finds the last one unserved for this long has nothing to add to it.
EVERY = 20.0
HOURLY = 3600.0
app.conf.beat_schedule = {
    "sweep": {"task": "rituals.tasks.sweep", "schedule": EVERY, "options": {"expires": EVERY}},
    "post": {"task": "couples.tasks.post", "schedule": EVERY, "options": {"expires": EVERY}},
    "shred": {"task": "couples.tasks.shred", "schedule": HOURLY, "options": {"expires": HOURLY}},
}

ROUTINE = ("celery.beat", "celery.worker.strategy", "celery.app.trace")  # a line for each sweep


@setup_logging.connect  # type: ignore[untyped-decorator]
def log_as_we_do(**_: Any) -> None:
    logging.config.dictConfig(settings.LOGGING)
    for name in ROUTINE:
        logging.getLogger(name).setLevel(logging.WARNING)
