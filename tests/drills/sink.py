"""A small SMTP server that counts what it accepted by Message-ID, and misbehaves on request."""

import socket
import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path

DROP = "drop"
ANSWERS = {
    "connect": "220 sink",
    "mail": "250 fine",
    "rcpt": "250 fine",
    "data": "354 go ahead",
    "dot": "250 kept",
}


class Sink(socketserver.ThreadingTCPServer):
    """`faults` maps a phase (connect, mail, rcpt, data, body, dot) to an answer, or to DROP.

    With a `journal`, each Message-ID it keeps is a line there before the mail is acknowledged,
    `pause` seconds later.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, journal: Path | None = None, pause: float = 0, **faults: str) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.faults, self.journal, self.pause = faults, journal, pause
        self.accepted: list[Message] = []
        self.sessions = 0
        self.lines: list[socket.socket] = []
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def keep(self, body: bytes) -> None:
        message = message_from_bytes(body)
        with self._lock:
            self.accepted.append(message)
            if self.journal:
                with self.journal.open("a") as file:
                    file.write(f"{message['Message-ID']}\n")
        time.sleep(self.pause)

    def count(self) -> int:
        """Mails in the journal so far, from whatever process it is asked."""
        assert self.journal
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    def hang_up(self) -> None:
        for line in self.lines:
            line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """A client that was killed in the middle is the point of the exercise."""


class Session(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.server.sessions += 1
        self.server.lines.append(self.connection)
        if not self._answer("connect"):
            return
        while line := self.rfile.readline():
            verb = line[:4].strip().lower().decode("ascii", "replace")
            if verb == "quit":
                return self._say("221 bye")
            if verb == "data":
                if not self._take_body():
                    return None
            elif verb in ("mail", "rcpt"):
                if not self._answer(verb):
                    return None
            else:
                self._say("250 sink")
        return None

    def _take_body(self) -> bool:
        if not self._answer("data"):
            return False
        if "data" in self.server.faults:
            return True
        if self.server.faults.get("body") == DROP:
            return False
        body = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            body += line[1:] if line.startswith(b".") else line
        if self.server.faults.get("dot", "250")[:3] == "250" or "dot_kept" in self.server.faults:
            self.server.keep(body)
        return self._answer("dot")

    def _answer(self, phase: str) -> bool:
        """False if the connection is to be cut here."""
        answer = self.server.faults.get(phase, ANSWERS[phase])
        if answer == DROP:
            return False
        self._say(answer)
        return not answer.startswith("421")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def running(**faults: str):
    with Sink(**faults) as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
