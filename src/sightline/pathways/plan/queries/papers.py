"""What is compiled for a conference: the police report, and the pack, each as far as its reader may read. Every look is written down first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.policy import Decision, Held, State, decide
from sightline.access.viewer import Viewer
from sightline.agencies.systems import systems
from sightline.chronology.handling import is_read
from sightline.chronology.on_paper import left_out
from sightline.chronology.safe_around import safe_around
from sightline.chronology.stepping import people_of
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.wording import Line, line
from sightline.chronology.worklists import several
from sightline.kernel.errors import NotPermitted
from sightline.pathways.plan.queries.runs import Relative, RunPage, family_of, run_page
from sightline.people.anchors import found, identities_of
from sightline.people.persons import Person, persons
from sightline.people.safe import PROTECTING
from sightline.people.safe_words import blanked, phrases
from sightline.people.sight import sight_of
from sightline.ui.jinja import count_of

INCIDENTS = ("contact.received", "crime.recorded", "missing.reported", "protection.taken", "domestic.recorded")
OURS_ALONE = ("person.", "address.", "relationship.", "identity.")
OF_THE_MEETING = ("conference.",)
ANY_AGENCY = "practitioner"


@dataclass(frozen=True)
class About:
    """One member of the family in a report: what is held, in order; or that their record is not open to whoever compiles it."""

    name: str
    relation: str
    lines: tuple[Line, ...]
    incidents: int
    opened: bool


@dataclass(frozen=True)
class Report:
    """What the police hold of a child and of everybody in the family, compiled."""

    page: RunPage
    family: tuple[About, ...]

    @property
    def says(self) -> str:
        """The report in a few words, as it is recorded; the lines themselves stay in the chronology."""
        told = [
            f"{a.name} ({a.relation}): {count_of(len(a.lines), 'entry', 'entries')}, {count_of(a.incidents, 'incident')}"
            for a in self.family
            if a.opened
        ]
        closed = [f"{a.name} ({a.relation}): record not opened for this report" for a in self.family if not a.opened]
        return "; ".join([*told, *closed])


def police_report(viewer: Viewer, person: int, slug: str) -> Report:
    """History, incidents and every family member from police systems, compiled. Raises NotPermitted for other agencies."""
    page = run_page(viewer, person, "conference", slug)
    if viewer.agency_kind != "police":
        gate.refuse(viewer, people=[person], note="police report")
        raise NotPermitted(
            "The police report is compiled by the police. Your own agency's report is sent from the conference page."
        )
    owned = {key for key, system in systems().items() if system.owner == "police"}
    return Report(page, _family(viewer, page, lambda h: h.source in owned or "police" in h.agency))


def _family(viewer: Viewer, page: RunPage, wanted: object) -> tuple[About, ...]:
    """The child and everybody around them, by those entries that are wanted."""
    around = _named(viewer, page)
    open_ones = [r.person for r in around if r.readable]
    if open_ones:
        write(
            viewer,
            Action.CONSULTATION,
            people=open_ones,
            fields=("names", "chronology"),
            note="papers for a conference",
        )
    held = several(viewer, [page.person, *open_ones])
    who = persons([page.person, *open_ones], sight_of(viewer))
    child = About(
        page.standing.person.name, "the child", *_lines(page.standing.person, held.get(page.person), who, wanted), True
    )
    return (child, *(_about(r, who, held, wanted) for r in around))


def _about(relative: Relative, who: dict[int, Person], held: dict[int, Chronology], wanted: object) -> About:
    if not relative.readable or relative.person not in who:
        return About(relative.name, relative.relation, (), 0, False)
    return About(
        relative.name, relative.relation, *_lines(who[relative.person], held.get(relative.person), who, wanted), True
    )


def _lines(
    person: Person, chronology: Chronology | None, who: dict[int, Person], wanted: object
) -> tuple[tuple[Line, ...], int]:
    if chronology is None or not callable(wanted):
        return (), 0
    told = [
        h for h in chronology if not h.pointer and not h.kind.startswith((*OURS_ALONE, *OF_THE_MEETING)) and wanted(h)
    ]
    made = tuple(line(h, person.person, person.born_on, who) for h in reversed(told))
    return made, len([h for h in told if h.kind in INCIDENTS])


def _named(viewer: Viewer, page: RunPage) -> tuple[Relative, ...]:
    """The family, and whoever else the conference was called about."""
    family = {r.person: r for r in family_of(viewer, page.person)}
    named = people_of(viewer, page.run.first.event_id)
    keys = {key: role for role, held in named.items() for key in held}
    records = found(keys)
    who = identities_of(records.values())
    fresh = {who[r]: keys[k] for k, r in records.items() if r in who and who[r] not in family and who[r] != page.person}
    known = persons(fresh, sight_of(viewer))
    more = [Relative(p, known[p].name, role.replace("_", " "), True) for p, role in fresh.items() if p in known]
    return (*family.values(), *more)


@dataclass(frozen=True)
class Reported:
    """What one agency reported to a conference."""

    agency: str
    says: str
    can_do: str


@dataclass(frozen=True)
class Pack:
    """The papers for one conference as one kind of agency may have them; `left_out`: how many lines this viewer reads and they do not.

    `rendered`: for a recipient, and so without safe addresses; not what the viewer themselves may read.
    """

    page: RunPage
    reader: str
    family: tuple[About, ...]
    reports: tuple[Reported, ...]
    left_out: int
    rendered: bool


def pack(viewer: Viewer, person: int, slug: str, *, kind: str = "") -> Pack:
    """The conference pack for the viewer, or, of what the viewer reads, what an agency of a kind may have too: that without safe addresses."""
    page = run_page(viewer, person, "conference", slug)
    write(viewer, Action.CONSULTATION, people=[person], fields=("chronology",), note=f"conference pack {kind}".strip())
    them, given = _reader(viewer, kind)
    whole = _family(viewer, page, lambda _h: True)
    kept = _family(viewer, page, lambda h: them is None or is_read(them, h, given)) if them else whole
    told = [e for e in page.run.of("conference.reported") if them is None or is_read(them, e, given)]
    out = sum(len(a.lines) for a in whole) - sum(len(a.lines) for a in kept)
    safe = phrases(safe_around([person, *(r.person for r in _named(viewer, page))], viewer.at)) if kind else []
    return Pack(
        page,
        kind or viewer.agency_kind,
        tuple(_rendered(a, safe) for a in kept) if kind else kept,
        tuple(_reported(e, safe) for e in told),
        out,
        bool(kind),
    )


def _rendered(about: About, safe: Sequence[str]) -> About:
    """One member of the family as a recipient is given them: without safe addresses, and without how somebody can be reached safely."""
    lines = tuple(left_out(x, safe) for x in about.lines if x.event.kind not in PROTECTING)
    return replace(about, lines=lines)


def _reported(report: Happening, safe: Sequence[str]) -> Reported:
    says, can_do = (blanked(str(report.get(name) or ""), safe) for name in ("says", "can_do"))
    return Reported(str(report.get("agency") or ""), says, can_do)


def _reader(viewer: Viewer, kind: str) -> tuple[Viewer | None, Decision]:
    """Somebody of that kind of agency who works with the child, as the policy sees them."""
    given = decide(ANY_AGENCY, kind or viewer.agency_kind, [Held.LIVE], State.OPEN)
    if not kind or kind == viewer.agency_kind:
        return None, given
    return Viewer(None, "", ANY_AGENCY, "", 0, None, viewer.at, "", agency_kind=kind), given
