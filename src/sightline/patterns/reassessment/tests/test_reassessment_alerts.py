# ruff: noqa: E501 - a case is a line
"""New facts after an assessment, and explanations nobody qualified has tested."""

from __future__ import annotations

import pytest

from alarms import raised, standing

ASSESSED = "  - {at: 2014-02-01 10:00:00, type: assessment.completed, source: social_care, people: {child: child}, data: {outcome: no needs}}\n"
NEW = {
    "intelligence about the child": "type: intelligence.recorded, source: intelligence, people: {child: child}, data: {kind: exploitation, summary: x}",
    "a danger at home": "type: marker.set, source: intelligence, people: {subject: father}, data: {kind: violent}",
    "the father is registered": "type: offender.registered, source: offender_management, people: {offender: father}, data: {scheme: registered_sex_offender}",
}


def case(*events: str) -> str:
    return "events:\n" + "".join(events) + "until: 2014-04-01 12:00:00\n"


@pytest.mark.requirement("RA-09", "JD-15")
@pytest.mark.parametrize("new", NEW.values(), ids=NEW)
def test_something_new_is_taken_into_the_assessment(new: str) -> None:
    learnt = f"  - {{at: 2014-03-01 10:00:00, {new}}}\n"
    again = "  - {at: 2014-03-03 10:00:00, type: assessment.started, source: social_care, people: {child: child}}\n"
    assert raised(case(ASSESSED, learnt), "reassessment_due") == [("reassessment_due", "child", "2014-03-01 10:03")]
    assert standing(case(ASSESSED, learnt, again), "reassessment_due") == set()
    assert raised(case(learnt), "reassessment_due") == [], "there was no assessment to look at again"


def test_what_came_before_the_assessment_is_in_it_and_an_old_assessment_is_none() -> None:
    before = f"  - {{at: 2014-01-20 10:00:00, {NEW['a danger at home']}}}\n"
    old = ASSESSED.replace("2014-02-01", "2012-02-01")
    learnt = f"  - {{at: 2014-03-01 10:00:00, {NEW['a danger at home']}}}\n"
    assert raised(case(before, ASSESSED), "reassessment_due") == []
    assert raised(case(old, learnt), "reassessment_due") == []


EARLIER = '  - {at: 2013-11-01 10:00:00, type: contact.received, source: command_and_control, people: {child: child}, data: {channel: "101", kind: assault}}\n'
INJURED = "  - {at: 2014-03-01 10:00:00, type: child.seen, source: crime, people: {child: child}, data: {alone: true, spoken_to: true, injuries: bruise on the ear}}\n"
CLOSED = "  - {at: 2014-03-02 10:00:00, type: referral.decided, source: social_care, people: {child: child}, data: {decision: no_further_action, reason: mother explained that she fell}}\n"
DOCTOR = "  - {at: 2014-03-01 15:00:00, type: health.consulted, source: health, people: {child: child}, data: {role: paediatrician}}\n"


@pytest.mark.requirement("RA-17")
def test_an_explanation_is_tested_by_somebody_qualified() -> None:
    kind = "explanation_unverified"
    assert raised(case(EARLIER, INJURED, CLOSED), kind) == [(kind, "child", "2014-03-02 10:03")]
    assert raised(case(EARLIER, INJURED, DOCTOR, CLOSED), kind) == []
    assert raised(case(INJURED, CLOSED), kind) == [], "no history"
    assert raised(case(EARLIER, CLOSED), kind) == [], "no injury"
    assert (
        raised(case(EARLIER, INJURED, CLOSED.replace("mother explained that she fell", "kept under review")), kind)
        == []
    )


@pytest.mark.requirement("RA-17")
def test_the_form_about_the_same_injury_is_no_history_of_it() -> None:
    form = (
        "  - {at: 2014-03-01 08:00:00, type: concern.notified, source: crime, people: {child: child}, data: {kinds: [physical], "
        "what_happened: bruise on the ear, seen: true, seen_alone: true, action_taken: told, grade: medium}}\n"
    )
    assert raised(case(form, INJURED, CLOSED), "explanation_unverified") == []
    assert raised(case(EARLIER, form, INJURED, CLOSED), "explanation_unverified") != []


def supplied(source: str, summary: str, note: str = "") -> str:
    return (
        f"  - {{at: 2014-03-01 10:00:00, type: information.supplied, source: {source}, people: {{child: child}},\n"
        f"     note: '{note}', data: {{summary: '{summary}'}}}}\n"
    )


@pytest.mark.requirement("RA-09")
@pytest.mark.parametrize(
    ("learnt", "told"),
    [
        (supplied("education", "Missed 4 of 122 half-days at school"), False),
        (supplied("health", "general practice: review", "Safeguarding concern recorded: no"), False),
        (supplied("health", "general practice: review", "Safeguarding concern recorded: yes"), True),
        (supplied("education", "Came in hungry and afraid to go home"), True),
        (supplied("housing", "A man has moved in and the neighbours complain"), True),
    ],
)
def test_what_a_school_or_surgery_sends_in_the_ordinary_way_is_nothing_new(learnt: str, told: bool) -> None:
    assert bool(raised(case(ASSESSED, learnt), "reassessment_due")) is told


@pytest.mark.requirement("RA-09")
def test_what_was_asked_for_is_new_and_a_theft_by_the_father_is_not() -> None:
    asked = "  - {at: 2014-02-20 10:00:00, type: information.requested, source: social_care, people: {child: child}, data: {of: education, purpose: attendance, lawful_basis: s47}}\n"
    assert raised(
        case(ASSESSED, asked, supplied("education", "Missed 40 of 122 half-days at school")), "reassessment_due"
    )
    crime = "  - {{at: 2014-03-01 10:00:00, type: crime.recorded, source: crime, people: {{suspect: father}}, data: {{offence: x, category: {}, child_is: none}}}}\n"
    assert raised(case(ASSESSED, crime.format("theft_damage")), "reassessment_due") == []
    assert raised(case(ASSESSED, crime.format("violence")), "reassessment_due") != []
