"""A child was there, and no concern form was written for that child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default

# Where police met the child, or were where the child was: the same form serves each of them.
MET = ("attendance.arrived", "missing.returned", "detention.authorised")
OPENS = {"attendance.arrived": "contact.received", "missing.returned": "missing.reported"}
NOT_ABOUT_A_CHILD = ("antisocial", "crime", "other")
ADULTS = ("victim", "parent", "adult", "reporter", "subject", "suspect")


def concern_form_missing(case: Case) -> Iterable[Finding]:
    """Police were with this child, or at an incident where the child was, and by the end of the shift no form exists for the child.

    Each child has a form of their own. A form from the call onwards counts, whoever wrote it; one for a brother or sister does not.
    """
    told_until: dict[int, datetime] = {}
    for met in case.own.of_kind(*MET):
        begun = _begun(case, met)
        for child in _children(case, met, begun):
            if _form(case, child, begun or met) or met.at < told_until.get(child, met.at):
                continue
            due = case.due("concern.form", met)
            told_until[child] = due
            yield case.finding(
                "concern_form_missing",
                met,
                due,
                f"Police met this child, or came to an incident where the child was, and {case.say('concern.form', met)} later "
                "there is no concern form for this child.",
                step="Ask the officer for a form for this child, with how the child was and what the child said.",
                rests_on=(begun,) if begun else (),
                subject=child,
            )


def _begun(case: Case, met: Happening) -> Happening | None:
    """The call or report that brought the police, where it is on record."""
    opener = OPENS.get(met.kind)
    found = case.last(opener, before=met.at) if opener else None
    return (
        found if (found is not None and case.due("concern.same_matter", found) >= met.at) or _missing(found) else None
    )


def _missing(found: Happening | None) -> bool:
    """A child may be missing for long: the report and the return belong together whatever lies between."""
    return found is not None and found.kind == "missing.reported"


def _children(case: Case, met: Happening, begun: Happening | None) -> Iterator[int]:
    """The child of the entry; where it names none, the children of the household of an adult where children are said to be there."""
    about = met if begun is None else begun
    if about.get("kind") in NOT_ABOUT_A_CHILD:
        return
    named = met.people.get("child", ()) or about.people.get("child", ())
    if named:
        if case.subject in named and case.is_child(met.at):
            yield case.subject
        return
    present = about.get("children_present")
    first = next((held[0] for role in ADULTS if (held := about.people.get(role))), None)
    if first == case.subject and (present is True or (about.get("kind") == "domestic_abuse" and present is None)):
        for other in sorted(case.household(met.at)):
            if (them := case.other(other)).born and them.is_child(met.at):
                yield other


def _form(case: Case, child: int, start: Happening) -> bool:
    """Whether a form was written for the child in the matter that began so."""
    return any(
        h.concerns(child, "child") and (h.at >= start.at or case.due("concern.form_just_before", h) >= start.at)
        for h in case.chronology_of(child).of_kind("concern.notified")
    )


RULES = [
    Rule(
        "concern_form_missing",
        MET,
        concern_form_missing,
        local_default(provision="CN-01, CN-02"),
        "A child at an incident for whom no concern form exists.",
        roles=("child", *ADULTS),
        answers=("concern.notified",),
        around=True,
        limits=("concern.form",),
    ),
]
