"""The courses of a strategy discussion and of a section 47 enquiry, the locally agreed procedure, and what is still lacking. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sightline.chronology.courses import BEGIN, MADE_HERE, Course, Run, Step
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.dated import Dated, read_dated
from sightline.kernel.moments import aware, local, say_date
from sightline.pathways.enquiry.alerts.agencies import agencies, agency_of, spoke

BEFORE = ("requested", "declined", "called")
NOT_SUBSTANTIATED = ("not_substantiated", "not_substantiated_risk_remains")
RISK_GOES_ON = ("concern_substantiated_ongoing_risk", "not_substantiated_risk_remains")
STRATEGY = Course(
    "strategy",
    "A strategy discussion",
    {
        "requested": "it was asked for, and is not called yet",
        "declined": "it was decided that none is held",
        "called": "people have been asked to it",
        "held": "it was held, and what it set in hand is being done",
        "closed": "all that it set in hand was done or dropped",
    },
    (
        Step("strategy.requested", (BEGIN,), "requested", "ask"),
        Step("strategy.declined", (BEGIN, "requested"), "declined", "decide that none is held"),
        Step("strategy.called", (BEGIN, *BEFORE), "called", "call"),
        Step("strategy.held", BEFORE, "called", "meet, and meet again", ("decision", ("reconvene",))),
        Step("strategy.held", (BEGIN, *BEFORE), "held", "hold"),
        Step("strategy.child_considered", ("called", "held"), says="consider another child"),
        Step("action.set", ("called", "held"), says="set an action"),
        Step("action.done", ("called", "held"), says="do an action"),
        Step("action.dropped", ("called", "held"), says="drop an action"),
        Step("health.consulted", ("called", "held"), says="hear health"),
        Step("enquiry.mode_reviewed", ("held", "closed"), says="look again at who enquires"),
        Step("strategy.closed", ("held",), "closed", "close"),
    ),
    ends=("declined", "closed"),
)
ENQUIRY = Course(
    "enquiry",
    "A section 47 enquiry",
    {
        "started": "it is under way",
        "onward": "it has ended, and a conference or a plan is owed",
        "held_back": "it could not decide, and the child does not go home until the risk is assessed and a plan is recorded",
        "ended": "it has ended, and nothing more is owed by it",
    },
    (
        Step("enquiry.started", (BEGIN,), "started", "start"),
        Step("enquiry.completed", ("started",), "onward", "complete", ("next", ("conference", "plan"))),
        Step("enquiry.completed", ("started",), "held_back", "complete", ("next", ("held_back",))),
        Step("enquiry.completed", ("started",), "ended", "complete", ("next", ("no_further_action",))),
        Step("enquiry.completed", ("started",), "onward", "complete", ("outcome", RISK_GOES_ON)),
        Step("enquiry.completed", ("started",), "ended", "complete"),
        Step("enquiry.return_decided", ("held_back",), "ended", "decide that it is safe to return", ("safe", (True,))),
        Step("enquiry.return_decided", ("held_back",), says="decide that it is not yet safe"),
        Step("conference.called", ("onward",), "ended", "call a conference"),
        Step("conference.held", ("onward",), "ended", "hold a conference"),
        Step("plan.started", ("onward",), "ended", "begin a plan"),
    ),
    ends=("ended",),
    keeps=True,
)  # fmt: skip
ALONE = ("enquiry_single_social_care", "assessment")
ENQUIRIES = {
    "enquiry_joint": "joint",
    "enquiry_single_police": "police",
    "enquiry_single_social_care": "social_care",
}
INCONCLUSIVE = ("insufficient_evidence", "child_declined")
CLINICIAN_ASKED = ("health.consulted", "medical.held", "medical.reported")


@dataclass(frozen=True)
class Duty:
    """One thing that the agreed procedure has an enquiry do, and the entries that show it done."""

    key: str
    asks: str
    shown_by: tuple[str, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    abuse_only: bool = False
    offence_only: bool = False

    def shown(self, entries: Iterable[Happening]) -> Happening | None:
        """The newest of these entries that shows it done."""
        found = [e for e in entries if e.kind in self.shown_by and all(e.get(k) == v for k, v in self.where.items())]
        return found[-1] if found else None


@dataclass(frozen=True)
class Procedure:
    """The locally agreed procedure as it held on a day: who must be there, whom one may ask, who is a clinician, and what an enquiry does."""

    decided_by: str
    at_the_table: tuple[str, ...]
    may_be_asked: Mapping[str, tuple[str, ...]]
    clinicians: tuple[str, ...]
    steps: tuple[Duty, ...]

    def owed(self, *, abuse: bool, offence: bool) -> tuple[Duty, ...]:
        """What an enquiry into such a worry does."""
        return tuple(s for s in self.steps if (abuse or not s.abuse_only) and (offence or not s.offence_only))


@cache
def procedures() -> Dated[Procedure]:
    """Every version of the procedure, by the day from which it holds."""
    return read_dated(Path(__file__).parent / "procedure.yaml", "procedure", _procedure)


def procedure_on(day: date) -> Procedure:
    """The procedure in force on a day."""
    return procedures().on(day)


def _procedure(row: Mapping[str, Any]) -> Procedure:
    steps = tuple(Duty(**{**s, "shown_by": tuple(s["shown_by"])}) for s in row["steps"])
    asked = {agency: tuple(held) for agency, held in row["may_be_asked"].items()}
    return Procedure(row["decided_by"], tuple(row["at_the_table"]), asked, tuple(row["clinicians"]), steps)


@dataclass(frozen=True)
class Action:
    """Something that somebody was to do: as it was last set, and how it ended, if it has."""

    set: Happening
    end: Happening | None = None

    @property
    def id(self) -> str:
        """What done and dropped call it by."""
        return str(self.set.get("id") or "")

    @property
    def due(self) -> datetime | None:
        """By when, where that was said."""
        return aware(datetime.fromisoformat(str(self.set.get("due")))) if self.set.get("due") else None


def actions(entries: Iterable[Happening]) -> tuple[Action, ...]:
    """The actions among these entries, in the order in which they were set; what was set again stands as it was set last."""
    found: dict[str, Action] = {}
    for entry in entries:
        called = str(entry.get("id") or "")
        if entry.kind == "action.set":
            found[called] = Action(entry)
        elif entry.kind in ("action.done", "action.dropped") and called in found:
            found[called] = Action(found[called].set, entry)
    return tuple(found.values())


def health_heard(run: Run, chronology: Chronology) -> bool:
    """Whether health took part in a discussion, or was asked before or since it."""
    held = run.last("strategy.held")
    if held is not None and spoke(held, "health"):
        return True
    return any(e.at >= run.first.at for e in chronology.of_kind(*CLINICIAN_ASKED))


def led_to(discussions: Iterable[Run], enquiries: Iterable[Run], run: Run, days: int) -> Run | None:
    """The discussion that led to an enquiry: the newest that decided on one in so many days before, from which no other was begun."""
    until = run.first.at
    others = [e.first.at for e in enquiries if e.first.at < until]
    found = [
        d for d in discussions for h in d.of("strategy.held")
        if until - timedelta(days=days) <= h.at <= until and h.get("decision") in ENQUIRIES and not any(h.at <= o for o in others)
    ]  # fmt: skip
    return max(found, key=lambda d: d.first.at, default=None)


def settled_before(earlier: Iterable[Run], moment: datetime) -> datetime | None:
    """When what was suspected earlier was last done with: the end of a discussion that was held, or of an enquiry, before a moment."""
    ends = (r.entries[-1].at for r in earlier if r.state in ("closed", "ended"))
    return max((at for at in ends if at < moment), default=None)


def clinicians_heard(
    chronology: Chronology, discussions: Iterable[Run], since: datetime, procedure: Procedure
) -> tuple[str, ...]:
    """Those whose word counts on an injury or a symptom: who was asked since a moment, and who was of health in these discussions."""
    asked = [_clinician(e, procedure) for e in chronology.of_kind(*CLINICIAN_ASKED) if e.at >= since]
    sat = [
        str(who) for d in discussions for h in d.of("strategy.held") for who in h.get("attended") or ()
        if agency_of(who) == "health"
    ]  # fmt: skip
    return tuple(dict.fromkeys(filter(None, (*asked, *sat))))


def _clinician(entry: Happening, procedure: Procedure) -> str:
    """As an entry names them; nothing for somebody who was written down here and is none by the agreed procedure."""
    if entry.kind != "health.consulted":
        return f"Whoever held the medical of {say_date(local(entry.at).date())}"
    role = str(entry.get("role") or "")
    if entry.source == MADE_HERE and role.casefold() not in procedure.clinicians:
        return ""
    return ", ".join(filter(None, (str(entry.get("clinician") or ""), role))) or "A clinician"


def away(attended: Iterable[str], procedure: Procedure) -> tuple[str, ...]:
    """Those of the agencies that must be at the table who were not."""
    there = agencies(attended)
    return tuple(a for a in procedure.at_the_table if a not in there)


def lacks_to_close(run: Run, *, unheard: bool) -> tuple[str, ...]:
    """What keeps a discussion from being closed, in words. `unheard`: abuse is alleged, and health was not heard."""
    lacks = []
    still = [a for a in actions(run.entries) if a.end is None]
    if still:
        lacks.append(f"{len(still)} action{'s are' if len(still) > 1 else ' is'} neither done nor dropped")
    if unheard:
        lacks.append("health took no part, and no clinician has been asked: ask one first")
    return tuple(lacks)


def next_of(said: Mapping[str, Any], *, away_from_home: bool) -> str:
    """Where an enquiry that says this leads: a child away from home, about whom it could not decide, is held back first."""
    asked = str(said.get("next") or "")
    undecided = said.get("finding") in INCONCLUSIVE
    return "held_back" if undecided and away_from_home and asked not in ("conference", "plan") else asked


def wants_review(run: Run) -> bool:
    """Whether social care was left to act alone although an offence may have been committed, and nobody else has looked at that."""
    held = run.last("strategy.held")
    if held is None or held.get("decision") not in ALONE or not held.get("offence_possible"):
        return False
    looked = run.last("enquiry.mode_reviewed")
    return looked is None or looked.at < held.at
