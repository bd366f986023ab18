"""Answering the pages of discussions and enquiries as a browser does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from screens import hidden
from sightline.alerts.models import Alert
from sightline.alerts.services import settle_everybody
from sightline.chronology.models import Event

CHILD = {"child": [("social_care", "C1")]}


def send(client: Client, path: str, **said: Any) -> Any:
    """Open a page, answer it, and give what came back."""
    return client.post(path, hidden(client.get(path)) | said)


def first(kind: str) -> int:
    made = Event.objects.filter(kind=kind, source="sightline")
    return made.order_by("id").values_list("id", flat=True)[0]


def soon(hours: float = 30) -> str:
    return timezone.localtime(timezone.now() + timedelta(hours=hours)).strftime("%d %m %Y %H:%M")


def meeting(sister: int, **changed: Any) -> dict[str, Any]:
    """A discussion as it is written down, whole."""
    said = {
        "held_at": soon(0), "how": "informal", "attended": "Social care: Sunita Rao\nPolice: DS Ida Kay, in the corridor",
        "information_shared": "Police: one earlier call. Social care: known since May.", "abuse_alleged": "yes", "offence_possible": "yes",
        "decision": "enquiry_joint", "mode_reason": "An assault by an adult", "rationale": "A bruise and what he said",
        "protects_now": "He stays with his aunt tonight", f"child_{sister}": "included", f"child_{sister}_why": "Same home",
        "action_1_what": "See Mo at school", "action_1_owner": "Amina Okoro", "action_1_agency": "social_care", "action_1_due": soon(),
    }  # fmt: skip
    return said | changed


GATE = {
    "residual_risk": "He may be hit",
    "risk_held_by": "Amina Okoro",
    "safeguarding_plan": "Weekly visits",
    "way_back_contact": "Miss Bell, form tutor",
    "way_back": "At school, any lunch break",
}


def standing(kind: str) -> int:
    settle_everybody(at=timezone.now() + timedelta(days=3))
    seeds = [
        "social_care:strategy.held",
        "social_care:action.set",
    ]  # what only shows that such things are recorded here
    return Alert.objects.filter(kind=kind, cleared_at=None).exclude(cause__in=seeds).count()
