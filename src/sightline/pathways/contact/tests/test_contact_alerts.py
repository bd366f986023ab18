"""What first contact tells somebody unasked, sentence by sentence."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import raised, standing

events = partial(alarms.in_march, source="command_and_control", until="2014-03-08 18:00:00")


CALL = '04 18:20 contact.received | child: child, suspect: father | channel: "999", kind: assault, graded: priority, caller_is: parent'
SENT, CAME = "04 18:24 attendance.dispatched", "04 18:50 attendance.arrived"
SEEN = "04 19:00 child.seen | | alone: true, spoken_to: true, safe: true"
CRIME = (
    "04 19:30 crime.recorded | child: child, suspect: father | offence: assault, category: violence, child_is: victim"
)
VIOLENT = "markers:\n  - [father, violent, 2013-05-01]\n"


def cancelled(reason: str = "no unit free", by: str = "control room sergeant") -> str:
    return f"04 18:40 attendance.cancelled | | reason: {reason}, authorised_by: {by}"


@pytest.mark.requirement("FC-08", "FC-11")
@pytest.mark.parametrize(
    ("more", "when"),
    [
        ((), ["2014-03-04 19:20"]),
        ((CAME,), []),
        (("04 19:10 missing.returned | | found_by: police, harmed: 'no'",), []),
        (("04 19:10 suspect.arrested | child: child, suspect: father |",), []),
        ((cancelled(by="duty inspector"),), []),
        ((CALL.replace("18:20", "18:35").replace("priority", "immediate"),), ["2014-03-04 18:50"]),
        ((CALL.replace("18:20", "18:55"),), ["2014-03-04 19:20"]),
    ],
)
def test_one_alert_an_incident_at_the_soonest_of_its_grades(more: tuple[str, ...], when: list[str]) -> None:
    assert [at for _, _, at in raised(events(CALL, *more), "attendance_overdue")] == when


@pytest.mark.requirement("DA-01")
def test_where_children_are_said_to_be_there_those_of_the_household_are_asked_about() -> None:
    call = '04 18:20 contact.received | victim: mother | channel: "999", kind: domestic_abuse, graded: priority, children_present: {}'
    assert {who for _, who, _ in raised(events(call.format("true")), "child_not_seen")} == {"child", "brother"}
    assert raised(events(call.format("false")), "child_not_seen", "attendance_overdue") == []


@pytest.mark.requirement("FC-10")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((CALL, cancelled()), ["2014-03-04 18:43"]),
        ((CALL, cancelled(by="duty inspector")), []),
        ((CALL, "04 18:30 child.seen | | alone: true, spoken_to: true, safe: true", cancelled()), []),
        ((CALL, cancelled(), "04 18:41 attendance.dispatched"), []),
        ((CALL.replace("priority", "no_attendance"),), ["2014-03-04 18:23"]),
        ((CALL.replace("priority", "no_attendance").replace("kind: assault", "kind: antisocial"),), []),
        ((CALL.replace("priority", "no_attendance").replace("kind: assault", "kind: welfare_check, told_child_is_safe: true"),),
         ["2014-03-04 18:23"]),
        ((CALL.replace("kind: assault", "kind: antisocial"), cancelled()), []),
    ],
)  # fmt: skip
def test_nobody_will_go_to_a_child_who_may_be_at_risk(rows: tuple[str, ...], told: list[str]) -> None:
    assert [at for _, _, at in raised(events(*rows), "attendance_cancelled")] == told


def test_a_known_danger_makes_a_soft_call_one_that_needs_somebody() -> None:
    call = CALL.replace("kind: assault", "kind: concern_for_child").replace("priority", "no_attendance")
    assert raised(events(call), "attendance_cancelled") == []
    assert standing(events(call, head=VIOLENT), "attendance_cancelled") == {("attendance_cancelled", "child")}


@pytest.mark.requirement("FC-09", "CN-06")
@pytest.mark.parametrize(
    ("more", "when"),
    [
        ((), ["2014-03-05 18:20"]),
        ((CAME,), ["2014-03-04 22:50"]),
        ((SEEN,), []),
        (("05 17:00 plan.visit | | seen: true",), []),
        (("05 17:00 plan.visit | | seen: false",), ["2014-03-05 18:20"]),
        (("04 20:00 child.seen | child: brother | alone: true, spoken_to: true, safe: true",), ["2014-03-05 18:20"]),
    ],
)
def test_a_child_is_seen_within_four_hours_of_arrival_or_a_day_of_the_call(
    more: tuple[str, ...], when: list[str]
) -> None:
    assert [at for _, _, at in raised(events(CALL, *more), "child_not_seen")] == when


@pytest.mark.requirement("FC-09")
def test_a_child_come_upon_on_patrol_is_seen_too_and_a_missing_one_is_not_there_to_be_seen() -> None:
    assert [at for *_, at in raised(events(CAME), "child_not_seen")] == ["2014-03-04 22:50"]
    assert raised(events(CALL.replace("kind: assault", "kind: missing")), "child_not_seen") == []


BESIDE = "04 19:00 child.seen | | alone: false, spoken_to: true, safe: true"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((BESIDE,), ["2014-03-05 19:00"]),
        ((BESIDE, BESIDE.replace("19:00", "21:00")), ["2014-03-05 19:00"]),
        ((BESIDE, "05 09:00 child.seen | | alone: true, spoken_to: true, safe: true"), []),
        (("04 18:55 child.seen | | alone: true, spoken_to: true, safe: true", BESIDE), []),
        (("05 09:00 interview.held | | recorded: true, in_presence_of_suspect: true",), ["2014-03-06 09:00"]),
        ((BESIDE, "05 09:00 interview.held | | recorded: true, in_presence_of_suspect: false"), []),
    ],
)
def test_a_child_asked_only_beside_a_parent_is_asked_again_alone(more: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(CALL, *more), "child_not_seen_alone")] == told


def test_nobody_asks_a_baby_alone() -> None:
    people = "people:\n  child: {born: 2013-01-01}\n  father: {born: 1980-01-01}\n"
    assert raised(events(CALL, BESIDE, head=people), "child_not_seen_alone") == []


FIRST = (
    "04 19:05 suspect.seen | suspect: father, child: child | under_caution: true | | note: says it was the first time"
)


@pytest.mark.requirement("JD-19")
def test_the_first_time_held_against_the_record() -> None:
    assert [at for *_, at in raised(events(CALL, FIRST, head=VIOLENT), "account_contradicted")] == ["2014-03-04 19:08"]
    assert raised(events(CALL, FIRST), "account_contradicted") == []
    later = FIRST.replace("the first time", "the forty-first time")
    assert raised(events(CALL, later, head=VIOLENT), "account_contradicted") == []
    weighed = (
        "04 22:00 risk.assessed | child: child | tool: child, grade: high, stage: initial, history_considered: true"
    )
    assert raised(events(CALL, FIRST, weighed, head=VIOLENT), "account_contradicted", cleared=True) == []


@pytest.mark.requirement("JD-19")
def test_a_child_said_to_be_safe_and_found_not_to_be() -> None:
    call = CALL.replace("kind: assault", "kind: welfare_check, told_child_is_safe: true")
    unsafe = "05 10:00 child.seen | | alone: true, spoken_to: true, safe: false"
    assert [at for *_, at in raised(events(call, unsafe), "account_contradicted")] == ["2014-03-05 10:03"]
    assert raised(events(call, unsafe.replace("false", "true")), "account_contradicted") == []


@pytest.mark.requirement("FC-05", "FC-06")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((CALL, "04 18:40 attendance.cancelled | | reason: malicious call in a custody dispute"), ["2014-03-04 18:43"]),
        ((CALL, cancelled(reason="malicious call")), []),
        ((CALL.replace("caller_is: parent", "caller_is: child").replace("priority", "scheduled"),), ["2014-03-04 18:23"]),
        ((CALL.replace("caller_is: parent", "caller_is: professional").replace("priority", "scheduled"),), []),
        ((CALL.replace("priority", "scheduled"),), []),
        ((CALL, CRIME.replace("violence", "sexual"), "04 20:00 investigation.opened | | team: response"), ["2014-03-05 20:00"]),
        ((CALL, CRIME.replace("violence", "sexual"), "04 20:00 investigation.opened | | team: response",
          "05 09:00 investigation.allocated | | officer: a, specialist: true"), []),
        ((CALL, CRIME.replace("violence", "sexual"), "05 09:00 investigation.allocated | | officer: a, specialist: false"),
         ["2014-03-05 09:03"]),
    ],
)  # fmt: skip
def test_a_report_counts_by_what_it_says_not_by_who_makes_it(rows: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(*rows), "report_downgraded")] == told


@pytest.mark.requirement("FC-19", "FC-21", "FC-29")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((CALL,), ["2014-03-05 18:20"]),
        ((CALL, CRIME), []),
        ((CALL.replace("caller_is: parent", "caller_is: neighbour"),), []),
        ((CALL.replace("kind: assault", "kind: concern_for_child").replace(", suspect: father", ""),
          SEEN + ", views: says dad hit him with a belt"), ["2014-03-05 19:00"]),
        ((CALL.replace("kind: assault", "kind: concern_for_child"), SEEN + ", injuries: bruise to the cheek"), ["2014-03-05 19:00"]),
        ((CALL.replace("kind: assault", "kind: concern_for_child"), SEEN + ", views: says dad shouts"), []),
        (("04 10:00 referral.made | | to: police, basis: s47, summary: says stepfather punched him in the back",), ["2014-03-05 10:00"]),
        ((CALL, CRIME, "05 10:00 crime.cancelled | | reason: x, additional_verifiable_information: false"), ["2014-03-05 10:03"]),
        ((CALL, CRIME, "05 10:00 crime.cancelled | | reason: x, additional_verifiable_information: true"), []),
        ((CALL.replace("child: child, suspect: father", "child: child, suspect: child, victim: mother"),), []),
    ],
)  # fmt: skip
def test_an_account_of_an_offence_becomes_a_crime_within_a_day(rows: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(*rows), "crime_not_recorded")] == told


@pytest.mark.requirement("FC-19")
def test_the_crime_of_a_brother_in_the_same_matter_is_recorded_for_both() -> None:
    form = "concern.notified | child: brother | kinds: [physical], what_happened: x, seen: true, seen_alone: true, action_taken: x, grade: medium"
    assert raised(events(CALL, CRIME, f"04 20:00 {form}"), "crime_not_recorded") == []
    assert [who for _, who, _ in raised(events(f"04 20:00 {form}"), "crime_not_recorded")] == ["brother"]


FORM_OF_CALL = "04 18:20 contact.received | child: child, victim: mother, suspect: father | kind: domestic_abuse{} | domestic_abuse"
CALL_OF_MOTHER = '04 18:20 contact.received | reporter: mother | channel: "999", kind: domestic_abuse, graded: priority, children_present: true'


@pytest.mark.requirement("FC-09")
def test_a_call_and_the_form_about_it_ask_once_for_the_child() -> None:
    found = raised(events(CALL_OF_MOTHER, FORM_OF_CALL.format(", children_present: true")), "child_not_seen")
    assert found == [("child_not_seen", "child", "2014-03-05 18:20")]
    assert len(raised(events(CALL_OF_MOTHER), "child_not_seen")) == 2  # with no form, each child of the house


@pytest.mark.requirement("FC-09")
@pytest.mark.parametrize(
    ("said", "count"),
    [
        (", children_present: true", 1),
        ("", 1),  # not said
        (", children_present: false", 0),
        (", children_present: false, told_child_is_safe: true", 1),
    ],
)
def test_a_child_who_was_not_there_when_adults_fought_is_not_there_to_be_seen(said: str, count: int) -> None:
    assert len(raised(events(FORM_OF_CALL.format(said)), "child_not_seen")) == count


MARK = (
    "04 19:00 child.seen | child: child, suspect: father | alone: true, spoken_to: true, injuries: mark on the back{}"
)


@pytest.mark.requirement("FC-19")
@pytest.mark.parametrize(
    ("doctor", "views", "count"),
    [
        ("medical.held | | findings: a birthmark", "", 0),
        ("health.consulted | | role: paediatrician, opinion: consistent with the fall described", "", 0),
        ("medical.held | | findings: non-accidental", "", 1),
        ("health.consulted | | role: paediatrician, opinion: accident cannot be ruled out", "", 1),
        ("health.consulted | | role: paediatrician, opinion: to be examined", "", 1),
        ("medical.held | | findings: a birthmark", ", views: says dad hit him", 1),
    ],
)
def test_no_crime_is_owed_where_a_clinician_found_that_nobody_did_it(doctor: str, views: str, count: int) -> None:
    rows = (MARK.format(views), f"04 21:00 {doctor}")
    assert len(raised(events(*rows), "crime_not_recorded")) == count
