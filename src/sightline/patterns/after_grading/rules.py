"""What a grade asks for, worked out from entries alone: nothing here is ticked off, the fact itself ends it. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import start_of

TOOLS = ("domestic_abuse", "child", "exploitation", "other")
HIGH = ("high", "very_high")
LOOKED_AGAIN = (
    "assessment.completed", "strategy.held", "conference.held", "plan.reviewed", "coregroup.held", "meeting.held", "enquiry.completed",
    "investigation.reviewed", "grade.task_given", "audit.completed",
)  # fmt: skip
BEGUN = (
    "strategy.requested", "strategy.called", "assessment.started", "enquiry.started", "referral.made", "protection.taken", "conference.called",
    "suspect.identified", "charge.made", "investigation.opened", "investigation.allocated", "action.set", "escalation.raised", "detention.authorised",
    "plan.visit", "plan.reviewed", "meeting.held", "health.consulted", "disclosure.made", "placement.started",
)  # fmt: skip
SELF_HARM = ("self_harm", "custody_suicide_risk")


@dataclass(frozen=True)
class Asked:
    """One thing that a high grade asks for: whose it is where nobody has it by name, and the entries that are it or say why not."""

    key: str
    means: str
    role: str
    answers: tuple[str, ...]
    of_suspect: bool = False


ASKED = (
    Asked("strategy", "Strategy discussion, or why none is held", "mash_manager", ("strategy.held", "strategy.declined")),
    Asked("plan", "Safeguarding plan for the child", "social_care_manager", ("plan.started", "conference.held")),
    Asked("arrest", "Decision whether to arrest", "detective_sergeant", ("arrest.considered", "suspect.arrested", "suspect.seen"), of_suspect=True),
    Asked("order", "Decision about an order, notice or bail condition", "detective_inspector",
          ("disruption.considered", "disruption.used", "bail.set", "order.made", "protection.taken"), of_suspect=True),
)  # fmt: skip


NAMES_A_SUSPECT = ("suspect.identified", "crime.recorded", "investigation.opened")
ENDS_NOTHING = ("risk.assessed", *BEGUN, *(a for asked in ASKED for a in asked.answers), "grade.task_given")
# The kinds of entry by which what a high grade asks for stands, or was decided not to be done for now.
TASKS_REST_ON = tuple(
    dict.fromkeys((*ENDS_NOTHING, *NAMES_A_SUSPECT, "grade.task_dropped", "no_action.decided", "plan.ended"))
)


@dataclass(frozen=True)
class Task:
    """One thing asked for, and how it stands: `done` or `dropped` by an entry, else `given` to somebody, else nobody's yet."""

    asked: Asked
    due_at: datetime
    given: Happening | None = None
    end: Happening | None = None

    @property
    def owner(self) -> str:
        """By name, where it was given to somebody; empty: it is the role's."""
        return str(self.given.get("owner")) if self.given else ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.end is None


def graded(chronology: Chronology) -> Happening | None:
    """The grade that stands: the newest set of the risk at home or from exploitation."""
    own = chronology.subject
    held = [h for h in chronology.of_kind("risk.assessed") if h.get("tool") in TOOLS and h.concerns(own, "child")]
    return held[-1] if held else None


def looked_at_by_one_who_knows(grade: Happening) -> bool:
    """Whether it is a level of risk and not a first grade from the scene, which has a second look of its own."""
    return grade.get("stage") != "initial" or grade.get("role") in ("specialist", "supervisor")


def review_due(chronology: Chronology, grade: Happening, limits: Limits) -> datetime | None:
    """When a grade is looked at again: counted from it, or from what was last done that was a look at it; never where none is due."""
    level = str(grade.get("grade"))
    if level == "no_apparent":
        return None
    last = looked_again(chronology, grade) or grade
    return limits.due(f"grade_review.{level}", last.at, precision=last.precision)


def looked_again(chronology: Chronology, grade: Happening) -> Happening | None:
    """What was last done about this child, since a grade, that was a look at it."""
    since = [h for h in chronology.of_kind(*LOOKED_AGAIN) if h.at > grade.at]
    return since[-1] if since else None


def plan_in_force(chronology: Chronology) -> bool:
    """Whether a plan holds, which has reviews of its own; early help is none that keeps a child safe."""
    started = next((h for h in reversed(chronology.of_kind("plan.started")) if h.get("kind") != "early_help"), None)
    ended = chronology.latest("plan.ended")
    return started is not None and (ended is None or ended.at < started.at)


def tasks(chronology: Chronology, grade: Happening, limits: Limits) -> tuple[Task, ...]:
    """What a high grade asks for and how each stands; nothing where it is not high. What concerns a suspect is asked for where one is named."""
    if grade.get("grade") not in HIGH:
        return ()
    return tuple(_task(chronology, grade, a, limits) for a in ASKED if not a.of_suspect or named(chronology, grade))


def _task(chronology: Chronology, grade: Happening, asked: Asked, limits: Limits) -> Task:
    from_ = grade.at - timedelta(days=1)  # what was done the day before the grade was written is its answer too
    own = [
        h
        for h in chronology.of_kind("grade.task_given", "grade.task_dropped")
        if h.get("task") == asked.key and h.at >= grade.at
    ]
    answers = [h for h in chronology.of_kind(*asked.answers) if h.at >= from_]
    answers = answers or (
        list(chronology.of_kind("plan.started")[-1:]) if asked.key == "plan" and plan_in_force(chronology) else []
    )
    given = [h for h in own if h.kind == "grade.task_given"]
    dropped = [h for h in own if h.kind == "grade.task_dropped"]
    due = (
        end_of(str(given[-1].get("due")))
        if given
        else limits.due(f"high_grade.{asked.key}", grade.at, precision=grade.precision)
    )
    return Task(asked, due, given[-1] if given else None, next(iter((*answers, *dropped)), None))


def named(chronology: Chronology, grade: Happening) -> bool:
    """Whether anybody is named whom an arrest or an order could be about."""
    entries = (grade, *chronology.of_kind(*NAMES_A_SUSPECT))
    return any(h.people.get("suspect") or h.people.get("offender") for h in entries)


def end_of(day: str) -> datetime:
    """The end of a day."""
    return start_of(date.fromisoformat(day) + timedelta(days=1))


def nothing_decided(chronology: Chronology) -> Happening | None:
    """The decision to do nothing that stands: the newest, where nothing has been done about the child since."""
    last = chronology.latest("no_action.decided")
    if last is None:
        return None
    return None if any(h.at > last.at for h in chronology.of_kind(*ENDS_NOTHING)) else last


@dataclass(frozen=True)
class Occasion:
    """A child held, missing or interviewed, what is known of self-harm from before, and whether it was taken in or asked about."""

    name: str
    entry: Happening
    known: tuple[Happening, ...]
    assessed: Happening | None
    over: bool


_ENDS = {"detained": ("detention.ended",), "missing": ("missing.returned",), "interviewed": ()}
_OPENS = {
    "detained": ("detention.authorised",),
    "missing": ("missing.reported",),
    "interviewed": ("interview.held", "detention.interviewed"),
}
_WORDS = ("self-harm", "self harm", "suicid", "overdose", "cuts h", "cut h", "ligature")


def occasions(chronology: Chronology) -> tuple[Occasion, ...]:
    """The last time this child was held, missing and interviewed: each with what is known, and the first entry that takes it in."""
    found = []
    for name, opens in _OPENS.items():
        entry = next((h for h in reversed(chronology.of_kind(*opens)) if h.concerns(chronology.subject, "child")), None)
        if entry is not None:
            over = any(h.at >= entry.at for h in chronology.of_kind(*_ENDS[name]))
            found.append(Occasion(name, entry, _known(chronology, entry.at), _taken_in(chronology, name, entry), over))
    return tuple(found)


def _known(chronology: Chronology, at: datetime) -> tuple[Happening, ...]:
    cleared = {h.get("kind"): h.at for h in chronology.of_kind("marker.cleared")}
    marked = [
        h
        for h in chronology.of_kind("marker.set")
        if h.get("kind") in SELF_HARM
        and h.at <= at
        and not h.at <= cleared.get(h.get("kind"), h.at - timedelta(1)) <= at
    ]
    before = [h for h in chronology.of_kind("detention.risk_assessed") if h.at < at and _mentions(h)]
    return (*marked, *before)


def _taken_in(chronology: Chronology, name: str, entry: Happening) -> Happening | None:
    """The first entry, of the day before at most, that asks about self-harm or names it; for a planned interview, its assessment of needs."""
    from_ = entry.at - timedelta(days=1 if name == "interviewed" else 0)
    for h in chronology.of_kind("self_harm.assessed", "detention.risk_assessed", "detention.healthcare", "interview.planned", "missing.reported",
                                "missing.regraded", "missing.enquiry", "risk.assessed", "prevention_interview.held"):  # fmt: skip
        if h.at < from_:
            continue
        asked = h.kind == "self_harm.assessed" or (h.kind == "interview.planned" and h.get("needs_assessed") is True)
        seen = h.kind == "detention.healthcare" and h.get("seen") is not False
        if asked or seen or _mentions(h):
            return h
    return None


def _mentions(entry: Happening) -> bool:
    said = " ".join(str(v) for v in entry.data.values()) + " " + entry.note
    return any(word in said.lower().replace("_", "-") for word in _WORDS)
