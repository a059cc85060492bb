"""A new master key while people go on writing and reading."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from couples import agreement, keyring, memberships, rotation, vault
from couples.limits import Limit
from couples.models import SeatKey
from tests.cast import pair, person, seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.safety("S26")]


@pytest.fixture(autouse=True)
def own_ring(tmp_path, settings):
    """Each test has a ring of its own, so that no other test's seats lose their key."""
    settings.KEY_FILE = tmp_path / "ring.json"
    keyring.create(settings.KEY_FILE)


def used_keys():
    return set(SeatKey.objects.values_list("ring_key", flat=True))


def test_every_seat_is_rewrapped_and_the_old_key_is_gone(settings):
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    agreement.write(member=seat(ana), lines={"lines": ["Hold my hand"]})
    (old,) = used_keys()
    call_command("rotate_keys", "--grace", "0", stdout=StringIO())
    ring = keyring.load(settings.KEY_FILE)
    assert used_keys() == {ring.active} == set(ring.keys)
    assert old not in ring.keys
    stands = agreement.standing(seat(ben))
    assert stands.proposed.of(seat(ben).partner) == {"lines": ["Hold my hand"]}
    assert settings.KEY_FILE.stat().st_mode & 0o077 == 0


def test_a_key_that_is_used_is_never_dropped(settings):
    """As after a rotation that was stopped half-way, or a second one at the same time."""
    person("Ana")
    (old,) = used_keys()
    ring = keyring.load(settings.KEY_FILE).with_new_key()
    assert set(ring.only(used_keys()).keys) == {old, ring.active}


def test_only_one_rotation_at_a_time():
    def within(_seconds):
        ends = []

        def second():
            try:
                rotation.rotate(grace=0)
            except rotation.AlreadyRotating:
                ends.append("refused")
            finally:
                connection.close()

        thread = threading.Thread(target=second)
        thread.start()
        thread.join(10)
        assert ends == ["refused"]

    person("Ana")
    rotation.rotate(sleep=within)


def test_writers_and_readers_never_fail_meanwhile(settings, monkeypatch):
    monkeypatch.setattr(agreement, "CHANGES", Limit("agreement", 100_000))
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    stop, faults, done = threading.Event(), [], [0]

    def work(number):
        try:
            while not stop.is_set():
                if number % 2:
                    memberships.open_solo(somebody := person(f"New{number}-{done[0]}"))
                    vault.keys_of(seat(somebody))
                else:
                    agreement.write(member=seat(ana), lines={"lines": [f"{done[0]}"]})
                    assert agreement.history(seat(ben))
                done[0] += 1
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        rotation.rotate(grace=0.4)
    stop.set()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert done[0] > 8
    ring = keyring.load(settings.KEY_FILE)
    assert used_keys() <= set(ring.keys)
    assert all(vault.keys_of(seat(user)) for user in (ana, ben))


def test_a_lost_ring_is_said_in_one_sentence(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "nowhere.json"
    with pytest.raises(CommandError, match="no key ring"):
        call_command("rotate_keys", "--grace", "0")
