"""Whether the child should be held at all: necessity, the kind of matter, and the reason for refusing bail."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.custody.alerts.stay import Stay, long_from, stays
from sightline.pathways.custody.alerts.words import left_over, only, plain, says
from sightline.pathways.custody.clocks import PACE, law

ORDERED_BY_A_COURT = ("warrant", "recall", "s136")  # no necessity for the officer to decide
FAMILY = (
    "parent",
    "step_parent",
    "carer",
    "partner_of_parent",
    "grandparent",
    "sibling",
    "step_child",
    "child_of_partner",
)
NO_GROUND = (None, "none")


def detention_unjustified(case: Case) -> Iterable[Finding]:
    """A child is held with no necessity on record, for a quarrel at home, or after charge for a reason that is none."""
    for stay in stays(case):
        if why := _not_necessary(stay) or _family_matter(stay):
            yield case.finding(
                "detention_unjustified",
                stay.began,
                case.at_once(stay.began),
                why,
                step="Decide now whether the child must be held: attending by appointment, bail, or home first.",
            )
        charged = stay.last("detention.charged")
        if charged is not None and _weak(charged):
            yield case.finding(
                "detention_unjustified",
                charged,
                case.at_once(charged),
                "This child is kept after charge for a reason that does not by itself justify it: own protection, supervision, or want of a bed.",
                step="Look at bail again, with whoever is responsible for the child.",
                rests_on=(stay.began,),
                part="bail",
            )
        if stay.ended and _for_nothing(stay):
            yield case.finding(
                "detention_unjustified",
                stay.ended,
                case.at_once(stay.ended),
                "This child was held overnight or nearly so, and let go with no further action.",
                step="Look at whether the child need have been held, and so long.",
                rests_on=(stay.began,),
                part="outcome",
            )


def _not_necessary(stay: Stay) -> str:
    if stay.began.get("power") in ORDERED_BY_A_COURT or stay.for_health:
        return ""
    if not plain(stay.began.get("necessity")):
        return "This child's detention was authorised and no reason why it is necessary is recorded."
    if says(stay.began.get("necessity"), "no_necessity"):
        return "This child is held for want of anywhere else, or for their own good: that needs a place of safety, not a cell."
    return ""


def _family_matter(stay: Stay) -> str:
    """A sentence, where what the child is held for is a quarrel in the family, damage where the child lives, or only being away."""
    arrest = stay.last("suspect.arrested", where=lambda h: h.concerns(stay.case.subject, "suspect"))
    offence = f"{stay.began.get('offence') or ''} {(arrest.get('offence') if arrest else '') or ''}"
    if stay.for_health or not offence.strip() or says(offence, "serious"):
        return ""
    if says(offence, "damage") and says(f"{offence} {stay.began.get('reason') or ''}", "own_home"):
        return "This child is held for damage in the place where they live."
    if says(offence, "away"):
        return "This child is held for something that comes of being missing."
    accused = stay.all("suspect.arrested", "crime.recorded", where=lambda h: h.concerns(stay.case.subject, "suspect"))
    hurt = {person for entry in accused for person in entry.people.get("victim", ())}
    if accused and hurt and hurt <= stay.case.kin(*FAMILY, at=stay.began.at):
        return "This child is held after a quarrel in the family, with nothing recorded that makes it more serious."
    return ""


def _for_nothing(stay: Stay) -> bool:
    """Held past the time at which somebody is told, and nothing came of it (CU-41)."""
    ended = stay.ended
    return (
        ended is not None
        and not stay.for_health
        and ended.get("how") == "no_further_action"
        and ended.at >= long_from(stay.case, stay)[0]
    )


def _weak(charged: Happening) -> bool:
    return (
        charged.get("bail") == "refused"
        and charged.get("ground") in (*NO_GROUND, "own_interests")
        and says(charged.get("reason"), "weak")
    )


def bail_automatic(case: Case) -> Iterable[Finding]:
    """Bail was refused with no reason that is this child's own: none at all, or only that something was breached."""
    for stay in stays(case):
        charged = stay.last("detention.charged")
        if charged is not None and charged.get("bail") == "refused" and (why := _automatic(charged)):
            yield case.finding(
                "bail_automatic",
                charged,
                case.at_once(charged),
                why,
                step="Record what this child would do if bailed, what conditions would meet it, and what is best for the child.",
                rests_on=(stay.began,),
            )


def _automatic(charged: Happening) -> str:
    reason, ground = charged.get("reason"), charged.get("ground")
    if says(reason, "automatic"):
        return "Bail was refused by habit: the reason recorded is not about this child."
    if ground in NO_GROUND and not plain(reason):
        return "Bail was refused and no reason is recorded."
    if ground in NO_GROUND and says(reason, "breach_words") and left_over(reason, "empty_bail", "formula_bail") <= 1:
        return "Bail was refused only because something was breached, with no reason that is about this child."
    if ground in NO_GROUND and only(reason, "empty_bail", "formula_bail"):
        return "Bail was refused in the words of the law alone: nothing says what this child would do."
    if ground == "none":
        return "Bail was refused though the record says that no ground in law was found."
    return ""


RULES = [
    Rule(
        "detention_unjustified",
        ("detention.authorised",),
        detention_unjustified,
        law(f"{PACE}, Codes C and G", "Code G 2.4-2.9; Code C 1.1, 3.4"),
        "A child held without a recorded necessity, for a quarrel at home or the like, or kept after charge for a reason that is none.",
        answers=("detention.authorised",),
    ),
    Rule(
        "bail_automatic",
        ("detention.charged",),
        bail_automatic,
        law(PACE, "s38(1)"),
        "Bail refused with no reason particular to the child.",
    ),
]
