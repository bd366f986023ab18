"""The adults whom a held child is owed, sentence by sentence."""

from __future__ import annotations

import pytest

from alarms import raised, standing
from custody_record import custody

START = ("10:00", "held", "")
ASKED = ("10:30", "adult.requested", "who: scheme")


def times(case: str, kind: str) -> list[str]:
    return [at[11:] for _, _, at in raised(case, kind)]


@pytest.mark.requirement("CU-07")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ["11:00"]),  # nobody asked
        ([ASKED], ["14:30"]),  # asked, not come: four hours from being asked
        ([ASKED, ("14:30", "adult.arrived", "")], []),
        (
            [ASKED, ("12:00", "rights_given", "appropriate_adult_present: true")],
            [],
        ),  # the record of rights shows the adult there
        (
            [ASKED, ("11:00", "adult.answered", "coming: false")],
            ["12:00"],
        ),  # cannot come, and no other asked within the hour
        ([ASKED, ("11:00", "adult.answered", "coming: false"), ("11:20", "adult.requested", "who: other")], ["14:30"]),
        (
            [ASKED, ("11:00", "adult.answered", "coming: true, expected: 2014-03-05 09:00:00")],
            ["11:03"],
        ),  # the next day is too late
        (
            [
                ASKED,
                ("11:00", "adult.answered", "coming: true, expected: 2014-03-04 13:00:00"),
                ("13:00", "adult.arrived", ""),
            ],
            [],
        ),
    ],
)
def test_an_adult_is_asked_within_the_hour_and_comes_within_four(
    rows: list[tuple[str, str, str]], told: list[str]
) -> None:
    case = custody(START, *rows, until="2014-03-04 20:00:00")
    assert times(case, "appropriate_adult_late") == told


def test_an_adult_who_comes_late_ends_the_alert_and_so_does_going_home() -> None:
    assert not standing(custody(START, ("12:00", "adult.arrived", "")), "appropriate_adult_late")
    assert not standing(custody(START, ("12:00", "ended", "how: bailed")), "appropriate_adult_late")


@pytest.mark.requirement("CU-07")
def test_an_interview_without_the_adult_is_told_at_once() -> None:
    case = custody(
        START, ASKED, ("12:00", "interviewed", "appropriate_adult_present: false"), until="2014-03-04 13:00:00"
    )
    assert times(case, "appropriate_adult_late") == ["12:03"]


SEVENTEEN = "people:\n  child: {born: 1996-05-05, sex: M}"


@pytest.mark.requirement("CU-05")
@pytest.mark.parametrize(("day", "owed"), [("2013-10-26", 0), ("2013-10-27", 1)])
def test_at_seventeen_an_adult_and_word_to_parents_are_owed_from_the_day_the_code_changed(day: str, owed: int) -> None:
    case = custody(START, day=day, until=f"{day} 16:00:00", people=SEVENTEEN)
    for kind in ("appropriate_adult_late", "responsible_adult_not_told", "rights_late"):
        assert len(raised(case, kind)) == owed, kind


@pytest.mark.requirement("CU-06")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ["11:00"]),
        ([("10:50", "informed", "whom: solicitor")], ["11:00"]),
        ([("10:50", "informed", "whom: parent")], []),
        ([("10:50", "informed", "whom: social_care")], []),
        ([("10:50", "adult.requested", "who: parent")], []),  # a parent asked to come has been told
        ([("10:50", "adult.requested", "who: scheme")], ["11:00"]),
    ],
)
def test_somebody_responsible_for_the_child_is_told_within_the_hour(
    rows: list[tuple[str, str, str]], told: list[str]
) -> None:
    case = custody(START, *rows, until="2014-03-04 13:00:00")
    assert times(case, "responsible_adult_not_told") == told


@pytest.mark.requirement("CU-06")
@pytest.mark.parametrize(("whom", "told"), [("parent", 1), ("care_home", 0), ("social_care", 0)])
def test_of_a_child_in_care_the_authority_or_the_home_is_told(whom: str, told: int) -> None:
    markers = "markers:\n  - [child, looked_after, 2012-01-01]"
    case = custody(START, ("10:30", "informed", f"whom: {whom}"), markers=markers, until="2014-03-04 13:00:00")
    assert len(raised(case, "responsible_adult_not_told")) == told


@pytest.mark.requirement("CU-09")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ["13:00"]),
        ([("11:00", "rights_given", "appropriate_adult_present: true")], []),
        ([("11:00", "rights_given", "appropriate_adult_present: false")], ["13:00"]),
        ([("11:00", "rights_given", "")], []),  # whether the adult was there is not supplied: unknown, not no
    ],
)
def test_rights_are_given_with_the_adult_there_within_three_hours(
    rows: list[tuple[str, str, str]], told: list[str]
) -> None:
    assert times(custody(START, *rows, until="2014-03-04 16:00:00"), "rights_late") == told
