"""The hub's queue: every referral that waits, from whatever agency, by risk and age, one family at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sightline.access import gate
from sightline.access.casework import REFERRAL as BY_REFERRAL
from sightline.access.casework import take_up
from sightline.access.log import Action
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import several
from sightline.clocks.limits import Limits
from sightline.clocks.together import INCIDENT, incidents_about
from sightline.kernel.moments import local
from sightline.pathways.referral.queries.received import waiting_on
from sightline.pathways.referral.rules.courses import REFERRAL
from sightline.pathways.referral.rules.order import RISKS, families, risk_of
from sightline.pathways.referral.rules.waiting import due_at
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

NEXT = {
    "made": "The hub: look at it and say that it has come",
    "acknowledged": "The hub: decide",
    "returned": "The referrer: answer the questions",
    "challenged": "The next level: answer the challenge",
    "early_help": "Early help: engage the family or give it back",
    "decided": "The hub: tell the referrer",
}


@dataclass(frozen=True)
class Waiting:
    """One referral of one child that waits: how grave, since when, for whom, and by when."""

    person: int
    name: str
    age: int | None
    run: Run
    risk: int
    due_at: datetime
    earlier: int

    @property
    def risk_words(self) -> str:
        """High, medium or standard."""
        return RISKS[self.risk]

    @property
    def next_step(self) -> str:
        """Who does what next."""
        return NEXT.get(self.run.state, "")

    @property
    def untouched(self) -> bool:
        """Whether nobody at the unit has looked at it."""
        return self.run.state == "made"

    def late(self, at: datetime) -> bool:
        """Whether it is beyond its limit."""
        return self.due_at < at


@dataclass(frozen=True)
class Family:
    """What waits about one family: one picture, however many notifications."""

    rows: tuple[Waiting, ...]

    @property
    def notifications(self) -> int:
        """How many entries came, a list of children being one."""
        return len({r.run.key for r in self.rows})


@dataclass(frozen=True)
class Board:
    """The queue at a moment: families, gravest and oldest first."""

    families: tuple[Family, ...]
    rows: tuple[Waiting, ...] = field(default=())

    @property
    def referrals(self) -> int:
        """How many referrals of children wait."""
        return len(self.rows)

    def beyond(self, at: datetime) -> int:
        """How many nobody has looked at within the limit."""
        return sum(1 for r in self.rows if r.untouched and r.late(at))


def hub_queue(viewer: Viewer) -> Board:
    """What waits at the viewer's agency. Whoever decides there works with those it is about: their records are opened.

    Raises NotPermitted for a role that does not decide on referrals.
    """
    gate.require(viewer, May.DECIDE_REFERRALS)
    waiting = waiting_on(viewer)
    mine = take_up(viewer, waiting, reason="A referral to this agency waits", why=BY_REFERRAL)
    found = several(viewer, mine, kinds=(*REFERRAL.kinds, INCIDENT))
    held, at = limits(), viewer.at
    waits = [(p, r, c) for p, c in found.items() for r in runs(REFERRAL, c) if r.first.event_id in waiting[p]]
    about = {p for p, _, _ in waits}
    gate.look(viewer, about, fields=("names", "born", "chronology"), action=Action.LIST, note="hub queue")
    who, day = persons(about, sight_of(viewer)), local(at).date()
    rows = [_waiting(who[p], r, c, held, local(at).date()) for p, r, c in waits if p in who]
    rows.sort(key=lambda r: (r.risk, r.run.first.at, r.person))
    return Board(_by_family(rows, _shared(waits, who, held, day)), tuple(rows))


def _shared(
    waits: Iterable[tuple[int, Run, Chronology]], who: Mapping[int, Person], held: Limits, day: date
) -> Mapping[Hashable, set[int]]:
    """What makes children one family: a home, an entry, or, where nobody has said yet who lives where, the incident that brought them."""
    shared: dict[Hashable, set[int]] = defaultdict(set)
    for child, run, chronology in waits:
        if child not in who:
            continue
        for home in who[child].living_at(day):
            shared[home.premises].add(child)
        for of in run.first.people.values():
            for person in of:
                shared["named", person].add(child)
        for incident in incidents_about(chronology, run.first.at, held):
            shared["incident", incident.event_id].add(child)
    return shared


def _waiting(who: Person, run: Run, chronology: Chronology, held: Limits, day: date) -> Waiting:
    earlier = earlier_runs(chronology, run, held)
    return Waiting(who.person, who.name, who.age_on(day), run, risk_of(run.first), due_at(run, held), len(earlier))


def earlier_runs(chronology: Chronology, run: Run, held: Limits) -> list[Run]:
    """Referrals of the same child before this one, so lately that this is a repeat."""
    return [
        r for r in runs(REFERRAL, chronology)
        if r.first.at < run.first.at and held.due("referral.repeat", r.first.at) >= run.first.at
    ]  # fmt: skip


def _by_family(rows: Iterable[Waiting], shared: Mapping[Hashable, set[int]]) -> tuple[Family, ...]:
    held = list(rows)
    heads = families({r.person for r in held}, shared)
    found: dict[int, list[Waiting]] = {}
    for row in held:
        found.setdefault(heads[row.person], []).append(row)
    return tuple(Family(tuple(of)) for of in found.values())
