"""How often a code may be asked for, and how often one may be wrong.

What was typed is counted, whether anybody has that address or not. A network (of the asking device)
uses up little of what an address allows, so that nobody can keep its owner out from everywhere.
A device that the address is known on counts by itself: there nobody else can use up anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from couples import devices
from couples.addresses import mailbox
from couples.limits import DAY, HOUR, Limit

Limits = tuple[Limit, ...]
# For one address from one network; for one address from anywhere; from one network for any address.
# On devices that the address is known on: from the device; from all of them.
ASKED: tuple[Limits, Limits, Limits] = (
    (Limit("codes", 10, HOUR), Limit("codes", 20, DAY)),
    (Limit("codes to", 60, DAY),),
    (Limit("codes from", 60, HOUR),),
)
WRONG: tuple[Limits, Limits, Limits] = (
    (Limit("guesses", 10, HOUR), Limit("guesses", 20, DAY)),
    (Limit("guesses at", 60, DAY),),
    (Limit("guesses from", 60, HOUR),),
)


def ask(request: HttpRequest, address: str) -> None:
    """A code is asked for. Raises TooMany."""
    for limit, who in _each(ASKED, request, address):
        limit.spend(*who)


@contextmanager
def guess(request: HttpRequest, address: str) -> Iterator[None]:
    """Around the comparison, which raises if it was wrong; only then it counts. Raises TooMany.

    A code that has done its work was not asked for in vain: that counts no more, either, or whoever
    tries how often an address may still ask could tell how often its owner comes in.
    """
    spent = []
    for limit, who in _each(WRONG, request, address):
        limit.spend(*who)
        spent.append((limit, who))
    yield
    for limit, who in (*spent, *_each(ASKED, request, address)):
        limit.give_back(*who)


def _each(
    limits: tuple[Limits, Limits, Limits], request: HttpRequest, address: str
) -> Iterator[tuple[Limit, tuple[str, ...]]]:
    name, network = mailbox(address), get_ip(request)
    whose: tuple[tuple[str, ...], ...] = ((name, network), (name,), (network,))
    if device := devices.known(request, address):
        whose = ((name, device), (name, "known"))
    for some, who in zip(limits, whose, strict=False):
        for limit in some:
            yield limit, who
