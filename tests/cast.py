"""The people of the tests: Ana and Ben, Cleo and Dan, Eve alone, Fay who left Gus."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.test import Client

from couples import invitations, leaving, memberships
from couples.models import Member, User


def person(name: str, timezone: str = "Europe/Berlin") -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name, timezone=timezone)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    memberships.open_solo(user)
    return user


def seat(user: User) -> Member:
    """The person's seat as a fresh request would see it."""
    member = memberships.standing(user).member
    assert member
    return member


def pair(inviter: User, invited: User) -> tuple[Member, Member]:
    invitation = invitations.invite(member=seat(inviter))
    token = invitations.link(member=seat(inviter), invitation=invitation).rstrip("/").split("/")[-1]
    invitations.accept(member=seat(invited), token=token)
    invitations.confirm(member=seat(inviter), invitation_id=invitation.id)
    return seat(inviter), seat(invited)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@dataclass
class Cast:
    ana: User
    ben: User
    cleo: User
    dan: User
    eve: User
    fay: User
    gus: User


def everybody() -> Cast:
    names = ("Ana", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus")
    cast = Cast(*(person(name) for name in names))
    pair(cast.ana, cast.ben)
    pair(cast.cleo, cast.dan)
    fay, _ = pair(cast.fay, cast.gus)
    leaving.leave(member=fay)
    leaving.acknowledge(user=cast.gus)
    return cast
