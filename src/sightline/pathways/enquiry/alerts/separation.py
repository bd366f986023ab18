"""A child is kept apart from parents during enquiries that do not end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default

MOVES = ("referral.decided", "address.recorded", "placement.started", "protection.ended", "marker.set")
AWAY = ("foster", "care_home", "hostel", "temporary", "secure")
OPENED = ("investigation.opened", "enquiry.started", "protection.taken")
ENDED = {
    "investigation.opened": ("investigation.closed", "charge.made", "disposal.given", "court.result"),
    "enquiry.started": ("enquiry.completed",),
    "protection.taken": ("enquiry.completed", "investigation.closed", "charge.made", "court.result"),
}
BACK = ("placement.ended", "address.recorded", "plan.started", "court.result", "marker.cleared")


def separation_drift(case: Case) -> Iterable[Finding]:
    """The child was moved from parents because of an enquiry, is still away, and the enquiry is still open."""
    near = timedelta(days=case.number("separation.near_days"))
    for move in case.of(*MOVES, role=("child", "subject"), where=_separates):
        if not case.is_child(move.at) or _returned(case, move):
            continue
        begun = [h for h in case.of(*OPENED) if move.at - near <= h.at <= move.at + near]
        unended = [h for h in begun if not case.first(*ENDED[h.kind], since=h.at)]
        if unended and not _only_protection(begun, unended):
            yield case.finding(
                "separation_drift",
                move,
                case.due("separation.reviewed", move),
                f"This child has been apart from parents for {case.say('separation.reviewed', move)} while enquiries go on without an end.",
                step="Set a date by which the enquiries end, or decide with social care whether the child can go home safely.",
                rests_on=unended,
            )
            return


def _separates(entry: Happening) -> bool:
    if entry.kind == "referral.decided":
        return bool(entry.get("decision") == "accommodated")
    if entry.kind == "address.recorded":
        return entry.get("kind") in AWAY
    if entry.kind == "protection.ended":
        return entry.get("reason") in ("accommodated", "relatives", "order_made")
    return entry.kind == "placement.started" or entry.get("kind") == "looked_after"


def _returned(case: Case, move: Happening) -> bool:
    """Home again, or away under a settled plan or order that is reviewed in its own right."""
    return case.first(*BACK, since=move.at, where=_ends) is not None


def _ends(entry: Happening) -> bool:
    if entry.kind == "address.recorded":
        return bool(entry.get("kind") == "home")
    if entry.kind == "plan.started":
        return bool(entry.get("kind") == "care")
    if entry.kind == "court.result":
        return bool(entry.get("result") == "order_made")
    return entry.kind == "placement.ended" or entry.get("kind") == "looked_after"


def _only_protection(begun: list[Happening], unended: list[Happening]) -> bool:
    """Police protection by itself opens nothing that lasts: an enquiry or investigation that it led to speaks for it."""
    real = [h for h in begun if h.kind != "protection.taken"]
    return bool(real) and all(h.kind == "protection.taken" for h in unended)


RULES = [
    Rule(
        "separation_drift",
        MOVES,
        separation_drift,
        local_default(provision="SI-38"),
        "A child kept apart from parents during enquiries that are not concluding.",
        roles=("child", "subject"),
        answers=("investigation.closed", "enquiry.completed", "placement.ended"),
        limits=("separation.reviewed", "separation.near_days"),
    )
]
