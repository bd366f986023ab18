"""The partner's door: what I and my team referred, what is asked of my agency, what it was told and given. No record opens by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.agencies.models import Team
from sightline.alerts.settings import limits
from sightline.chronology.courses import MADE_HERE, Course, Run, runs
from sightline.chronology.queries import chronologies
from sightline.chronology.view import Happening
from sightline.kernel.errors import NotFound
from sightline.pathways.referral.queries.one import needed_by
from sightline.pathways.referral.queries.received import Received, entries_of
from sightline.pathways.referral.queries.receiving import names_of, plain
from sightline.pathways.referral.queries.tiers import Stands, tiers
from sightline.pathways.referral.rules.courses import REFERRAL, REQUEST, SETTING

LOOKS_BACK = timedelta(days=730)
MOST = 100
LARGE = ("police",)  # so large that a supervisor there sees what their team referred, and not what everybody did
SAFEGUARDING_LEAD, SUPERVISOR = "safeguarding_lead", "supervisor"
MINE = ("escalation.raised", "information.supplied", "information.refused", "setting.received")
TOLD = ("referral.fed_back", "escalation.answered", "escalation.settled")
STATES = {
    "made": "Sent. Nobody there has looked at it yet",
    "acknowledged": "Received. Not decided yet",
    "returned": "They ask you for more",
    "early_help": "Sent to early help",
    "engaged": "Early help has begun with the family",
    "decided": "Decided. You will be told",
    "told": "Decided, and you have been told",
    "challenged": "Your challenge waits for an answer",
}
ELSEWHERE = "Sent from another system. It is not known here whether anybody there has looked at it"


@dataclass(frozen=True)
class Sent:
    """A referral of ours: what we said, and what we were told."""

    entry: int
    person: int
    run: Run
    questions: str
    stands: Stands | None = None
    outcomes: tuple[Happening, ...] = ()  # whether the child is safer, some months on: of it the word alone is shown

    @property
    def called(self) -> str:
        """The child as we named them."""
        return str(self.run.first.get("called") or "A child")

    @property
    def state(self) -> str:
        """Where it stands, as far as it concerns us."""
        return ELSEWHERE if self.run.state == "made" and not self.made_here else STATES[self.run.state]

    @property
    def made_here(self) -> bool:
        """Whether it was sent from here, so that when it came is known."""
        return self.run.first.source == MADE_HERE

    @property
    def told(self) -> tuple[Happening, ...]:
        """What we were told, oldest first."""
        return self.run.of(*TOLD)

    @property
    def ours(self) -> tuple[Happening, ...]:
        """What we added."""
        return tuple(e for e in self.run.of("escalation.raised") if e.agency == self.run.first.agency)

    @property
    def waits_until(self) -> datetime | None:
        """By when our challenge is to be answered; None where none waits."""
        return answer_due(self.run)

    @property
    def on_agenda(self) -> bool:
        """Whether no tier resolved our challenge, so that the partnership decides on it."""
        return self.stands is not None and self.stands.on_agenda

    @property
    def may_challenge(self) -> bool:
        """Whether a challenge is a step from here. What no tier resolved is the partnership's."""
        return not self.on_agenda and bool(
            [s for s in self.run.course.steps_from(self.run.state) if s.kind == "escalation.raised"]
        )


@dataclass(frozen=True)
class ToAnswer:
    """Something asked or told of our agency: a request for information, or word to a setting."""

    entry: int
    person: int
    run: Run
    due_at: datetime

    @property
    def called(self) -> str:
        """Whom it is about, as we were told."""
        return str(self.run.first.get("called") or "Somebody")


@dataclass(frozen=True)
class Door:
    """What concerns our agency."""

    sent: tuple[Sent, ...]
    requests: tuple[ToAnswer, ...]
    settings: tuple[ToAnswer, ...]
    shared: tuple[Received, ...]


def partner_door(viewer: Viewer) -> Door:
    """Everything that concerns the viewer's agency. The look is written down, with whom it is about."""
    sent = _sent_by(viewer)[-MOST:]
    names = names_of(viewer.agency)
    to_us = [
        r
        for kind in ("information.requested", "setting.told")
        for r in _entries(viewer, kind)
        if plain(r.data.get("of")) in names
    ]
    given = [r for r in _entries(viewer, "information.shared") if plain(r.data.get("to")) in names]
    shown = _readable(viewer, [*sent, *to_us, *given])
    write(viewer, Action.LIST, people={r.person for r in shown}, fields=("own_referrals",), note="partner's door")
    held = {r.event for r in shown}
    made = [s for r in sent if r.event in held and (s := _sent(viewer, r)) is not None]
    asked = [a for r in to_us if r.event in held and (a := _asked(r)) is not None]
    asked.sort(key=lambda a: (a.run.over, a.due_at))
    shared = tuple(r for r in given if r.event in held)
    requests, settings = (tuple(a for a in asked if a.run.course is course) for course in (REQUEST, SETTING))
    return Door(tuple(reversed(made)), requests, settings, shared)


def sent_by_us(viewer: Viewer, entry: int) -> Sent:
    """One referral that the viewer made, or their team, or anybody whom they lead. Raises NotFound for any other."""
    found = [r for r in _sent_by(viewer) if r.event == entry]
    made = _sent(viewer, found[0]) if _readable(viewer, found) else None
    if made is None:
        gate.refuse(viewer, note="a referral that others made")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.CONSULTATION, people=[made.person], fields=("own_referrals",), note="partner's door")
    return made


def asked_of_us(viewer: Viewer, entry: int) -> ToAnswer:
    """One request or word to the viewer's agency. Raises NotFound for any other."""
    names = names_of(viewer.agency)
    found = [r for kind in ("information.requested", "setting.told") for r in _entries(viewer, kind)
             if r.event == entry and plain(r.data.get("of")) in names]  # fmt: skip
    asked = _asked(found[0]) if _readable(viewer, found) else None
    if asked is None:
        gate.refuse(viewer, note="a request to another agency")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.CONSULTATION, people=[asked.person], fields=("own_referrals",), note="partner's door")
    return asked


def _entries(viewer: Viewer, kind: str) -> list[Received]:
    return entries_of([kind], since=viewer.at - LOOKS_BACK, until=viewer.at)


def _sent_by(viewer: Viewer) -> list[Received]:
    """Referrals that are this viewer's to follow: their own by account, those of their team, and all of their agency for whoever leads it.

    A name is nobody: two people may bear it. Of what another system tells it is known only which agency wrote it, so it is for those who lead.
    """
    if not viewer.agency:
        return []
    made = [r for r in _entries(viewer, "referral.made") if r.agency == viewer.agency]
    large = viewer.agency_kind in LARGE
    if viewer.role == SAFEGUARDING_LEAD or (viewer.role == SUPERVISOR and not large):
        return made
    team = Team.objects.filter(pk=viewer.team_id or 0).values_list("name", flat=True).first()
    with_team = bool(team) and (viewer.role == SUPERVISOR or not large)
    return [
        r for r in made
        if r.source == MADE_HERE
        and ((viewer.user_id is not None and r.get("account") == viewer.user_id) or (with_team and r.get("team") == team))
    ]  # fmt: skip


def _readable(viewer: Viewer, entries: list[Received]) -> list[Received]:
    """Those about nobody whose existence this viewer may not learn."""
    unseen = gate.hidden(viewer, {r.person for r in entries})
    return [r for r in entries if r.person not in unseen]


def answer_due(run: Run) -> datetime | None:
    """By when the last challenge of a referral is to be answered, by the clock of every escalation; None where none waits."""
    raised, answered = run.last("escalation.raised"), run.last("escalation.answered", "escalation.settled")
    if raised is None or (answered is not None and answered.at >= raised.at):
        return None
    return limits().due("escalation.answered", raised.at, precision=raised.precision)


def _sent(viewer: Viewer, entry: Received) -> Sent | None:
    run = _run(entry, REFERRAL)
    if run is None:
        return None
    decided = run.last("referral.decided")
    asks = str(decided.get("reason")) if run.state == "returned" and decided is not None else ""
    return Sent(entry.event, entry.person, run, asks, tiers().stands(viewer, run), _outcomes(entry, run))


def _asked(entry: Received) -> ToAnswer | None:
    run = _run(entry, REQUEST if entry.kind == "information.requested" else SETTING)
    return ToAnswer(entry.event, entry.person, run, needed_by(run.first)) if run else None


@wall.working()
def _outcomes(entry: Received, run: Run) -> tuple[Happening, ...]:
    """What was found some months after it of whether the child is safer, once whoever referred was told of the decision."""
    if not run.of("referral.fed_back"):
        return ()
    held = chronologies([entry.person], kinds=("outcome.recorded",))[entry.person]
    return tuple(h for h in held.of_kind("outcome.recorded") if h.at >= run.first.at and h.get("outcome"))


@wall.working()
def _run(entry: Received, course: Course) -> Run | None:
    """The run that an entry began. Of it only what its agency wrote or was told is shown."""
    found = runs(course, chronologies([entry.person])[entry.person])
    return next((r for r in found if r.first.event_id == entry.event), None)
