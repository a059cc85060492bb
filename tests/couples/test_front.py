"""The pages everybody may read: honest, neutral, and without a trace."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from couples import helplines
from couples.models import User
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db
OPEN = ["home", "how", "privacy", "safety", "have_invitation"]


@pytest.mark.safety("S22")
@pytest.mark.parametrize("name", OPEN)
def test_they_are_read_signed_out_and_leave_no_cookie(name):
    page = Client().get(reverse(name))
    assert page.status_code == 200
    assert not page.cookies
    assert Session.objects.count() == 0


@pytest.mark.safety("S25")
@pytest.mark.parametrize("name", OPEN)
def test_every_title_is_neutral(name):
    page = Client().get(reverse(name)).content.decode()
    assert page.count("<title>") == 1
    assert "<title>Notes for two</title>" in page


@pytest.mark.safety("S22")
@pytest.mark.parametrize("name", [*OPEN, "account_signup", "account_request_login_code"])
def test_the_safety_page_is_one_link_away(name):
    assert f'href="{reverse("safety")}"' in Client().get(reverse(name)).content.decode()


@pytest.mark.safety("S27")
@pytest.mark.parametrize("name", ["home", "privacy", "safety"])
def test_whoever_runs_the_server_is_named_signed_out(name, settings):
    settings.OPERATOR = "the Rowing Club"
    assert "the Rowing Club" in Client().get(reverse(name)).content.decode()


@pytest.mark.safety("S27")
@pytest.mark.parametrize("name", ["invite", "settings", "us"])
def test_whoever_runs_the_server_is_named_signed_in(name, settings):
    settings.OPERATOR = "the Rowing Club"
    page = signed_in(person("Eve")).get(reverse(name)).content.decode()
    assert "the Rowing Club" in page
    assert "could technically read" in page


@pytest.mark.safety("S23")
@pytest.mark.safety("S36")
def test_signing_up_says_whom_it_is_for_and_asks_for_nothing_else():
    page = Client().get(reverse("account_signup")).content.decode()
    assert "say no" in page
    assert f'href="{reverse("safety")}"' in page
    assert "adults" in page
    fields = set(Client().get(reverse("account_signup")).context["form"].fields)
    assert fields <= {"email", "name", "timezone", "email2"}
    assert not {field.name for field in User._meta.fields} & {"age", "born", "sex", "gender"}


def test_somebody_signed_in_goes_straight_to_today():
    answer = signed_in(person("Eve")).get("/")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("today")


@pytest.mark.safety("S22")
def test_helplines_are_the_operators_data(tmp_path, settings):
    own = tmp_path / "lines.toml"
    own.write_text('[[country]]\nname = "Atlantis"\nline = [{ name = "Dry Feet", phone = "12 3" }]')
    settings.HELPLINES_FILE = str(own)
    page = Client().get(reverse("safety")).content.decode()
    assert "Atlantis" in page
    assert 'href="tel:123"' in page
    assert "check before you rely on one" in page
    assert "not an emergency service" in page


@pytest.mark.parametrize(
    "text", ["[[country", "[[country]]\nname = 'A'", "[[country]]\nname='A'\nline=[{nome='B'}]"]
)
def test_a_broken_file_of_helplines_names_itself(tmp_path, text):
    path = tmp_path / "lines.toml"
    path.write_text(text)
    with pytest.raises(helplines.BadHelplines, match=r"lines\.toml"):
        helplines.load(path)


@pytest.mark.safety("S22")
def test_links_off_the_site_do_not_say_where_they_came_from():
    page = Client().get(reverse("safety")).content.decode()
    off_site = [part.split(">", 1)[0] for part in page.split("<a ") if 'href="http' in part]
    assert len(off_site) > 5
    assert all("noreferrer" in link for link in off_site)
