"""An account of an offence against a child that never became a crime record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.contact.alerts.wording import says, texts
from sightline.pathways.contact.clocks import CRIME_RECORDING

OFFENCES = ("assault", "sexual_offence", "online_abuse", "crime")
# Whose word is an account by itself: the child, or whoever speaks for the child. A passer-by's must be borne out.
SPEAKS_FOR_CHILD = ("child", "parent", "relative", "professional")
CLINICIAN = timedelta(days=2)  # a doctor is often asked before the call is made
BODILY = ("physical", "sexual")
ACCOUNTS = (
    "contact.received", "child.seen", "concern.notified", "referral.made", "prevention_interview.held", "protection.taken",
)  # fmt: skip
POLICE = ("police", "child_abuse", "referral_unit", "crime")


def crime_not_recorded(case: Case) -> Iterable[Finding]:
    """Somebody gave an account of an offence against this child, and a day later no crime stands recorded, whatever it was filed as.

    The same for a report from an agency as for a call from the public. A crime recorded for a brother or sister in the same matter counts.
    Where a mark is all there is, and a clinician found that nobody caused it, there is no offence to record; the child's own word stands.
    """
    yield from _cancelled(case)
    waiting = False
    for account in _accounts(case):
        if _recorded(case, account) or _innocent(case, account):
            waiting = False
        elif not waiting:
            waiting = True
            yield case.finding(
                "crime_not_recorded",
                account,
                case.due("crime.recorded", account),
                f"An account that amounts to an offence against this child was given {case.say('crime.recorded', account)} ago, "
                "and no crime is recorded.",
                step="Record the crime, or a reasoned decision that there was none.",
            )


def _cancelled(case: Case) -> Iterator[Finding]:
    """A crime against this child was cancelled though nothing new showed that there was none; asked about at once."""
    for crime in case.of("crime.cancelled", where=lambda h: h.get("additional_verifiable_information") is False):
        if case.is_child(crime.at) and case.first("crime.recorded", since=crime.at) is None:
            yield case.finding(
                "crime_not_recorded",
                crime,
                case.at_once(crime),
                "A crime against this child was cancelled without anything new that shows it did not happen.",
                step="Have somebody independent review the cancellation, or record the crime again.",
            )


def _accounts(case: Case) -> Iterator[Happening]:
    for entry in case.of(*ACCOUNTS):
        if case.is_child(entry.at) and not _only_suspect(case, entry) and _is_account(case, entry):
            yield entry


def _only_suspect(case: Case, entry: Happening) -> bool:
    """The child is the one accused, and no other child is named: an offence, but not one against this child."""
    return case.subject in entry.people.get("suspect", ()) and case.subject not in entry.people.get("victim", ())


def _is_account(case: Case, entry: Happening) -> bool:
    if entry.kind == "contact.received":
        if says("offence_told", texts(entry, ("own_words",))):
            return True
        alleged = entry.get("kind") in OFFENCES
        return alleged and (entry.get("caller_is") in SPEAKS_FOR_CHILD or _borne_out(case, entry))
    if entry.kind == "concern.notified":
        return any(word in str(k).lower() for k in entry.get("kinds") or () for word in BODILY)
    if entry.kind == "referral.made":
        to_police = any(name in str(entry.get("to")).lower().replace(" ", "_") for name in POLICE)
        return to_police and says("offence_told", texts(entry, ("summary",)))
    if entry.kind == "protection.taken":
        return _neglect_before(case, entry)
    if entry.get("injuries") and _accused(case, entry):
        return True
    return says("offence_told", texts(entry, ("views", "disclosed")))


def _accused(case: Case, seen: Happening) -> bool:
    """Whether somebody is named as suspect with an injury, in the entry itself or in the call before it."""
    call = case.last("contact.received", before=seen.at)
    lately = call is not None and case.due("history.looked_back", call) > seen.at
    return bool(seen.people.get("suspect") or (lately and call and call.people.get("suspect")))


def _borne_out(case: Case, call: Happening) -> bool:
    """Whether what a passer-by reported was then seen or acted on."""
    until = case.due("crime.recorded", call)
    return any(
        h.kind != "child.seen" or bool(h.get("injuries")) or h.get("safe") is False
        for h in case.within("child.seen", "suspect.arrested", "protection.taken", since=call.at, until=until)
    )


def _neglect_before(case: Case, taken: Happening) -> bool:
    call = case.last("contact.received", before=taken.at)
    return call is not None and call.get("kind") == "neglect" and case.due("crime.recorded", call) > taken.at


def _innocent(case: Case, account: Happening) -> bool:
    """Whether a clinician found an innocent cause of what was seen, and the child tells of no offence."""
    if account.get("caller_is") == "child" or says("offence_told", texts(account, ("views", "disclosed"))):
        return False
    since = account.at - CLINICIAN
    found = case.first("medical.held", "health.consulted", since=since, where=_nobody_caused_it)
    told = case.of("child.seen", "interview.held", "voice.captured", where=lambda h: h.at >= since)
    return found is not None and not any(says("offence_told", texts(h, ("views", "disclosed", "text"))) for h in told)


def _nobody_caused_it(entry: Happening) -> bool:
    said = texts(entry, ("findings", "opinion"))
    return says("innocent_cause", said) and not says("not_innocent", said)


def _recorded(case: Case, account: Happening) -> bool:
    """Whether a crime was recorded in the matter: for this child, or for another child of the same entries."""
    others = {
        p
        for h in case.own.of_kind("contact.received", "concern.notified", "referral.made", "strategy.held")
        if case.due("history.looked_back", h) > account.at
        for p in h.people.get("child", ())
    } | case.kin("sibling", at=account.at)
    others |= {p for p in case.household(account.at) if case.other(p).born and case.other(p).is_child(account.at)}
    return any(
        case.due("history.looked_back", h) > account.at
        for p in (case.subject, *sorted(others - {case.subject}))
        for h in case.chronology_of(p).of_kind("crime.recorded", "crime.cancelled", "crime.declined")
    )


RULES = [
    Rule(
        "crime_not_recorded",
        (*ACCOUNTS, "crime.cancelled"),
        crime_not_recorded,
        CRIME_RECORDING,
        "An account of an offence against a child with no crime recorded.",
        answers=("crime.recorded", "crime.declined"),
        around=True,
        limits=("crime.recorded",),
    ),
]
