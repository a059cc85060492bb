import pytest

from couples.models import User
from tests.rituals.stage import WEDNESDAY, clock_to, somebody, together


@pytest.fixture
def ana() -> User:
    """Ana, on a Wednesday noon: no test depends on the day it runs."""
    clock_to(WEDNESDAY)
    return somebody("Ana")


@pytest.fixture
def ben(ana: User) -> User:
    ben = somebody("Ben")
    together(ana, ben)
    return ben
