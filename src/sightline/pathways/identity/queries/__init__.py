"""The person page: what must I know now, who is around this child, and what happened before, from every system, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.policy import Purpose, Tier, tier
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.pointers import Held, held_back
from sightline.chronology.queries import as_known, as_permitted, chronologies, what_stands
from sightline.chronology.sources import SourceLine, for_standing, source_lines
from sightline.chronology.standing import InForce, in_force
from sightline.chronology.view import Chronology
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local
from sightline.pathways.identity.panels import ADULT, ChildrenReached, children_reached
from sightline.people.anchors import identities_of, records_of
from sightline.people.decisions import may_be_the_same, proposals
from sightline.people.household import Member, Relation, household, relations
from sightline.people.models import Candidate, Link
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
    held_back: tuple[Held, ...]


def person_page(viewer: Viewer, person: int, *, at: datetime, on: date | None = None) -> PersonPage:
    """A person as their page shows them; `on` shows the household of another day. What must be known, `at_home`, is always of today.

    Raises NotFound, the same for someone who is not there, sealed, or not this viewer's to see; the refusal is written down.
    """
    gate.look(viewer, [person], fields=FIELDS)
    _somebody(viewer, person)
    with wall.around(person):
        return _page(viewer, person, at, on or local(at).date())


def _page(viewer: Viewer, person: int, at: datetime, day: date) -> PersonPage:
    today, sight = local(at).date(), sight_of(viewer)
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
    known = {person: as_known(viewer, chronologies([person])[person].known_by(at))}
    people, resting = persons([person, *seen], sight), what_stands(viewer, [person, *seen], at=at)
    facts = {p: in_force(for_standing(viewer, c, sight.given(p)), at) for p, c in resting.items()}
    shown = as_permitted(viewer, known[person])
    who = people.pop(person)
    dangers = {h: a.lines for a in who.living_at(today) for h in hazards(a.premises, at, sight)}
    return PersonPage(
        who, who.age_on(today), at, day, facts[person], tuple((m, facts[m.person]) for m in now),
        tuple((m, facts[m.person]) for m in then), related, people, tuple(dangers), {h.event_id: lines for h, lines in dangers.items()},
        shown, _disagreements(who), source_lines(viewer, known[person], at), _alike({person, *seen}),
        children_reached(viewer, person, at=at) if _grown(who, related, today) else None, held_back(shown),
    )  # fmt: skip


def _somebody(viewer: Viewer, person: int) -> None:
    """Somebody of whom no record is left, because they were joined to another, is nobody."""
    if not records_of([person]):
        gate.refuse(viewer, people=[person])
        raise NotFound(gate.NOT_FOUND)


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
class Proposed:
    """Somebody said that this person is another too; it waits for a second. `own`: the viewer said it."""

    proposal: int
    person: int
    other: int
    by: str
    at: datetime
    reason: str
    own: bool


@dataclass(frozen=True)
class IdentityPage:
    """Which source records make up a person, why, which others may be them, and of whom one person said so and a second must."""

    person: Person
    links: tuple[LinkLine, ...]
    candidates: tuple[tuple[int, float, bool, str], ...]
    waiting: tuple[Proposed, ...]
    decides: bool


def identity_page(viewer: Viewer, person: int, *, purpose: Purpose | None = None, others: bool = True) -> IdentityPage:
    """The records behind a person, field by field; candidates as (person id, bits, vetoed, why). Raises NotFound.

    `others`: whether whoever may be the same, or waits to be, is shown too, and so looked at.
    """
    gate.look(
        viewer, [person], fields=("links", *(("candidates",) if others else ()), "names", "born"), purpose=purpose
    )
    _somebody(viewer, person)
    links = (
        Link.objects.filter(identity_id=person)
        .select_related("record")
        .order_by("from_at", "record__source", "record__key")
    )
    lines = tuple(line for k in links if (line := _link_line(viewer, k)))
    who = persons([person], sight_of(viewer))[person]
    held = set(records_of([person])[person])
    rows, waiting = _may_be(viewer, person, held) if others else (set(), ())
    ordered = tuple(sorted(rows, key=lambda r: (-r[1], r[0])))
    return IdentityPage(who, lines, ordered, waiting, viewer.may(May.DECIDE_IDENTITY))


def _may_be(
    viewer: Viewer, person: int, held: set[int]
) -> tuple[set[tuple[int, float, bool, str]], tuple[Proposed, ...]]:
    """Whoever may be the same as a person, and what waits for a second person: those of whom the viewer may read, their looks written down."""
    others = may_be_the_same(held, sight_of(viewer))
    whose = identities_of(o.record for o in others)
    visible = gate.readable(viewer, whose.values()) - {person}
    rows = {(whose[o.record], o.bits, o.vetoed, o.why) for o in others if whose.get(o.record) in visible}
    waiting = _proposed(viewer, person, held)
    if rows or waiting:
        shown = {r[0] for r in rows} | {w.other for w in waiting}
        write(viewer, Action.CONSULTATION, people=shown, fields=("candidates",), note="may be the same")
    return rows, waiting


def _proposed(viewer: Viewer, person: int, held: set[int]) -> tuple[Proposed, ...]:
    """What waits for a second person, with those others that the viewer may know of: each said once, however many records it names."""
    waiting = proposals(held)
    whose = identities_of({r for pair in waiting for r in pair})
    known = gate.readable(viewer, whose.values())
    said = {
        (d.event_id, other): Proposed(
            d.event_id,
            person,
            other,
            d.decided_by or "A record system",
            d.decided_at,
            d.reason,
            d.account == viewer.user_id,
        )
        for pair, d in waiting.items()
        for other in {whose[r] for r in pair} & known - {person}
    }
    return tuple(said[key] for key in sorted(said))


def _link_line(viewer: Viewer, link: Link) -> LinkLine | None:
    """A link as the viewer's agency may see its system: the key of a pointer is what to ask for, and nothing is said of the rest."""
    if tier(viewer, link.record.source) is Tier.NO:
        return None
    k = link
    return LinkLine(k.record.source, k.record.key, k.from_at, k.until_at, k.bits, k.decided_by, k.reason)
