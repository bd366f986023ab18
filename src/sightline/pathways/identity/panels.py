"""Parts of the person page: every child whom an adult lives with, has contact with, is bailed from, or was found with; and who looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from sightline.access import gate, wall
from sightline.access.guardians import NEXT_LEVEL
from sightline.access.log import Action, write
from sightline.access.models import AccessEntry, User
from sightline.access.policy import Of, Purpose
from sightline.access.roles import May, roles
from sightline.access.transparency.dating import written_apart
from sightline.access.viewer import Viewer
from sightline.chronology.models import EventPerson
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.wording import source_name
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.people.anchors import records_of
from sightline.people.homes import lives_at
from sightline.people.household import household, relations
from sightline.people.models import Link
from sightline.people.persons import Person, RecordKey, persons
from sightline.people.sight import Sight, sight_of

ADULT = 18
LOOKS_ON_A_PAGE = 50
CALLED_A_CHILD = ("child", "step-child", "grandchild", "cared for", "niece or nephew", "child-of-partner")
BAILED = ("suspect", "offender", "adult", "subject")
PROTECTED = ("victim", "child", "other")


@dataclass(frozen=True)
class Way:
    """One way an adult can reach a child, as one source says it; `since` is None where no day was given."""

    how: str
    says: str
    since: date | None
    until: date | None
    source: str
    called_a_child: bool = False


@dataclass(frozen=True)
class ChildReached:
    """A child whom the viewer may know of, and every way this adult can reach them."""

    person: Person
    age: int | None
    ways: tuple[Way, ...]

    @property
    def told(self) -> dict[tuple[str, str], tuple[Way, ...]]:
        """The ways, each once, with every source that says so."""
        found: dict[tuple[str, str], list[Way]] = {}
        for way in self.ways:
            found.setdefault((way.how, way.says), []).append(way)
        return {said: tuple(held) for said, held in found.items()}


@dataclass(frozen=True)
class ChildrenReached:
    """The children around one adult, youngest first; those whose records are not open to the viewer are a number only."""

    children: tuple[ChildReached, ...]
    not_opened: int


def children_reached(viewer: Viewer, adult: int, *, at: datetime) -> ChildrenReached:
    """Every child this adult lives with, has contact with, is bailed from, or was found with: how, since when, and who says so.

    A child of the household or the family is named, as on the adult's page; others only where the viewer may read them.
    Raises NotFound where the adult is not this viewer's to see.
    """
    gate.look(viewer, [adult], fields=("children_reached",))
    day, sight = local(at).date(), sight_of(viewer)
    near, ways = _near(adult, day, sight), defaultdict[int, list[Way]](list)
    for found in (near, _on_record(as_permitted(viewer, chronologies([adult])[adult].known_by(at)), day)):
        for person, held in found.items():
            ways[person] += held
    people = persons(ways, sight)
    children = [p for p in people if _a_child(people[p], ways[p], day)]
    named = {p for p in children if p in near} | gate.readable(viewer, children)
    if named:
        fields = ("names", "born", "children_reached")
        write(viewer, Action.CONSULTATION, people=named, fields=fields, note="children around an adult")
    shown = [ChildReached(people[p], people[p].age_on(day), tuple(dict.fromkeys(ways[p]))) for p in named]
    shown.sort(key=lambda c: (c.age if c.age is not None else ADULT, c.person.name, c.person.person))
    return ChildrenReached(tuple(shown), len(set(children) - named))


def _a_child(who: Person, ways: list[Way], day: date) -> bool:
    """Under 18 on the day; where no age is known, only those whom somebody calls a child."""
    age = who.age_on(day)
    return age < ADULT if age is not None else any(w.called_a_child for w in ways)


def _near(adult: int, day: date, sight: Sight) -> dict[int, list[Way]]:
    """Those of the household, those who stay there, and those related to this adult on the day."""
    related = [r for r in relations(adult, day, sight) if r.on(day)]
    at_home = {m.person: m for m in household(adult, day, sight)}
    homes = {a.premises for a in persons([adult], sight)[adult].living_at(day)}
    staying = [h for h in lives_at(homes, day, sight) if h.stays and h.person not in {adult, *at_home}]
    since = _since(persons({*at_home, *(h.person for h in staying)}, sight), homes, day)
    found: dict[int, list[Way]] = defaultdict(list)
    for person, member in at_home.items():
        told = {r.source: r.since for r in related if r.person == person and r.lives_with}
        for source in member.sources:
            began = since.get((person, source), told.get(source))
            found[person].append(Way("Lives with", member.relation, began, None, source, "child" in member.relation))
    for stay in staying:
        began = since.get((stay.person, stay.source))
        found[stay.person].append(Way("Stays at the same address", "", began, None, stay.source))
    for r in related:
        if r.person not in at_home:
            says = r.relation + (", and one cares for the other" if r.cares_for else "")
            called = r.relation in CALLED_A_CHILD
            found[r.person].append(Way("Has contact with", says, r.since, r.ended, r.source, called))
    return found


def _since(people: dict[int, Person], homes: set[int], day: date) -> dict[tuple[int, str], date]:
    """Since when each source has each of these people at one of these homes."""
    found: dict[tuple[int, str], date] = {}
    for person, who in people.items():
        for lived in who.addresses:
            if lived.premises in homes and lived.on(day):
                key = (person, lived.source)
                found[key] = min(lived.since, found.get(key, lived.since))
    return found


def _on_record(chronology: Chronology, day: date) -> dict[int, list[Way]]:
    """Those whom bail conditions in force protect from this adult, and those found with them."""
    found: dict[int, list[Way]] = defaultdict(list)
    for happening in chronology.of_kind("bail.set", "missing.returned"):
        bailed = happening.kind == "bail.set"
        way = _bail(happening, day) if bailed else _found(happening)
        if way and happening.concerns(chronology.subject, *BAILED):
            for person in _others(happening, PROTECTED if bailed else ("child",), chronology.subject):
                found[person].append(way)
    return found


def _bail(happening: Happening, day: date) -> Way | None:
    """Conditions that have not run out. Released under investigation has none, and is no condition."""
    until = date.fromisoformat(str(happening.get("until"))) if happening.get("until") else None
    if happening.get("kind") == "released_under_investigation" and not happening.get("conditions"):
        return None
    if until is not None and until <= day:
        return None
    says = "; ".join(happening.get("conditions") or ["conditions not supplied"])
    return Way("Bailed from", says, local(happening.at).date(), until, happening.source)


def _found(happening: Happening) -> Way:
    where = happening.get("where")
    says = "when missing" + (f", {where}" if where else "")
    return Way("Found with", says, local(happening.at).date(), None, happening.source, called_a_child=True)


def _others(happening: Happening, roles: tuple[str, ...], but: int) -> Iterator[int]:
    yield from dict.fromkeys(p for role in roles for p in happening.people.get(role, ()) if p != but)


def records_named(who: Person, events: Iterable[int]) -> dict[int, str]:
    """Which of a person's records each entry names, where they are made up of several: for entries of the page that is shown, below the gate."""
    keys = {r.record_id: r for r in who.records}
    if len(keys) < 2:
        return {}
    held: dict[int, list[RecordKey]] = {}
    for event, record in (
        EventPerson.objects.filter(event_id__in=list(events), record_id__in=keys)
        .order_by("event_id", "record_id").values_list("event_id", "record_id").distinct()
    ):  # fmt: skip
        held.setdefault(event, []).append(keys[record])
    return {event: "; ".join(f"{source_name(r.source)} {r.key}" for r in found) for event, found in held.items()}


@dataclass(frozen=True)
class Looked:
    """One line of who looked at this child; `written` where it was written down at another time than it says."""

    at: datetime
    written: datetime | None
    who: str
    role: str
    agency: str
    action: str
    reason: str
    route: str
    fields: tuple[str, ...]
    outcome: str


def _reviewed(viewer: Viewer, person: int) -> bool:
    """Whether this reviewer reads who looked at a person."""
    return gate.sees(viewer, [person], purpose=Purpose.REVIEW_ACCESS)[person].shows(Of.TRAIL)


@dataclass(frozen=True)
class WhoLooked:
    """A page of who looked, newest first; `more` is whether there are older ones, `whole` whether looks of reviewers are among them."""

    entries: tuple[Looked, ...]
    page: int
    more: bool
    whole: bool


def who_looked(viewer: Viewer, person: int, *, page: int = 1) -> WhoLooked:
    """Who looked at this child, under every number the child has had: for those involved and for the data guardian. It is itself a look.

    That a look is being reviewed is for those who review: whoever made it does not learn of it here. Nobody is a reviewer of their own
    kin: of whom they have opened in an emergency they read what anybody reads who has.
    """
    whole = viewer.may(May.REVIEW_ACCESS) and not gate.excluded(viewer, person)
    if not whole:
        gate.look(viewer, [person], fields=("access_log",))
    elif not _reviewed(viewer, person) or not wall.working()(records_of)([person]):
        gate.refuse(viewer, people=[person])
        raise NotFound(gate.NOT_FOUND)
    else:
        write(viewer, Action.CONSULTATION, people=[person], fields=("access_log",))
    first = (max(1, page) - 1) * LOOKS_ON_A_PAGE
    rows = _lines(person, first, whole=whole)
    names = {u.pk: str(u) for u in User.objects.filter(pk__in={e.user_id for e in rows if e.user_id})}
    entries = tuple(_looked(e, names) for e in rows[:LOOKS_ON_A_PAGE])
    return WhoLooked(entries, max(1, page), len(rows) > LOOKS_ON_A_PAGE, whole)


def _lines(person: int, first: int, *, whole: bool) -> list[AccessEntry]:
    """The log's lines about somebody who has been opened: under their number, and under each that a record of theirs had while it had it.

    The second wall knows nobody by a number that is no longer anybody's, so those are read as work reads.
    """
    before, about = _numbers_before(person), Q(people__contains=[person])
    for number, since, until in before:
        about |= Q(people__contains=[number], at__gte=since, at__lt=until)
    held = AccessEntry.objects.filter(about)
    held = held if whole else held.exclude(_of_a_review())
    with wall.working() if before else nullcontext():
        return list(held.order_by("-at", "-id")[first : first + LOOKS_ON_A_PAGE + 1])


@wall.working()
def _numbers_before(person: int) -> list[tuple[int, datetime, datetime]]:
    records = records_of([person]).get(person, [])
    ended = Link.objects.filter(record_id__in=records, until_at__isnull=False).exclude(identity_id=person)
    held = ended.order_by("identity_id", "from_at").values_list("identity_id", "from_at", "until_at").distinct()
    return [(number, since, until) for number, since, until in held if until is not None]


def _of_a_review() -> Q:
    reviewers = [role for role, said in roles().items() if May.REVIEW_ACCESS in said.may] + [NEXT_LEVEL]
    reading = Q(fields__contains=["access_log"], role__in=reviewers)
    return reading | Q(action=Action.REVIEW.value) | Q(fields__overlap=["emergency_opening", "exclusion"])


def _looked(e: AccessEntry, names: dict[int, str]) -> Looked:
    return Looked(
        e.at,
        written_apart(e.at, e.written_at),
        names.get(e.user_id or 0, e.role),
        e.role,
        e.agency,
        e.action,
        e.reason,
        e.route,
        tuple(e.fields) if e.user_id or len(e.people) == 1 else ("part_of_a_batch",),  # its kinds are of others too
        e.outcome,
    )
