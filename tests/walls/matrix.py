"""What each route is, written by hand: a route that is not here fails the walk until it is taught.

`who` says whose it is:
  anyone   reachable signed out, the same for everybody
  token    reachable signed out by a signed link that was mailed to one person
  person   for whoever is signed in: their own page, never another's
  couple   one thing of a couple: its two members, nobody else
  author   one thing of one member: its author, not even the partner
  nobody   a thing that belongs to none of the walkers
  local    only in a local run, from this machine
`ids` fills the address from the scene; `post` is a body that the form accepts; `ends` marks what
would end the walker's own session or couple, and is walked last.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Route:
    who: str
    ids: dict[str, str] = field(default_factory=dict)
    post: dict[str, Any] | None = None
    ends: bool = False


def couple(key: str, **post: Any) -> Route:
    return Route("couple", {"pk": key}, post)


def author(key: str, **post: Any) -> Route:
    return Route("author", {"pk": key}, post)


def person(ends: bool = False, **post: Any) -> Route:
    return Route("person", post=post, ends=ends)


PUBLIC = ("home", "how", "privacy", "safety", "healthz", "exit", "have_invitation", "live")
ANSWER = {"heard": "Two words", "thanks": "For this", "all_right": "with_you", "send": "1"}
SHARE = {"text": "Words of a stranger", "depth": "2", "wished": "hear", "revision": "1"}
CIRCLE = {"weekday": "6", "local_time": "19:30", "tz": "Europe/Berlin"}

MATRIX: dict[str, Route] = {
    **{name: Route("anyone", post={"link": "x" * 43}) for name in PUBLIC if name != "exit"},
    "exit": Route("anyone", post={}, ends=True),
    "invitation": Route("anyone", {"token": "token"}, {}),
    "never_invite": Route("anyone", {"token": "token"}, {}),
    # couples
    "welcome": person(name="New name", timezone="Europe/Rome"),
    "welcome_depth": person(depth="1"),
    "welcome_two": person(),
    "invite": person(),
    "invite_make": person(),
    "invite_mail": person(email="somebody@example.net"),
    "invite_revoke": person(),
    "invite_confirm": person(code="123456"),
    "join": person(),
    "step_back": person(),
    "us": person(),
    "paired": person(),
    "settings": person(name="New name", timezone="Europe/Rome", language="en"),
    "saved": person(name="New name", timezone="Europe/Rome", language="en"),
    "this_device": person(own="yes"),
    "sign_out_everywhere": person(ends=True),
    "leave": person(ends=True),
    "closed": person(),
    "live_poll": person(),
    # under "us"
    "comfort_card": person(depth="1"),
    "comfort_card_saved": person(depth="1"),
    "agreement": person(line_1="A line of mine"),
    "agreement_yes": person(number="2"),
    "agreement_withdraw": person(),
    "notices": person(),
    # prompts
    "today": person(),
    "another": person(),
    "not_today": person(),
    "hush": person(step="edges"),
    "openings": person(own="What is on my mind?", topic="work", depth="2"),
    "opening": Route("person", {"key": "opening"}),
    "feed": person(),
    "exchange": couple("exchange"),
    "aside": couple("exchange"),
    "arrive": couple("told"),
    "open": couple("told"),
    "join_together": couple("together"),
    "reply": couple("told", **ANSWER),
    "keep_reply": couple("told", **ANSWER),
    "notice": couple("told", **ANSWER),
    "hold": couple("told", holding="here"),
    "ideas": couple("told", note="An idea"),
    "take_back": author("told"),
    "enough": author("told"),
    "welcome_ideas": author("told"),
    "land": author("reply", verdict="thats_it"),
    "rewrite_reply": author("my_reply", **ANSWER),
    "take_back_reply": author("my_reply"),
    "write": author("draft", **SHARE),
    "save": author("draft", **SHARE),
    "review": author("draft"),
    "under": author("draft", feeling="lonely"),
    "send": author("draft"),
    "discard": author("draft"),
    "rewrite": Route("author", {"exchange": "exchange", "pk": "told"}, SHARE),
    "kept": person(),
    "keep_words": Route("nobody", {"pk": "seat"}, {"keep": "1"}),
    "shred_words": Route("nobody", {"pk": "seat"}, {"sure": "1"}),
    # rituals
    "rituals": person(),
    "ritual_plan": person(**CIRCLE),
    "ritual_agree": person(to="1"),
    "ritual_withdraw": person(),
    "ritual_mine": person(),
    "ritual_address": person(email="somebody@example.net"),
    "ritual_part": person(do="pause_two"),
    "circle": person(),
    "circle_begin": person(),
    "circle_go": person(step="warm_up", move="on"),
    "circle_end": author("circle"),
    "circle_keep": author("circle"),
    "mail_address": Route("token", {"token": "token"}, {}),
    "mail_choice": Route("token", {"token": "mail", "name": "word:skip"}),
    "mail_stop": Route("token", {"token": "mail"}),
    # local runs
    "dev_sign_in": Route("local", {"token": "token"}),
    "ui": Route("local"),
    "mailbox": Route("local"),
    "mailbox_message": Route("local", {"name": "word:x"}),
    "mailbox_html": Route("local", {"name": "word:x"}),
}

# allauth's own routes: a sign-in machine that knows of no couple. Those that need nobody signed in:
ENTRANCE = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_email_verification_sent", "account_reset_password", "account_reset_password_done"),
    *("account_confirm_login_code", "account_request_login_code"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_authenticate", "mfa_login_webauthn"),
}
OWN_ACCOUNT = {
    *("account_reauthenticate", "account_email", "account_change_password", "account_set_password"),
    *("mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_remove_webauthn", "mfa_edit_webauthn", "usersessions_list"),
}
ALLAUTH_ARGS = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}
WITHOUT_CSRF = {
    *("exit", "have_invitation", "invitation", "never_invite"),
    *("mail_address", "mail_choice", "mail_stop"),
}
