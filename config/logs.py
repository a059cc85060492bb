"""Logs that can be read aloud: structured, and without words, addresses or tokens."""

import json
import logging
import re

_SECRETS = (
    (re.compile(r"[^\s@/<>\"']+@[^\s@/<>\"']+\.[^\s@/<>\"']+"), "<address>"),
    (re.compile(r"(/(?:i|r|dev/sign-in)/)[^\s/?\"']+"), r"\1<token>"),
    (re.compile(r"([?&](?:token|key|code)=)[^\s&\"']+"), r"\1<token>"),
    (re.compile(r"\b[\w-]{40,}\b"), "<token>"),
)


def scrubbed(text: str) -> str:
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class Scrub(logging.Filter):
    """Renders each message, takes addresses and tokens out, and drops exception values.

    An exception's value may quote what somebody wrote, so only its type and place are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrubbed(record.getMessage()), None
        return True


class Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            fields["error"] = record.exc_info[0].__name__
            fields["where"] = self._where(record)
        return json.dumps(fields, ensure_ascii=False)

    @staticmethod
    def _where(record: logging.LogRecord) -> str:
        assert record.exc_info
        trace, places = record.exc_info[2], []
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return " < ".join(reversed(places[-6:]))
