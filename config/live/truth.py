"""What the database says about streams: may each stay open, and how its couple stands.

One query answers for any number of streams, on a connection that is opened for it and closed after
it. The clock of sessions is the real one, which tests and drills do not move.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.conf import settings

from couples.live import News
from couples.tickets import PROOF_LENGTH, Ticket

Asked = tuple[Ticket, str]
Connection = psycopg.AsyncConnection[tuple[Any, ...]]

_QUERY = f"""
select asked.place, couple.seq, couple.mark::text
from unnest(%s::uuid[], %s::uuid[], %s::int[], %s::text[], %s::text[]) with ordinality
     as asked(couple, member, epoch, proof, session, place)
join couples_member member on member.id = asked.member and member.couple_id = asked.couple
     and member.epoch = asked.epoch and member.left_at is null
join couples_couple couple on couple.id = member.couple_id and couple.state <> 'ended'
join couples_user person on person.id = member.user_id and person.is_active
join django_session session on session.session_key = asked.session
     and session.expire_date > clock_timestamp()
where left(encode(sha256(convert_to(asked.session || person.password, 'UTF8')), 'hex'),
           {PROOF_LENGTH}) = asked.proof
"""  # noqa: S608


async def connect() -> Connection:
    database: dict[str, Any] = settings.DATABASES["default"]
    return await psycopg.AsyncConnection.connect(
        dbname=database["NAME"],
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        autocommit=True,
        application_name="leeway-live",
        **{"options": "-c statement_timeout=5000", **database["OPTIONS"]},
    )


async def ask(connection: Connection, asked: Sequence[Asked]) -> list[News | None]:
    """For each, where its couple is; None for a stream that must not be open."""
    columns = [
        [ticket.couple for ticket, _ in asked],
        [ticket.member for ticket, _ in asked],
        [ticket.epoch for ticket, _ in asked],
        [ticket.proof for ticket, _ in asked],
        [session for _, session in asked],
    ]
    cursor = await connection.execute(_QUERY, columns)
    return _in_order(len(asked), await cursor.fetchall())


def _in_order(length: int, rows: Iterable[tuple[Any, ...]]) -> list[News | None]:
    answers: list[News | None] = [None] * length
    for place, *news in rows:
        answers[place - 1] = News(*news)
    return answers
