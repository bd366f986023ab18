"""What a session holds, encrypted: a search that was typed and the reasons of a share lie in one until it ends."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session

from sightline.kernel.sealing import key_for, sealed, unsealed


class SealedJson:
    """A session's values as encrypted JSON, by Django's interface of serializers."""

    def dumps(self, obj: Any) -> bytes:
        """Encrypted."""
        return sealed(json.dumps(obj, separators=(",", ":")).encode(), _key())

    def loads(self, data: bytes) -> Any:
        """What was encrypted; an empty session where the key is another."""
        said = unsealed(data, _key())
        return json.loads(said) if said is not None else {}


def clear_ended(*, at: datetime) -> int:
    """Sessions past their eight hours go; gives how many."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]


def _key() -> bytes:
    return key_for("sessions", settings.SECRET_KEY)
