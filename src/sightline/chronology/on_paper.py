"""What goes out on paper to a reader who is named: no more than they and whoever prints it may both read, and no safe address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.policy import Decision, Of, Tier, tier
from sightline.access.readers import Reader, given_to, reads
from sightline.access.viewer import Viewer
from sightline.chronology.queries import as_permitted
from sightline.chronology.safe_around import safe_around
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.wording import Line, line
from sightline.chronology.worklists import several
from sightline.kernel.moments import local, say_date
from sightline.people.household import household, relations
from sightline.people.persons import Person, Said, persons
from sightline.people.safe import PROTECTING
from sightline.people.safe_words import blanked, phrases
from sightline.people.sight import Sight, sight_of
from sightline.ui.jinja import count_of, when
from sightline.ui.paper.written import Block, Facts, Marks, Section, Table, Words

FIELDS = ("names", "born", "relationships", "chronology")
WHO_IS_WHO = ("person.", "address.", "relationship.", "identity.")
NAME, BORN = "name", "born"


@dataclass(frozen=True)
class OnPaper:
    """Somebody on a paper, as both may know them. `relation`: to whom it is about; without `opened` nothing of their record is there.

    `known`: their name, their day of birth and what else is known of them, each with who says it.
    """

    person: int
    name: str
    born: str
    age: int | None
    relation: str
    opened: bool
    chronology: Chronology
    known: Mapping[str, Said]

    @property
    def particulars(self) -> dict[str, str]:
        """What is known of them besides, in words."""
        return {name: said.value for name, said in self.known.items() if name not in (NAME, BORN)}


@dataclass(frozen=True)
class Gathered:
    """Whom a paper is about, first of all, and those around them; what is said of each, without safe addresses."""

    viewer: Viewer
    reader: Reader
    people: tuple[OnPaper, ...]
    safe: tuple[str, ...]
    closed: int = 0

    @property
    def subject(self) -> OnPaper:
        """Whom it is about."""
        return self.people[0]

    @property
    def whom(self) -> str:
        """Those who may both read what is here, as it says so itself to its reader."""
        return "you" if self.reader.oneself else "both you and whoever printed this"

    @property
    def not_open(self) -> str:
        """What stands instead of a record that is not here."""
        return f"Their record is not open to {self.whom}, so nothing of it is here."

    def nothing(self, of: str) -> str:
        """What stands where there is nothing: others may hold it all the same."""
        return f"{of} is held that {self.whom} may read."

    def plain(self, text: object) -> str:
        """A text without any safe address."""
        return blanked(str(text or ""), self.safe)

    def lines(self, of: OnPaper, without: tuple[str, ...] = ()) -> tuple[Line, ...]:
        """What is held of one of them, newest first."""
        return tuple(self.line(h, of) for h in reversed(told_of(of, without)))

    def line(self, happening: Happening, of: OnPaper) -> Line:
        """One entry in words."""
        return left_out(line(happening, of.person, None, {}), self.safe)

    def marks(self, until: str) -> Marks:
        """What every page says of itself."""
        return Marks(self.viewer.name, self.reader.name, self.reader.agency, self.viewer.at, until)


def gathered(
    viewer: Viewer,
    reader: Reader,
    person: int,
    *,
    note: str,
    also: Mapping[int, str] | None = None,
    centres: Mapping[int, str] | None = None,
    on_screen: bool = False,
) -> Gathered:
    """What is held of somebody, of those around them and of whoever `also` names with a relation. For callers that have passed the gate for them.

    `centres`: others of those named around whom to look too, as a relation calls them. `on_screen`: a page for whoever asks, and no paper yet.
    Written down, with the reader, before it is read: for oneself as a file taken away; what is for somebody else is given only when it is kept as
    given. Raises Refused where the reader could not open the person's own record.
    """
    reads(viewer, reader, person, note=note)
    around, closed = _around(viewer, reader, person, also or {}, centres or {})
    given = given_to(reader, [person, *around])
    opened = gate.readable(viewer, [person, *around]) & {p for p, d in given.items() if d.content}
    everybody = [person, *around]
    whom = "" if on_screen else f" for {reader.called}"
    action = Action.EXPORT if reader.oneself and not on_screen else Action.CONSULTATION
    write(viewer, action, people=everybody, fields=FIELDS, note=note + whom)
    held = {p: permitted(reader, c) for p, c in several(viewer, opened).items()}
    who = _persons(viewer, everybody, [person, *(centres or {})])
    known = given if reader.oneself else given_to(reader, everybody, around=True)
    safe = phrases(safe_around(everybody, viewer.at))
    people = [
        _on_paper(reader, who[p], around.get(p, ""), known[p], held.get(p)) for p in everybody if p in who
    ]  # fmt: skip
    return Gathered(viewer, reader, tuple(people), tuple(safe), closed)


def permitted(reader: Reader, seen: Chronology) -> Chronology:
    """What a viewer may read of somebody, as far as their reader may too."""
    if reader.oneself:
        return seen
    with wall.working():
        return as_permitted(reader.seen, seen)


def _around(
    viewer: Viewer, reader: Reader, person: int, also: Mapping[int, str], centres: Mapping[int, str]
) -> tuple[dict[int, str], int]:
    """Those around somebody whom both may know of, with what both may know them to be; and how many `also` named whose record is not open."""
    named = set(also) - {person}
    theirs = {p for p, given in given_to(reader, named).items() if given.content}
    opened = gate.readable(viewer, named) & theirs
    found = {p: [also[p]] for p in sorted(opened)}
    for p, words in _both_know(viewer, reader, person).items():
        found[p] = [*found.get(p, ()), *words]
    for centre, called in centres.items():
        for p, words in _both_know(viewer, reader, centre).items() if centre in opened else ():
            if p != person:
                found[p] = [*found.get(p, ()), *(f"{w} of {called}" for w in words if w)]
    said = {p: ", ".join(filter(None, dict.fromkeys(words))) for p, words in found.items()}
    return said, len(named - found.keys())


def _both_know(viewer: Viewer, reader: Reader, person: int) -> dict[int, list[str]]:
    """Those who live with somebody or are related to them, and what they are, as far as both may know of it."""
    day = local(viewer.at).date()
    with wall.around(person):
        ties = _ties(person, day, sight_of(viewer))
    if reader.oneself:
        return ties
    with wall.working():
        theirs = _ties(person, day, sight_of(reader.seen))
    known = given_to(reader, ties, around=True)
    return {
        p: [w for w in said if w in theirs[p]]
        for p, said in ties.items()
        if p in theirs and known[p].shows(Of.IDENTIFYING)
    }


def _persons(viewer: Viewer, people: Iterable[int], centres: Iterable[int]) -> dict[int, Person]:
    """Who they are, as far as this viewer may know of those around each of the centres."""
    who: dict[int, Person] = {}
    for centre in centres:
        with wall.around(centre):
            found = persons(people, sight_of(viewer))
        who |= {p: one for p, one in found.items() if p not in who or not who[p].records}
    return who


def _ties(person: int, day: date, sight: Sight) -> dict[int, list[str]]:
    said: dict[int, list[str]] = {m.person: [m.relation] for m in household(person, day, sight)}
    for r in relations(person, day, sight):
        said.setdefault(r.person, []).append(r.relation)
    return said


def _on_paper(reader: Reader, who: Person, relation: str, given: Decision, held: Chronology | None) -> OnPaper:
    def told(said: Iterable[Said], what: Of) -> list[Said]:
        """Those of some values that a system says from which the reader has them too."""
        return [s for s in said if reader.oneself or any(_gives(reader, given, what, x) for x in s.sources)]

    names, born = told(who.names, Of.IDENTIFYING), told(who.born, Of.IDENTIFYING)
    known = {name: said[0] for name, said in ((NAME, names), (BORN, born)) if said}
    for name, one in who.particulars if held is not None else ():
        if told([one], Of.SENSITIVE):
            known.setdefault(name, one)
    return OnPaper(
        who.person,
        names[0].value if names else who.name if not who.names else "Name not permitted for both of you",
        _day(born[0].value) if born else "",
        who.age_on(local(reader.seen.at).date())
        if born and who.born_on and who.born_on.isoformat() == born[0].value
        else None,
        relation,
        held is not None,
        held or Chronology.of(who.person, ()),
        known,
    )


def _gives(reader: Reader, given: Decision, what: Of, source: str) -> bool:
    at = tier(reader.seen, source)
    return at is not Tier.NO and given.gives_from(what, at)


def _day(text: str) -> str:
    try:
        return say_date(date.fromisoformat(text))
    except ValueError:
        return text


def left_out(shown: Line, safe: Sequence[str]) -> Line:
    """A line without safe addresses, in whatever text of it they stand."""
    if not safe:
        return shown
    said = tuple((name, blanked(value, safe)) for name, value in shown.said)
    return replace(shown, said=said, event=replace(shown.event, note=blanked(shown.event.note, safe)))


def told_of(of: OnPaper, without: tuple[str, ...] = ()) -> list[Happening]:
    """What a paper tells of somebody: what happened, not who is who, nor how somebody can be reached safely."""
    return [
        h for h in of.chronology
        if not h.pointer and h.kind not in PROTECTING and not h.kind.startswith((*WHO_IS_WHO, *without))
    ]  # fmt: skip


def section_of(held: Gathered, of: OnPaper, *, without: tuple[str, ...] = ()) -> Section:
    """One person's part of a paper: how many entries, and each with what was said, newest first."""
    title = ", ".join(filter(None, (of.name, of.relation)))
    if not of.opened:
        return Section(title, (Words(held.not_open),))
    lines = held.lines(of, without)
    if not lines:
        return Section(title, (Words(held.nothing("Nothing")),))
    return Section(title, (Words(count_of(len(lines), "entry", "entries") + ", newest first."), entries(lines)))


def entries(lines: Iterable[Line]) -> Table:
    """Entries as rows: when, what it claims to be and who says it, and what was said."""
    rows = tuple((when(x.event.at, x.event.precision), f"{x.title}\n{x.standing}, {x.source}", _said(x)) for x in lines)
    return Table(("When", "What, and who says it", "What was said"), rows, (3, 5, 10))


def _said(shown: Line) -> str:
    told = [f"{name}: {value}" for name, value in shown.said]
    return "\n".join([*told, *([shown.event.note] if shown.event.note else [])])


def facts(*rows: tuple[str, object]) -> tuple[Block, ...]:
    """Facts, without those of which nothing is known; no block where none is."""
    held = tuple((name, str(value)) for name, value in rows if value)
    return (Facts(held),) if held else ()
