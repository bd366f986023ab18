"""Nobody has the case, nothing is done on it, or no supervisor has looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import local, say_date
from sightline.pathways.investigation.alerts.matters import ACTS, Matter, last_act, live, with_prosecutors
from sightline.pathways.investigation.alerts.reach import sees_children

EVERYONE = ("child", "victim", "suspect")
SPECIALIST_TEAMS = ("child_protection", "exploitation", "online", "rape")
SPECIALIST_CRIMES = ("sexual", "cruelty_neglect", "exploitation", "online")
HIGH = ("high", "very_high")


def investigation_unallocated(case: Case) -> Iterable[Finding]:
    """A day after an investigation began no named officer has it, or only one without the training that it needs."""
    for matter in live(case):
        given = [h for h in case.own.of_kind("investigation.allocated") if h.at >= matter.opened.at]
        if not given:
            why = f"No named officer has this case, {case.say('case.allocated', matter.opened)} after it was opened."
            yield _unallocated(case, matter, why, ())
        elif all(h.get("specialist") is False for h in given) and _needs_specialist(case, matter):
            yield _unallocated(
                case,
                matter,
                "The officer who has this case is not trained for a crime of this kind against a child.",
                given,
            )


def _unallocated(case: Case, matter: Matter, why: str, given: Iterable[Happening]) -> Finding:
    return case.finding(
        "investigation_unallocated",
        matter.opened,
        case.due("case.allocated", matter.opened),
        why,
        step="Name an investigator with the right training today, and record who it is.",
        rests_on=given,
        concerns=matter.about,
    )


def _needs_specialist(case: Case, matter: Matter) -> bool:
    crimes = case.of("crime.recorded", where=lambda h: h.get("child_is") in ("victim", "both"))
    return matter.opened.get("team") in SPECIALIST_TEAMS or any(h.get("category") in SPECIALIST_CRIMES for h in crimes)


def investigation_stalled(case: Case) -> Iterable[Finding]:
    """Nothing was done on a live case for too long: no enquiry, no decision, no act that protects.

    What counts is in `matters.ACTS`. The shorter limit holds where a suspect has contact with children: it was recorded of him, he
    works with them, or he shares a home with one and nothing keeps him from it. While a file is with the prosecutors they are late, not this case.
    """
    standing = [m for m in live(case) if not with_prosecutors(case, m)]
    for matter in standing[:1]:
        last = last_act(case, matter)
        near = any(sees_children(case, s, matter.opened.at) for s in _at_large(case, matter))
        limit = "case.stalled_contact" if near else "case.stalled"
        since = say_date(local(last.at).date())
        because = ", though a suspect has contact with children" if near else ""
        yield case.finding(
            "investigation_stalled",
            matter.opened,
            case.due(limit, last),
            f"Nothing has been done on this case since {since}, for {case.say(limit, last)} or more{because}.",
            step="Decide the next line of enquiry, who does it and by when; ask whether the child is safe meanwhile.",
            rests_on=(last,),
            concerns=matter.about,
        )


def _at_large(case: Case, matter: Matter) -> frozenset[int]:
    """Suspects who have not been charged with it."""
    charged = {
        p for h in case.own.of_kind("charge.made") if h.at >= matter.opened.at for p in h.people.get("suspect", ())
    }
    children = frozenset(matter.opened.people.get("child", ()))
    return matter.suspects - charged - children


def supervision_missing(case: Case) -> Iterable[Finding]:
    """A live case that no supervisor has reviewed for four weeks, or for one where the risk is graded high."""
    for matter in live(case)[:1]:
        reviewed = case.last("investigation.reviewed", "supervision.held", since=matter.opened.at, where=_by_supervisor)
        last = reviewed or matter.opened
        high = _graded_high(case, matter)
        dues: list[tuple[datetime, str]] = [(case.due("case.reviewed", last), case.say("case.reviewed", last))]
        if high is not None:
            start = max(last, high, key=lambda h: h.at)
            dues.append(
                (
                    case.due("case.reviewed_high", start),
                    case.say("case.reviewed_high", start) + " with the risk graded high",
                )
            )
        due_at, long = min(dues)
        yield case.finding(
            "supervision_missing",
            matter.opened,
            due_at,
            f"No supervisor has reviewed this live case for {long}.",
            step="Review the case: what is done, what is next, whether the child is safe, and record directions.",
            rests_on=(last, *((high,) if high else ())),
            concerns=matter.about,
        )


def _by_supervisor(h: Happening) -> bool:
    return h.get("by_role") not in ("partner",)


def _graded_high(case: Case, matter: Matter) -> Happening | None:
    """The grading by which the risk is high now: of each tool the latest grade counts, whether of the child or of a suspect."""
    latest: dict[tuple[int, str], Happening] = {}
    for person in {case.subject, *matter.suspects}:
        for h in case.chronology_of(person).of_kind("risk.assessed"):
            if h.concerns(person, "child", "subject", "offender", "suspect", "victim"):
                latest[person, str(h.get("tool"))] = h
    high = [h for h in latest.values() if h.get("grade") in HIGH]
    return max(high, key=lambda h: h.at, default=None)


RULES = [
    Rule(
        "investigation_unallocated",
        ("investigation.opened",),
        investigation_unallocated,
        local_default(provision="SI-07, SI-08"),
        "An investigation that no named, suitable officer has.",
        roles=EVERYONE,
        answers=("investigation.allocated",),
        limits=("case.allocated",),
    ),
    Rule(
        "investigation_stalled",
        ("investigation.opened",),
        investigation_stalled,
        local_default(provision="SI-25, SI-26, SI-44"),
        "A live case on which nothing was done for too long.",
        roles=EVERYONE,
        answers=tuple(ACTS),
        around=True,
        limits=("case.stalled", "case.stalled_contact"),
    ),
    Rule(
        "supervision_missing",
        ("investigation.opened",),
        supervision_missing,
        local_default(provision="QA-01"),
        "A live case that no supervisor has reviewed.",
        roles=EVERYONE,
        answers=("investigation.reviewed", "supervision.held"),
        around=True,
        limits=("case.reviewed", "case.reviewed_high"),
    ),
]
