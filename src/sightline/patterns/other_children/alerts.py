"""Children in contact with a person of concern whom nobody has considered; a violent adult who joins a child's home."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import HARMS
from sightline.alerts.ties import Tie, homes
from sightline.chronology.courses import MADE_HERE
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.kernel.moments import local
from sightline.patterns.other_children.clocks import GUIDE
from sightline.people.premises import premises_key

HARMFUL_CONTACTS = ("assault", "sexual_offence", "neglect", "exploitation", "online_abuse")
OFFENCES = ("contact.received", "crime.recorded", "suspect.identified", "intelligence.recorded", "offender.registered",
            "exploitation.indicated", "investigation.opened")  # fmt: skip
DANGEROUS_INTELLIGENCE = ("exploitation", "abuse", "online")
CONSIDERED = ("child.seen", "concern.notified", "referral.made", "risk.assessed", "strategy.held", "enquiry.started", "assessment.started",
              "child.impact_assessed", "plan.started", "interview.planned", "interview.held", "medical.requested")  # fmt: skip
JUST_BEFORE = timedelta(days=7)  # whoever took the child up in that week learnt who lives there
CLOSE = (
    "child",
    "step_child",
    "cared_for",
    "sibling",
    "grandchild",
    "niece_nephew",
    "partner_of_parent",
    "pupil",
    "child_of_partner",
    "cousin",
)
IN_REACH = ("child", "step_child", "cared_for", "pupil")  # by what they are to each other, wherever either lives
VIOLENT = (
    "violent",
    "weapons",
    "firearms",
    "domestic_abuse_perpetrator",
    "risk_to_children",
    "registered_sex_offender",
    "shpo",
    "sro",
)
ON_RECORD = ("crime.recorded", "suspect.arrested", "charge.made", "court.result", "offender.registered")
VIOLENCE = re.compile(
    r"\b(assault|wound|bodily harm|batter|violen|rape|sexual|cruelty|murder|manslaughter|kidnap|robbery|weapon|knife|blade|firearm|affray|"
    r"threats? to kill|strangl|suffocat|chok|stalk|coerc|controlling|arson|indecent|abh|gbh|stab)",
    re.I,
)
SAFEGUARDED = ("concern.notified", "referral.made", "strategy.held", "risk.assessed", "assessment.started", "enquiry.started", "plan.started",
               "conference.held", "meeting.held")  # fmt: skip


def other_children_at_risk(case: Case) -> Iterable[Finding]:
    """Asked about an adult (or a child over ten) suspected of harming a child: every other child near them must have been considered."""
    harm = next((h for h in case.of(*OFFENCES, role=("suspect", "offender")) if _harmful(h)), None)
    if harm is None or not _of_age(case, harm):
        return
    victims = {
        p for h in case.of(*OFFENCES, role="suspect") if _harmful(h) and h is harm for p in h.people.get("child", ())
    }
    for child, known in _near(case, harm, victims):
        other = case.other(child)
        if other.is_child(case.as_of) and not _considered(other, case, known, victims):
            yield case.finding(
                "other_children_at_risk",
                known,
                case.due("other_children.considered", known),
                "This child is in contact with somebody who may have harmed another child, and nobody has recorded considering them.",
                step="Consider this child: see them, and put them before the strategy discussion.",
                rests_on=[harm],
                subject=child,
            )


def _harmful(entry: Happening) -> bool:
    """Whether an entry says that its suspect may have harmed a child, or somebody when they were one."""
    match entry.kind:
        case "contact.received":
            sexual = entry.get("kind") == "sexual_offence"
            return entry.get("kind") in HARMFUL_CONTACTS and ("child" in entry.people or sexual)
        case "crime.recorded":
            return entry.get("category") in HARMS and entry.get("child_is") in ("victim", "both")
        case "intelligence.recorded":
            return entry.get("kind") in DANGEROUS_INTELLIGENCE and "child" in entry.people
        case "offender.registered" | "exploitation.indicated":
            return True
        case _:
            return False


def _of_age(case: Case, harm: Happening) -> bool:
    """A grown suspect; between children, only where it is sexual: quarrels of brothers are not what this is for."""
    return (
        not case.is_child(harm.at)
        or case.born is None
        or harm.get("category") == "sexual"
        or harm.get("kind") == "sexual_offence"
    )


def _near(case: Case, harm: Happening, victims: set[int]) -> Iterator[tuple[int, Happening]]:
    """Other children, and the entry from which it was known both that they are near and that there is somebody to be near to."""
    found: dict[int, Happening] = {}
    for tie in case.ties:
        if (
            tie.kind in CLOSE
            and tie.holds(case.as_of.date())
            and (tie.lives_with or tie.cares_for or tie.kind in IN_REACH)
        ):
            found[tie.other] = _later(tie, harm)
    for entry in case.of(
        "contact.received",
        "intelligence.recorded",
        "missing.returned",
        "exploitation.indicated",
        role=("suspect", "subject"),
    ):
        for child in entry.people.get("child", ()):
            if entry.at > harm.at:
                found.setdefault(child, entry)
    for child, known in sorted(found.items()):
        if child not in victims and child != case.subject:
            yield child, known


def _later(tie: Tie, harm: Happening) -> Happening:
    return tie.entry if tie.entry.recorded_at > harm.recorded_at else harm


def _considered(other: Case, case: Case, known: Happening, victims: set[int]) -> bool:
    """Something was done about the other child since, or a discussion about a victim considered them.

    One recorded here names each child whom it considered: whoever led it may not know of them all, and cannot answer for the rest.
    """
    if other.of(*CONSIDERED, where=lambda h: h.at >= known.at or h.event_id == known.event_id):
        return True
    named = other.of("strategy.child_considered", role="other", where=lambda h: h.at >= known.at)
    if any(victims & set(h.people.get("child", ())) for h in named):
        return True
    return any(
        h.get("other_children_considered") is True and h.source != MADE_HERE and h.at >= known.at
        for victim in victims
        for h in case.other(victim).of("strategy.held")
    )


def violent_adult_joined(case: Case) -> Iterable[Finding]:
    """An adult with a record of violence has joined the child's home, and nobody has looked at what that means for the child."""
    if not case.is_child():
        return
    for adult in sorted(case.household()):
        joined = _joined(case, adult)
        record = _record_of_violence(case.other(adult)) if joined else None
        if joined is None or record is None or (case.other(adult).is_child() and case.other(adult).born):
            continue
        known = joined if joined.recorded_at >= record.recorded_at else record
        if known is record and case.due("violent_adult.learnt", joined) < record.recorded_at:
            continue  # learnt of somebody who has long lived there: nobody has joined
        if case.first(*SAFEGUARDED, since=known.at - JUST_BEFORE) is None:
            yield case.finding(
                "violent_adult_joined",
                known,
                case.at_once(known),
                "An adult with a record of violence has joined this child's home.",
                step="Check who lives there and what is known of them, and refer.",
                rests_on=[joined, record],
                concerns=[adult],
            )


def _joined(case: Case, adult: int) -> Happening | None:
    """The entry by which an adult came to the home after the child was first known; None for those who were always there.

    That another system writes down where somebody lives is no move; nor is a parent's first mention, unless they were known to live elsewhere.
    """
    first = min((h.recorded_at for h in case.own.of_kind("person.recorded")), default=None)
    home = case.household() | {case.subject}
    other = case.other(adult)
    addresses = [h for h in other.own.of_kind("address.recorded") if adult in h.people.get("subject", ())]
    here = [h for h in addresses if _place_of(h) in _places(case, adult)]
    shown = [*(t.entry for t in other.ties if t.lives_with and t.other in home), *here]
    earliest = min(shown, key=lambda h: h.recorded_at, default=None)
    if first is None or earliest is None or earliest.recorded_at <= first or not _since_then(earliest, first):
        return None
    elsewhere = any(h.recorded_at < earliest.recorded_at and h not in here for h in addresses)
    return earliest if elsewhere or adult not in case.kin("parent") else None


def _places(case: Case, adult: int) -> frozenset[int]:
    """The homes of the child, and of those others who live with the child."""
    near = [p for p in (case.subject, *case.household()) if p != adult]
    return frozenset(h.premises for p in near for h in case.chronology_of(p).once(homes))


def _place_of(entry: Happening) -> int:
    return premises_key(str(entry.get("lines") or ""), str(entry.get("postcode") or ""))


def _since_then(entry: Happening, first: datetime) -> bool:
    """Whether nothing in the entry says that it was so before the child was first known."""
    since = entry.get("since") or entry.get("from")
    return not since or str(since)[:10] >= f"{local(first):%Y-%m-%d}"


def _record_of_violence(adult: Case) -> Happening | None:
    marks = adult.of("marker.set", role="subject", where=lambda h: h.get("kind") in VIOLENT)
    crimes = adult.of(*ON_RECORD, role=("suspect", "offender"), where=_violent_crime)
    return min((*marks, *crimes), key=lambda h: h.recorded_at, default=None)


def _violent_crime(entry: Happening) -> bool:
    """Whether an entry is of violence: by its category, else by the words of the offence. What names no offence is taken as grave."""
    if entry.kind == "crime.recorded":
        return entry.get("category") in ("violence", "sexual", "cruelty_neglect")
    if entry.kind == "court.result" and entry.get("result") != "convicted":
        return False
    said = str(entry.get("offence") or entry.get("detail") or "")
    nameless = not said and entry.kind == "charge.made"
    return nameless or entry.kind == "offender.registered" or VIOLENCE.search(said) is not None


RULES = [
    Rule("other_children_at_risk", OFFENCES, other_children_at_risk, GUIDE,
         "Other children in contact with a person who may have harmed a child.", roles=("suspect", "offender"), answers=CONSIDERED,
         around=True, limits=("other_children.considered",)),
    Rule("violent_adult_joined", ("relationship.recorded", "address.recorded"), violent_adult_joined, local_default(provision="RA-18"),
         "An adult with a record of violence who has joined a household with a child.", roles=("subject", "other"), answers=SAFEGUARDED,
         around=True, limits=("violent_adult.learnt",)),
]  # fmt: skip
