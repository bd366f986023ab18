"""Decisions that left out what systems held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.kernel.law import Source, Standing
from sightline.pathways.contact.alerts.facts import BEFORE_CHILD, adults_of, known
from sightline.pathways.contact.alerts.incidents import EVERYBODY, about, answers_for, incidents
from sightline.pathways.contact.alerts.wording import says

GUIDE = Source(
    "Authorised Professional Practice: investigating child abuse",
    "history and checks inform each decision",
    Standing.GUIDANCE,
    confirmed=False,
)
DECIDES = (
    "contact.checked", "risk.assessed", "arrest.considered", "attendance.cancelled", "concern.notified", "meeting.held",
)  # fmt: skip
LEFT_OUT = {
    "contact.checked": "the search is recorded as finding nothing",
    "risk.assessed": "the risk was graded without the history",
    "arrest.considered": "it was decided not to arrest",
    "attendance.cancelled": "attendance was cancelled",
    "contact.received": "nobody was sent",
    "concern.notified": "the concern form says that nothing was known before",
    "meeting.held": "the meeting was held without the history",
}


def history_missed(case: Case) -> Iterable[Finding]:
    """Systems held relevant facts about the child, the suspect or the household, and what was decided did not take them into account.

    One alert an incident, on the first such decision; it ends when a later entry shows that the history was looked at.
    """
    told_until: datetime | None = None
    for decided, since in _decisions(case):
        if told_until is not None and since < told_until:
            continue
        facts = _left_out(case, decided, since)
        if not facts or _considered(case, decided, since):
            continue
        told_until = decided.at
        checks = decided.kind == "contact.received"
        yield case.finding(
            "history_missed",
            decided,
            case.due("checks.before_no_attendance", decided) if checks else case.at_once(decided),
            f"Systems hold {len(facts)} earlier {'entry' if len(facts) == 1 else 'entries'} about these people, but "
            f"{LEFT_OUT[decided.kind]}.",
            step="Read the history and decide again, recording what it changes.",
            rests_on=facts,
        )


def _decisions(case: Case) -> Iterator[tuple[Happening, datetime]]:
    """What was decided, oldest first, with the moment from which everything is of the same incident and so no history."""
    begun = [(i, i.since) for i in incidents(case) if about(case, i)]
    undone = [
        (i.first, at) for i, at in begun if all(c.get("graded") == "no_attendance" for c in i.contacts)
    ]  # fmt: skip
    taken = [(h, _began(case, h)) for h in case.own.of_kind(*DECIDES) if answers_for(case, h) and _decides_less(h)]
    yield from sorted([*undone, *taken], key=lambda pair: (pair[0].at, pair[0].kind))


def _began(case: Case, decided: Happening) -> datetime:
    """When the incident began in which something was decided: its call, within a few days, else the decision itself."""
    call = case.last("contact.received", before=decided.at)
    if call is None or case.due("history.looked_back", call) <= decided.at:
        return decided.at
    return min([i.since for i in incidents(case) if call in i.contacts], default=call.at)


def _decides_less(entry: Happening) -> bool:
    """Whether an entry says by itself that history was not looked at, or decides something that history may well change."""
    if entry.kind == "contact.checked":
        return says("nothing_found", entry.get("found"))
    if entry.kind == "risk.assessed":
        return entry.get("history_considered") is False
    if entry.kind == "arrest.considered":
        return entry.get("decision") in ("no", "not_now")
    if entry.kind == "concern.notified":
        return says("nothing_found", entry.get("previous_known"))
    if entry.kind == "meeting.held":
        return entry.get("history_supplied") is False
    return True


def _left_out(case: Case, decided: Happening, since: datetime) -> tuple[Happening, ...]:
    if (
        decided.kind == "concern.notified"
    ):  # the form asks about earlier concerns for this child, not about standing facts
        same = (h for h in case.of(*BEFORE_CHILD) if h.at < since and h.recorded_at <= decided.recorded_at)
        return tuple(
            h for h in same if case.due("contact.still_waiting", h) <= since and h.get("child_is") != "suspect"
        )
    children = tuple(p for p in (decided.people.get("child") or (case.subject,)) if p == case.subject)
    return known(case, children, adults_of(case, decided), decided, since)


def _considered(case: Case, decided: Happening, since: datetime) -> bool:
    """Whether any entry of the incident shows that the history was in front of somebody."""
    return any(
        h is not decided and (h.at < decided.at or h.recorded_at >= decided.recorded_at) and _shows_history(h)
        for h in case.own.of_kind(
            "contact.checked", "risk.assessed", "concern.notified", "strategy.held", "meeting.held"
        )
        if h.at >= since and not (decided.kind == "risk.assessed" and h.at < decided.at)
    )


def _shows_history(entry: Happening) -> bool:
    if entry.kind == "contact.checked":
        return bool(entry.get("found")) and not says("nothing_found", entry.get("found"))
    if entry.kind == "concern.notified":
        return bool(entry.get("previous_known")) and not says("nothing_found", entry.get("previous_known"))
    if entry.kind == "meeting.held":
        return entry.get("history_supplied") is True
    return entry.kind == "strategy.held" or entry.get("history_considered") is True


RULES = [
    Rule(
        "history_missed",
        ("contact.received", *DECIDES),
        history_missed,
        GUIDE,
        "A decision about a child that left out what systems held.",
        roles=EVERYBODY,
        around=True,
        limits=("checks.before_no_attendance", "history.looked_back"),
    ),
]
