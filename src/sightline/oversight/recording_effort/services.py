"""Writing down what one form took, when it is sent."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from sightline.access.viewer import Viewer
from sightline.oversight.recording_effort.models import Recording


def record_effort(
    viewer: Viewer, form: str, *, case: str, shown_at: datetime, keyed: int, offered: int, kept: int, sent_back: int, at: datetime
) -> Recording:  # fmt: skip
    """Write down what it took to send a form. `case`: any text that is the same for one case; only its digest is kept."""
    return Recording.objects.create(
        form=form, case=_digest(case), agency=viewer.agency, shown_at=min(shown_at, at), sent_at=at, keyed=keyed, offered=offered,
        kept=min(kept, offered), sent_back=sent_back,
    )  # fmt: skip


def _digest(case: str) -> str:
    """The same for one case and another for the next, by a key that the table does not hold; nobody can be found from it."""
    if not case:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), f"case {case}".encode(), hashlib.sha256).hexdigest()[:32]
