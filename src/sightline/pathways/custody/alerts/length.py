"""How long a child has been held, and whether an officer has looked at it again when the law says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.custody.alerts.stay import Stay, held, long_from
from sightline.pathways.custody.clocks import PACE, law


def detention_long(case: Case) -> Iterable[Finding]:
    """A child is held into the night, for twelve hours, or past the limit of the law."""
    for stay in held(case):
        due, at_night = long_from(case, stay)
        yield case.finding(
            "detention_long",
            stay.began,
            due,
            f"This child is still held {'at night' if at_night else 'after ' + case.say('detention.long', stay.began)}.",
            step="Ask today's reviewing officer whether the child can leave now, and where to.",
        )
        limit = _limit(stay)
        if limit:
            yield case.finding(
                "detention_long",
                stay.began,
                case.due(limit, stay.began),
                f"This child has been held for {case.say(limit, stay.began)}: the longest that the law allows unless it was extended.",
                step="Release the child, or record by what authority detention goes on.",
                part="limit",
            )


def _limit(stay: Stay) -> str:
    """The limit that runs: none after charge, when a court must be found; longer where a superintendent extended it."""
    if stay.for_health:
        return "detention.health"
    if stay.first("detention.charged"):
        return ""
    extended = stay.first(
        "detention.reviewed", where=lambda h: "superintendent" in str(h.get("by_rank")).lower() and bool(h.get("continue"))
    )  # fmt: skip
    return "detention.extended" if extended else "detention.maximum"


def detention_review_due(case: Case) -> Iterable[Finding]:
    """Nobody has reviewed a child's detention by the time the law sets."""
    for stay in held(case):
        reviews = stay.all("detention.reviewed")
        if stay.for_health or (reviews and reviews[-1].get("continue") is False):
            continue
        due = next_review(case, stay.began, reviews)
        last = reviews[-1] if reviews else stay.began
        within = case.say("detention.next_review" if reviews else "detention.first_review", stay.began)
        yield case.finding(
            "detention_review_due",
            last,
            due,
            f"No review of this child's detention has been recorded within {within} of {'the last' if reviews else 'its start'}.",
            step="Have an inspector review it now, with the child and the appropriate adult heard.",
            rests_on=(stay.began,),
        )


def next_review(case: Case, began: Happening, reviews: Iterable[Happening]) -> datetime:
    """When the next review is due: six hours, then nine from the last one, or from when that was due where it was held late (PACE s40(7))."""
    due = case.due("detention.first_review", began)
    for review in reviews:
        due = case.due_from("detention.next_review", min(due, review.at))
    return due


RULES = [
    Rule(
        "detention_long",
        ("detention.authorised",),
        detention_long,
        law(PACE, "s41"),
        "A child held at night, for twelve hours, or past the limit of detention.",
        answers=("detention.ended",),
        limits=("detention.long", "detention.settled", "detention.maximum", "detention.extended", "detention.health"),
    ),
    Rule(
        "detention_review_due",
        ("detention.authorised",),
        detention_review_due,
        law(PACE, "s40"),
        "A review of a child's detention that has not been held when due.",
        answers=("detention.reviewed", "detention.ended"),
        limits=("detention.first_review", "detention.next_review"),
    ),
]
