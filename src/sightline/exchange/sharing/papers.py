"""A paper that was printed for somebody else, as a document: line by line what is on it, each with whose record it is of and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sightline.access import wall
from sightline.chronology.giving import Printed
from sightline.chronology.handling import code_of
from sightline.chronology.on_paper import BORN, NAME, Gathered, OnPaper
from sightline.chronology.view import Happening
from sightline.exchange.sharing.document import Document, LeftOut, Line, Section
from sightline.exchange.sharing.drafting import ties_coded
from sightline.exchange.sharing.rules import sections
from sightline.kernel.moments import local
from sightline.people.household import relations_of
from sightline.ui.jinja import when, words


def document_of(made: Printed) -> Document:
    """What is on a paper, by the parts of a share. Who somebody is stands first, then who is around them, then what happened, newest first."""
    got = made.got
    subject, codes = got.subject, _of_ties(got)
    parts = {
        "identity": (*_who(subject), *_particulars(got, subject, made.particulars)),
        "household": tuple(
            line for p in got.people[1:] for line in (*_around(p, codes), *_particulars(got, p, made.particulars))
        ),
        "chronology": tuple(_entry(got, of, h) for of, h in made.entries),
    }
    said = tuple(Section(key, title, lines) for key, title in sections().items() if (lines := parts.get(key, ())))
    left = (LeftOut("A safe address", "kept safe, and not given out"),) if got.safe else ()
    return Document(said, left)


def of_whom(made: Printed) -> set[int]:
    """Those of whose record something is on it, whom it is about among them: it is kept as given of each."""
    return {made.got.subject.person, *(of.person for of, _ in made.entries)}


def _who(of: OnPaper) -> Iterable[Line]:
    for name, label, says in ((NAME, "Name", of.name), (BORN, "Born", of.born)):
        if held := of.known.get(name):
            yield Line(label, says, held.sources, "identifying", whose=of.person)


@wall.working()
def _of_ties(got: Gathered) -> dict[int, str]:
    """How it may be handled what somebody on it is to others there, where an entry that says so is not free."""
    day, on_it = local(got.viewer.at).date(), [p.person for p in got.people]
    ties = [t for held in relations_of(on_it, day).values() for t in held if t.person in on_it]
    return {person: code for (person, _), (code, _) in ties_coded(ties).items() if code}


def _around(of: OnPaper, codes: Mapping[int, str]) -> Iterable[Line]:
    if held := of.known.get(NAME):
        says = ", ".join(filter(None, (of.relation, f"born {of.born}" if of.born else "")))
        yield Line(of.name, says, held.sources, "identifying", (of.person,), code=codes.get(of.person, ""))


def _particulars(got: Gathered, of: OnPaper, told: Iterable[tuple[OnPaper, str]]) -> Iterable[Line]:
    for whose, name in told:
        if whose is of and (held := of.known.get(name)):
            label = words(name) if of is got.subject else f"{of.name}: {words(name)}"
            yield Line(label, got.plain(held.value), held.sources, "sensitive", whose=of.person)


def _entry(got: Gathered, of: OnPaper, happening: Happening) -> Line:
    """One entry, with whom of those on the paper it names."""
    shown, on_it = got.line(happening, of), {p.person for p in got.people}
    named = {p for held in happening.people.values() for p in held if p in on_it}
    whose = "" if of is got.subject else f"{of.name}: "
    said = [*(f"{name}: {value}" for name, value in shown.said), *([shown.event.note] if shown.event.note else [])]
    return Line(
        f"{whose}{when(happening.at, happening.precision)}: {shown.title}",
        ". ".join(s.strip().removesuffix(".") for s in said),
        (happening.source,),
        "sensitive",
        tuple(sorted(named)),
        happening.premises_key,
        happening.event_id,
        code_of(happening.source, happening.kind, happening.get("handling")),
        whose=of.person,
    )
