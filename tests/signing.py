"""Signing in as people do: an address, a code from the mail, the code typed in."""

import re

from django.core import mail
from django.test import Client
from django.urls import reverse

CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found[1]


def by_code(email: str, client: Client | None = None, **more: str) -> Client:
    client = client or Client()
    asked = client.post(reverse("account_request_login_code"), {"email": email, **more})
    assert asked.status_code == 302
    code = code_in(mail.outbox[-1].body)
    done = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert done.status_code == 302, done.content.decode()
    return client


def sign_up(name: str, email: str, client: Client | None = None) -> Client:
    client = client or Client()
    asked = client.post(reverse("account_signup"), {"name": name, "email": email})
    assert asked.status_code == 302, asked.content.decode()
    code = code_in(mail.outbox[-1].body)
    done = client.post(reverse("account_email_verification_sent"), {"code": code})
    assert done.status_code == 302, done.content.decode()
    return client
