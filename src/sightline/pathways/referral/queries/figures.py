"""Figures of the hub: conservation by the hour, the forecast, the funnel, and what fell below the threshold. Numbers, and nobody's name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs
from sightline.chronology.view import Chronology
from sightline.clocks.limits import Limits
from sightline.pathways.referral.queries.queue import earlier_runs
from sightline.pathways.referral.queries.received import LOOKS_BACK, Received, courses_of, entries_of, sent_to
from sightline.pathways.referral.rules.courses import REFERRAL, WAITING, below_threshold
from sightline.pathways.referral.rules.flow import Forecast, HourOf, by_hour, forecast, monday_after
from sightline.pathways.referral.rules.waiting import answered_at

FUNNEL = (
    ("Concerns", ("concern.notified",)),
    ("Referrals", ("referral.made",)),
    ("Accepted", ("referral.accepted",)),
    ("Assessed", ("assessment.started", "assessment.completed")),
    ("Section 47 enquiries", ("enquiry.started", "enquiry.completed")),
    ("Conferences", ("conference.held",)),
    ("Plans", ("plan.started",)),
    ("Outcomes recorded", ("outcome.recorded", "plan.ended")),
)
NOT_ACCEPTED = ("no_further_action", "signpost", "returned_for_information")


@dataclass(frozen=True)
class Flow:
    """The hub's work: hour by hour, what is expected by Monday, and how far it meets its limits.

    `decided_in_time`: of those that were due between the two moments, whenever they came. `repeats`: of those that came, how many within the
    limit of an earlier referral of the same child.
    """

    hours: tuple[HourOf, ...]
    forecast: Forecast
    days: int
    decided_in_time: tuple[int, int]
    repeats: tuple[int, int]

    @property
    def lost(self) -> int:
        """What came or came back and is neither decided nor held at the end."""
        return self.hours[-1].lost if self.hours else 0


def flow(viewer: Viewer, *, since: datetime, until: datetime) -> Flow:
    """Conservation between two moments, and the forecast from the weeks before. Raises NotPermitted for who does not decide there."""
    gate.require(viewer, May.DECIDE_REFERRALS)
    held = limits()
    weeks = held.number("queue.weeks", until)
    came = _known(viewer, sent_to(viewer.agency, since=until - timedelta(weeks=max(weeks, 8)), until=until))
    every = _followed(came, until, back=LOOKS_BACK)
    write(viewer, Action.LIST, fields=("counts",), note="flow of the hub")
    moments, runs_here = [r.at for r in came], [f.run for f in every if f.elsewhere_at is None]
    elsewhere = [(f.run, f.elsewhere_at) for f in every if f.elsewhere_at is not None]
    waits = sum(1 for r in runs_here if r.state in WAITING)
    decided = [f.decided_at for f in every if f.decided_at is not None]
    to_come = forecast(moments, decided, held=waits, now=until, until=monday_after(until), weeks=weeks)
    within = [f for f in every if since < f.run.first.at <= until]
    due = [(f, by) for f in every if since < (by := f.due_at(held)) <= until]
    in_time = sum(1 for f, by in due if f.decided_at is not None and f.decided_at <= by)
    again = sum(1 for f in within if earlier_runs(f.chronology, f.run, held))
    hours = tuple(by_hour(moments, runs_here, since, until, elsewhere))
    return Flow(hours, to_come, held.number("queue.depth_days", until), (in_time, len(due)), (again, len(within)))


def _known(viewer: Viewer, entries: list[Received]) -> list[Received]:
    """Without those of whom this viewer may not know: not even a number may tell of them."""
    unseen = gate.hidden(viewer, {r.person for r in entries})
    return [r for r in entries if r.person not in unseen]


@dataclass(frozen=True)
class Followed:
    """A referral to this agency as it stood then. `elsewhere_at`: when something shows that one was decided of which another system never says so."""

    run: Run
    chronology: Chronology
    elsewhere_at: datetime | None

    @property
    def decided_at(self) -> datetime | None:
        """When it was first decided. To give it back with questions decides nothing."""
        said = [e.at for e in self.run.of("referral.decided") if e.get("decision") != "returned_for_information"]
        return min([*said, *([self.elsewhere_at] if self.elsewhere_at else [])], default=None)

    def due_at(self, held: Limits) -> datetime:
        """By when it was to be decided."""
        return held.due("referral.decided", self.run.first.at, precision=self.run.first.precision)


def _followed(came: list[Received], until: datetime, *, back: timedelta = timedelta(0)) -> list[Followed]:
    """Runs of these entries, one a child, as they stood then, from entries so much older than the first of them. Shown as numbers only."""
    if not came:
        return []
    entries = {r.event for r in came}
    held = courses_of(came, since=min(came[0].at - back, until - LOOKS_BACK), until=until)
    return [
        Followed(run, c, answered_at(run, c))
        for c in held.values() for run in runs(REFERRAL, c) if run.first.event_id in entries
    ]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One stage of the funnel: children who reached it, of those of the stage before, and of all who reached it by any way."""

    name: str
    children: int
    anyhow: int


def funnel(viewer: Viewer, *, since: datetime, until: datetime) -> tuple[Step, ...]:
    """From concern to outcome, by children and not by forms: each counts once, whoever wrote of them and however often."""
    gate.require(viewer, May.DECIDE_REFERRALS)
    kinds = {k for _, of in FUNNEL for k in of} - {"referral.accepted"} | {"referral.decided"}
    reached: dict[str, set[int]] = defaultdict(set)
    for entry in _known(viewer, entries_of(kinds, since=since, until=until)):
        reached[entry.kind].add(entry.person)
        if entry.kind == "referral.decided" and entry.data.get("decision") not in (None, *NOT_ACCEPTED):
            reached["referral.accepted"].add(entry.person)
    write(viewer, Action.LIST, fields=("counts",), note="funnel of referrals")
    steps: list[Step] = []
    before: set[int] | None = None
    for name, of in FUNNEL:
        here = set().union(*(reached[k] for k in of))
        before = here if before is None else before & here
        steps.append(Step(name, len(before), len(here)))
    return tuple(steps)


@dataclass(frozen=True)
class Share:
    """Of what one team referred and was decided: how many did not reach what was asked for, and why, as it was said."""

    agency: str
    team: str
    decided: int
    below: int
    reasons: tuple[tuple[str, int], ...]


def below_by_team(viewer: Viewer, *, since: datetime, until: datetime) -> tuple[Share, ...]:
    """By the team that referred, most below the threshold first. Raises NotPermitted for who does not decide there."""
    gate.require(viewer, May.DECIDE_REFERRALS)
    came = _known(viewer, sent_to(viewer.agency, since=since, until=until))
    found = [f.run for f in _followed(came, until) if f.elsewhere_at is None]
    write(viewer, Action.LIST, fields=("counts",), note="referrals below the threshold")
    teams: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in found:
        if below_threshold(run) is not None:
            teams[run.first.agency or run.first.source, str(run.first.get("team") or "")].append(run)
    shares = [_share(agency, team, held) for (agency, team), held in teams.items()]
    return tuple(sorted(shares, key=lambda s: (-s.below / s.decided, s.agency, s.team)))


def _share(agency: str, team: str, held: list[Run]) -> Share:
    below = [r for r in held if below_threshold(r)]
    said = Counter(_why(r) for r in below)
    return Share(agency, team, len(held), len(below), tuple(said.most_common(3)))


def _why(run: Run) -> str:
    decided = run.last("referral.decided")
    what = str(decided.get("decision") if decided else "").replace("_", " ")
    return f"{str(run.first.get('basis') or 'basis not said').replace('_', ' ')} asked for, {what}"
