"""What is due for review, what is held back and what was decided; and how long somebody's records are kept. By number, never by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.models import Restriction
from sightline.access.policy import Of, Purpose
from sightline.access.roles import May
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.alerts.models import Alert
from sightline.chronology.queries import chronologies
from sightline.chronology.view import Chronology
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.oversight.retention.models import Hold, Review
from sightline.oversight.retention.rules import ADULT, BYSTANDERS, DESCRIBING, About, Kept, kept
from sightline.oversight.retention.schedules import Schedule, schedules
from sightline.people.anchors import records_of
from sightline.people.models import Link
from sightline.people.persons import Person, persons

A_PAGE = 100
FIELDS = ("retention_review", "kinds_of_entry", "retention_schedule")


@dataclass(frozen=True)
class Standing:
    """How long somebody's records are kept, what is held of them by kind and system, and how much of it others keep."""

    person: int
    kept: Kept
    chronology: Chronology
    shared: int

    def counted(self) -> dict[str, object]:
        """What a review shows of it: numbers and days."""
        days = [local(h.at).date() for h in self.chronology.happenings]
        kinds, sources = (Counter(getattr(h, of) for h in self.chronology.happenings) for of in ("kind", "source"))
        return {"holds": dict(sorted(kinds.items())), "sources": dict(sorted(sources.items())), "first_on": min(days),
                "last_on": max(days), "shared": self.shared}  # fmt: skip


def standings(people: Iterable[int], *, as_of: datetime) -> dict[int, Standing]:
    """How long each of these people's records are kept. For the search for what is due and for services that have passed the gate."""
    asked = sorted(set(people))
    told = {p: c.known_by(as_of) for p, c in chronologies(asked).items()}
    others = {p: _others(c) for p, c in told.items()}
    who = persons({*asked, *(o for held in others.values() for o in held)})
    day = local(as_of).date()
    children = {p for p, w in who.items() if _live_child(w, day)}
    alerted = _alerted(asked)
    found = {}
    for person in asked:
        w, last = who.get(person), _last_kept(person)
        about = About(
            w.born_on if w else None, w.died if w else None, person in alerted, bool(others[person] & children), *last
        )
        result = kept(told[person], about, schedules(), as_of=day)
        found[person] = Standing(person, result, told[person], _shared(told[person]))
    return found


def _live_child(who: Person, day: date) -> bool:
    age = who.age_on(day)
    return age is not None and age < ADULT and not who.dead_on(day)


def _others(chronology: Chronology) -> set[int]:
    """Everybody else whose record the same entries are."""
    held = {
        p
        for h in (*chronology.happenings, *chronology.past)
        for role, who in h.people.items()
        if role not in BYSTANDERS
        for p in who
    }
    return held - {chronology.subject}


def _shared(chronology: Chronology) -> int:
    return sum(
        any(p != chronology.subject for role, who in h.people.items() if role not in BYSTANDERS for p in who)
        for h in chronology.happenings
    )


def _alerted(people: list[int]) -> set[int]:
    standing = Alert.objects.filter(cleared_at__isnull=True)
    about = standing.filter(Q(subject_id__in=people) | Q(concerns__overlap=people))
    return {p for subject, concerns in about.values_list("subject_id", "concerns") for p in (subject, *concerns)}


def _last_kept(person: int) -> tuple[date | None, date | None]:
    """On which day a review last kept them, and until when."""
    kept_rows = Review.objects.filter(Q(outcome="keep") | Q(agreed=False), person_id=person)
    row = kept_rows.order_by("-decided_at").first()
    if row is None or row.decided_at is None:
        return None, None
    return local(row.decided_at).date(), row.kept_until


@wall.working()
def holds_over(person: int) -> tuple[Hold, ...]:
    """The legal holds that stand over somebody: on them, on anybody their records have ever been, and on a system that holds something of them.

    For services and queries that have passed the gate.
    """
    records = records_of([person]).get(person, [])
    been = {person, *Link.objects.filter(record_id__in=records).values_list("identity_id", flat=True)}
    standing = Hold.objects.filter(Q(person_id__in=been) | Q(person_id__isnull=True), lifted_at__isnull=True)
    rows = list(standing.select_related("placed_by").order_by("placed_at", "pk"))
    if all(not hold.source and hold.since_on is None for hold in rows):
        return tuple(rows)
    entries = chronologies([person])[person].everything()
    return tuple(
        hold for hold in rows
        if (not hold.source and hold.since_on is None)
        or any(hold.source in ("", h.source) and (hold.since_on is None or local(h.at).date() >= hold.since_on) for h in entries)
    )  # fmt: skip


def sealed(people: Iterable[int], at: datetime) -> set[int]:
    """Those whose record is sealed: nobody reviews it before the seal is lifted."""
    held = Restriction.objects.filter(live_at(at), person_id__in=list(people), state="sealed")
    return set(held.values_list("person_id", flat=True))


def _unseen(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """Those of these people of whom the policy table gives a reviewer of retention nothing."""
    given = gate.sees(viewer, people, purpose=Purpose.RETENTION)
    return {person for person, seen in given.items() if not seen.shows(Of.TRAIL)}


@dataclass(frozen=True)
class Listed:
    """One line of the list: by number and schedule."""

    row: Review
    schedule: Schedule | None
    held: bool
    mine: bool  # this viewer decided it, so that somebody else has to agree


@dataclass(frozen=True)
class Lists:
    """What is due, what waits for a second person, what waits to be erased, what is held back, and what was decided."""

    due: tuple[Listed, ...]
    second: tuple[Listed, ...]
    to_erase: tuple[Listed, ...]
    decided: tuple[Listed, ...]
    holds: tuple[Hold, ...]


def schedule_named(key: str) -> Schedule | None:
    """A schedule by its key."""
    return next((s for s in schedules() if s.key == key), None)


def retention_lists(viewer: Viewer) -> Lists:
    """What a reviewer of retention sees first. Raises NotPermitted for other posts. Nobody hidden from this viewer is in it."""
    gate.require(viewer, May.REVIEW_RETENTION)
    rows = list(_rows(Q()).order_by("review_on", "pk")[: 20 * A_PAGE])
    holds = list(Hold.objects.filter(lifted_at__isnull=True).select_related("placed_by").order_by("placed_at", "pk"))
    people = {r.person_id for r in rows} | {h.person_id for h in holds if h.person_id is not None}
    unseen = _unseen(viewer, people)
    write(viewer, Action.LIST, people=people - unseen, fields=FIELDS, note="retention")
    shown = [_listed(viewer, row, holds) for row in rows if row.person_id not in unseen]
    return Lists(
        tuple(x for x in shown if not x.row.outcome)[:A_PAGE],
        tuple(x for x in shown if x.row.outcome == "dispose" and x.row.agreed is None),
        tuple(x for x in shown if x.row.agreed and x.row.erased_at is None),
        tuple(sorted((x for x in shown if _done(x.row)), key=lambda x: x.row.decided_at or x.row.found_at, reverse=True))[:A_PAGE],
        tuple(h for h in holds if h.person_id not in unseen),
    )  # fmt: skip


def _rows(which: Q) -> QuerySet[Review]:
    return Review.objects.filter(which).select_related("decided_by", "second_by")


def _done(row: Review) -> bool:
    return row.outcome == "keep" or row.agreed is False or row.erased_at is not None


def _listed(viewer: Viewer, row: Review, holds: Iterable[Hold]) -> Listed:
    over = any(h.person_id == row.person_id or (h.person_id is None and h.source in row.sources) for h in holds)
    return Listed(row, schedule_named(row.schedule), over, row.decided_by_id == viewer.user_id)


@dataclass(frozen=True)
class ReviewPage:
    """One review: what is held by kind, system and year, under which schedule, what stands in the way, and what was decided."""

    listed: Listed
    holds: tuple[Hold, ...]
    held_kinds: Mapping[str, int]
    held_sources: Mapping[str, int]


def review_page(viewer: Viewer, number: int) -> ReviewPage:
    """One review, for a reviewer of retention. Raises NotFound for one about somebody hidden from them, and where there is none."""
    gate.require(viewer, May.REVIEW_RETENTION)
    row = _rows(Q(pk=number)).first()
    if row is None or _unseen(viewer, [row.person_id]):
        gate.refuse(viewer, note=f"retention review {number}")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.CONSULTATION, people=[row.person_id], fields=FIELDS, note=f"retention review {row.pk}")
    over = holds_over(row.person_id)
    return ReviewPage(_listed(viewer, row, over), over, row.holds, row.sources)


@dataclass(frozen=True)
class Holding:
    """The legal holds over somebody, as their page shows them; and whether this viewer may place and lift them."""

    holds: tuple[Hold, ...]
    may_hold: bool


def holding(viewer: Viewer, person: int) -> Holding:
    """The holds over somebody whose page this viewer reads: it has passed the gate, and written the look down."""
    return Holding(holds_over(person), viewer.may(May.REVIEW_RETENTION))


def holding_page(viewer: Viewer, person: int) -> Holding:
    """The same on its own page, for reviewers of retention. Raises NotFound for others, for nobody and for somebody hidden, in the same words."""
    with wall.working():
        there = bool(records_of([person]).get(person)) and not _unseen(viewer, [person])
    if not (there and viewer.may(May.REVIEW_RETENTION)):
        gate.refuse(viewer, people=[person], note="legal hold")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.CONSULTATION, people=[person], fields=("legal_hold",))
    return Holding(holds_over(person), True)


def hold_to_lift(viewer: Viewer, number: int) -> Hold:
    """One hold that stands or stood, for reviewers of retention. Raises NotPermitted for others, NotFound for none and for somebody hidden."""
    gate.require(viewer, May.REVIEW_RETENTION)
    held = Hold.objects.filter(pk=number).select_related("placed_by", "lifted_by").first()
    if held is None or (held.person_id is not None and _unseen(viewer, [held.person_id])):
        gate.refuse(viewer, note=f"legal hold {number}")
        raise NotFound(gate.NOT_FOUND)
    about = [] if held.person_id is None else [held.person_id]
    write(viewer, Action.CONSULTATION, people=about, fields=("legal_hold",), note=f"legal hold {held.pk}")
    return held


_UNTOUCHED = """
SELECT i.id FROM people_identity i
WHERE i.id > %(after)s AND EXISTS (SELECT 1 FROM people_link l WHERE l.identity_id = i.id AND l.until_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM people_link l JOIN chronology_eventperson p ON p.record_id = l.record_id JOIN chronology_event e ON e.id = p.event_id
    WHERE l.identity_id = i.id AND l.until_at IS NULL AND e.kind <> ALL(%(describing)s) AND greatest(e.at, e.recorded_at) > %(before)s)
ORDER BY i.id LIMIT %(most)s
"""


def people_untouched_since(before: datetime, *, after: int, most: int) -> list[int]:
    """People, by number from `after` on, to whom nothing has happened since a moment. For the search for what is due, which shows nobody."""
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"after": after, "most": most, "before": before, "describing": list(DESCRIBING)}
        cursor.execute(_UNTOUCHED, asked)
        return [person for (person,) in cursor.fetchall()]
