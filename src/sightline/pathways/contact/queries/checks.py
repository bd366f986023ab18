"""What a viewer has looked up about those a search shows, from the log itself. Read below the gate, by a search that has passed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sightline.access.log import Action
from sightline.access.models import AccessEntry
from sightline.access.viewer import Viewer

CHECKS_SHOWN = 10
ONE_SEARCH = "household at first contact"


@dataclass(frozen=True)
class Check:
    """One check that the log holds: a search, and by what; or the opening of one person's record."""

    at: datetime
    asked: tuple[str, ...]
    opened: int | None


def checks(viewer: Viewer, people: set[int], at: datetime, *, since: datetime) -> tuple[Check, ...]:
    """What this viewer has looked up about these people since a search could have opened them, this search last; from the log itself."""
    mine = AccessEntry.objects.filter(user_id=viewer.user_id, at__gt=since, at__lte=at, outcome="given")
    looks = mine.filter(action__in=(Action.SEARCH.value, Action.CONSULTATION.value)).exclude(note=ONE_SEARCH)
    about = looks.filter(people__overlap=sorted(people)) | looks.filter(
        request_ref=viewer.request_ref, route=viewer.route
    )
    newest = list(about.order_by("-at", "-id")[:CHECKS_SHOWN])
    return tuple(_check(e) for e in reversed(newest))


def _check(entry: AccessEntry) -> Check:
    asked = tuple(f.removeprefix("asked:") for f in entry.fields if f.startswith("asked:"))
    return Check(
        entry.at, asked, entry.people[0] if entry.action == Action.CONSULTATION.value and entry.people else None
    )
