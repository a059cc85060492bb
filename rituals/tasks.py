"""What wakes the outbox. Without arguments: losing every message costs lateness, never a mail."""

from celery import shared_task

from rituals import due, outbox


@shared_task  # type: ignore[untyped-decorator]
def sweep() -> None:
    plan_due()
    send_due()


@shared_task  # type: ignore[untyped-decorator]
def plan_due() -> None:
    due.plan_due()


@shared_task  # type: ignore[untyped-decorator]
def send_due() -> None:
    outbox.send_due()
