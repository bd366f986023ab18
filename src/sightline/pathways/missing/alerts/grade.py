"""A missing child is graded lower than what is known about the child allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.missing.alerts.company import matches
from sightline.pathways.missing.alerts.episodes import Episode, episodes
from sightline.pathways.missing.clocks import USE

RANK = {"no_apparent": 0, "low": 1, "medium": 2, "high": 3}
LOW, MEDIUM, HIGH = 1, 2, 3
# Standing facts with which low is too low, and the one with which only high will do (MC-12: exploitation raises the missing grade).
MEDIUM_MARKERS = ("missing_frequent", "self_harm", "custody_suicide_risk", "child_protection_plan", "mental_health")
HIGH_MARKERS = ("exploitation_risk",)

Reason = tuple[int, Happening, str]


def missing_underrated(case: Case) -> Iterable[Finding]:
    """The grade of an episode that lasts is lower than the record of this child supports."""
    every = episodes(case)
    for episode in every:
        report = episode.reported
        if not episode.lasts or not case.is_child(report.at):
            continue
        graded = case.last("missing.regraded", since=report.at) or report
        rank = RANK.get(str(graded.get("graded")))
        reasons = [] if rank is None else [r for r in _reasons(case, episode, every) if r[0] > rank]
        if reasons:
            known = [h for _, h, _ in reasons]
            yield case.finding(
                "missing_underrated",
                report,
                case.at_once(max([graded, *known], key=lambda h: h.recorded_at)),
                f"This missing child is graded {str(graded.get('graded')).replace('_', ' ')}, but {_join(reasons)}.",
                step="Grade the risk again with what is known, and say why.",
                rests_on=known,
            )


def _join(reasons: list[Reason]) -> str:
    return "; ".join(dict.fromkeys(why for _, _, why in reasons))


def _reasons(case: Case, episode: Episode, every: list[Episode]) -> Iterator[Reason]:
    at = episode.reported.at
    for mark in case.of("marker.set", role=("subject", "child"), where=lambda h: h.at <= case.as_of):
        if case.first("marker.cleared", since=mark.at, where=lambda h, m=mark: h.get("kind") == m.get("kind")):  # type: ignore[misc]
            continue
        if mark.get("kind") in HIGH_MARKERS:
            yield HIGH, mark, "a risk of exploitation is on record"
        elif mark.get("kind") in MEDIUM_MARKERS:
            yield MEDIUM, mark, f"the record says {str(mark.get('kind')).replace('_', ' ')}"
    yield from _assessed(case)
    within = timedelta(days=case.number("missing.often_days"))
    before = [e for e in every if at - within < e.reported.at < at]
    if len(before) >= case.number("missing.needs_medium"):
        yield MEDIUM, before[-1].reported, f"the child was missing {len(before)} times in the {within.days} days before"
    harmed = [e.returned for e in every if e.reported.at < at and e.returned and e.returned.get("harmed") == "yes"]
    if harmed:
        yield MEDIUM, harmed[-1], "the child was harmed when missing before"
    age = case.age(at)
    if age is not None and age < case.number("missing.young"):
        yield MEDIUM, episode.reported, f"the child is {age}"
    for entry in matches(case):
        yield MEDIUM, entry, "people the child is with are on record for violence, weapons, drugs or sexual offending"


def _assessed(case: Case) -> Iterator[Reason]:
    """The last word on exploitation, and signs of it in the year before."""
    last = case.last("risk.assessed", where=lambda h: h.get("tool") == "exploitation")
    if last is not None and last.get("grade") in ("high", "very_high"):
        yield HIGH, last, "the risk of exploitation was graded high"
    elif last is not None and last.get("grade") == "medium":
        yield MEDIUM, last, "the risk of exploitation was graded medium"
    elif last is None and (signs := case.last("exploitation.indicated", since=case.as_of - timedelta(days=365))):
        yield MEDIUM, signs, "signs of exploitation are on record"


RULES = [
    Rule(
        "missing_underrated",
        ("missing.reported",),
        missing_underrated,
        USE,
        "A missing child graded lower than the record supports.",
        limits=(
            "missing.often_days",
            "missing.needs_medium",
            "missing.young",
            "missing.intelligence_days",
            "missing.second_report_hours",
        ),
        around=True,
    )
]
