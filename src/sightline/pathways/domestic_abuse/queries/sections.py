"""What the papers for a MARAC say: the case, all incidents, each child with school and views, both adults' histories, what earlier plans achieved."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sightline.chronology.on_paper import Gathered, OnPaper, entries, facts, told_of
from sightline.chronology.view import Happening
from sightline.chronology.wording import in_words, source_name
from sightline.kernel.moments import local, say_date
from sightline.pathways.domestic_abuse.rules import (
    ACTIONS,
    INCIDENTS,
    PLANS,
    acted,
    of_abuse,
    parts_in,
    said_of_child,
    to_marac,
)
from sightline.ui.jinja import count_of, when, words
from sightline.ui.paper.written import Block, Section, Table, Words

ADULT = 18
SCHOOL, LANGUAGE = "school", "language"
NEEDS = ("language", "interpreter", "disability", "communication_needs", "trusted_adult")


def sections(got: Gathered) -> tuple[Section, ...]:
    """All of it, of what both may read."""
    parts = _parts(got)
    children = [p for p in got.people if parts.get(p.person) == "child"]
    adults = [p for p in got.people if parts.get(p.person) in ("victim", "other adult")]
    others = [p for p in got.people if p.person not in parts]
    return (
        _case(got, parts),
        _incidents(got, parts),
        *(s for child in children for s in _child(got, child)),
        *(_adult(got, adult, parts[adult.person]) for adult in adults),
        *_achieved(got),
        *_others(got, others),
    )


def told_in(got: Gathered) -> tuple[tuple[OnPaper, Happening], ...]:
    """The entries that these papers tell, each once, with whose it is: of the case's people all, of others around them what bears on it."""
    parts = _parts(got)
    whole = {h.event_id for p in got.people if p.person in parts for h in told_of(p)}
    shared = (*INCIDENTS, *PLANS, *ACTIONS)
    return tuple((of, h) for h, of in _every(got, lambda h: h.event_id in whole or h.kind in shared))


def particulars_in(got: Gathered) -> tuple[tuple[OnPaper, str], ...]:
    """What they say of each child besides."""
    parts = _parts(got)
    children = [p for p in got.people if parts.get(p.person) == "child" and p.opened]
    return tuple((child, name) for child in children for name in (SCHOOL, *NEEDS))


def _parts(got: Gathered) -> dict[int, str]:
    """Who is what: by the case; and every child around its people is one of its children."""
    said = parts_in(to_marac(got.subject.chronology))
    young = {p.person: "child" for p in got.people if p.age is not None and p.age < ADULT}
    return young | {p.person: said[p.person] for p in got.people if p.person in said}


def _every(got: Gathered, wanted: Callable[[Happening], bool]) -> list[tuple[Happening, OnPaper]]:
    """Each entry once, newest first, with the first of those on the paper whom it is about."""
    found: dict[int, tuple[Happening, OnPaper]] = {}
    for person in got.people:
        for h in person.chronology:
            if not h.pointer and wanted(h):
                found.setdefault(h.event_id, (h, person))
    return sorted(found.values(), key=lambda one: (one[0].at, one[0].event_id), reverse=True)


def _case(got: Gathered, parts: dict[int, str]) -> Section:
    held = to_marac(got.subject.chronology)
    met = [h for h in held if h.kind == "meeting.held"]
    named = {
        part: [_name(p) for p in got.people if parts.get(p.person) == part]
        for part in ("victim", "other adult", "child")
    }
    rows = facts(
        ("Referred", "; ".join(f"{when(h.at, h.precision)}, {source_name(h.source)}" for h in held if h not in met)),
        ("Heard", "; ".join(when(h.at, h.precision) for h in met)),
        ("Decided then", "\n".join(got.plain(h.get("decisions")) for h in met if h.get("decisions"))),
        ("Victim", "; ".join(named["victim"])),
        ("Other adult", "; ".join(named["other adult"])),
        ("Children", "; ".join(named["child"])),
    )
    closed = count_of(got.closed, "more person is", "more people are")
    more = (Words(f"{closed[:1].upper()}{closed[1:]} named in the case whose record is not open to {got.whom}."),)
    says = Words(f"This holds what {got.whom} may read, and no safe address.")
    return Section("The case", (*rows, says, *(more if got.closed else ())))


def _name(of: OnPaper) -> str:
    return f"{of.name}, born {of.born}" if of.born else of.name


def _incidents(got: Gathered, parts: dict[int, str]) -> Section:
    every = _every(got, lambda h: h.kind in INCIDENTS)
    if not every:
        return Section("All incidents", (Words(got.nothing("None")),))
    since, abuse = every[-1][0].at, len([h for h, _ in every if of_abuse(h)])
    count = f"{count_of(len(every), 'incident')} since {say_date(local(since).date())}; {abuse or 'none'} reported as domestic abuse."
    rows = tuple(_incident(got, h, of, parts) for h, of in every)
    return Section(
        "All incidents",
        (Words(count), Table(("When", "What, and who says it", "Who", "What was said"), rows, (3, 4, 4, 8))),
    )


def _incident(got: Gathered, happening: Happening, of: OnPaper, parts: dict[int, str]) -> tuple[str, ...]:
    when_, what, said = entries([got.line(happening, of)]).rows[0]
    known = {p.person: p.name for p in got.people if p.person in parts}
    there = [
        f"{known[p]} ({words(role).lower()})" for role, held in happening.people.items() for p in held if p in known
    ]
    return when_, what, "\n".join(there), said


def _child(got: Gathered, child: OnPaper) -> Iterable[Section]:
    title = ", ".join(filter(None, (child.name, child.relation or "child")))
    if not child.opened:
        yield Section(title, (*facts(("Born", child.born)), Words(got.not_open)))
        return
    more = [(words(name), got.plain(child.particulars.get(name))) for name in NEEDS]
    school = got.plain(child.particulars.get(SCHOOL)) or f"{got.nothing('Nothing')} Ask education before the meeting."
    yield Section(title, facts(("Born", child.born), ("School", school), *more))
    yield Section(f"What {child.name} says and shows", _views(got, child), level=3)
    rest = _without(got, child, (*INCIDENTS, *PLANS, *ACTIONS))
    yield Section(f"What else is held of {child.name}", rest, level=3)


def _views(got: Gathered, child: OnPaper) -> tuple[Block, ...]:
    rows = [
        (when(h.at, h.precision), source_name(h.source),
         "\n".join(f"{words(name)}: {got.plain(in_words(said))}" for name, said in told))
        for h in reversed(child.chronology.happenings) if not h.pointer and (told := said_of_child(h))
    ]  # fmt: skip
    return (
        (Table(("When", "Who says it", "What"), tuple(rows), (3, 4, 10)),)
        if rows
        else (Words(f"{got.nothing('Nothing of this')} Ask before the meeting.", strong=True),)
    )


def _without(got: Gathered, of: OnPaper, kinds: tuple[str, ...]) -> tuple[Block, ...]:
    lines = [x for x in got.lines(of) if x.event.kind not in kinds]
    return (entries(lines),) if lines else (Words(got.nothing("Nothing more")),)


def _adult(got: Gathered, adult: OnPaper, part: str) -> Section:
    title = f"History of {adult.name}, {adult.relation or part}"
    if not adult.opened:
        return Section(title, (Words(got.not_open),))
    told = [h for h in adult.chronology if not h.pointer and h.kind in INCIDENTS]
    roles = {
        role: len([h for h in told if h.concerns(adult.person, role)]) for role in ("victim", "suspect", "offender")
    }
    case = {p for h in to_marac(got.subject.chronology) for held in h.people.values() for p in held}
    apart = [h for h in told if not case & {p for held in h.people.values() for p in held if p != adult.person}]
    rows = facts(
        ("Born", adult.born),
        ("Incidents", count_of(len(told), "incident")),
        *((f"As {role}", n) for role, n in roles.items()),
        ("With nobody else of this case", len(apart)),
    )
    return Section(title, (*rows, *_without(got, adult, (*INCIDENTS, *PLANS, *ACTIONS))))


def _achieved(got: Gathered) -> Iterable[Section]:
    """Each action with what came of it; then what plans, reviews and meetings said."""
    actions = acted(h for h, _ in _every(got, lambda h: h.kind in ACTIONS))
    rows = tuple(
        (when(a.asked.at, a.asked.precision), got.plain(a.asked.get("what")),
         ", ".join(filter(None, (str(a.asked.get("owner") or ""), words(a.asked.get("agency") or "")))),
         got.plain(a.says(got.viewer.at)))
        for a in actions
    )  # fmt: skip
    table = Table(("Set", "What was to be done", "By whom", "What came of it"), rows, (3, 6, 4, 7))
    yield Section(
        "What earlier plans achieved",
        (table,) if rows else (Words(got.nothing("No action of an earlier plan or meeting")),),
    )
    said = [got.line(h, of) for h, of in _every(got, lambda h: h.kind in PLANS)]
    yield Section("Plans, reviews and meetings", (entries(said),) if said else (Words(got.nothing("None")),), level=3)


def _others(got: Gathered, others: list[OnPaper]) -> list[Section]:
    """Who else is around them, by name alone: the case is not about them."""
    rows = tuple((p.name, p.relation) for p in others if p is not got.subject)
    return [Section("Others around them", (Table(("Who", "What they are"), rows, (1, 1)),))] if rows else []
