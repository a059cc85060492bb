from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from couples.keyring import KeyRingMissing, ring


@register(Tags.security, deploy=True)
def key_ring_is_there(**_: Any) -> list[CheckMessage]:
    try:
        ring()
    except KeyRingMissing as missing:
        return [Error(str(missing), id="couples.E001", hint=f"KEY_FILE={settings.KEY_FILE}")]
    return []
