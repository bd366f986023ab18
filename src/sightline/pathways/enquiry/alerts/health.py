"""A decision about a child said to have been hurt or sexually abused was taken without a clinician."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.enquiry.alerts.agencies import spoke
from sightline.pathways.enquiry.alerts.suspected import bodily_allegation
from sightline.pathways.enquiry.clocks import guidance

DECISIONS = ("strategy.held", "enquiry.completed", "referral.decided")
AWAY = ("no_further_action", "signpost")
SAID = {
    "strategy.held": "A strategy discussion about an allegation of physical or sexual abuse decided what to do",
    "enquiry.completed": "An enquiry into an allegation of physical or sexual abuse was ended",
    "referral.decided": "A referral about a child said to have been hurt or sexually abused was decided",
}


def health_not_consulted(case: Case) -> Iterable[Finding]:
    """Somebody decided what an injury, a symptom or a sexual allegation means, and no clinician was there or was asked."""
    for decision in case.of(*DECISIONS, where=_decides):
        said = bodily_allegation(case, decision.at, case.number("allegation.days", decision.at))
        if said is None or not case.is_child(decision.at) or _clinician(case, said) or not _grave(case, decision, said):
            continue
        yield case.finding(
            "health_not_consulted",
            decision,
            case.at_once(decision),
            f"{SAID[decision.kind]} without a clinician: none took part, and none was asked.",
            step="Ask a paediatrician or the sexual assault referral centre, and look at the decision again with the answer.",
            rests_on=(said,),
        )
        return


def _decides(entry: Happening) -> bool:
    if entry.kind == "strategy.held":
        return entry.get("decision") != "reconvene" and entry.get("attended") is not None
    return entry.kind == "enquiry.completed" or entry.get("decision") in AWAY


def _grave(case: Case, decision: Happening, said: Happening) -> bool:
    """A worry that is turned away needs a clinician where there is an injury or a sexual allegation; a push in a playground does not."""
    if decision.kind != "referral.decided":
        return True
    hurt = case.first(
        "child.seen", since=said.at, until=decision.at, where=lambda h: bool(str(h.get("injuries") or "").strip())
    )
    return hurt is not None or "sexual" in f"{said.get('kind')} {said.get('category')} {said.get('kinds')}"


def _clinician(case: Case, said: Happening) -> bool:
    """Whether one was asked, or saw the child, or sat at the table, since it was said (or the day before)."""
    since = said.at - timedelta(days=1)
    if case.first("health.consulted", "medical.held", "medical.reported", since=since):
        return True
    return case.first("strategy.held", "conference.held", since=since, where=lambda h: spoke(h, "health")) is not None


RULES = [
    Rule(
        "health_not_consulted",
        DECISIONS,
        health_not_consulted,
        guidance("strategy discussion: health is among those who must take part"),
        "An allegation of physical or sexual abuse decided without a clinician.",
        answers=("health.consulted", "medical.held"),
        limits=("allegation.days",),
    )
]
