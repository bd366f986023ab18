"""A child of whom nothing goes on, two who work with them, and the nights that pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cast import (
    LONG_AGO,
    Member,
    entry,
    feed_viewer,
    make_member,
    person_of,
    write_person,
)
from sightline.access import gate
from sightline.alerts.models import Alert, Told
from sightline.chronology.record import record_many
from sightline.oversight.involvement.queries import ending_of
from sightline.oversight.involvement.services import settle_ties

KEY = ("social_care", "S1")
THEN = datetime(2026, 9, 1, 10, tzinfo=UTC)
SEEN = {"alone": True, "spoken_to": True}
WHY = "The family court has asked for a statement of mine"


@pytest.fixture
def child() -> int:
    """Ayaan Warsame, of whom nothing goes on."""
    return person_of(write_person(*KEY, at=LONG_AGO, forenames="Ayaan", surname="Warsame"))


@pytest.fixture
def colleague(social_worker: Member) -> Member:
    """Bea Quinn, of Amina Okoro's team."""
    return make_member("quinn", "Bea Quinn", "case_owner", "social_care")


def feed(
    kind: str, ref: str, *, at: datetime, agency: str = "social_care", source: str = "social_care", **said: Any
) -> None:
    one = entry(kind, {"child": [KEY]}, source=source, ref=ref, at=at, agency=agency, **said)
    record_many([one], feed_viewer(at=at + timedelta(hours=1)))


def days(count: float, since: datetime = THEN) -> datetime:
    return since + timedelta(days=count)


def nightly(since: int, until: int) -> None:
    """The job of each night, at ten past two."""
    for day in range(since, until + 1):
        settle_ties(at=days(day).replace(hour=2, minute=10))


def reads(member: Member, child: int, at: datetime) -> bool:
    return bool(gate.readable(member.viewer(at=at), [child]))


def told(member: Member, child: int, at: datetime) -> str:
    ending = ending_of(member.viewer(at=at), child)
    return ending.last_day.isoformat() if ending else ""


def stands(
    child: int, *members: Member, since: datetime = THEN, until: datetime | None = None, cause: str = "c1"
) -> None:
    """An alert about the child that these were told of."""
    alert = Alert.objects.create(kind="attendance_overdue", subject_id=child, cause=f"crime:{cause}", to_role="case_owner", due_at=since,
                                 why="why", rule="r", concerns=[child], first_at=since, cleared_at=until)  # fmt: skip
    Told.objects.create(alert=alert, role="case_owner", at=since, posts=[m.post.pk for m in members])
