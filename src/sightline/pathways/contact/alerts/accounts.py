"""What was said, held against what is on record; and reports that counted for less because of who made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.kernel.law import Source, Standing
from sightline.pathways.contact.alerts.facts import GRAVE, adults_of, dangers, known
from sightline.pathways.contact.alerts.history import GUIDE
from sightline.pathways.contact.alerts.incidents import EVERYBODY, Incident, about, answers_for, incidents
from sightline.pathways.contact.alerts.wording import says, texts

# Where people's words, or an officer's account of them, are written down. Searches and old forms are read by other rules.
TOLD = {
    "contact.received": (),
    "child.seen": ("demeanour", "views", "injuries"),
    "concern.notified": ("what_happened", "action_taken"),
    "risk.assessed": ("rationale",),
    "arrest.considered": ("reason",),
    "suspect.seen": (),
    "suspect.arrested": (),
    "attendance.arrived": (),
    "attendance.cancelled": ("reason",),
    "evidence.taken": (),
    "voice.captured": ("text",),
    "retraction.recorded": ("text",),
    "referral.made": ("summary",),
    "referral.decided": ("reason",),
    "investigation.closed": ("reason",),
}
REASONS = {
    "contact.received": (),
    "attendance.cancelled": ("reason",),
    "crime.cancelled": ("reason",),
    "investigation.closed": ("reason",),
    "risk.assessed": ("rationale",),
    "arrest.considered": ("reason",),
    "referral.decided": ("reason",),
    "strategy.held": ("rationale",),
    "missing.regraded": ("reason",),
    "enquiry.completed": ("rationale",),
    "concern.notified": ("action_taken",),
}
# What shows that social care had to do with a child.
KNOWN_TO_CARE = (
    "plan.started",
    "enquiry.started",
    "assessment.started",
    "conference.held",
    "placement.started",
    "strategy.held",
)
PUBLIC = ("child", "parent", "relative", "neighbour", "anonymous", "other")
LOW = ("scheduled", "no_attendance")
SPECIALIST = ("sexual", "cruelty_neglect", "exploitation", "online")
RESPECT = Source(
    "Authorised Professional Practice: investigating child abuse",
    "a report is weighed by what it says, not by who makes it",
    Standing.GUIDANCE,
    confirmed=False,
)


def account_contradicted(case: Case) -> Iterable[Finding]:
    """Somebody said that it was the first time, or that the child is safe, and a record says otherwise. The first such word of an incident."""
    told: set[datetime] = set()
    for said, record in sorted(_contradictions(case), key=lambda pair: pair[0].at):
        incident = next(
            (i.since for i in incidents(case) if said.at >= i.since and (not i.until or said.at < i.until)), said.at
        )
        if incident in told or _weighed(case, said):
            continue
        told.add(incident)
        yield case.finding(
            "account_contradicted",
            said,
            case.at_once(max((said, *record), key=lambda h: h.recorded_at)),
            "What was said is contradicted by what is on record."
            if said.get("told_child_is_safe") is None
            else "The child was said to be safe, and what is on record says otherwise.",
            step="Put the two accounts side by side, and record which is believed and why.",
            rests_on=record,
        )


def _since(case: Case, entry: Happening) -> datetime:
    """When the incident began in which something was said; where no call is on record, then."""
    held = (i.since for i in incidents(case) if i.since <= entry.at and (i.until is None or entry.at < i.until))
    return next(held, entry.at)


def _contradictions(case: Case) -> Iterator[tuple[Happening, tuple[Happening, ...]]]:
    for entry in case.own.of_kind(*TOLD):
        if answers_for(case, entry) and (record := _against(case, entry)):
            yield entry, record
    for incident in incidents(case):
        yield from _not_safe(case, incident)


def _against(case: Case, entry: Happening) -> tuple[Happening, ...]:
    """What is on record from before the incident against what an entry says: that it was the first time, or that nobody knew the family."""
    said, since = texts(entry, TOLD[entry.kind]), _since(case, entry)
    if says("first_time", said):
        child = (case.subject,) if case.subject in entry.people.get("child", ()) else ()
        if record := _harm_before(known(case, child, _accused(case, entry), entry, since)):
            return record
    if says("never_known", said):
        known_to = (h for h in case.of(*KNOWN_TO_CARE) if h.at < since and h.recorded_at <= entry.recorded_at)
        return tuple(known_to)[-1:]
    return ()


def _accused(case: Case, entry: Happening) -> tuple[int, ...]:
    """The suspects of an entry, else those of the calls before it, and adults of the household."""
    called = case.last("contact.received", before=entry.at)
    return tuple(dict.fromkeys((*adults_of(case, entry), *(called.people.get("suspect", ()) if called else ()))))


def _harm_before(record: tuple[Happening, ...]) -> tuple[Happening, ...]:
    """Of what is on record, what shows that it happened before; that a child is in care does not."""
    idle = ("looked_after", "child_in_need", "missing_frequent", "weapons", "firearms")
    return tuple(h for h in record if h.get("kind") not in idle)


def _not_safe(case: Case, incident: Incident) -> Iterator[tuple[Happening, tuple[Happening, ...]]]:
    """The child was said to be safe, and was then found not to be, or lives with a known danger."""
    for call in incident.contacts:
        if call.get("told_child_is_safe") is not True or not (children := about(case, incident)):
            continue
        if record := _found_unsafe(case, call, children) or dangers(case, call, children):
            yield call, record


def _found_unsafe(case: Case, call: Happening, children: tuple[int, ...]) -> tuple[Happening, ...]:
    found = (h for p in children for h in case.other(p).of("child.seen", where=lambda h: h.get("safe") is False))
    return tuple(h for h in found if h.at >= call.at)[:1]


def _weighed(case: Case, said: Happening) -> bool:
    """Whether a later grade took the history into account, or a meeting of agencies sat on it."""
    return (
        case.first(
            "risk.assessed", since=said.at, where=lambda h: h is not said and h.get("history_considered") is True
        )
        or case.first("strategy.held", since=said.at)
    ) is not None


def report_downgraded(case: Case) -> Iterable[Finding]:
    """A report was given less weight because a child, a parent, an ex-partner or nobody known made it, or because of who is accused.

    Told by the reason written down; by a low grade for a child's own call; or by generalists holding what came from the public.
    """
    found = [*_dismissed(case), *_low_grade(case), *_not_to_specialists(case)]
    for cause, due, why in found[:1]:
        yield case.finding(
            "report_downgraded", cause, due, why,
            step="Decide again on what was reported, with a supervisor's reason if it is still thought untrue.",
        )  # fmt: skip


def _dismissed(case: Case) -> Iterator[tuple[Happening, datetime, str]]:
    for entry in case.own.of_kind(*REASONS):
        if not answers_for(case, entry) or entry.get("authorised_by"):
            continue
        if says("reporter_dismissed", texts(entry, REASONS[entry.kind])):
            yield (
                entry,
                case.at_once(entry),
                "The reason recorded weighs who made the report, or who is accused, not what was reported.",
            )


def _low_grade(case: Case) -> Iterator[tuple[Happening, datetime, str]]:
    for incident in incidents(case):
        call = incident.first
        own_call = call.get("caller_is") == "child" and call.get("kind") in (
            *GRAVE,
            "concern_for_child",
            "online_abuse",
        )
        if not (call.get("kind") in GRAVE or own_call) or not about(case, incident):
            continue
        low = all(c.get("graded") in LOW for c in incident.contacts)
        none = call.get("caller_is") in PUBLIC[:-1] and all(
            c.get("graded") == "no_attendance" for c in incident.contacts
        )
        if (own_call and low) or none:
            yield (
                call,
                case.at_once(call),
                "A grave report about a child was graded low; it came from the public, not from a professional.",
            )


def _not_to_specialists(case: Case) -> Iterator[tuple[Happening, datetime, str]]:
    why = "An offence against a child, reported by the public, is with officers who are not specialists."
    for crime in case.of(
        "crime.recorded", where=lambda h: h.get("category") in SPECIALIST and h.get("child_is") in ("victim", "both")
    ):
        call = case.last("contact.received", before=crime.at)
        if call is None or call.get("caller_is") not in PUBLIC or not case.is_child(crime.at):
            continue
        if case.first("investigation.allocated", since=call.at, where=lambda h: h.get("specialist") is True):
            continue
        if case.first("investigation.opened", since=call.at, where=lambda h: h.get("team") not in ("response", None)):
            continue
        given = case.first("investigation.allocated", since=crime.at, where=lambda h: h.get("specialist") is False)
        opened = case.first("investigation.opened", since=call.at, where=lambda h: h.get("team") == "response")
        if given is not None:
            yield crime, case.at_once(given), why
        elif opened is not None:
            yield crime, case.due("specialist.after_opening", opened), why


RULES = [
    Rule(
        "account_contradicted",
        tuple(TOLD),
        account_contradicted,
        GUIDE,
        "What somebody said, where a record says otherwise.",
        roles=EVERYBODY,
        around=True,
    ),
    Rule(
        "report_downgraded",
        (*REASONS, "crime.recorded"),
        report_downgraded,
        RESPECT,
        "A report that counted for less because of who made it.",
        roles=EVERYBODY,
        around=True,
        limits=("specialist.after_opening",),
    ),
]
