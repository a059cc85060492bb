"""Two people act at the same moment, on connections of their own: no bad state, no deadlock."""

import itertools
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from couples import invitations
from couples.errors import Refused
from couples.models import Couple, Invitation, Member, User
from tests.cast import person as somebody
from tests.cast import seat
from tests.couples.test_inviting import token_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.safety("S7")]
ROUNDS = 12
numbers = itertools.count()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act on its own thread, all let go together; "done", or the code of its refusal."""
    gate = threading.Barrier(len(acts))
    ends = [""] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(10)
            act()
            ends[number] = "done"
        except Refused as refused:
            ends[number] = refused.code
        except Exception as error:  # a deadlock, a broken constraint: the test names it
            ends[number] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return ends


def person(name: str) -> User:
    return somebody(f"{name}.{next(numbers)}")


def invite(user: User) -> str:
    invitations.invite(member=seat(user))
    return token_of(user)


def accepting(user: User, token: str) -> Callable[[], object]:
    return lambda: invitations.accept(member=seat(user), token=token)


def confirming(user: User) -> Callable[[], object]:
    invitation = invitations.open_invitation(member=seat(user))
    assert invitation
    member = seat(user)
    return lambda: invitations.confirm(member=member, invitation_id=invitation.id)


def spaces(*users: User) -> list[str]:
    """The states of the couples these people sit in now; one seat each, or the count is off."""
    seats = Member.objects.across_couples().filter(left_at=None, user__in=users)
    assert seats.count() == len(users)
    return sorted(
        Couple.objects.filter(pk__in=seats.values("couple_id")).values_list("state", flat=True)
    )


def rounds() -> range:
    return range(ROUNDS)


def test_two_people_one_link():
    for _ in rounds():
        ana, ben, cleo = person("Ana"), person("Ben"), person("Cleo")
        token = invite(ana)
        ends = at_once(accepting(ben, token), accepting(cleo, token))
        assert sorted(ends) == ["done", "invitation_closed"]
        who = [ben, cleo][ends.index("done")]
        assert invitations.open_invitation(member=seat(ana)).accepted_by == who


def test_crossed_invitations_make_one_couple():
    for _ in rounds():
        ana, ben = person("Ana"), person("Ben")
        tokens = invite(ana), invite(ben)
        ends = at_once(accepting(ana, tokens[1]), accepting(ben, tokens[0]))
        assert set(ends) == {"done"}
        ends = at_once(confirming(ana), confirming(ben))
        assert sorted(ends) == ["done", "not_now"]
        assert spaces(ana, ben) == ["active"]


def test_accepted_or_taken_back_never_both():
    for _ in rounds():
        ana, ben = person("Ana"), person("Ben")
        token = invite(ana)
        member = seat(ana)
        ends = at_once(accepting(ben, token), lambda m=member: invitations.revoke(member=m))
        assert ends[1] == "done"
        assert ends[0] in ("done", "invitation_closed")
        assert invitations.open_invitation(member=seat(ana)) is None
        assert invitations.waiting_for(member=seat(ben)) is None


def test_confirmed_or_stepped_back_never_both():
    for _ in rounds():
        ana, ben = person("Ana"), person("Ben")
        invitations.accept(member=seat(ben), token=invite(ana))
        member = seat(ben)
        ends = at_once(confirming(ana), lambda m=member: invitations.step_back(member=m))
        assert ends[1] == "done"
        assert (ends[0], spaces(ana, ben)) in (("done", ["active"]), ("not_now", ["solo"] * 2))


def test_one_person_two_inviters():
    for _ in rounds():
        ben = person("Ben")
        tokens = [invite(person(name)) for name in ("Ana", "Cleo")]
        ends = at_once(*(accepting(ben, token) for token in tokens))
        assert sorted(ends) == ["already_paired", "done"]


def test_confirmed_by_two_at_once_is_one_couple():
    """Ben has said yes to Ana, and Cleo to Ben: both yeses are confirmed in the same moment."""
    for _ in rounds():
        ana, ben, cleo = person("Ana"), person("Ben"), person("Cleo")
        invitations.accept(member=seat(ben), token=invite(ana))
        invitations.accept(member=seat(cleo), token=invite(ben))
        ends = at_once(confirming(ana), confirming(ben))
        assert sorted(ends) in (["already_paired", "done"], ["done", "not_now"])
        assert spaces(ana, ben, cleo) == ["active", "solo"]


def test_nobody_is_their_own_partner():
    ana = person("Ana")
    token = invite(ana)
    assert at_once(accepting(ana, token), accepting(ana, token)) == ["own_invitation"] * 2


def test_five_links_a_day_also_for_the_impatient():
    ana = person("Ana")
    member = seat(ana)
    ends = at_once(*[lambda: invitations.invite(member=member)] * 12)
    assert sorted(ends) == ["done"] * 5 + ["too_many"] * 7
    assert Invitation.objects.of(seat(ana)).filter(revoked_at=None).count() == 1
