"""What is owed under conferences and plans, and by when: for the pages and the worklists. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.chronology.courses import Run, runs
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import local, say_date, say_moment, start_of
from sightline.pathways.plan.rules.actions import actions, contingency_owed
from sightline.pathways.plan.rules.conferences import initial_by, meeting_at, silent, strategy_that_counts
from sightline.pathways.plan.rules.courses import CONFERENCE, MEETINGS, PLAN
from sightline.pathways.plan.rules.outcomes import decided_without_plan, next_months, said_of

NO_ONGOING_RISK = ("substantiated_no_ongoing_risk", "not_substantiated")
REMAINS = "not_substantiated_risk_remains"
VISITED = ("child_protection", "child_in_need", "safety", "risk_management", "care")
REVIEWED = ("child_protection", "child_in_need", "risk_management")


@dataclass(frozen=True)
class Owed:
    """One thing that somebody must do. `step`: the page on which it is done; `run`: empty where nothing has begun."""

    what: str
    due: datetime
    step: str
    run: str = ""
    course: str = ""
    who: str = ""

    @property
    def by(self) -> str:
        """By when, as a person says it: what ends at midnight ends with the day before."""
        at = local(self.due)
        return (
            f"the end of {say_date(at.date() - timedelta(days=1))}"
            if (at.hour, at.minute) == (0, 0)
            else say_moment(self.due)
        )

    @property
    def last_day(self) -> datetime:
        """A moment of the last day on which it is in time."""
        return self.due - timedelta(microseconds=1)

    def late(self, as_of: datetime) -> bool:
        """Whether its time has passed."""
        return self.due < as_of


def owed(chronology: Chronology, limits: Limits, as_of: datetime) -> tuple[Owed, ...]:
    """Everything owed of one child, soonest first."""
    found = [
        *_conference_to_call(chronology, limits),
        *_enquiries(chronology, limits),
        *_referrals(chronology, limits),
        *(o for run in runs(CONFERENCE, chronology) for o in _of_conference(run)),
        *(o for run in runs(PLAN, chronology) for o in _of_plan(run, chronology, limits, as_of)),
    ]
    return tuple(sorted(found, key=lambda o: (o.due, o.what)))


def conferences(chronology: Chronology) -> tuple[Happening, ...]:
    """Child protection conferences called or held: a looked-after review or a planning meeting is none."""
    return tuple(h for h in chronology.of_kind("conference.called", "conference.held") if h.get("kind") not in MEETINGS)


def without_a_conference(ended: Happening) -> bool:
    """Whether an enquiry ended in a way after which none is called: no risk goes on, or what remains is for a plan without one."""
    outcome = ended.get("outcome")
    return outcome in NO_ONGOING_RISK or (outcome == REMAINS and ended.get("next") not in (None, "conference"))


def _conference_to_call(chronology: Chronology, limits: Limits) -> Iterator[Owed]:
    strategy = strategy_that_counts(chronology)
    if strategy is None:
        return
    met = [h for h in conferences(chronology) if h.at >= strategy.at]
    ended = [h for h in chronology.of_kind("enquiry.completed") if h.at >= strategy.at]
    if not met and not any(without_a_conference(h) for h in ended):
        yield Owed(
            "Hold the initial child protection conference", initial_by(strategy, limits), "call", course="conference"
        )


def _of_conference(run: Run) -> Iterator[Owed]:
    at = meeting_at(run)
    if run.over or at is None:
        return
    meeting = run.first.get("kind") in MEETINGS
    yield Owed(
        "Hold the meeting" if meeting else "Hold the conference",
        at,
        "hold-planning" if meeting else "hold",
        run.key,
        "conference",
    )
    asked = [e for e in run.of("conference.invited") if e.get("report_by") and e.get("agency") in silent(run)]
    for invited in asked:
        by = datetime.fromisoformat(str(invited.get("report_by")))
        yield Owed("Report for the conference", by, "report", run.key, "conference", str(invited.get("agency")))


def without_conference(chronology: Chronology) -> tuple[Happening, ...]:
    """Section 47 enquiries that ended, after which no conference was held, and of which nobody has said what came of it."""
    met = conferences(chronology)
    said = chronology.of_kind("enquiry.followed")
    ended = chronology.of_kind("enquiry.completed")
    return tuple(
        e
        for e in ended
        if not any(m.at >= e.at - timedelta(days=45) for m in met) and not any(s.at >= e.at for s in said)
    )


def _enquiries(chronology: Chronology, limits: Limits) -> Iterator[Owed]:
    for entry in without_conference(chronology):
        if entry.get("outcome") in NO_ONGOING_RISK:
            due = limits.due("enquiry.followed", entry.at, precision=entry.precision)
            yield Owed("Say what the child was offered after the enquiry", due, "followed")


def _referrals(chronology: Chronology, limits: Limits) -> Iterator[Owed]:
    decision = decided_without_plan(chronology)
    months = next_months(said_of(chronology, decision)) if decision else None
    if decision and months:
        due = limits.due(f"plan.outcome.{months}", decision.at, precision=decision.precision)
        yield Owed(f"Outcome {months} months after the referral: safer, same, worse or unknown", due, "outcome")


def _of_plan(run: Run, chronology: Chronology, limits: Limits, as_of: datetime) -> Iterator[Owed]:
    yield from _outcomes(run, limits)
    if run.state not in ("running", "offered"):
        return
    kind = str(run.first.get("kind"))
    yield from _actions(run, as_of)
    planned, been = run.last("visit.planned"), run.last("plan.visit")
    if planned and planned.get("visit_at") and (been is None or been.at < planned.at):
        due = datetime.fromisoformat(str(planned.get("visit_at")))
        yield Owed("Make the visit that was planned", due, "visit", run.key, "plan", str(planned.get("who")))
    yield from _rhythm(run, kind, chronology, limits)
    if run.state == "offered" and (offered := run.last("handover.offered")):
        yield Owed(
            "Accept or decline the plan",
            limits.due("handover.answered", offered.at),
            "accept",
            run.key,
            "plan",
            str(offered.get("to")),
        )
    moved = run.last("overseas_move.planned")
    if moved and moved.get("service_family") and not run.last("service_welfare.told"):
        yield Owed(
            "Tell the service welfare body",
            limits.due("service_welfare.told", moved.at),
            "tell-service",
            run.key,
            "plan",
        )


def _actions(run: Run, as_of: datetime) -> Iterator[Owed]:
    for action in actions(run):
        if action.open and action.due:
            yield Owed(
                str(action.set_by.get("what")), action.due, "done", run.key, "plan", str(action.set_by.get("owner"))
            )
    for failed in contingency_owed(run, as_of)[:1]:
        yield Owed(f"Begin what was agreed in case the plan does not work: an action {failed.why}", failed.at, "contingency", run.key, "plan",
                   str(run.first.get("contingency_owner") or ""))  # fmt: skip


def _rhythm(run: Run, kind: str, chronology: Chronology, limits: Limits) -> Iterator[Owed]:
    since = run.first
    if kind in VISITED:
        seen = [h for h in chronology.of_kind("plan.visit") if h.at >= since.at and h.get("seen") is not False]
        last = seen[-1] if seen else since
        yield Owed(
            "Visit the child",
            _due(limits, "care.visit" if kind == "care" else "plan.visit", last),
            "visit",
            run.key,
            "plan",
        )
    if kind == "child_protection":
        met = [h for h in chronology.of_kind("coregroup.held") if h.at >= since.at]
        name = "coregroup.next" if met else "coregroup.first"
        yield Owed("Core group", _due(limits, name, met[-1] if met else since), "core-group", run.key, "plan")
    if kind in REVIEWED:
        held = [h for h in chronology.of_kind("plan.reviewed", "conference.held") if h.at > since.at and _review(h)]
        name = "review.next" if held else "review.first"
        yield Owed("Review the plan", _due(limits, name, held[-1] if held else since), "review", run.key, "plan")
        if held and held[-1].kind == "conference.held":
            yield Owed("Ask of each action what is different for the child", held[-1].at, "review", run.key, "plan")
    elif kind == "safety" or since.get("review_on"):
        yield Owed("Look at the plan again", _safety_review(run, limits), "review", run.key, "plan")


def _due(limits: Limits, name: str, start: Happening) -> datetime:
    return limits.due(name, start.at, precision=start.precision)


def _review(entry: Happening) -> bool:
    return entry.kind == "plan.reviewed" or entry.get("kind") in ("review", None)


def _safety_review(run: Run, limits: Limits) -> datetime:
    last = run.last("plan.reviewed")
    said = run.first.get("review_on")
    if last is None and said:
        return start_of(date.fromisoformat(str(said)) + timedelta(days=1))
    return _due(limits, "safety_plan.review", last or run.first)


def _outcomes(run: Run, limits: Limits) -> Iterator[Owed]:
    if months := next_months(run.of("outcome.recorded")):
        due = limits.due(f"plan.outcome.{months}", run.first.at, precision=run.first.precision)
        yield Owed(f"Outcome at {months} months: safer, same, worse or unknown", due, "outcome", run.key, "plan")


def watched(chronology: Chronology, limits: Limits, as_of: datetime) -> tuple[tuple[Run, tuple[Happening, ...]], ...]:
    """Plans that ended not long ago, with what was reported of the child since: whoever ended one is told if it begins again."""
    found = []
    for run in runs(PLAN, chronology):
        end = run.last("plan.ended")
        if end is not None and as_of < limits.due("plan.watched", end.at):
            again = chronology.of_kind("referral.made", "concern.notified", "crime.recorded", "missing.reported")
            found.append((run, tuple(h for h in again if h.at > end.at)))
    return tuple(found)


def by_whom(found: Iterable[Owed], agency: str) -> tuple[Owed, ...]:
    """Of what is owed, what this agency owes: what names another agency is that agency's."""
    return tuple(o for o in found if o.step != "report" or o.who == agency)
