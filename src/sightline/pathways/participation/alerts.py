"""A child was let down by those who should help, as often as the partnership says that a supervisor must know."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.participation.rules import COUNTED

LOOKED_AT = ("supervision.held", "investigation.reviewed")


def let_down_again(case: Case) -> Iterable[Finding]:
    """Changes of worker, appointments cancelled on the child or complaints of hostile conduct have come to the level, and nobody has looked since."""
    for part, (means, find) in COUNTED.items():
        found = find(case.own)
        for n, newest in enumerate(found):
            counted = [h for h in found[: n + 1] if case.due("participation.counted", h) > newest.at]
            if len(counted) < case.number(f"participation.{part}", newest.at) or not case.is_child(newest.at):
                continue
            if any(h.at >= newest.at for h in case.own.of_kind(*LOOKED_AT)):
                continue
            yield _told(case, part, means, newest, counted)
            break


def _told(case: Case, part: str, means: str, newest: Happening, counted: list[Happening]) -> Finding:
    return case.finding(
        "let_down_again",
        newest,
        case.at_once(newest),
        f"This child has had {len(counted)} {means} within {case.say('participation.counted', newest)}.",
        step="Look at the case with whoever has it, settle who stays with the child, and tell the child.",
        rests_on=counted,
        part=part,
    )


RULES = [
    Rule(
        "let_down_again",
        ("worker.changed", "investigation.allocated", "appointment.cancelled", "complaint.received"),
        let_down_again,
        local_default(provision="VO-15"),
        "Changes of worker, cancelled appointments and complaints of hostile conduct, counted for each child.",
        roles=("child", "victim"),
        limits=(
            "participation.counted",
            "participation.workers",
            "participation.cancelled",
            "participation.hostile",
            "at_once",
        ),
    )
]
