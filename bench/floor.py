"""The floor of CPython on the feed page: its queries, its decryption, its bytes; nothing between.

It asks for one viewer only, believes every row and knows one kind of exchange. What differs from
page to page stands in `article`; head and foot are the real ones, as they were sent.
"""

import json
import os
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from couples import vault

GIVEN = json.loads(Path(os.environ["FLOOR"]).read_text())
KEYS = {UUID(id): (UUID(id).bytes[:4], AESGCM(bytes.fromhex(k))) for id, k in GIVEN["keys"].items()}
ME, NOW = UUID(GIVEN["viewer"]), GIVEN["year"]
VIEWER: Any = SimpleNamespace(couple_id=UUID(GIVEN["couple"]), _keys=KEYS)
DEPTHS = ("", "Ankle-deep", "Knee-deep", "Waist-deep", "Deep water")
CONNECTION = psycopg.connect(GIVEN["database"], autocommit=True)


def application(environ: Any, start_response: Any) -> list[bytes]:
    body = page().encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def page() -> str:
    with CONNECTION.cursor() as cursor:
        found = [cursor.execute(query).fetchall() for query in GIVEN["queries"]]
    exchanges, replies, disclosures = found[-3:]
    told, answers = {row[2]: row for row in disclosures}, {row[2]: row for row in replies}
    rows = ((one, told[one[0]], answers[told[one[0]][0]]) for one in exchanges[:20])
    return f"{GIVEN['head']}{''.join([article(*row) for row in rows])}{GIVEN['foot']}"


def article(exchange: Any, told: Any, reply: Any) -> str:
    number, author, _, _, depth, begun, sealed = exchange
    prompt = vault.unseal(VIEWER, "prompts_exchange", number, author, sealed)["prompt"]["text"]
    words = vault.unseal(VIEWER, "prompts_disclosure", told[0], author, told[-1])
    answer = vault.unseal(VIEWER, "prompts_reply", reply[0], reply[1], reply[7])
    vault.unseal(VIEWER, "prompts_landing", reply[8], reply[9], reply[12])
    when = f"{begun.day} {begun:%B}" + (f" {begun.year}" if begun.year != NOW else "")
    mine, partner = author == ME, GIVEN["partner"]
    side, other = ("me", "partner") if mine else ("partner", "me")
    who, whose = ("You", partner) if mine else (partner, "You")
    css, csses = ("", " who--partner") if mine else (" who--partner", "")
    *most, last = [GIVEN["feelings"][key] for key in words["feelings"]]
    where = GIVEN["regions"].get(words["body"][0]["region"])
    body = f", {where}" if where else ", and I can’t find where it sits"
    answer["all_right"] = GIVEN["choices"][answer["all_right"]]
    parts = "".join(
        f"<div><dt>{name}</dt><dd>{escape(answer[key])}</dd></div>"
        for key, name in GIVEN["parts"].items() if key in answer
    )  # fmt: skip
    landed = "You said: that’s it." if mine else f"“That’s it,” says {partner}. It landed."
    return f"""<article class="exchange stack" id="x-{number}" aria-labelledby="h-{number}">
<header class="exchange__head"><h2 class="exchange__ask" id="h-{number}"><a href="/between-us/{number}/">{escape(prompt)}</a></h2><span class="depth depth--{depth}"><span>{DEPTHS[depth]}</span></span></header>


<p class="who{css}">{who} · <span class="who__moment">{when}</span></p>
<div class="letter letter--{side}">
<p class="words" dir="auto">{escape(words["text"])}</p>
<p>I felt {", ".join(most)} and {last}{body}.
</p>


<div class="chips"><span class="chip chip--{side}">{GIVEN["wishes"][words["wished"]]}</span><span class="chip chip--lamp">Asks: {escape(words["ask"])}</span></div>
</div>




<p class="who{csses}">{whose} · <span class="who__moment">{when}</span></p>
<div class="letter letter--{other}"><dl>{parts}</dl></div>



<p class="exchange__landing exchange__landing--landed">{landed}</p>




</article>"""  # noqa: E501
