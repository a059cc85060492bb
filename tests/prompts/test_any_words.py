"""Whatever people type is kept as it was typed."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from couples import vault
from prompts.models import Draft
from tests.cast import pair, person, seat, signed_in

ODD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120)
ANY = st.fixed_dictionaries(
    {"text": ODD, "own_feeling": ODD, "ask": ODD, "door": ODD},
    optional={
        "feelings": st.lists(ODD, max_size=4),
        "place": st.lists(ODD, max_size=4),
        "wished": ODD,
        "depth": ODD,
        "revision": ODD,
        "tone": ODD,
        "sensation_chest": ODD,
    },
)
ZALGO = "h" + "\u0336\u0489" * 5000
TYPED = ("text", "own_feeling", "ask", "door")


def as_kept(text):
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """One draft for all examples: what is kept is read back after each."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        ana, _ = pair(person("Ana"), person("Ben"))
        client = signed_in(ana.user)
        begun = client.post(reverse("openings"), {"own": "anything"}).headers["Location"]
        yield client, ana.user, begun
        transaction.set_rollback(True)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY)
@example({"text": "\x00", "own_feeling": "\u202eabc\u202c", "ask": "👩‍👩‍👧‍👦", "door": "\r\r\n"})
@example({"text": ZALGO, "own_feeling": "\ufeff", "ask": "\u2028", "door": "\U0010ffff"})
@example({"text": "שלום עולם", "own_feeling": "‏", "ask": "a\tb", "door": "\ufffe"})
def test_any_words_are_kept_as_they_are(pages, words):
    client, user, address = pages
    words = {**words, "revision": ""}
    response = client.post(address, words)
    assert response.status_code in (302, 422)
    member = seat(user)
    kept = vault.words(member, Draft.objects.of(member).get())
    assert {name: kept[name] for name in TYPED} == {name: as_kept(words[name]) for name in TYPED}
    for page in (address, address + "review/", reverse("today")):
        assert client.get(page).status_code == 200
