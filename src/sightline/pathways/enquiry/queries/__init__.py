"""A child's strategy discussions and enquiries as a viewer may read them; who is around the child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.case import ADULT, Case
from sightline.alerts.settings import limits
from sightline.alerts.stored import Stored
from sightline.chronology.courses import MADE_HERE, Course, Run, runs
from sightline.chronology.needs import in_words, needs_of
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local, say_date
from sightline.pathways.enquiry.alerts.suspected import bodily_allegation, suspected_offence
from sightline.pathways.enquiry.rules import (
    ENQUIRY,
    STRATEGY,
    Duty,
    Procedure,
    clinicians_heard,
    led_to,
    procedure_on,
    settled_before,
)
from sightline.people.anchors import PersonKey, keys_for
from sightline.people.household import household, relations
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

KIN = ("sibling", "cousin", "child", "step-child", "cared for")
BESIDE = ("child", "sibling")  # the roles in which an entry names another child
DAY = timedelta(days=1)
NAMED = "child named in an entry about this one"


@dataclass(frozen=True)
class OtherChild:
    """Another child who lives with this one or is a brother or sister; `key`: the record by which an entry names them."""

    person: int
    name: str
    age: int | None
    relation: str
    key: PersonKey


@dataclass(frozen=True)
class Suspicion:
    """What recorded facts say before anybody is asked: that the child was hurt or abused, and that an adult may have committed an offence.

    `since`: from when what a clinician says is about it, and not about something that was done with before.
    """

    abuse: bool
    offence: bool
    since: datetime | None = None


@dataclass(frozen=True)
class CoursePage:
    """A child, their discussions and enquiries newest first, and the names of those in them whom the viewer may know.

    `held`: whether it is all that is held, for deciding what may be done, and not what the viewer may read.
    """

    person: Person
    chronology: Chronology
    discussions: tuple[Run, ...]
    enquiries: tuple[Run, ...]
    people: dict[int, Person]
    procedure: Procedure
    needs: list[tuple[str, str]]
    held: bool = False

    def same(self, run: Run) -> Run:
        """A run of the other reading of this child, in this one."""
        return next((r for r in (*self.discussions, *self.enquiries) if r.key == run.key), run)

    def run(self, entry: int) -> Run:
        """The discussion or enquiry that an entry began. Raises NotFound where there is none that may be read."""
        found = next((r for r in (*self.discussions, *self.enquiries) if r.first.event_id == entry), None)
        if found is None:
            raise NotFound(gate.NOT_FOUND)
        return found


def courses_of(viewer: Viewer, person: int) -> CoursePage:
    """A child's discussions and enquiries. Raises NotFound where the viewer may not read the child, the refusal written down."""
    gate.look(viewer, [person], fields=("names", "born", "chronology"), note="strategy discussions and enquiries")
    with wall.around(person):
        sight, seen = sight_of(viewer), as_permitted(viewer, chronologies([person])[person])
        discussions, enquiries = _newest(STRATEGY, seen), _newest(ENQUIRY, seen)
        named = {p for r in (*discussions, *enquiries) for e in r.entries for held in e.people.values() for p in held}
        people = persons(named | {person}, sight)
    if person not in people:
        raise NotFound(gate.NOT_FOUND)
    procedure = procedure_on(local(viewer.at).date())
    needs = in_words(needs_of(seen, viewer.at))
    return CoursePage(people[person], seen, discussions, enquiries, people, procedure, needs)


@wall.working()
def as_held(page: CoursePage) -> CoursePage:
    """The same page by all that is held, whoever may read it: for deciding what the child's own entries decide, and none of it is shown."""
    own = chronologies([page.person.person])[page.person.person]
    return replace(page, chronology=own, discussions=_newest(STRATEGY, own), enquiries=_newest(ENQUIRY, own), held=True)


def begun(viewer: Viewer, person: int, course: Course) -> tuple[Run, ...]:
    """A child's discussions, or their enquiries, as they stand now. Below the gate: for services that have passed it."""
    with wall.around(person):
        return _newest(course, as_permitted(viewer, chronologies([person])[person]))


def _newest(course: Course, seen: Chronology) -> tuple[Run, ...]:
    return runs(course, seen)[::-1]


def other_children(viewer: Viewer, person: int) -> tuple[OtherChild, ...]:
    """The other children to consider: of the household, brothers and sisters elsewhere, and whoever an entry lately names with this child.

    As far as this viewer may know of them: of whoever is no more than named, only that they were, and when; of whoever's record is closed
    to them, what they are to this child. Who is a child goes by what is held.
    """
    gate.look(viewer, [person], fields=("names", "household", "relationships", "chronology"), note="other children")
    day = local(viewer.at).date()
    with wall.around(person):
        sight = sight_of(viewer)
        found = {m.person: m.relation for m in household(person, day, sight)}
        for r in relations(person, day, sight):
            if r.person not in found and r.relation in KIN:
                found[r.person] = f"{r.relation}, lives elsewhere"
        named = _named_with(viewer, person)
        found = dict.fromkeys(gate.readable(viewer, named), NAMED) | found
        people = persons(found, sight)
    held, keys = _as_held(people)
    around = {p: who for p, who in people.items() if p in keys and _is_child(held[p], day, found[p])}
    strangers = {p: h for p, h in named.items() if p not in people}
    if around or strangers:
        about, fields = {*around, *strangers}, ("names", "born", "relationships")
        write(viewer, Action.CONSULTATION, people=about, fields=fields, note="around a person")
    known = [
        OtherChild(p, _called(who, found[p]), who.age_on(day), found[p], _key_of(who) or keys[p])
        for p, who in sorted(around.items(), key=lambda x: (-(x[1].age_on(day) or 0), x[0]))
    ]
    return (*known, *_only_named(strangers))


def _named_with(viewer: Viewer, person: int) -> dict[int, Happening]:
    """Whom an entry of late names as a child beside this one, and the newest such entry that this viewer may read."""
    since = viewer.at - timedelta(days=limits().number("strategy.named_days", viewer.at))
    seen = as_permitted(viewer, chronologies([person])[person])
    return {
        p: h for h in seen.everything() if since <= h.at <= viewer.at and h.concerns(person)
        for role in BESIDE for p in h.people.get(role, ()) if p != person
    }  # fmt: skip


@wall.working()
def _as_held(people: Iterable[int]) -> tuple[dict[int, Person], dict[int, PersonKey]]:
    """These people as every system has them, and the key of each: for deciding who is a child, and shown to nobody."""
    asked = list(people)
    return persons(asked), keys_for(asked)


def _called(who: Person, relation: str) -> str:
    return who.name if who.records else f"a child ({who.name}; {relation})"


def _key_of(who: Person) -> PersonKey | None:
    return (who.records[0].source, who.records[0].key) if who.records else None


@wall.working()
def _only_named(strangers: Mapping[int, Happening]) -> tuple[OtherChild, ...]:
    """Children of whom the viewer learns no more than that an entry names them. The key of each is for the entry that considers them."""
    keys = keys_for(strangers)
    return tuple(
        OtherChild(p, f"a child named with this one on {say_date(local(h.at).date())}", None, NAMED, keys[p])
        for p, h in sorted(strangers.items(), key=lambda x: (x[1].at, x[0]))
        if p in keys
    )


def _is_child(who: Person, day: date, relation: str) -> bool:
    age = who.age_on(day)
    return not who.dead_on(day) and (age < ADULT if age is not None else relation.startswith(KIN))


class _Permitted(Stored):
    """What was known, as far as this viewer may read it."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer.at)
        self._viewer = viewer

    def chronology(self, person: int) -> Chronology:
        """One person's, cut."""
        return as_permitted(self._viewer, super().chronology(person), gate.behind_a_summary(self._viewer, person))


def suspicion(
    viewer: Viewer, person: int, *, began: datetime | None = None, settled: datetime | None = None, held: bool = False
) -> Suspicion:
    """What entries that this viewer may read say was done to the child. Below the gate: for pages that have passed it.

    `began`: of what went on then, as long as it goes on; `settled`: when what was suspected earlier was done with; `held`: by all that is
    held, never to be shown; of that, whether there is abuse rests on what is said of the child, whoever else is in it.
    """
    with wall.around(person), wall.working() if held else wall.summing():
        case = Case(person, viewer.at, Stored(viewer.at) if held else _Permitted(viewer), limits())
        days = case.number("allegation.days", viewer.at) + ((viewer.at - began).days if began else 0)
        said = bodily_allegation(case, viewer.at, days)
        offence = suspected_offence(case, viewer.at, days) is not None
        if said is None:
            return Suspicion(False, offence, settled)
        newer = bodily_allegation(case, viewer.at, (viewer.at - settled) / DAY) if settled else None
        since = (newer or said).at - DAY
        return Suspicion(True, offence, max(since, settled) if settled else since)


def enquired_into(viewer: Viewer, page: CoursePage, run: Run) -> Suspicion:
    """What an enquiry is about: what was suspected as it began or since, and what the discussion that led to it said. Below the gate."""
    days = limits().number("strategy.same_incident_days", viewer.at)
    led = led_to(page.discussions, page.enquiries, run, days)
    earlier = [r for r in (*page.discussions, *page.enquiries) if led is None or r.key != led.key]
    settled = settled_before(earlier, run.first.at)
    found = suspicion(viewer, page.person.person, began=run.first.at, settled=settled, held=page.held)
    met = led.last("strategy.held") if led else None
    said = {k: bool(met and met.get(k)) for k in ("abuse_alleged", "offence_possible")}
    begins = (led or run).first.at
    since = min(found.since, begins) if found.abuse and found.since else begins
    return Suspicion(found.abuse or said["abuse_alleged"], found.offence or said["offence_possible"], since)


def clinicians_of(page: CoursePage, since: datetime) -> tuple[str, ...]:
    """Whom of health it was put to since a moment: asked by themselves, or at a discussion."""
    met = [d for d in page.discussions if any(h.at >= since for h in d.of("strategy.held"))]
    return clinicians_heard(page.chronology, met, since, page.procedure)


def hears_health(viewer: Viewer) -> bool:
    """Whether somebody may write down what a clinician says: of health, or trusted with discussions."""
    return viewer.agency_kind == "health" or viewer.may(May.HOLD_STRATEGY)


def beside(viewer: Viewer, found: Iterable[Run]) -> Run | None:
    """The newest of a child's discussions, or of their enquiries, that a new one may be the same as: it goes on, or lately began."""
    lately = viewer.at - timedelta(hours=limits().number("strategy.again_hours", viewer.at))
    known = viewer.at - timedelta(days=limits().number("allegation.days", viewer.at))
    near = [
        r for r in found
        if r.first.at >= lately or (not r.over and (r.first.source == MADE_HERE or r.entries[-1].at >= known))
    ]  # fmt: skip
    return max(near, key=lambda r: r.first.at, default=None)


@dataclass(frozen=True)
class DutyShown:
    """One thing the procedure has an enquiry do, and the entry that shows it done, if any does."""

    duty: Duty
    entry: Happening | None


def duties_of(page: CoursePage, run: Run, found: Suspicion) -> tuple[DutyShown, ...]:
    """What the procedure has this enquiry do, and what shows it done since it began or since the discussion that began it."""
    day = local(run.first.at).date()
    before = [r.first.at for r in page.discussions if r.first.at <= run.first.at]
    since = max(before, default=run.first.at)
    entries = [e for e in page.chronology.happenings if e.at >= since]
    owed = procedure_on(day).owed(abuse=found.abuse, offence=found.offence)
    return tuple(DutyShown(d, d.shown(entries)) for d in owed)
