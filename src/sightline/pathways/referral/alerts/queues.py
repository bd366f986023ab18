"""Work that waits at a unit which has not begun it, child by child; and a unit to which more comes than it clears.

What social care owes on a referral is told by `referral_unanswered`; of a child is told here what no other clock sees: forms and first
grades that nobody at the unit has looked at, and referrals to others that nobody has even acknowledged. How deep a queue is against what
a unit can clear is told of the queue, and names no child.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sightline.alerts.case import Case
from sightline.alerts.depth import Depth, too_deep
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import together
from sightline.alerts.queues import ROLE as QUEUE_ROLE
from sightline.alerts.queues import Queue
from sightline.chronology.courses import MADE_HERE
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import local
from sightline.pathways.referral.alerts.matching import OWN_FORMS, TAKEN_UP, to_social_care, unanswered
from sightline.pathways.referral.rules.order import HIGH, risk_of

WORTH_A_LOOK = ("medium", "high", "very_high")
BEGUN = ("referral.made", "referral.decided", "strategy.requested", "meeting.held", "nrm.referred", "information.requested",
         "return_interview.held", "plan.visit", "plan.reviewed", *TAKEN_UP)  # fmt: skip

DECIDED = Depth(
    "queue.depth_days",
    "{came} referrals came to social care and {left} were decided: the {deep} more are over {days} days of its work.",
    "Say what cover the unit needs, and have what waits read, gravest first.",
)


def queue_backlog(case: Case) -> Iterable[Finding]:
    """A form or first grade that deserves a second look, or a referral that nobody has acknowledged, has waited over a working day.

    Of several that wait for one child at once, the first speaks for all.
    """
    waiting = sorted((*_unread(case), *_untouched(case)), key=lambda h: h.at)
    for first in waiting[:1]:
        same = [h for h in waiting if set(h.people["child"]) == set(first.people["child"])]
        yield case.finding(
            "queue_backlog",
            first,
            case.due("queue.item", first),
            f"{_called(first)} has waited at the unit since {local(first.at):%d %B %Y, %H:%M}, over {case.say('queue.item', first)}"
            f"{_and_more(same)}, and nobody has begun on it.",
            step="Have it read today, gravest first, and say what cover the unit needs.",
            rests_on=same,
            **together(first),
        )


def _called(entry: Happening) -> str:
    graded = f", graded {str(entry.get('grade')).replace('_', ' ')}," if entry.get("grade") else ""
    return {"concern.notified": "A concern form", "risk.assessed": "A first grade of risk"}.get(
        entry.kind, "A referral"
    ) + graded


def _and_more(waiting: Sequence[Happening]) -> str:
    return f", with {len(waiting) - 1} more since" if len(waiting) > 1 else ""


def _unread(case: Case) -> Iterator[Happening]:
    """First grades, and concern forms above standard, after which nobody at the unit did anything."""
    for arrived in case.of("concern.notified", "risk.assessed"):
        first_grade = arrived.kind == "concern.notified" or (
            arrived.get("stage") == "initial" and arrived.get("role") not in ("specialist", "supervisor")
        )
        if not first_grade or (arrived.kind == "concern.notified" and arrived.get("grade") not in WORTH_A_LOOK):
            continue
        if case.is_child(arrived.at) and not _begun(case, arrived):
            yield arrived


def _begun(case: Case, arrived: Happening) -> bool:
    """Whether the unit, or anybody it passed the matter to, had begun on it in the day before or has since."""
    return any(
        h is not arrived and case.due("referral.already_made", h) >= arrived.at
        for h in case.own.of_kind("risk.assessed", *BEGUN)
        if h.kind != "risk.assessed" or h.get("stage") in ("secondary", "review")
    )


def _untouched(case: Case) -> Iterator[Happening]:
    """Referrals to others than social care that were neither acknowledged nor decided, where no law sets another clock."""
    for referral in unanswered(case, "referral.acknowledged", "referral.decided", "referral.fed_back"):
        if not to_social_care(referral) and referral.get("basis") not in OWN_FORMS and not _taken_up(case, referral):
            yield referral


def referral_untouched(case: Case) -> Iterable[Finding]:
    """A referral of high risk made here lies untouched for an hour, on a Sunday night as on any day: whoever is on call is told.

    Of referrals that another system holds it is not known here when somebody looks at them.
    """
    for referral in unanswered(case, "referral.acknowledged", "referral.decided", "referral.fed_back"):
        if referral.source == MADE_HERE and risk_of(referral) == HIGH and not _taken_up(case, referral):
            yield case.finding(
                "referral_untouched",
                referral,
                case.due("queue.high", referral),
                f"A referral of high risk has lain for {case.say('queue.high', referral)} and nobody has looked at it.",
                step="Read it now, and ring the emergency duty social worker where nobody at the unit can.",
                **together(referral),
            )


def _taken_up(case: Case, referral: Happening) -> bool:
    return case.first("meeting.held", *TAKEN_UP, since=referral.at) is not None


def arrivals_exceed(case: Case) -> Iterable[Finding]:
    """More referrals came than were decided, by over so many days of what is decided in a day; nothing where too few are decided to say.

    Of a queue.
    """
    yield from too_deep(case, case.own.of_kind("referral.made"), case.own.of_kind("referral.decided"), DECIDED)


SOCIAL_CARE_QUEUE = Queue(
    -1,
    "Referrals to social care",
    ("referral.made", "referral.decided"),
    lambda h: h.kind == "referral.decided" or to_social_care(h),
)
RULES = [
    Rule(
        "referral_untouched",
        ("referral.made",),
        referral_untouched,
        local_default(provision="RF-04, RF-06"),
        "A referral of high risk that nobody has looked at.",
        answers=("referral.acknowledged", "referral.decided", "referral.fed_back", *TAKEN_UP),
        limits=("queue.high",),
    ),
    Rule(
        "queue_backlog",
        ("concern.notified", "risk.assessed", "referral.made"),
        queue_backlog,
        local_default(provision="RF-04, RF-05"),
        "Work about a child that a unit has not begun in a working day.",
        answers=("referral.acknowledged", "risk.assessed", *BEGUN),
        limits=("queue.item",),
    ),
    Rule(
        "queue_backlog",
        ("referral.made",),
        arrivals_exceed,
        local_default(provision="RF-05"),
        "More referrals than the unit decides, by over so many days of its work.",
        roles=(QUEUE_ROLE,),
        answers=("referral.decided",),
        limits=DECIDED.limits,
    ),
]
