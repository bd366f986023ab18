"""Lists over the children a viewer or their team works with: at risk and without a plan, after enquiries, after plans, and who contributed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.case import Case, Households
from sightline.alerts.settings import limits
from sightline.chronology.courses import runs
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.worklists import caseload
from sightline.pathways.plan.alerts.current import any_plan
from sightline.pathways.plan.alerts.lacking import judged_at_risk
from sightline.pathways.plan.rules import CONFERENCE
from sightline.pathways.plan.rules.conferences import parts
from sightline.pathways.plan.rules.owed import conferences, watched
from sightline.people.persons import persons
from sightline.people.sight import sight_of


class _Alone:
    """A world of those whose chronologies were read already."""

    def __init__(self, held: dict[int, Chronology]) -> None:
        self.held = held
        self.households: Households = {}

    def chronology(self, person: int) -> Chronology:
        """One person's, empty for anybody else's."""
        return self.held.get(person) or Chronology.of(person, ())

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:  # noqa: ARG002
        """Nobody: no rule asked here looks at homes."""
        return frozenset()


@dataclass(frozen=True)
class Without:
    """A child with an identified risk and no plan: since when, and what identified it."""

    person: int
    name: str
    entry: Happening
    days: int


@dataclass(frozen=True)
class AfterEnquiry:
    """A section 47 enquiry that led to no conference: what the child was offered, or why nothing; neither said: nobody has written it down."""

    person: int
    name: str
    entry: Happening
    followed: Happening | None


@dataclass(frozen=True)
class Watched:
    """A child whose plan ended not long ago, and what was reported since."""

    person: int
    name: str
    ended: datetime
    reason: str
    since: tuple[Happening, ...]


@dataclass(frozen=True)
class Lists:
    """The three lists, longest waiting first, and of those who wait alike by name: not by our numbers, which would tell in what order they came."""

    without: tuple[Without, ...]
    enquiries: tuple[AfterEnquiry, ...]
    watched: tuple[Watched, ...]
    children: int


def lists(viewer: Viewer, *, team: bool) -> Lists:
    """Children at risk with no plan of any kind, enquiries without a conference, and plans that ended, of those this viewer or team works with."""
    held = caseload(viewer, team=team)
    names = {p: who.name for p, who in persons(held, sight_of(viewer)).items()}
    world, rules = _Alone(held), limits()
    cases = {p: Case(p, viewer.at, world, rules) for p in held}
    at_risk = [(p, judged_at_risk(c)) for p, c in cases.items() if c.is_child() and not any_plan(c, viewer.at)]
    without = [Without(p, names.get(p, ""), j, (viewer.at - j.at).days) for p, j in at_risk if j is not None]
    after = [e for p, c in held.items() for e in _after(p, names.get(p, ""), c)]
    ended = [w for p, c in held.items() for w in _watched(p, names.get(p, ""), c, viewer.at)]
    listed = {x.person for some in (without, after, ended) for x in some}
    write(viewer, Action.LIST, people=listed, fields=("names", "chronology"), note="without a plan")
    return Lists(
        tuple(sorted(without, key=lambda w: (-w.days, w.name))),
        tuple(sorted(after, key=lambda e: (e.followed is not None, e.entry.at, e.name))),
        tuple(sorted(ended, key=lambda w: (not w.since, w.ended, w.name))),
        len(held),
    )


def _after(person: int, name: str, chronology: Chronology) -> list[AfterEnquiry]:
    met = conferences(chronology)
    said = chronology.of_kind("enquiry.followed")
    started = {e.event_id: _started(chronology, e) for e in chronology.of_kind("enquiry.completed")}
    without = [e for e in chronology.of_kind("enquiry.completed") if not any(m.at >= started[e.event_id] for m in met)]
    return [AfterEnquiry(person, name, e, next((s for s in said if s.at >= e.at), None)) for e in without]


def _started(chronology: Chronology, ended: Happening) -> datetime:
    before = [h for h in chronology.of_kind("enquiry.started") if h.at <= ended.at]
    return before[-1].at if before else ended.at


def _watched(person: int, name: str, chronology: Chronology, at: datetime) -> list[Watched]:
    found = []
    for run, since in watched(chronology, limits(), at):
        end = run.last("plan.ended")
        if end is not None:
            found.append(Watched(person, name, end.at, str(end.get("reason") or ""), since))
    return found


@dataclass(frozen=True)
class Contribution:
    """One agency over many conferences: asked, there, and how often it gave something to the conference."""

    agency: str
    asked: int
    there: int
    reported: int
    contributed: int
    silent: int


def contributions(viewer: Viewer) -> tuple[Contribution, ...]:
    """Contribution, not presence, agency by agency, over the conferences of the children this viewer's team works with."""
    gate.require(viewer, May.CHAIR)
    held = caseload(viewer, team=True)
    write(viewer, Action.LIST, people=held, fields=("chronology",), note="contributions to conferences")
    seen: dict[str, Counter[str]] = {}
    counted: set[str] = set()
    for chronology in held.values():
        for run in runs(CONFERENCE, chronology):
            if run.state != "held" or run.key in counted:
                continue  # a conference about three children is one conference
            counted.add(run.key)
            for part in parts(run):
                facts = {"asked": part.invited, "there": part.attended, "reported": part.reported}
                facts |= {"contributed": part.contributed, "silent": part.silent}
                seen.setdefault(part.agency, Counter()).update([name for name, so in facts.items() if so])
    return tuple(
        Contribution(a, c["asked"], c["there"], c["reported"], c["contributed"], c["silent"])
        for a, c in sorted(seen.items())
    )
