"""The papers for a MARAC, compiled from the record: on the screen, or on paper for one reader."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access import gate
from sightline.access.readers import Reader, oneself, readers, reads, working_with
from sightline.access.viewer import Viewer
from sightline.chronology.giving import ME, Printed
from sightline.chronology.on_paper import FIELDS, Gathered, gathered, permitted
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound, Refused
from sightline.pathways.domestic_abuse.queries.sections import particulars_in, sections, told_in
from sightline.pathways.domestic_abuse.rules import parts_in, to_marac
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of
from sightline.ui.paper.written import Paper, Section

NOTE = "MARAC pack"
UNTIL = "Destroy it after the meeting."
CHOOSE = "Choose yourself, or somebody who works with them and has an account here."
NOT_THEIRS = (
    "Their agency is not given what this meeting is about, so no pack can be made for them."
    " Share with them from the person’s page, where a lawful basis is asked for."
)


@dataclass(frozen=True)
class Case:
    """Somebody whose case goes to a MARAC, as a viewer may read it; and those for whom a pack may be printed."""

    person: Person
    chronology: Chronology
    readers: dict[str, Reader]

    @property
    def entries(self) -> tuple[Happening, ...]:
        """Referrals and hearings."""
        return to_marac(self.chronology)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Those for whom it may be printed, as a form names them."""
        return [(key, r.listed) for key, r in self.readers.items()]


def case(viewer: Viewer, person: int) -> Case:
    """The case. Raises NotFound, the refusal written down, where this viewer may read of none."""
    gate.look(viewer, [person], fields=FIELDS, note=NOTE)
    seen = as_permitted(viewer, chronologies([person])[person])
    who = persons([person], sight_of(viewer)).get(person)
    if who is None or not to_marac(seen):
        gate.refuse(viewer, people=[person], note=NOTE)
        raise NotFound(gate.NOT_FOUND)
    posts = readers(viewer, working_with(person, viewer.at))
    return Case(who, seen, {ME: oneself(viewer)} | {str(p): r for p, r in posts.items()})


def on_screen(viewer: Viewer, of: Case) -> tuple[Section, ...]:
    """The pack as its viewer may read it."""
    return sections(_gathered(viewer, of.readers[ME], of, screen=True))


def printed(viewer: Viewer, of: Case, to: str) -> Printed:
    """The pack for one reader. Written down with whom it is for before it is read; whoever hands it to somebody else keeps it as given.

    Raises Refused for somebody not listed, for somebody to whom the record would not open, and where their agency may not read of the case.
    """
    if to not in of.readers:
        raise Refused(CHOOSE)
    got = _gathered(viewer, of.readers[to], of)
    paper = Paper("MARAC pack", got.marks(UNTIL), sections(got))
    return Printed(paper, got, f"{NOTE} on paper", told_in(got), particulars_in(got))


def _gathered(viewer: Viewer, reader: Reader, of: Case, *, screen: bool = False) -> Gathered:
    """Everybody in the case and around the victims, by those entries that both may read."""
    person, note = of.person.person, NOTE if screen else f"{NOTE} on paper"
    reads(viewer, reader, person, note=note)
    both = to_marac(permitted(reader, of.chronology))
    if not both:
        gate.refuse(viewer, people=[person], note=f"{note}: not given to the agency of {reader.called}")
        raise Refused(NOT_THEIRS)
    parts = parts_in(both)
    victims = {p: "the victim" for p, part in parts.items() if part == "victim" and p != person}
    also = {p: "" if part == "child" else part for p, part in parts.items()}
    return gathered(viewer, reader, person, note=note, also=also, centres=victims, on_screen=screen)
