"""How a second person joins: a link, two accounts, a compared code, a confirmation.

A token is 256 random bits; the database keeps its SHA-256. Looking changes nothing. Accepting
binds the link to one account; nothing can be read until the inviter has confirmed that account.
Locks are taken on both accounts in the order of their ids, so that crossing requests wait for
each other and cannot deadlock.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from couples import lifecycle, vault
from couples.clock import AppNow, app_now
from couples.errors import AlreadyPaired, NotHere, NotOpen, OwnInvitation, TooMany
from couples.live import changed
from couples.memberships import take_seat
from couples.models import Couple, Invitation, Member, User

LIVES = timedelta(hours=72)
A_DAY = 5
AT_ONCE = 20
# Sessions lie in the database, so they hold an invitation's id; the token would open it.
IN_SESSION = "invitation"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _lock(users: Iterable[UUID]) -> None:
    for user in sorted(set(users)):
        User.objects.select_for_update().get(pk=user)


@transaction.atomic
def invite(*, member: Member) -> Invitation:
    """A new link; the one before dies. Raises AlreadyPaired, TooMany."""
    _lock([_user(member)])
    _must_be_alone(member)
    now = app_now()
    mine = Invitation.objects.of(member)
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise TooMany
    mine.filter(revoked_at=None, confirmed_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        couple_id=member.couple_id,
        author=member,
        inviter_id=_user(member),
        token_hash=_hash(token),
        created_at=now,
        expires_at=now + LIVES,
    )
    vault.seal(member, invitation, {"token": token})
    invitation.save(force_insert=True)
    return invitation


def open_invitation(*, member: Member) -> Invitation | None:
    """The member's current link, waiting or accepted."""
    return (
        Invitation.objects.of(member)
        .filter(revoked_at=None, confirmed_at=None, expires_at__gt=app_now())
        .select_related("accepted_by")
        .first()
    )


def to_mail() -> list[UUID]:
    """Some seats whose links wait to be mailed, for the worker.

    In no order: those that are tried in vain again and again must not keep the others waiting.
    """
    rows = Invitation.objects.across_couples().filter(mail_waits=True).order_by("?")
    return list(rows.values_list("author_id", flat=True)[:AT_ONCE])


def link(*, member: Member, invitation: Invitation) -> str:
    token = vault.words(member, invitation)["token"]
    return f"{settings.PUBLIC_URL}/i/{token}/"


def find(token: str) -> Invitation:
    """The waiting invitation of a token. Raises NotOpen without saying why."""
    return _waiting(token_hash=_hash(token))


def held(pk: object) -> Invitation:
    """The waiting invitation whose id a session holds. Raises NotOpen."""
    try:
        return _waiting(pk=UUID(str(pk)))
    except ValueError:
        raise NotOpen from None


def _waiting(**which: object) -> Invitation:
    invitation = (
        Invitation.objects.across_couples()
        .filter(revoked_at=None, accepted_at=None, **which)
        .filter(expires_at__gt=AppNow(), couple__state="solo")
        .select_related("inviter")
        .first()
    )
    if invitation is None:
        raise NotOpen
    return invitation


def accept(*, member: Member, token: str) -> Invitation:
    """Bind the link to this account. Raises NotOpen, OwnInvitation, AlreadyPaired."""
    return bind(member=member, found=find(token))


@transaction.atomic
def bind(*, member: Member, found: Invitation) -> Invitation:
    """`accept`, for an invitation that was found already."""
    me = _user(member)
    if found.inviter_id == me:
        raise OwnInvitation
    _lock([me, found.inviter_id])
    _must_be_alone(member)
    if waiting_for(member=member):
        raise AlreadyPaired
    taken = (
        Invitation.objects.across_couples()
        .filter(pk=found.pk, revoked_at=None, accepted_at=None, expires_at__gt=AppNow())
        .update(accepted_at=AppNow(), accepted_by_id=me)
    )
    if not taken:
        raise NotOpen
    found.refresh_from_db()
    changed(found.author)
    return found


def waiting_for(*, member: Member) -> Invitation | None:
    """The invitation this person has accepted and that waits for its inviter's confirmation."""
    return (
        Invitation.objects.across_couples()
        .filter(accepted_by_id=_user(member), revoked_at=None, confirmed_at=None)
        .filter(expires_at__gt=AppNow(), couple__state="solo")
        .select_related("inviter")
        .first()
    )


def code(invitation: Invitation) -> str:
    """Six digits that both see while a confirmation is awaited; bound to the accepting account."""
    place = f"pair {invitation.pk} {invitation.accepted_by_id}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), place, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


@transaction.atomic
def revoke(*, member: Member) -> None:
    """End the current link, accepted or not; also the answer to "I don't know this person"."""
    _lock([_user(member)])
    Invitation.objects.of(member).filter(revoked_at=None, confirmed_at=None).update(
        revoked_at=app_now()
    )


@transaction.atomic
def step_back(*, member: Member) -> None:
    """The one who accepted changes their mind before the confirmation. The link is used up."""
    waiting = waiting_for(member=member)
    if waiting:
        _lock([_user(member), waiting.inviter_id])
        stepped = (
            Invitation.objects.across_couples()
            .filter(pk=waiting.pk, confirmed_at=None)
            .update(revoked_at=app_now())
        )
        if stepped:
            changed(waiting.author)


@transaction.atomic
def confirm(*, member: Member, invitation_id: UUID) -> Couple:
    """The inviter's yes: a new couple, with what each had prepared alone. Raises NotHere."""
    invitation = Invitation.objects.of(member).filter(pk=invitation_id).first()
    if invitation is None or invitation.accepted_by_id is None:
        raise NotHere
    _lock([_user(member), invitation.accepted_by_id])
    taken = (
        Invitation.objects.of(member)
        .filter(pk=invitation_id, revoked_at=None, confirmed_at=None)
        .filter(accepted_by_id=invitation.accepted_by_id, expires_at__gt=AppNow())
        .update(confirmed_at=AppNow())
    )
    if not taken:
        raise NotHere
    return _pair(_user(member), invitation.accepted_by_id)


def _pair(inviter: UUID, invited: UUID) -> Couple:
    couple = Couple.objects.create(state="active")
    for seat, user_id in enumerate((inviter, invited), start=1):
        alone = (
            Member.objects.across_couples()
            .select_related("couple", "user")
            .get(user_id=user_id, left_at=None)
        )
        if alone.couple.state != "solo" or alone.user is None:
            raise AlreadyPaired
        _move(alone, couple, seat)
    return couple


def _move(alone: Member, couple: Couple, seat: int) -> None:
    """Seat the person in the new couple with what they prepared; the couple of one is gone."""
    assert alone.user
    Member.objects.across_couples().filter(pk=alone.pk).update(left_at=app_now())
    seated = take_seat(couple, seat, alone.user)
    for carry in lifecycle.on_pairing:
        carry(alone, seated)
    alone.couple.delete()


def _must_be_alone(member: Member) -> None:
    if not Couple.objects.filter(pk=member.couple_id, state="solo").exists():
        raise AlreadyPaired


def _user(member: Member) -> UUID:
    assert member.user_id
    return member.user_id
