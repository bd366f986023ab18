"""The conference pack on paper, for one of those who are invited, by name: what they and whoever prints it may both read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.access.readers import Reader, oneself, readers
from sightline.access.viewer import Viewer
from sightline.chronology.giving import ME, Printed
from sightline.chronology.on_paper import Gathered, facts, gathered, section_of, told_of
from sightline.chronology.stepping import people_of
from sightline.chronology.view import Happening
from sightline.kernel.errors import Refused
from sightline.kernel.moments import say_moment
from sightline.pathways.plan.queries.papers import OF_THE_MEETING
from sightline.pathways.plan.queries.runs import RunPage, agencies_here, run_page
from sightline.pathways.plan.rules.conferences import NAMES, meeting_at
from sightline.people.anchors import found, identities_of
from sightline.ui.jinja import when, words
from sightline.ui.paper.written import Block, Paper, Section, Table, Words

NOTE = "conference pack on paper"
UNTIL = "Destroy it after the conference."
CHOOSE = "Choose yourself, or somebody who is invited and has an account here."


@dataclass(frozen=True)
class Printing:
    """A conference, and those for whom its pack may be printed, by what a form says of them."""

    page: RunPage
    readers: dict[str, Reader]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each of them as a form names them."""
        return [(key, r.listed) for key, r in self.readers.items()]


def printing(viewer: Viewer, person: int, slug: str) -> Printing:
    """For whom the pack may be printed: oneself, and each post that is invited. Raises NotFound as the conference's page does."""
    page = run_page(viewer, person, "conference", slug)
    invited = [post for e in page.run.of("conference.invited") if isinstance(post := e.get("post"), int)]
    return Printing(page, {ME: oneself(viewer)} | {str(p): r for p, r in readers(viewer, invited).items()})


def printed(viewer: Viewer, held: Printing, to: str) -> Printed:
    """The pack for one reader. Written down with whom it is for before it is read; whoever hands it to somebody else keeps it as given.

    Raises Refused for somebody who is not invited, and, without saying why, for somebody to whom the child's record would not open.
    """
    reader = held.readers.get(to)
    if reader is None:
        raise Refused(CHOOSE)
    page = held.page
    note = f"{NOTE} {page.slug}"
    got = gathered(viewer, reader, page.person, note=note, also=_named(viewer, page))
    seen = {h.event_id: h for h in got.subject.chronology if not h.pointer}
    of_it = [seen[e.event_id] for e in page.run.entries if e.event_id in seen]
    names = {key: a.name for key, a in agencies_here(viewer).items()}
    family = [section_of(got, p, without=OF_THE_MEETING) for p in got.people]
    sections = (_first(got, page), *_asked(of_it, names), *_reports(got, of_it, names), *family)
    on_it = [(got.subject, h) for h in of_it]
    on_it += [(p, h) for p in got.people for h in reversed(told_of(p, without=OF_THE_MEETING))]
    return Printed(Paper("Conference pack", got.marks(UNTIL), sections), got, note, tuple(on_it))


def _named(viewer: Viewer, page: RunPage) -> dict[int, str]:
    """Those whom the conference was called about, by what they are in it."""
    roles = {key: role for role, held in people_of(viewer, page.run.first.event_id).items() for key in held}
    records = found(roles)
    who = identities_of(records.values())
    return {who[r]: "" if roles[k] == "other" else words(roles[k]).lower() for k, r in records.items() if r in who}


def _first(got: Gathered, page: RunPage) -> Section:
    subject, first, at = got.subject, page.run.first, meeting_at(page.run)
    told = any(h.event_id == first.event_id and not h.pointer for h in subject.chronology)
    rows = facts(
        ("Child", subject.name),
        ("Born", subject.born),
        ("Conference", NAMES.get(str(first.get("kind")), "Conference") if told else ""),
        ("When", say_moment(at) if at and told else ""),
        ("Where", got.plain(first.get("where")) if told else ""),
        ("Chair", first.get("chair") if told else ""),
    )
    says = f"This holds what {got.whom} may read, and no safe address."
    return Section("What this is", (*rows, Words(says)))


def _asked(of_it: list[Happening], names: Mapping[str, str]) -> list[Section]:
    """Who is invited, and whether their agency has reported."""
    reported = {h.get("agency") for h in of_it if h.kind == "conference.reported"}
    rows = []
    for h in of_it:
        if h.kind == "conference.invited" and (agency := h.get("agency")):
            rows.append((str(h.get("who")), _agency(agency, names), "Yes" if agency in reported else "Not yet"))
        elif h.kind == "conference.invited":
            rows.append((str(h.get("who")), words(h.get("part") or ""), "Not asked"))
    table = Table(("Who", "Agency or part", "Report"), tuple(rows), (4, 4, 2))
    return [Section("Who is invited", (table,))] if rows else []


def _reports(got: Gathered, of_it: list[Happening], names: Mapping[str, str]) -> list[Section]:
    told = [h for h in of_it if h.kind == "conference.reported"]
    made = [
        Section(f"{_agency(h.get('agency'), names)}, {when(h.at, h.precision)}", _said(got, h), level=3) for h in told
    ]
    return [Section("Reports received", () if told else (Words("None yet."),)), *made]


def _agency(key: object, names: Mapping[str, str]) -> str:
    return names.get(str(key)) or words(key or "")


def _said(got: Gathered, report: Happening) -> tuple[Block, ...]:
    can_do = got.plain(report.get("can_do"))
    return (Words(got.plain(report.get("says"))), *([Words(f"Can do: {can_do}")] if can_do else []))
