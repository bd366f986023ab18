"""The two lists as a viewer may read them: over everybody on record, named where the record is open to them, and counted where it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection

from sightline.access import gate, wall
from sightline.access.log import Action
from sightline.access.viewer import Viewer
from sightline.alerts.case import Case
from sightline.alerts.incidents import AT_HOME, OPENING
from sightline.alerts.settings import limits
from sightline.alerts.stored import Stored
from sightline.clocks.limits import Limits
from sightline.kernel.moments import start_of
from sightline.oversight.harm_lists.rules import HARMED, Harmful, Reported, harmful, reported, week_of
from sightline.patterns.grades.queries import Permitted
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

T = TypeVar("T", Reported, Harmful)
MOST = 300  # people looked at closely for one list, those with most entries first
SHOWN = 50
_STANDS = "NOT EXISTS (SELECT 1 FROM chronology_superseded s WHERE s.event_id = e.id)"
# Entries that name a child, and reports of violence between adults whose home a child shares.
_CHILDREN = f"""
SELECT person FROM (
    SELECT l.identity_id AS person, e.id FROM chronology_event e JOIN chronology_eventperson p ON p.event_id = e.id AND p.role = 'child'
    JOIN people_link l ON l.record_id = p.record_id AND l.until_at IS NULL
    WHERE e.kind = ANY(%(opening)s) AND e.at >= %(since)s AND e.at < %(until)s AND {_STANDS}
    UNION SELECT l.identity_id, e.id FROM chronology_event e
    JOIN chronology_eventperson p ON p.event_id = e.id AND p.role IN ('victim', 'suspect')
    JOIN people_link o ON o.record_id = p.record_id AND o.until_at IS NULL
    JOIN people_link own ON own.identity_id = o.identity_id AND own.until_at IS NULL
    JOIN people_address a ON a.record_id = own.record_id JOIN people_address b ON b.premises_id = a.premises_id
    JOIN people_link l ON l.record_id = b.record_id AND l.until_at IS NULL AND l.identity_id <> o.identity_id
    WHERE e.kind = 'contact.received' AND e.data ->> 'kind' = ANY(%(at_home)s) AND e.at >= %(since)s AND e.at < %(until)s AND {_STANDS}
) AS found GROUP BY person HAVING count(DISTINCT id) >= %(least)s ORDER BY count(DISTINCT id) DESC, person LIMIT {MOST}
"""
_ADULTS = f"""
SELECT l.identity_id FROM chronology_event e
JOIN chronology_eventperson p ON p.event_id = e.id AND p.role IN ('suspect', 'offender', 'subject')
JOIN people_link l ON l.record_id = p.record_id AND l.until_at IS NULL
JOIN chronology_eventperson c ON c.event_id = e.id AND c.role IN ('child', 'victim')
JOIN people_link o ON o.record_id = c.record_id AND o.until_at IS NULL
WHERE e.kind = ANY(%(harmed)s) AND e.at >= %(since)s AND e.at < %(until)s AND {_STANDS}
GROUP BY l.identity_id HAVING count(DISTINCT o.identity_id) >= %(children)s OR count(DISTINCT e.id) >= %(offences)s
ORDER BY count(DISTINCT o.identity_id) DESC, count(DISTINCT e.id) DESC, l.identity_id LIMIT {MOST}
"""


@dataclass(frozen=True)
class Row(Generic[T]):
    """Somebody on a list whose record is open to the viewer; `new`: they were not on it a week before."""

    person: Person
    it: T
    new: bool


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """A week's list. `closed`: how many more are on it whose records are not open to this viewer."""

    rows: tuple[Row[T], ...]
    closed: int
    week: date
    before: date
    after: date | None


def most_reported(viewer: Viewer, week: date | None = None) -> ListPage[Reported]:
    """The children most often reported in the twelve months before a week began, most first."""
    return _page(viewer, week, note="children most often reported", candidates=_children, make=reported, listed=_is_reported,
                 order=lambda r: (r.score, r.lately))  # fmt: skip


def most_harmful(viewer: Viewer, week: date | None = None) -> ListPage[Harmful]:
    """The adults who are recorded to have harmed most children, then by most offences."""
    return _page(
        viewer,
        week,
        note="most harmful adults",
        candidates=_adults,
        make=harmful,
        listed=_is_harmful,
        order=lambda h: h.weight,
    )


def _page(viewer: Viewer, week: date | None, *, note: str, candidates: Callable[[datetime, Limits], list[int]], make: Callable[[Case], T],
          listed: Callable[[Case, T], bool], order: Callable[[T], tuple[float, ...]]) -> ListPage[T]:  # fmt: skip
    """Everybody is looked at by the rules, who show nothing; what is shown is worked out again from what this viewer may read."""
    newest = week_of(viewer.at)
    day = min(week_of(start_of(week)) if week else newest, newest)
    at, rules = start_of(day), limits()
    with wall.working():
        world = Stored(at)
        found = candidates(at, rules)
        world.load(found)
        on = [p for p in found if listed(case := Case(p, at, world, rules), make(case))]
    hidden = gate.unseen(viewer)
    known = [p for p in on if p not in hidden]
    open_ = gate.readable(viewer, known)
    seen: dict[int, T] = {
        p: it for p in known if p in open_ and (it := _shown(viewer, p, at, rules, make, listed)) is not None
    }
    ranked = sorted(seen, key=lambda p: (*order(seen[p]), -p), reverse=True)[:SHOWN]
    # Of those alone who are shown: whom their own reading puts on no list is not on the page, and nobody has looked at them.
    gate.look(viewer, ranked, fields=("names", "incidents", "chronology"), action=Action.LIST, note=note)
    earlier = {p for p in ranked if _shown(viewer, p, at - timedelta(days=7), rules, make, listed) is not None}
    who = persons(ranked, sight_of(viewer)) if ranked else {}
    rows = tuple(Row(who[p], seen[p], p not in earlier) for p in ranked)
    before, after = day - timedelta(days=7), day + timedelta(days=7)
    return ListPage(rows, len(known) - len(open_), day, before, after if after <= newest else None)


def _shown(
    viewer: Viewer,
    person: int,
    at: datetime,
    rules: Limits,
    make: Callable[[Case], T],
    listed: Callable[[Case, T], bool],
) -> T | None:
    """Somebody as this viewer may read them; None where what they may read puts nobody on the list."""
    with wall.around(person), wall.summing():
        world = Permitted(viewer)
        world.as_of = at
        case = Case(person, at, world, rules)
        found = make(case)
        return found if listed(case, found) else None


def _is_reported(case: Case, found: Reported) -> bool:
    return case.is_child() and found.score >= case.number("most_reported.at_least")


def _is_harmful(case: Case, found: Harmful) -> bool:
    children, offences = case.number("most_harmful.children"), case.number("most_harmful.offences")
    many = len(found.children) >= children or (len(found.offences) >= offences and bool(found.children))
    return many and case.born is not None and not case.is_child()


def _children(at: datetime, rules: Limits) -> list[int]:
    said = {"opening": list(OPENING), "at_home": list(AT_HOME), "least": rules.number("most_reported.at_least", at)}
    return _asked(_CHILDREN, at, months=12, **said)


def _adults(at: datetime, rules: Limits) -> list[int]:
    least = {
        "children": rules.number("most_harmful.children", at),
        "offences": rules.number("most_harmful.offences", at),
    }
    return _asked(_ADULTS, at, months=60, harmed=list(HARMED), **least)


def _asked(query: str, at: datetime, *, months: int, **said: Any) -> list[int]:
    """A coarse first choice, wider than the limit where that is shorter; what is listed is decided by the rules."""
    with connection.cursor() as cursor:
        cursor.execute(query, {**said, "since": at - timedelta(days=31 * months), "until": at})
        return [person for (person,) in cursor.fetchall()]
