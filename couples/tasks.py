"""Argument-free sweeps: running one late, twice or never loses nothing but time."""

from celery import shared_task

from couples import limits
from couples.leaving import shred_what_nobody_kept
from couples.mail import send_waiting


@shared_task(name="couples.tasks.shred")  # type: ignore[untyped-decorator]
def shred() -> None:
    shred_what_nobody_kept()
    limits.forget()


@shared_task(name="couples.tasks.post")  # type: ignore[untyped-decorator]
def post() -> None:
    send_waiting()
