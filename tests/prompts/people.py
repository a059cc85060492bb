"""The cast of `tests.cast`, each called in when a test first needs them."""

from functools import cached_property

from couples import leaving
from couples.models import User
from tests.cast import pair, person


class People:
    @cached_property
    def _first(self) -> tuple[User, User]:
        return self._paired("Ana", "Ben")

    @cached_property
    def _second(self) -> tuple[User, User]:
        return self._paired("Cleo", "Dan")

    @cached_property
    def _apart(self) -> tuple[User, User]:
        fay, gus = person("Fay"), person("Gus")
        leaving.leave(member=pair(fay, gus)[0])
        leaving.acknowledge(user=gus)
        return fay, gus

    @cached_property
    def eve(self) -> User:
        return person("Eve")

    ana = property(lambda self: self._first[0])
    ben = property(lambda self: self._first[1])
    cleo = property(lambda self: self._second[0])
    dan = property(lambda self: self._second[1])
    fay = property(lambda self: self._apart[0])

    def _paired(self, one: str, other: str) -> tuple[User, User]:
        inviter, invited = person(one), person(other)
        pair(inviter, invited)
        return inviter, invited
