"""A known suspect has not been spoken to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.pathways.investigation.alerts.matters import about, of_children, suspected
from sightline.pathways.investigation.alerts.reach import sees_children

NAMED = ("suspect.identified", "crime.recorded", "investigation.opened")
SPOKEN_TO = (
    "suspect.seen",
    "suspect.arrested",
    "detention.authorised",
    "detention.interviewed",
    "charge.made",
    "disposal.given",
    "bail.set",
    "court.result",
)
AS_A_SUSPECT = ("suspect", "subject", "offender", "adult", "child")
SAME_DAY = timedelta(hours=24)  # an arrest is often entered before the crime for which it was made


def suspect_not_seen(case: Case) -> Iterable[Finding]:
    """Nobody has spoken to a known suspect: within a week, or a day where the suspect has contact with a child."""
    named = [
        h
        for h in case.own.of_kind(*NAMED)
        if case.subject in about(h) and of_children(case, h) and (h.kind != "crime.recorded" or _of_a_child(h))
    ]
    for suspect in sorted({p for h in named for p in _suspects(h)}):
        seen = [h for h in case.chronology_of(suspect).of_kind(*SPOKEN_TO) if h.concerns(suspect, *AS_A_SUSPECT)]
        last = max((h.at for h in seen), default=None)
        open_ones = (h for h in named if suspect in _suspects(h) and not _ended(case, h, suspect))
        first = next((h for h in open_ones if last is None or last < h.at - SAME_DAY), None)
        if first is not None:
            yield _unseen(case, first, suspect)


def _of_a_child(h: Happening) -> bool:
    return h.get("child_is") not in ("suspect", "none") and bool(h.people.get("child") or h.get("child_is"))


def _suspects(h: Happening) -> frozenset[int]:
    """Those suspected; where nobody else is named in it, whoever it is about."""
    if h.people.get("child"):
        return suspected(h)
    return frozenset(h.people.get("suspect", ()))


def _ended(case: Case, named: Happening, suspect: int) -> bool:
    """Whether the case was closed or the crime cancelled since."""
    after = case.own.of_kind("investigation.closed", "crime.cancelled")
    return any(h.at >= named.at and (not h.people.get("suspect") or suspect in h.people["suspect"]) for h in after)


def _unseen(case: Case, named: Happening, suspect: int) -> Finding:
    near = sees_children(case, suspect, named.at)
    limit = "suspect.seen_contact" if near else "suspect.seen"
    put_off = case.first("arrest.considered", since=named.at, where=lambda h: h.concerns(suspect, "suspect"))
    start = put_off or named
    because = " and has contact with children" if near else ""
    return case.finding(
        "suspect_not_seen",
        named,
        case.due(limit, start),
        f"A known suspect has not been spoken to within {case.say(limit, start)}{because}.",
        step="Arrest the suspect or ask them to come in, or record why not yet and what protects the child until then.",
        rests_on=(put_off,) if put_off else (),
        concerns=(suspect, *about(named)),
        part=str(suspect),
    )


RULES = [
    Rule(
        "suspect_not_seen",
        NAMED,
        suspect_not_seen,
        local_default(provision="SI-23"),
        "A known suspect to whom nobody has spoken.",
        roles=("child", "victim", "suspect"),
        answers=SPOKEN_TO,
        around=True,
        limits=("suspect.seen", "suspect.seen_contact"),
    ),
]
