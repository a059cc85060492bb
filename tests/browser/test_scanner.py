"""A mail scanner opens the link, runs its scripts and presses everything: the link stays open."""

import pytest

from couples import invitations
from couples.models import Invitation
from tests.browser.conftest import Factory
from tests.cast import person, seat
from tests.site import Site


@pytest.mark.browser
@pytest.mark.safety("S5")
def test_a_scanner_that_presses_everything_uses_nothing_up(site: Site, laptop: Factory) -> None:
    ana = person("Ana")
    invitation = invitations.invite(member=seat(ana))
    link = invitations.link(member=seat(ana), invitation=invitation)
    for number in range(8):
        page = laptop().new_page()
        page.goto(link)
        pressed = page.locator("main a, main button")
        if number >= pressed.count():
            break
        pressed.nth(number).click()
        page.wait_for_load_state()
        page.context.close()
    row = Invitation.objects.of(seat(ana)).get()
    assert number > 1
    assert (row.accepted_at, row.revoked_at, row.accepted_by_id) == (None, None, None)
    assert invitations.find(link.rstrip("/").rsplit("/", 1)[-1]).pk == row.pk
