"""How we answer each other: own lines, two yeses, and a way back out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from couples import agreement
from couples.management.commands.advance_clock import move
from tests.cast import pair, person, seat, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.practice("A30")]


@pytest.fixture
def two():
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    return ana, ben


def page(user):
    return signed_in(user).get(reverse("agreement")).content.decode()


def write(user, **lines):
    return signed_in(user).post(reverse("agreement"), lines)


def test_it_is_a_draft_until_both_have_said_yes(two):
    ana, ben = two
    assert "Nothing agreed yet" in page(ana)
    write(ana, wished="hear", line_1="Look up when I talk.")
    assert "A draft" in page(ana)
    assert "Look up when I talk." in page(ben)
    assert "Just hear me" in page(ben)
    assert "No lines here" in page(ana)
    assert "You have written no lines yet." in page(ben)
    assert "Ana said yes to this." in page(ben)
    signed_in(ben).post(reverse("agreement_yes"), {"number": 1})
    assert "In force" in page(ana)
    assert agreement.standing(seat(ana)).in_force.number == 1


def test_a_change_waits_for_the_other_and_the_version_before_holds(two):
    ana, ben = two
    write(ana, line_1="First")
    signed_in(ben).post(reverse("agreement_yes"), {"number": 1})
    write(ben, line_1="Second")
    stands = agreement.standing(seat(ana))
    assert (stands.in_force.number, stands.proposed.number) == (1, 2)
    assert "A change is on the table" in page(ana)
    signed_in(ana).post(reverse("agreement_yes"), {"number": 2})
    assert agreement.standing(seat(ben)).in_force.number == 2
    shown = page(ana)
    assert "First" in shown.split("Earlier versions", 1)[1]


def test_a_yes_to_an_older_version_changes_nothing(two):
    ana, ben = two
    write(ana, line_1="First")
    write(ana, line_1="Other words")
    for number in ("1", "x", "", "99999999999999"):
        signed_in(ben).post(reverse("agreement_yes"), {"number": number})
    assert agreement.standing(seat(ben)).in_force is None


def test_either_takes_their_yes_back_alone(two):
    ana, ben = two
    write(ana, line_1="First")
    signed_in(ben).post(reverse("agreement_yes"), {"number": 1})
    signed_in(ben).post(reverse("agreement_withdraw"))
    assert agreement.standing(seat(ana)).in_force is None
    assert "A draft" in page(ana)


@pytest.mark.safety("S35")
def test_each_writes_their_own_lines_only(two):
    ana, ben = two
    write(ana, line_1="Ana’s line")
    write(ben, line_1="Ben’s line", author=str(seat(ana).id), seat="1")
    member = seat(ana)
    newest = agreement.standing(member).proposed
    assert newest.of(member) == {"lines": ["Ana’s line"]}
    assert newest.of(member.partner) == {"lines": ["Ben’s line"]}


def test_what_is_too_long_stays_on_the_page(two):
    long = "word " * 40
    answer = write(two[0], line_1=long)
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert agreement.history(seat(two[0])) == []


@pytest.mark.safety("S28")
def test_saving_the_same_lines_is_no_news(two):
    ana, ben = two
    write(ana, wished="hear", line_1="Look up when I talk.")
    write(ben, line_1="Wait for me to end.")
    before, seen = agreement.history(seat(ben)), seat(ben).couple.seq
    again = signed_in(ana).post(
        reverse("agreement"), {"wished": "hear", "line_1": " Look up when I talk. "}, follow=True
    )
    assert "Nothing has changed" in again.content.decode()
    assert agreement.history(seat(ben)) == before
    assert seat(ben).couple.seq == seen
    write(ana, wished="hear", line_1="Look up when I talk.", line_2="Please.")
    assert len(agreement.history(seat(ben))) == len(before) + 1


def test_saving_nothing_at_first_proposes_nothing(two):
    write(two[0])
    assert agreement.history(seat(two[1])) == []


@pytest.mark.safety("S28")
def test_ten_changes_a_day_and_the_next_waits_with_its_words(two):
    ana, ben = two
    for number in range(10):
        assert write(ana, line_1=f"Line {number}").status_code == 302
    refused = write(ana, line_1="One too many")
    assert refused.status_code == 429
    assert "One too many" in refused.content.decode()
    assert "Your words are kept" in refused.content.decode()
    assert write(ben, line_1="Mine").status_code == 302
    move(timedelta(days=1))
    assert write(ana, line_1="One too many").status_code == 302


@pytest.mark.practice("A54")
def test_chosen_stems_are_kept_and_stay_choosable(two):
    ana, _ = two
    form = signed_in(ana).get(reverse("agreement")).context["form"]
    stem = form.fields["stems"].choices[0][0]
    write(ana, stems=[stem])
    assert agreement.standing(seat(ana)).proposed.of(seat(ana)) == {"stems": [stem]}
    assert write(ana, stems=["made up …"]).status_code == 422


def test_alone_there_is_nothing_to_agree():
    assert signed_in(person("Eve")).get(reverse("agreement"))["Location"] == reverse("us")


def test_what_was_left_empty_makes_no_new_lines():
    ana = person("Ana")
    pair(ana, person("Ben"))
    assert agreement.write(member=seat(ana), lines={"lines": ["One"], "stems": []})
    assert not agreement.write(member=seat(ana), lines={"lines": ["One"], "wished": ""})
