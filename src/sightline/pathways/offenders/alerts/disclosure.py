"""Somebody asked whether a person near a child poses a risk, and has had no answer."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.offenders.alerts.risk import ABOUT, about, everyone
from sightline.pathways.offenders.clocks import DECISION

DECIDED = ("disclosure.decided", "disclosure.made")
CHECKED = (
    *DECIDED,
    "contact.checked",
    "risk.assessed",
    "information.requested",
    "offender.visited",
    "strategy.held",
    "meeting.held",
)


def disclosure_overdue(case: Case) -> Iterable[Finding]:
    """A request under the disclosure scheme with no first checks after a day, or no decision in the time of its guidance."""
    for request in case.of("disclosure.requested", role=ABOUT):
        if case.subject not in about(request) or _done(case, request, DECIDED):
            continue
        decided, checked = case.say("disclosure.decided", request), case.say("disclosure.checked", request)
        yield case.finding(
            "disclosure_overdue",
            request,
            case.due("disclosure.decided", request),
            f"A request under the disclosure scheme has had no decision for {decided}.",
            step="Decide now what is told, and to whom: whoever can best protect the child.",
            concerns=everyone(request),
        )
        if not _done(case, request, CHECKED):
            yield case.finding(
                "disclosure_overdue",
                request,
                case.due("disclosure.checked", request),
                f"A request under the disclosure scheme came in and {checked} later no checks are recorded.",
                step="Run the first checks now: the child may be at risk today.",
                concerns=everyone(request),
                part="checks",
            )


def _done(case: Case, request: Happening, kinds: tuple[str, ...]) -> bool:
    """Whether something of the kind is recorded since, about anybody named in the request."""
    return any(h.at >= request.at for p in everyone(request) for h in case.chronology_of(p).of_kind(*kinds))


RULES = [
    Rule(
        "disclosure_overdue",
        ("disclosure.requested",),
        disclosure_overdue,
        DECISION,
        "A request under the disclosure scheme, unchecked or undecided.",
        roles=ABOUT,
        answers=("disclosure.decided",),
        limits=("disclosure.checked", "disclosure.decided"),
        around=True,
    )
]
