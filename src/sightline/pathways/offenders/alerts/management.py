"""Visits that are late, changes and breaches that nobody answered, and releases for which nobody was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import say_date, start_of
from sightline.pathways.offenders.alerts.risk import MANAGERS, OFFENDER, about, everyone, grade, known_risk
from sightline.pathways.offenders.clocks import BY_PLAN, guidance

ANSWERS = ("offender.visited", "risk.assessed", "suspect.arrested", "suspect.seen", "arrest.considered", "charge.made", "court.result",
           "disclosure.decided", "disclosure.made", "referral.made", "strategy.held", "meeting.held", "action.set", "probation.checked",
           "custody.received", "disruption.used", "concern.notified", "bail.set")  # fmt: skip
CHANGES = ("offender.changed", "offender.breached", "disruption.breached")
SERVICES_TOLD = ("probation.checked", "strategy.requested", "strategy.held", "concern.notified")
POLICE = (
    *MANAGERS,
    "command_and_control",
    "crime",
    "child_abuse",
    "intelligence",
    "referral_unit",
    "domestic_abuse",
    "missing",
)


def visit_overdue(case: Case) -> Iterable[Finding]:
    """Nobody has seen an offender at home within the time that their risk level allows."""
    own = [h for h in case.of("offender.visited", "offender.registered", role=OFFENDER) if h.get("seen") is not False]
    visits = [h for h in own if h.kind == "offender.visited"]
    start = visits[-1] if visits else next(iter(own), None)
    if start is None or _ended(case, start):
        return
    free = _free_since(case, start)
    if free is None:
        return
    level = grade(case, case.as_of)
    limit = f"visit.{level or 'low'}"
    yield case.finding(
        "visit_overdue",
        start,
        case.due_from(limit, free),
        f"Nobody has seen this person for {case.say(limit, start)}, the longest for {level.replace('_', ' ') or 'a'} risk"
        + ("." if level else " that is not recorded."),
        step="Visit unannounced this week; record who was there and what has changed.",
    )


def _ended(case: Case, start: Happening) -> bool:
    """Whether the requirements have ended since: a marker cleared, and nothing else that says they pose a risk."""
    cleared = case.last("marker.cleared", since=start.at)
    return cleared is not None and known_risk(case.own, case.as_of) is None


def _free_since(case: Case, start: Happening) -> datetime | None:
    """Since when they could have been visited: not while in prison, as far as that is recorded."""
    prison = case.last("custody.received", since=start.at)
    if prison is None:
        return start.at
    release = case.last("custody.release_planned", since=prison.at)
    on = _day(release.get("release_on")) if release else None
    return start_of(on) if on else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def offender_change_unanswered(case: Case) -> Iterable[Finding]:
    """A change or a breach by somebody who poses a risk, and three working days later nothing done about it."""
    for change in case.of(*CHANGES, role=OFFENDER):
        if change.kind == "disruption.breached" and known_risk(case.own, change.at) is None:
            continue
        if _answered(case, change):
            continue
        breach = change.kind != "offender.changed" or change.get("notified") is False
        for who in about(change):
            yield case.finding(
                "offender_change_unanswered",
                change,
                case.due("change.answered", change),
                f"{'A breach' if breach else 'A change'} by somebody who poses a risk has gone unanswered for {case.say('change.answered', change)}.",
                step="Visit, assess the risk again, and decide on arrest, disclosure and which children to protect.",
                subject=who,
                concerns=everyone(change),
            )


def _answered(case: Case, change: Happening) -> bool:
    """Something done since, in their own record or in that of a child named with them; a visit at which nobody was in is nothing done."""
    near = (case.own, *(case.chronology_of(p) for p in change.people.get("child", ())))
    return any(
        h.at > change.at and not (h.kind == "offender.visited" and h.get("seen") is False)
        for own in near
        for h in own.of_kind(*ANSWERS)
    )


def release_unprepared(case: Case) -> Iterable[Finding]:
    """A release is coming, and nothing shows that children's services and the police were told."""
    plans = case.of("custody.release_planned", role=OFFENDER)
    on = _day(plans[-1].get("release_on")) if plans else None
    if on is None:
        return
    untold = _untold(case, plans[0])
    if not untold:
        return
    early = start_of(on - timedelta(days=case.number("release.told_days", plans[0].at)))
    yield case.finding(
        "release_unprepared",
        plans[0],
        max(early, case.at_once(plans[0])),
        f"Somebody who poses a risk to children is to be released on {say_date(on)}, and it is not recorded that {untold} told.",
        step="Check which children are at the address, and tell police and children's services of it.",
        rests_on=plans[-1:],
        concerns=everyone(plans[-1]),
    )


def _untold(case: Case, planned: Happening) -> str:
    recent = [
        h
        for h in case.own.everything()
        if h is not planned and h.at <= case.as_of and case.due_from("release.meeting_before", h.at) >= planned.at
    ]
    services = any(
        h.kind in SERVICES_TOLD or (h.kind == "referral.made" and "social" in str(h.get("to")).lower()) or _came(h, "social_care") for h in recent
    )  # fmt: skip
    police = any(
        h.kind not in ("marker.set", "person.recorded") and (h.source in POLICE or _came(h, "police"))
        for h in (planned, *recent)
    )
    if services and police:
        return ""
    return (
        "children's services were"
        if police
        else "the police were"
        if services
        else "children's services or the police were"
    )


def _came(entry: Happening, agency: str) -> bool:
    return entry.kind == "meeting.held" and agency in (entry.get("attended") or ())


RULES = [
    Rule(
        "visit_overdue",
        ("offender.visited", "offender.registered"),
        visit_overdue,
        BY_PLAN,
        "A visit to somebody who poses a risk that is late for their level.",
        roles=OFFENDER,
        answers=("offender.visited",),
        limits=("visit.very_high", "visit.high", "visit.medium", "visit.low"),
    ),
    Rule(
        "offender_change_unanswered",
        CHANGES,
        offender_change_unanswered,
        local_default(provision="MP-04"),
        "A change or breach by somebody who poses a risk, without an answer.",
        roles=OFFENDER,
        answers=("offender.visited", "suspect.arrested"),
        limits=("change.answered",),
        around=True,
    ),
    Rule(
        "release_unprepared",
        ("custody.release_planned",),
        release_unprepared,
        guidance("MAPPA guidance", "release planning; MP-08, MP-09"),
        "A release for which children's services or police were not told.",
        roles=OFFENDER,
        answers=("probation.checked", "meeting.held"),
        limits=("release.told_days", "release.meeting_before"),
    ),
]
