"""Streams end with their session, however it ends: Django's own signals say when."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from couples import live, memberships
from couples.models import User


@receiver(post_delete, sender="sessions.Session")
def session_ended(instance: Any, **_: Any) -> None:
    """Sweeping up those that ran out long ago wakes nobody."""
    if instance.expire_date > timezone.now():
        live.check_session(instance.session_key)


@receiver([password_changed, password_set, password_reset])
def sessions_ended(user: User, **_: Any) -> None:
    """A new password ends the person's other sessions without deleting their rows."""
    if member := memberships.standing(user).member:
        live.check(member.couple_id)
