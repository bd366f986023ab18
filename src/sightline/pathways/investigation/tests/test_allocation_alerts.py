"""Who has the case, what is done on it, and who looks over it: sentence by sentence."""

from __future__ import annotations

import pytest

import alarms
from alarms import case, outcome, raised, standing

entry = alarms.Entries(people="child: child, suspect: man")


OPENED = entry("2014-03-04 10:00", "investigation.opened", "{team: child_protection}")
GIVEN = entry("2014-03-04 12:00", "investigation.allocated", "{officer: a detective, specialist: true}")
HERE = "2014-03-18 12:00"  # 14 days after it was given to somebody: the last thing done


def stalled(*entries: str, until: str = "2014-04-30 12:00") -> list[str]:
    return [at for _, _, at in raised(case(OPENED, GIVEN, *entries, until=until), "investigation_stalled")]


@pytest.mark.requirement("SI-07")
def test_a_case_that_nobody_has_after_a_day() -> None:
    assert raised(case(OPENED), "investigation_unallocated") == [
        ("investigation_unallocated", "child", "2014-03-05 10:00")
    ]
    assert raised(case(OPENED, GIVEN), "investigation_unallocated") == []
    late = case(OPENED, entry("2014-03-14 10:00", "investigation.allocated", "{officer: d, specialist: true}"))
    assert standing(late, "investigation_unallocated") == set()
    assert len(raised(late, "investigation_unallocated")) == 1


def test_what_is_done_at_the_moment_it_is_due_is_done_in_time() -> None:
    on_time = entry("2014-03-05 10:00", "investigation.allocated", "{officer: d, specialist: true}")
    assert raised(case(OPENED, on_time), "investigation_unallocated") == []


@pytest.mark.requirement("SI-08")
@pytest.mark.parametrize(
    ("team", "category", "specialist", "alarm"),
    [
        ("child_protection", "violence", "false", True),
        ("response", "sexual", "false", True),
        ("response", "theft_damage", "false", False),  # nothing that needs more than any officer
        ("child_protection", "violence", "true", False),
    ],
)
def test_an_officer_without_the_training_is_not_a_suitable_one(
    team: str, category: str, specialist: str, alarm: bool
) -> None:
    text = case(
        entry("2014-03-04 09:50", "crime.recorded", f"{{offence: o, category: {category}, child_is: victim}}"),
        entry("2014-03-04 10:00", "investigation.opened", f"{{team: {team}}}"),
        entry("2014-03-04 12:00", "investigation.allocated", f"{{officer: a constable, specialist: {specialist}}}"),
    )
    assert bool(raised(text, "investigation_unallocated")) is alarm


@pytest.mark.requirement("SI-25", "SI-44")
def test_nothing_done_for_fourteen_days_counts_from_the_last_thing_done() -> None:
    assert stalled() == [HERE]
    assert stalled(entry("2014-03-10 09:00", "evidence.taken", "{kind: statement}")) == ["2014-03-24 09:00"]
    assert raised(case(OPENED), "investigation_stalled")[0][2] == "2014-03-18 10:00"  # nothing was ever begun


@pytest.mark.requirement("SI-26")
@pytest.mark.parametrize(
    ("kind", "data", "people", "source", "note"),
    [
        ("investigation.reviewed", "{by_role: sergeant, satisfied: true}", "child: child", "crime", "still waiting"),
        (
            "investigation.reviewed",
            "{by_role: sergeant, satisfied: true, directions: [await the report]}",
            "child: child",
            "crime",
            "",
        ),
        ("family.informed", "{whom: parent, what: no news}", "child: child", "crime", ""),
        ("enquiry.completed", "{outcome: not_substantiated, rationale: r}", "child: child", "social_care", ""),
        ("plan.visit", "{seen: true, alone: true}", "child: child", "social_care", ""),
        ("child.seen", "{alone: true, spoken_to: true}", "child: child", "social_care", ""),
        ("action.done", "{id: a1}", "child: child", "social_care", ""),
        (
            "voice.captured",
            "{whose: child, about: service, text: nobody has told me anything}",
            "child: child",
            "crime",
            "",
        ),
        ("voice.captured", "{whose: parent, about: service, text: two months of silence}", "child: child", "crime", ""),
    ],
)
def test_a_note_that_it_is_late_and_what_others_do_move_nothing(
    kind: str, data: str, people: str, source: str, note: str
) -> None:
    line = f"  - {{at: 2014-03-12 09:00:00, type: {kind}, source: {source}, people: {{{people}}}, data: {data}, note: '{note}'}}"
    assert stalled(line) == [HERE]


@pytest.mark.requirement("SI-26", "SI-40")
@pytest.mark.parametrize(
    ("kind", "data", "people"),
    [
        ("investigation.reviewed", "{by_role: sergeant, satisfied: false, directions: [arrest him]}", "child: child"),
        ("interview.planned", "{needs_assessed: true, intermediary: not_needed}", "child: child"),
        ("child.seen", "{alone: true, spoken_to: true}", "child: child"),
        (
            "voice.captured",
            "{whose: child, about: service, text: time with her worker; she talked of school}",
            "child: child",
        ),
        ("medical.held", "{}", "child: child"),
        ("suspect.seen", "{under_caution: true}", "child: child, suspect: man"),
        ("suspect.seen", "{under_caution: true}", "suspect: man"),  # an entry that does not name the child
        ("intelligence.recorded", "{kind: exploitation, summary: seen again}", "child: brother, suspect: man"),
        ("device.examined", "{item: phone, stage: triage}", "suspect: man"),
        ("information.requested", "{of: another force, purpose: history, lawful_basis: public task}", "suspect: man"),
        ("disruption.used", "{power: cawn}", "subject: man, child: child"),
        ("strategy.held", "{attended: [police], decision: enquiry_joint, rationale: r}", "child: child"),
        ("action.done", "{id: a1}", "child: child"),
    ],
)
def test_an_enquiry_a_decision_or_an_act_that_protects_moves_a_case(kind: str, data: str, people: str) -> None:
    assert stalled(entry("2014-03-12 09:00", kind, data, people)) == ["2014-03-26 09:00"]


@pytest.mark.requirement("SI-26")
def test_work_on_one_child_of_a_case_is_work_on_the_case() -> None:
    both = "child: [child, brother], suspect: man"
    text = case(
        entry("2014-03-04 10:00", "investigation.opened", "{team: child_protection}", both),
        entry("2014-03-12 09:00", "interview.held", "{recorded: true}", "child: brother"),
    )
    found = {(who, at) for _, who, at in raised(text, "investigation_stalled")}
    assert found == {("child", "2014-03-26 09:00"), ("brother", "2014-03-26 09:00")}


IDENTIFIED = "2014-03-04 10:30"


@pytest.mark.requirement("SI-25", "MP-18")
@pytest.mark.parametrize(
    ("who", "data", "more", "days"),
    [
        ("man", "{contact_with_children: true}", (), 7),
        ("man", "{role_with_children: football coach}", (), 7),
        ("man", "{contact_with_children: false}", (), 14),
        ("man", "{}", (), 14),  # nobody said, and nothing says that he lives with a child
        ("father", "{}", (), 7),  # nobody said, but he lives with her and nothing keeps him away
        ("father", "{contact_with_children: false}", (), 14),
        ("father", "{}", (("bail.set", "{kind: pre_charge, conditions: ['no contact with the child']}"),), 14),
        ("father", "{}", (("bail.set", "{kind: pre_charge, conditions: ['surrender passport']}"),), 7),
        ("father", "{}", (("plan.started", "{kind: safety}"),), 14),
        ("father", "{}", (("plan.started", "{kind: safety, allows_contact_with: [father]}"),), 7),
        ("father", "{}", (("placement.started", "{kind: foster}"),), 14),
    ],
)
def test_seven_days_where_a_suspect_has_contact_with_children(
    who: str, data: str, more: tuple[tuple[str, str], ...], days: int
) -> None:
    people = f"child: child, suspect: {who}"
    text = case(
        entry("2014-03-04 10:00", "investigation.opened", "{team: child_protection}", people),
        entry(IDENTIFIED, "suspect.identified", data, people),
        *(entry("2014-03-04 11:00", kind, given, people) for kind, given in more),
        entry("2014-03-04 12:00", "suspect.seen", "{under_caution: true}", people),
    )
    assert raised(text, "investigation_stalled") == [("investigation_stalled", "child", f"2014-03-{4 + days:02} 12:00")]


@pytest.mark.parametrize(
    "end",
    [
        ("investigation.closed", "{outcome: no_further_action_evidence, reason: r}"),
        ("charge.made", "{offence: assault}"),
        ("disposal.given", "{kind: caution, for: assault}"),
        ("cps.submitted", "{}"),  # the prosecutors are late, then, and another alert says so
    ],
)
def test_a_case_that_ended_or_is_with_the_prosecutors_does_not_stand_still(end: tuple[str, str]) -> None:
    assert stalled(entry("2014-03-12 09:00", *end)) == []


@pytest.mark.requirement("SI-25")
def test_a_charge_for_another_matter_or_another_suspect_ends_nothing() -> None:
    other = entry("2014-03-05 09:00", "charge.made", "{offence: o}", "suspect: man, victim: mother")
    assert stalled(other) == [HERE]
    two = "child: child, suspect: [man, father]"
    text = case(
        entry("2014-03-04 10:00", "investigation.opened", "{team: exploitation}", two),
        entry("2014-03-06 10:00", "charge.made", "{offence: o}", "child: child, suspect: man"),
        entry(
            "2014-03-06 10:00",
            "bail.set",
            "{kind: pre_charge, conditions: ['no contact']}",
            "child: child, suspect: father",
        ),
    )
    assert raised(text, "investigation_stalled") == [("investigation_stalled", "child", "2014-03-20 10:00")]


@pytest.mark.requirement("DF-11")
def test_sent_back_for_more_evidence_the_case_runs_again() -> None:
    sent = entry("2014-03-12 09:00", "cps.submitted")
    back = entry("2014-03-20 09:00", "cps.decided", "{decision: more_evidence}")
    assert stalled(sent, back) == ["2014-04-03 09:00"]


@pytest.mark.requirement("SH-07")
def test_without_a_child_it_is_about_the_adult_victim_and_without_one_about_the_suspect() -> None:
    crime = "{offence: rape, category: sexual, child_is: victim, recent: false}"
    victim, alone = "victim: mother, suspect: man", "suspect: man"
    for people, who in ((victim, "mother"), (alone, "man")):
        text = case(
            entry("2014-03-04 09:00", "crime.recorded", crime, people),
            entry("2014-03-04 10:00", "investigation.opened", "{team: rape}", people),
        )
        assert {w for _, w, _ in raised(text, "investigation_stalled")} == {who}
    grown = case(entry("2014-03-04 10:00", "investigation.opened", "{team: domestic_abuse}", victim))
    assert raised(grown, "investigation_stalled", "investigation_unallocated", "supervision_missing") == []


@pytest.mark.requirement("SI-25")
def test_standing_still_is_told_to_the_inspector_in_words() -> None:
    found = next(r.finding for r in outcome(case(OPENED, GIVEN)).raised if r.finding.kind == "investigation_stalled")
    assert found.recipient == "detective_inspector"
    assert found.why == "Nothing has been done on this case since 4 March 2014, for 14 days or more."


HIGH = entry(
    "2014-03-05 09:00",
    "risk.assessed",
    "{tool: exploitation, grade: high, stage: secondary, role: specialist}",
    "child: child",
)
LOW = entry(
    "2014-03-08 09:00",
    "risk.assessed",
    "{tool: exploitation, grade: low, stage: review, role: specialist}",
    "child: child",
)
REVIEW = "{by_role: sergeant, satisfied: true}"


@pytest.mark.requirement("QA-01")
@pytest.mark.parametrize(
    ("more", "when"),
    [
        ((), ["2014-04-01 10:00"]),
        ((entry("2014-03-30 10:00", "investigation.reviewed", REVIEW),), ["2014-04-27 10:00"]),
        (
            (entry("2014-03-30 10:00", "investigation.reviewed", "{by_role: partner, satisfied: true}"),),
            ["2014-04-01 10:00"],
        ),
        ((HIGH,), ["2014-03-12 09:00"]),
        ((HIGH, entry("2014-03-10 10:00", "investigation.reviewed", REVIEW)), ["2014-03-17 10:00"]),
        ((HIGH, LOW), ["2014-04-01 10:00"]),  # the newest grade counts
        ((entry("2014-03-10 10:00", "charge.made", "{offence: o}"),), []),
    ],
)
def test_a_supervisor_looks_every_four_weeks_and_each_week_where_the_risk_is_high(
    more: tuple[str, ...], when: list[str]
) -> None:
    assert [at for _, _, at in raised(case(OPENED, *more), "supervision_missing")] == when


@pytest.mark.requirement("SI-25")
def test_it_clears_when_something_is_done_on_anybody_in_the_case() -> None:
    for people in ("child: child", "suspect: man"):
        done = entry("2014-03-25 09:00", "device.examined", "{item: phone, stage: triage}", people)
        text = case(OPENED, GIVEN, done, until="2014-03-26 12:00")
        assert len(raised(text, "investigation_stalled")) == 1
        assert standing(text, "investigation_stalled") == set()
