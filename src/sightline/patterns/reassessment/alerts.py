"""Something new was learnt after the assessment; an innocent explanation was accepted with nobody qualified asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.incidents import incidents
from sightline.chronology.view import Happening
from sightline.kernel.law import Source, Standing

GUIDE = Source(
    "Working Together to Safeguard Children", "assessment is a continuing process", Standing.GUIDANCE, "2023"
)
ASSESSED = ("risk.assessed", "assessment.completed", "enquiry.completed")
NEW_OF_CHILD = ("intelligence.recorded", "information.supplied", "exploitation.indicated", "marker.set", "bail.breached",
                "disruption.breached")  # fmt: skip
NEW_OF_ADULT = ("marker.set", "intelligence.recorded", "information.supplied", "offender.registered", "offender.changed", "offender.breached",
                "bail.breached", "crime.recorded", "charge.made", "custody.release_planned")  # fmt: skip
TAKEN_IN = ("risk.assessed", "harm.assessed", "assessment.started", "assessment.completed", "strategy.held", "strategy.requested", "plan.reviewed",
            "plan.started", "conference.held", "meeting.held", "enquiry.started", "referral.made")  # fmt: skip
IN_HAND = ("strategy.held", "enquiry.started", "plan.started", "investigation.opened")
BY_THOSE_AT_WORK = ("plan.visit", "investigation.reviewed", "coregroup.held", "interview.held")
NOTHING_NEW = (
    "missing_frequent",
    "looked_after",
    "child_protection_plan",
    "child_in_need",
    "care_leaver",
    "marac",
    "mappa",
    "other",
)
QUALIFIED = ("health.consulted", "medical.requested", "medical.held", "detention.healthcare")
CLOSING = (
    "referral.decided",
    "strategy.held",
    "investigation.closed",
    "enquiry.completed",
    "concern.notified",
    "assessment.completed",
)
# How recorders write that an injury was explained away.
EXPLAINED = re.compile(
    r"\b(accident|accidental|explain|explained|explanation|innocent|fell|fallen|bumped|rough and tumble|play|plausible|"
    r"slipp(?=ed|ing)|tripp(?=ed|ing)|tumbl|clums|"
    r"puts? (it |this |them )?down to|(come|came|fall|fell|falls|falling) off|(knocked|caught) (him|her|it)self|walked into|"
    r"happy with (that|the|his|her|their) (account|story|version)|fits|tallies|"
    r"(reasonable|credible|believable|consistent|good|likely) (account|story|reason)|"
    r"birth ?mark|eczema|nappy rash|skin condition)\w*",
    re.I,
)
INJURED = re.compile(r"\b(injur|bruis|burn|scald|fractur|mark|wound|cut|bite|swell)\w*", re.I)
EVERYBODYS = (
    "health",
    "education",
)  # services that every child uses, whose systems send what they do in the ordinary way
WORRIES = re.compile(
    r"\b(concern|worr|injur|bruis|burn|scald|fractur|bite|hit|hurt|harm|abus|neglect|violen|assault|afraid|frighten|scared|hungry|dirty|unkempt|"
    r"drunk|overdose|suicid|disclos|not brought|pregnan|exclu|unexplained)\w*",
    re.I,
)
SAYS_NO = re.compile(r":\s*(no|none|false|n/a|not known)\W*$", re.I)
HARM_KINDS = re.compile(r"physical|injur|assault|bruis", re.I)


def reassessment_due(case: Case) -> Iterable[Finding]:
    """Something was learnt about the child, or an adult they live with, after the current assessment, and nothing has taken it in."""
    assessed = _current(case)
    if assessed is None or not case.is_child():
        return
    for new in _learnt_since(case, assessed):
        in_hand = _in_hand(case, new)
        if case.last(*TAKEN_IN, *(BY_THOSE_AT_WORK if in_hand else ()), since=new.recorded_at) is None:
            yield case.finding(
                "reassessment_due",
                new,
                case.due_from("reassessment.in_hand", new.recorded_at) if in_hand else case.at_once(new),
                "Something new has been recorded about this child or an adult at home since the assessment.",
                step="Look at the assessment again with it, and record what changes.",
                rests_on=[assessed],
            )
            return


def _current(case: Case) -> Happening | None:
    """The assessment that stands: concluded, by a specialist or a partner, and not too old. A first grade at the scene is none."""
    found = case.last(*ASSESSED, where=lambda h: h.kind != "risk.assessed" or h.get("stage") != "initial")
    return found if found and case.as_of <= case.due("reassessment.lasts", found) else None


def _learnt_since(case: Case, assessed: Happening) -> Iterator[Happening]:
    for entry in case.of(*NEW_OF_CHILD, role=("child", "subject")):
        if entry.recorded_at > assessed.recorded_at and _news(case, entry):
            yield entry
    for adult in sorted(case.household()):
        for entry in case.chronology_of(adult).of_kind(*NEW_OF_ADULT):
            about = entry.concerns(adult, "subject", "suspect", "offender") and not entry.concerns(case.subject)
            if about and entry.recorded_at > assessed.recorded_at and _news(case.other(adult), entry):
                yield entry


def _news(case: Case, entry: Happening) -> bool:
    """Whether an entry tells something of the risk to a child. Theft does not, nor that a child missed a day of school or saw the nurse."""
    if entry.kind == "marker.set":
        return (
            not entry.concerns(case.subject, "child", "subject")
            or not case.is_child()
            or entry.get("kind") not in NOTHING_NEW
        )
    if entry.kind == "crime.recorded":
        return entry.get("category") not in ("theft_damage", "other")
    if entry.kind == "information.supplied":
        return entry.get("nothing_held") is not True and not _in_the_ordinary_way(case, entry)
    return True


def _in_the_ordinary_way(case: Case, entry: Happening) -> bool:
    """What a surgery or a school sends of everybody, asked by nobody and worried by nothing: attendances and appointments."""
    if entry.source not in EVERYBODYS or WORRIES.search(f"{entry.get('summary') or ''} {_noted(entry)}"):
        return False
    asked = case.last("information.requested", before=entry.at)
    return asked is None or case.due("reassessment.asked", asked) < entry.at


def _noted(entry: Happening) -> str:
    """The note without the boxes in it that say no."""
    return " ".join(line for line in entry.note.splitlines() if not SAYS_NO.search(line))


def _in_hand(case: Case, new: Happening) -> bool:
    """Whether agencies were already at work on this child when it was learnt."""
    began = case.last(*IN_HAND, before=new.recorded_at)
    return (
        began is not None
        and case.first("plan.ended", "investigation.closed", since=began.at, until=new.recorded_at) is None
    )


def explanation_unverified(case: Case) -> Iterable[Finding]:
    """Injuries to a child with a history were explained away, and the matter closed, with no clinician asked."""
    if not case.is_child():
        return
    for closing in case.of(*CLOSING, where=_explains_away):
        injury = _injury_before(case, closing)
        if injury is None or not _history(case, injury) or case.first(*QUALIFIED, since=injury.at) is not None:
            continue
        yield case.finding(
            "explanation_unverified",
            closing,
            case.at_once(closing),
            "An innocent explanation was accepted for this child's injury, though there is a history and no clinician has been asked.",
            step="Ask a paediatrician, and hold the decision until they have answered.",
            rests_on=[injury],
        )
        return


def _text(entry: Happening) -> str:
    said = [
        entry.note,
        *(str(entry.get(f) or "") for f in ("reason", "rationale", "what_happened", "action_taken", "outcome", "text")),
    ]
    return " ".join(said)


def _explains_away(entry: Happening) -> bool:
    """Whether an entry closes the matter, or takes no step, on an explanation."""
    if entry.kind == "referral.decided" and entry.get("decision") not in (
        "no_further_action",
        "signpost",
        "early_help",
        None,
    ):
        return False
    if entry.kind == "strategy.held" and entry.get("decision") != "no_further_action":
        return False
    if entry.kind == "enquiry.completed" and not str(entry.get("outcome")).startswith("not_substantiated"):
        return False
    if entry.kind == "investigation.closed" and entry.get("outcome") in ("charged", "out_of_court"):
        return False
    return bool(EXPLAINED.search(_text(entry)))


def _injury_before(case: Case, closing: Happening) -> Happening | None:
    seen = case.last("child.seen", before=closing.at, where=lambda h: bool(h.get("injuries")))
    told = case.last(
        "concern.notified", "referral.made", before=closing.at, where=lambda h: bool(INJURED.search(_told(h)))
    )
    return max((h for h in (seen, told) if h), key=lambda h: h.at, default=None)


def _told(entry: Happening) -> str:
    return " ".join(str(entry.get(f) or "") for f in ("what_happened", "summary"))


def _history(case: Case, injury: Happening) -> bool:
    """An earlier incident, injury or plan within the limit; the form or call of the same injury is no history."""
    held = [
        i
        for i in incidents(case)
        if i.entries[-1].at < injury.at and injury not in i.entries and case.due("incident.same", i.opened) <= injury.at
    ]
    plans = case.of("plan.started", "marker.set", role=("child", "subject"), where=lambda h: h.at < injury.at)
    known = [
        *(i.opened for i in held),
        *(p for p in plans if p.get("kind") in ("child_protection", "child_protection_plan", "child_in_need")),
    ]
    return any(_recent(case, h, injury.at) for h in known)


def _recent(case: Case, entry: Happening, at: datetime) -> bool:
    return case.due("explanation.looks_back", entry) >= at


RULES = [
    Rule("reassessment_due", ASSESSED, reassessment_due, GUIDE, "Something new was learnt after the assessment.", answers=TAKEN_IN,
         around=True, limits=("at_once", "reassessment.in_hand", "reassessment.lasts", "reassessment.asked")),
    Rule("explanation_unverified", CLOSING, explanation_unverified, GUIDE,
         "An innocent explanation accepted for injuries to a child with a history, with nobody qualified asked.", answers=QUALIFIED,
         around=True, limits=("at_once", "explanation.looks_back", "incident.same")),
]  # fmt: skip
