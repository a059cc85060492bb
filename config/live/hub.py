"""Which streams of this process belong to whom."""

from collections.abc import Iterator

from config.live.stream import Stream
from couples.live import session_mark

PER_MEMBER = 8
PER_PROCESS = 10_000


class Hub:
    def __init__(self, per_process: int) -> None:
        self.count = 0
        self._limit = per_process
        self._of: dict[str, list[Stream]] = {}

    def __iter__(self) -> Iterator[Stream]:
        return (stream for streams in list(self._of.values()) for stream in streams)

    def add(self, stream: Stream) -> bool:
        """False if this member, or this process, has as many as it may."""
        streams = self._of.get(stream.ticket.couple, [])
        mine = sum(other.ticket.member == stream.ticket.member for other in streams)
        if self.count >= self._limit or mine >= PER_MEMBER:
            return False
        self._of.setdefault(stream.ticket.couple, streams).append(stream)
        self.count += 1
        return True

    def discard(self, stream: Stream) -> None:
        streams = self._of.get(stream.ticket.couple, [])
        if stream in streams:
            streams.remove(stream)
            self.count -= 1
        if not streams:
            self._of.pop(stream.ticket.couple, None)

    def of_couple(self, couple: str) -> list[Stream]:
        return list(self._of.get(couple, ()))

    def of_session(self, mark: str) -> list[Stream]:
        return [stream for stream in self if session_mark(stream.session) == mark]
