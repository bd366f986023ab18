"""What a test says where a paper goes to somebody else: for what, on what basis and why."""

from __future__ import annotations

from typing import Any

from django.test import Client

GROUNDS = {
    "because": "said",
    "purpose": "conference",
    "bases": ["public_task", "safeguarding_condition"],
    "consent": "not_safe_to_seek",
    "reason": "They sit in the meeting and have to decide with the others what keeps the child safe",
    "outside_because": "The agreement between the agencies is being renewed and the meeting will not wait",
}


def paper_for(client: Client, page: str, to: str) -> Any:
    """The answer to whoever prints a paper for a reader, with all that is asked."""
    return client.post(page, {"to": to} | ({} if to == "me" else GROUNDS))
