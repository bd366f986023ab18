"""The person page: what must I know now, who is around this child, and what happened before, from every system, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.models import AccessEntry, User
from sightline.access.policy import Tier, tier
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.queries import as_known, as_permitted, chronologies
from sightline.chronology.sources import SourceLine, for_standing, source_lines
from sightline.chronology.standing import InForce, in_force
from sightline.chronology.view import Chronology
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.identity.panels import ADULT, ChildrenReached, children_reached
from sightline.people.anchors import identities_of, records_of
from sightline.people.decisions import decisions
from sightline.people.household import Member, Relation, household, relations
from sightline.people.models import Candidate, Link, SourceRecord
from sightline.people.persons import Person, Said, persons
from sightline.people.places import Hazard, hazards
from sightline.people.sight import sight_of

FIELDS = (
    "names",
    "born",
    "sex",
    "identifiers",
    "particulars",
    "addresses",
    "standing_facts",
    "household",
    "relationships",
    "chronology",
)
DISAGREE = (("born", "Date of birth"), ("sex", "Sex"))


@dataclass(frozen=True)
class Disagreement:
    """Two accounts of one thing, side by side."""

    about: str
    accounts: tuple[Said, ...]


@dataclass(frozen=True)
class PersonPage:
    """Everything the page shows, already cut to what this viewer may see."""

    person: Person
    age: int | None
    at: datetime
    on: date
    standing: tuple[InForce, ...]
    at_home: tuple[tuple[Member, tuple[InForce, ...]], ...]
    household: tuple[tuple[Member, tuple[InForce, ...]], ...]
    relations: tuple[Relation, ...]
    around: dict[int, Person]
    hazards: tuple[Hazard, ...]
    hazard_at: dict[int, str]
    chronology: Chronology
    disagreements: tuple[Disagreement, ...]
    sources: tuple[SourceLine, ...]
    alike: dict[int, frozenset[int]]
    children: ChildrenReached | None


def person_page(viewer: Viewer, person: int, *, at: datetime, on: date | None = None) -> PersonPage:
    """A person as their page shows them; `on` shows the household of another day. What must be known, `at_home`, is always of today.

    Raises NotFound, the same for someone who is not there, sealed, or not this viewer's to see; the refusal is written down.
    """
    gate.look(viewer, [person], fields=FIELDS)
    today = local(at).date()
    day, sight = on or today, sight_of(viewer)
    now, related = household(person, today, sight), relations(person, day, sight)
    then = now if day == today else household(person, day, sight)
    seen = {m.person for m in (*now, *then)} | {r.person for r in related}
    if seen:
        write(
            viewer,
            Action.CONSULTATION,
            people=seen,
            fields=("names", "born", "relationships", "standing_facts"),
            note="around a person",
        )
    known = {p: as_known(viewer, c.known_by(at)) for p, c in chronologies([person, *seen]).items()}
    facts = {p: in_force(for_standing(viewer, c), at) for p, c in known.items()}
    people = persons([person, *seen], sight)
    who = people.pop(person)
    dangers = {h: a.lines for a in who.living_at(today) for h in hazards(a.premises, at, sight)}
    return PersonPage(
        who, who.age_on(today), at, day, facts[person], tuple((m, facts[m.person]) for m in now),
        tuple((m, facts[m.person]) for m in then), related, people, tuple(dangers), {h.event_id: lines for h, lines in dangers.items()},
        as_permitted(viewer, known[person]), _disagreements(who), source_lines(viewer, known[person], at), _alike({person, *seen}),
        children_reached(viewer, person, at=at) if _grown(who, related, today) else None,
    )  # fmt: skip


def _grown(who: Person, related: tuple[Relation, ...], day: date) -> bool:
    """An adult, somebody whose age nobody knows, or a child who has children."""
    age = who.age_on(day)
    return age is None or age >= ADULT or any(r.relation == "child" for r in related)


def _alike(people: set[int]) -> dict[int, frozenset[int]]:
    """Of these, whoever may be another of them: pairs that wait for somebody to decide."""
    whose = {record: person for person, held in records_of(people).items() for record in held}
    pairs = Candidate.objects.filter(left_id__in=whose, right_id__in=whose, vetoed=False)
    found: dict[int, set[int]] = {}
    for left, right in {(whose[c.left_id], whose[c.right_id]) for c in pairs}:
        if left != right:
            found.setdefault(left, set()).add(right)
            found.setdefault(right, set()).add(left)
    return {person: frozenset(others) for person, others in found.items()}


def _disagreements(person: Person) -> tuple[Disagreement, ...]:
    return tuple(
        Disagreement(label, getattr(person, field)) for field, label in DISAGREE if len(getattr(person, field)) > 1
    )


@dataclass(frozen=True)
class Looked:
    """One line of who looked at this child."""

    at: datetime
    who: str
    role: str
    agency: str
    action: str
    reason: str
    route: str
    fields: tuple[str, ...]
    outcome: str


def who_looked(viewer: Viewer, person: int, *, most: int = 200) -> tuple[Looked, ...]:
    """Who looked at this child, newest first: for those involved with the child and for the data guardian. It is itself a look."""
    if not viewer.may(May.REVIEW_ACCESS):
        gate.look(viewer, [person], fields=("access_log",))
    elif gate.excluded(viewer, person) or not records_of([person]):
        gate.refuse(viewer, people=[person])
        raise NotFound(gate.NOT_FOUND)
    else:
        write(viewer, Action.CONSULTATION, people=[person], fields=("access_log",))
    entries = list(AccessEntry.objects.filter(people__contains=[person]).order_by("-at", "-id")[:most])
    names = {u.pk: str(u) for u in User.objects.filter(pk__in={e.user_id for e in entries if e.user_id})}
    return tuple(
        Looked(
            e.at,
            names.get(e.user_id or 0, e.role),
            e.role,
            e.agency,
            e.action,
            e.reason,
            e.route,
            tuple(e.fields) if e.user_id or len(e.people) == 1 else ("part_of_a_batch",),  # its kinds are of others too
            e.outcome,
        )
        for e in entries
    )


@dataclass(frozen=True)
class LinkLine:
    """Why a source record is part of this person."""

    source: str
    key: str
    from_at: datetime
    until_at: datetime | None
    bits: float | None
    decided_by: str
    reason: str


@dataclass(frozen=True)
class IdentityPage:
    """Which source records make up a person, why, which others may be them, and of whom one person said so and a second must."""

    person: Person
    links: tuple[LinkLine, ...]
    candidates: tuple[tuple[int, float, bool, str], ...]
    waiting: tuple[int, ...]
    decides: bool


def identity_page(viewer: Viewer, person: int) -> IdentityPage:
    """The records behind a person, field by field; candidates as (person id, bits, vetoed, why). Raises NotFound."""
    gate.look(viewer, [person], fields=("links", "candidates", "names", "born"))
    links = (
        Link.objects.filter(identity_id=person)
        .select_related("record")
        .order_by("from_at", "record__source", "record__key")
    )
    lines = tuple(line for k in links if (line := _link_line(viewer, k)))
    who = persons([person], sight_of(viewer))[person]
    held = set(records_of([person])[person])
    pairs = [*Candidate.objects.filter(left_id__in=held), *Candidate.objects.filter(right_id__in=held)]
    others = {c.pk: (c.right_id if c.left_id in held else c.left_id) for c in pairs}
    whose = dict(
        Link.objects.filter(record_id__in=others.values(), until_at=None).values_list("record_id", "identity_id")
    )
    visible = gate.readable(viewer, whose.values())
    rows = {(whose[others[c.pk]], c.bits, c.vetoed, c.why) for c in pairs if whose[others[c.pk]] in visible - {person}}
    waiting = gate.readable(
        viewer, identities_of({r for pair in decisions(held).waiting for r in pair} - held).values()
    )
    if rows or waiting:
        shown = {r[0] for r in rows} | waiting
        write(viewer, Action.CONSULTATION, people=shown, fields=("candidates",), note="may be the same")
    ordered, second = tuple(sorted(rows, key=lambda r: (-r[1], r[0]))), tuple(sorted(waiting - {person}))
    return IdentityPage(who, lines, ordered, second, viewer.may(May.DECIDE_IDENTITY))


@dataclass(frozen=True)
class RecordLine:
    """A source record as its own system has it: who it says this is."""

    record: int
    source: str
    key: str
    name: str
    born: str


@dataclass(frozen=True)
class ToDecide:
    """What somebody who decides who is who is shown: the person, the records, and whoever may be the same, with bits and why."""

    person: Person
    records: tuple[RecordLine, ...]
    others: tuple[tuple[Person, float, bool, str], ...]


def to_decide(viewer: Viewer, person: int) -> ToDecide:
    """For deciding who is who: the records as each system has them, and the others side by side. Raises NotFound, NotPermitted."""
    gate.require(viewer, May.DECIDE_IDENTITY)
    page, sight = identity_page(viewer, person), sight_of(viewer)
    strongest: dict[int, tuple[float, bool, str]] = {}
    for other, bits, vetoed, why in page.candidates:
        strongest.setdefault(other, (bits, vetoed, why))
    if strongest:
        gate.look(viewer, strongest, fields=("names", "born", "addresses"), note="may be the same")
    people = persons(strongest, sight)
    held = SourceRecord.objects.filter(pk__in=[r.record_id for r in page.person.records]).order_by("source", "key")
    lines = (
        RecordLine(
            r.pk, r.source, r.key, f"{r.forenames} {r.surname}".strip(), r.born.isoformat() if r.born else r.born_text
        )
        for r in held
    )
    return ToDecide(
        page.person, tuple(lines), tuple((people[p], *told) for p, told in strongest.items() if p in people)
    )


def _link_line(viewer: Viewer, link: Link) -> LinkLine | None:
    """A link as the viewer's agency may see its system: the key of a pointer is what to ask for, and nothing is said of the rest."""
    if tier(viewer, link.record.source) is Tier.NO:
        return None
    k = link
    return LinkLine(k.record.source, k.record.key, k.from_at, k.until_at, k.bits, k.decided_by, k.reason)
