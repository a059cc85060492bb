import pytest
from django.db import IntegrityError, connection

from couples import cards, memberships, vault
from couples.comfort import Edges
from couples.models import ComfortCard, Couple, Member
from couples.tenancy import ClosedDoor
from tests.cast import everybody, pair, person, seat

pytestmark = pytest.mark.django_db


def test_pairing_carries_what_was_prepared_alone_and_keeps_it_private():
    ana, ben = person("Ana"), person("Ben")
    cards.change(member=seat(ana), wish=Edges(3, {"money": "not_now"}))
    a, b = pair(ana, ben)
    assert (a.seat, b.seat) == (1, 2)
    assert a.partner
    assert a.partner.name == "Ben"
    assert cards.card(a).now.ease("money") == "not_now"
    assert ComfortCard.objects.of(b).count() == 0
    assert Couple.objects.filter(state="solo").count() == 0


@pytest.mark.safety("S26")
def test_a_blob_opens_only_where_it_was_written():
    cast = everybody()
    ana, cleo = seat(cast.ana), seat(cast.cleo)
    cards.change(member=ana, wish=Edges(1))
    row = ComfortCard.objects.of(ana).get()
    with pytest.raises(vault.CannotOpen):
        vault.unseal(cleo, "couples_comfortcard", row.id, ana.id, row.sealed)
    with pytest.raises(vault.CannotOpen):
        vault.unseal(ana, "couples_comfortcard", cleo.id, ana.id, row.sealed)
    with pytest.raises(vault.CannotOpen):
        vault.unseal(ana, "couples_agreementversion", row.id, ana.id, row.sealed)
    flipped = bytearray(row.sealed)
    flipped[-1] ^= 1
    with pytest.raises(vault.CannotOpen):
        vault.unseal(ana, "couples_comfortcard", row.id, ana.id, bytes(flipped))


@pytest.mark.safety("S34")
def test_no_row_is_reached_without_saying_for_whom():
    with pytest.raises(ClosedDoor):
        Member.objects.all()
    with pytest.raises(ClosedDoor):
        ComfortCard.objects.filter(pk=None)


def test_somebody_who_left_holds_only_their_own_key():
    cast = everybody()
    (fay,) = memberships.departed(cast.fay)
    assert set(vault.keys_of(fay)) == {fay.id}
    assert seat(cast.fay).couple.state == "solo"


@pytest.mark.safety("S7")
@pytest.mark.parametrize(
    "sql",
    [
        "update couples_member set seat = 3 where id = %(ana)s",
        "update couples_member set couple_id = %(cleos)s, seat = 1 where id = %(ana)s",
        "insert into couples_member (id, couple_id, seat, user_id, joined_at, epoch, keep_words)"
        " values (gen_random_uuid(), %(cleos)s, 2, %(eve)s, now(), 1, false)",
        "update couples_comfortcard set author_id = %(cleo)s",
        "update couples_comfortcard set couple_id = %(cleos)s",
    ],
)
def test_postgresql_itself_refuses_what_would_cross_couples(sql):
    cast = everybody()
    ana, cleo = seat(cast.ana), seat(cast.cleo)
    cards.change(member=ana, wish=Edges(1))
    names = {"ana": ana.id, "cleo": cleo.id, "cleos": cleo.couple_id, "eve": cast.eve.id}
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute(f"{sql}; set constraints all immediate", names)


def test_standing_costs_one_query(django_assert_num_queries):
    cast = everybody()
    with django_assert_num_queries(1):
        assert seat(cast.ana).partner.name == "Ben"
