"""What whoever decides who is who is shown before they do: records side by side, who may be the same, and what waits for a second."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access import gate
from sightline.access.policy import Purpose
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound
from sightline.pathways.identity.queries import Proposed, identity_page
from sightline.people.models import SourceRecord
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of


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


def to_decide(viewer: Viewer, person: int, *, others: bool = True) -> ToDecide:
    """For deciding who is who: the records as each system has them, and the others side by side. Raises NotFound, NotPermitted.

    `others`: whether whoever may be the same is shown too, and so looked at.
    """
    gate.require(viewer, May.DECIDE_IDENTITY)
    page = identity_page(viewer, person, purpose=Purpose.IDENTITY, others=others)
    sight, strongest = sight_of(viewer, purpose=Purpose.IDENTITY), dict[int, tuple[float, bool, str]]()
    for other, bits, vetoed, why in page.candidates:
        strongest.setdefault(other, (bits, vetoed, why))
    if strongest:
        fields = ("names", "born", "addresses")
        gate.look(viewer, strongest, fields=fields, note="may be the same", purpose=Purpose.IDENTITY)
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


@dataclass(frozen=True)
class ToAnswer:
    """What a second person is shown before they agree or decline: both people, what was said, and how alike they are, with why."""

    proposed: Proposed
    person: Person
    other: Person
    alike: tuple[float, bool, str] | None


def to_answer(viewer: Viewer, person: int, proposal: int) -> ToAnswer:
    """A join that waits for a second person, for whoever may decide about both. Raises NotFound, NotPermitted."""
    page = to_decide(viewer, person)
    said = next((w for w in identity_page(viewer, person).waiting if w.proposal == proposal), None)
    if said is None:
        gate.refuse(viewer, people=[person], note="no such proposal")
        raise NotFound(gate.NOT_FOUND)
    fields = ("names", "born", "addresses")
    gate.look(viewer, [said.other], fields=fields, note="may be the same", purpose=Purpose.IDENTITY)
    told = next(((bits, vetoed, why) for p, bits, vetoed, why in page.others if p.person == said.other), None)
    return ToAnswer(said, page.person, persons([said.other], sight_of(viewer))[said.other], told)
