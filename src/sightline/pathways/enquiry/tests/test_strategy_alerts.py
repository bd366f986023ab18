"""When a strategy discussion is called for and not held, when it is held without a clinician, and when police are left out."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import outcome, raised, standing

case = partial(alarms.case, until="2014-03-12 12:00:00")
entry = alarms.Entries(source="social_care")


REFERRED = "  - {at: 2014-03-04 10:00:00, type: referral.made, source: referral_unit, people: {child: child}, data: {basis: s47}}"
HELD = """  - {at: AT, type: strategy.held, source: social_care, people: {child: child},
     data: {attended: [police, social_care, health], decision: enquiry_joint, rationale: because}}"""


def crime(category: str, suspect: str = "father", child_is: str = "victim") -> str:
    return entry(
        "2014-03-04 10:00:00",
        "crime.recorded",
        f"{{offence: assault, category: {category}, child_is: {child_is}}}",
        f"child: child, suspect: {suspect}",
    )


@pytest.mark.requirement("SI-01")
@pytest.mark.parametrize(
    ("call", "when"),
    [
        (REFERRED, "2014-03-06 00:00"),
        (
            entry("2014-03-07 22:00:00", "referral.made", "{basis: s47}"),
            "2014-03-11 00:00",
        ),  # a Friday: the Monday counts
        (entry("2014-03-04 10:00:00", "referral.decided", "{decision: strategy_discussion}"), "2014-03-06 00:00"),
        (entry("2014-03-04 10:00:00", "strategy.requested", "{reason: worry}"), "2014-03-06 00:00"),
        (entry("2014-03-04 10:00:00", "protection.taken", "{grounds: alone, kind: removed}"), "2014-03-05 10:00"),
        (entry("2014-03-04 10:00:00", "concern.notified", "{grade: high}"), "2014-03-06 00:00"),
        (crime("sexual"), "2014-03-06 00:00"),
        (crime("violence"), "2014-03-06 00:00"),
    ],
)
def test_facts_that_call_for_a_strategy_discussion(call: str, when: str) -> None:
    assert raised(case(call), "strategy_needed") == [("strategy_needed", "child", when)]
    told = [r.finding for r in outcome(case(call)).raised if r.finding.kind == "strategy_needed"]
    assert told[0].recipient == "mash_manager"


@pytest.mark.parametrize(
    "calm",
    [
        entry("2014-03-04 10:00:00", "referral.made", "{basis: s17}"),
        entry("2014-03-04 10:00:00", "concern.notified", "{grade: medium}"),
        crime("violence", suspect="man"),  # a stranger: no family to meet about, unless somebody asks
        crime("violence", suspect="brother"),
        crime("violence", child_is="witness"),
        crime("theft_damage"),
    ],
)
def test_facts_that_do_not(calm: str) -> None:
    assert raised(case(calm), "strategy_needed") == []


@pytest.mark.parametrize(
    "answer",
    [
        HELD.replace("AT", "2014-03-05 16:00:00"),
        HELD.replace("AT", "2014-03-04 09:00:00"),  # held before the form was written
        entry("2014-03-04 15:00:00", "enquiry.started", "{mode: joint}"),
        entry("2014-03-05 15:00:00", "referral.decided", "{decision: child_in_need_assessment, reason: agreed}"),
    ],
)
def test_each_way_of_answering_in_time(answer: str) -> None:
    assert raised(case(REFERRED, answer), "strategy_needed") == []


@pytest.mark.requirement("SI-01")
def test_no_further_action_does_not_answer_and_several_calls_are_one_alert_that_a_late_discussion_ends() -> None:
    refused = entry("2014-03-04 12:00:00", "referral.decided", "{decision: no_further_action, reason: busy}")
    assert len(raised(case(REFERRED, crime("violence"), refused), "strategy_needed")) == 1
    assert standing(case(REFERRED, refused, HELD.replace("AT", "2014-03-10 10:00:00")), "strategy_needed") == set()


ALLEGED = entry("2014-03-04 09:00:00", "contact.received", "{kind: sexual_offence}", "child: child, suspect: man")
NO_HEALTH = HELD.replace(", health]", "]").replace("AT", "2014-03-04 14:00:00")


@pytest.mark.requirement("SI-03")
@pytest.mark.parametrize(
    "alleged",
    [
        ALLEGED,
        crime("violence"),
        crime("sexual"),
        entry("2014-03-04 09:00:00", "child.seen", "{alone: true, spoken_to: true, injuries: a bruise}"),
    ],
)
def test_a_discussion_of_bodily_harm_without_a_clinician(alleged: str) -> None:
    assert raised(case(alleged, NO_HEALTH), "health_not_consulted") == [
        ("health_not_consulted", "child", "2014-03-04 14:03")
    ]


@pytest.mark.parametrize(
    "clinician",
    [
        entry("2014-03-04 11:00:00", "health.consulted", "{role: paediatrician}"),
        entry("2014-03-04 11:00:00", "medical.held"),
    ],
)
def test_a_clinician_asked_beforehand_will_do_and_one_asked_afterwards_ends_it(clinician: str) -> None:
    assert raised(case(ALLEGED, clinician, NO_HEALTH), "health_not_consulted") == []
    assert standing(case(ALLEGED, NO_HEALTH, clinician.replace("04 11", "05 11")), "health_not_consulted") == set()


@pytest.mark.requirement("SI-03")
def test_a_lay_explanation_ends_neither_referral_nor_enquiry() -> None:
    closed = entry("2014-03-06 10:00:00", "enquiry.completed", "{outcome: not_substantiated, rationale: eczema}")
    turned_away = entry("2014-03-04 14:00:00", "referral.decided", "{decision: no_further_action, reason: birthmark}")
    for decision in (closed, turned_away):
        assert len(raised(case(ALLEGED, decision), "health_not_consulted")) == 1
        assert raised(case(decision), "health_not_consulted") == []


@pytest.mark.requirement("SI-03")
def test_a_push_without_an_injury_may_be_turned_away_without_a_doctor() -> None:
    push = entry("2014-03-04 09:00:00", "contact.received", "{kind: assault}")
    seen = entry("2014-03-04 10:00:00", "child.seen", "{alone: true, spoken_to: true, injuries: bruised arm}")
    turned_away = entry("2014-03-04 14:00:00", "referral.decided", "{decision: no_further_action, reason: r}")
    assert raised(case(push, turned_away), "health_not_consulted") == []
    assert len(raised(case(push, seen, turned_away), "health_not_consulted")) == 1


ALONE = HELD.replace("enquiry_joint", "enquiry_single_social_care").replace("AT", "2014-03-04 14:00:00")
ONLINE = entry("2014-03-04 09:00:00", "contact.received", "{kind: online_abuse}")


@pytest.mark.requirement("SI-04")
def test_a_suspected_offence_left_to_social_care_alone() -> None:
    assert raised(case(ONLINE, ALONE), "welfare_only") == [("welfare_only", "child", "2014-03-04 14:03")]


@pytest.mark.parametrize(
    "also",
    [
        entry("2014-03-04 13:00:00", "investigation.opened", "{team: online}"),
        entry("2014-03-04 13:00:00", "suspect.arrested", "{offence: x}", "child: child, suspect: man"),
        HELD.replace("AT", "2014-03-04 14:02:00"),
    ],
)
def test_not_where_police_are_enquiring_too(also: str) -> None:
    assert raised(case(ONLINE, ALONE, also), "welfare_only") == []


def test_not_where_no_offence_is_suspected_nor_where_children_are() -> None:
    worry = entry("2014-03-04 09:00:00", "contact.received", "{kind: concern_for_child}")
    brothers = entry("2014-03-04 09:00:00", "contact.received", "{kind: assault}", "child: child, suspect: brother")
    assert raised(case(worry, ALONE), "welfare_only") == []
    assert raised(case(brothers, ALONE), "welfare_only") == []
