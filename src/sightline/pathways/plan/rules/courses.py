"""Where a conference and a plan can go from where: the tables of transitions."""

from __future__ import annotations

from sightline.chronology.courses import BEGIN, Course, Run, Step

CONFERENCE = Course(
    "conference",
    "Child protection conference",
    {
        "called": "called, and not yet held",
        "held": "held",
        "cancelled": "will not be held",
    },
    (
        Step("conference.called", (BEGIN,), "called", "call it"),
        Step("conference.invited", ("called",), says="invite"),
        Step("conference.postponed", ("called",), says="put it off"),
        Step("conference.reported", ("called", "held"), says="an agency reports"),
        Step("conference.held", ("called", BEGIN), "held", "hold it"),
        Step("planning.held", ("called",), "held", "hold a planning meeting"),
        Step("conference.cancelled", ("called",), "cancelled", "cancel it"),
    ),
    ends=("held", "cancelled"),
)

WORKED = ("running", "offered")
_UNDER_IT = (
    ("action.set", "agree an action"),
    ("action.done", "an action is done"),
    ("action.dropped", "an action is dropped"),
    ("plan.police_considered", "go through what police can do"),
    ("visit.planned", "plan a visit"),
    ("plan.visit", "visit"),
    ("coregroup.held", "core group"),
    ("plan.reviewed", "review"),
    ("difference.noted", "what is different for the child"),
    ("plan.worded", "write it in the words of the child or the parents"),
    ("plan.explained", "go through it with the family"),
    ("handover.drop_proposed", "say what does not go on"),
    ("contingency.begun", "do what was to be done if it did not work"),
    ("overseas_move.planned", "a move overseas"),
    ("service_welfare.told", "tell the service welfare body"),
)
PLAN = Course(
    "plan",
    "Plan",
    {
        "running": "in force",
        "offered": "in force, and offered to somebody else who has not accepted",
        "accepted": "accepted by whoever holds it next",
        "ended": "ended",
    },
    (
        Step("plan.started", (BEGIN,), "running", "begin it"),
        *(Step(kind, WORKED, says=says) for kind, says in _UNDER_IT),
        Step("handover.offered", ("running",), "offered", "offer it to a named person"),
        Step("handover.declined", ("offered",), "running", "not accepted"),
        Step("handover.accepted", ("offered",), "accepted", "accepted"),
        Step("plan.ended", ("running", "offered", "accepted"), "ended", "end it"),
        Step("outcome.recorded", ("running", "offered", "accepted", "ended"), says="the outcome some months on"),
    ),
    ends=("ended",),
    keeps=True,
)

# Which page takes which step.
TAKES = {
    "invite": "conference.invited", "report": "conference.reported", "hold": "conference.held", "hold-planning": "planning.held",
    "postpone": "conference.postponed", "cancel": "conference.cancelled", "action": "action.set", "police": "plan.police_considered",
    "outside": "action.set", "done": "action.done", "drop": "action.dropped",
    "plan-visit": "visit.planned", "visit": "plan.visit", "core-group": "coregroup.held",
    "review": "plan.reviewed", "words": "plan.worded", "explain": "plan.explained",
    "contingency": "contingency.begun", "handover": "handover.offered",
    "accept": "handover.accepted", "decline": "handover.declined", "overseas": "overseas_move.planned",
    "tell-service": "service_welfare.told", "outcome": "outcome.recorded", "end": "plan.ended",
}  # fmt: skip
MEETINGS = ("care_review", "planning")


def open_steps(run: Run) -> tuple[str, ...]:
    """The steps that can be taken from where a run stands, by their pages."""
    able = {s.kind for s in run.course.steps_from(run.state)}
    found = [page for page, kind in TAKES.items() if kind in able]
    meeting, kind = run.first.get("kind") in MEETINGS, str(run.first.get("kind"))
    wrong = {"hold" if meeting else "hold-planning"} if run.course is CONFERENCE else set()
    if run.course is PLAN and kind != "child_protection":
        wrong |= {"core-group"}
    if run.course is PLAN and not run.of("action.set"):
        wrong |= {"done", "drop"}
    if run.course is PLAN and not run.of("overseas_move.planned"):
        wrong |= {"tell-service"}
    return tuple(p for p in found if p not in wrong)
