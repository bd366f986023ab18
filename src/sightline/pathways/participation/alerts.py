"""A child was let down by those who should help as often as a supervisor must know, or was never told why nothing more is done."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.participation.rules import COUNTED, ENDED, VICTIM, unexplained

LOOKED_AT = ("supervision.held", "investigation.reviewed")


def closing_unexplained(case: Case) -> Iterable[Finding]:
    """A case ended with nothing more done, in whatever system, and the child was not told; or was told, and could not say it back.

    That the child was told stands in another system too: as told. Whether they could say it back is then still owed, and no alert.
    """
    ended = unexplained(case.own, case.limits)
    if ended is None or _plan_goes_on(case, ended):
        return
    tried = any(h.at >= ended.at for h in case.own.of_kind("closing.explained"))
    told = any(h.at >= ended.at and h.get("whom") in VICTIM for h in case.own.of_kind("family.informed"))
    if told and not tried:
        return
    yield case.finding(
        "closing_unexplained",
        ended,
        case.due("participation.closing", ended),
        f"It ended with nothing more done, and {case.say('participation.closing', ended)} later the child "
        + ("has been told why but could not say it back." if tried else "has not been told why.")
        + ("" if tried or ended.get("way_back_contact") else " Nobody is named to whom the child can come back."),
        step="Name somebody whom the child can come back to, and explain it until they can say it back.",
    )


def _plan_goes_on(case: Case, ended: Happening) -> bool:
    """Whether work with the child goes on all the same, by a plan with somebody who leads it."""
    begun = case.last("plan.started", before=ended.at)
    return begun is not None and case.first("plan.ended", since=begun.at, until=ended.at) is None


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
        "closing_unexplained",
        ENDED,
        closing_unexplained,
        local_default(provision="VO-02"),
        "A case that ended with nothing more done and was not explained to the child.",
        roles=("child", "victim"),
        answers=("closing.explained", "family.informed"),
        limits=("participation.closing", "voice.speaks_from"),
    ),
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
    ),
]
