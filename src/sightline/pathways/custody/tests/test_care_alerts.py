"""Food, drink, checks, healthcare, cells and the record of a held child; a child who is ill and held by police."""

from __future__ import annotations

import pytest

from alarms import raised, standing
from custody_record import custody

START = ("10:00", "held", "")
CHECKS = [(f"{hour}:{minute}", "checked", "kind: visit") for hour in range(10, 20) for minute in ("45",)]


def times(case: str, kind: str) -> list[str]:
    return [at[5:] for _, _, at in raised(case, kind)]


@pytest.mark.requirement("CU-12")
def test_a_child_whom_nobody_looks_in_on_for_an_hour_is_told_of_and_being_with_the_child_counts() -> None:
    assert times(custody(START, until="2014-03-04 12:00:00"), "care_missing") == ["03-04 11:00"]
    seen = custody(START, ("10:50", "interviewed", "appropriate_adult_present: true"), ("11:50", "checked", "kind: visit"),
                   until="2014-03-04 12:30:00")  # fmt: skip
    assert times(seen, "care_missing") == []


@pytest.mark.requirement("CU-11")
def test_food_or_drink_is_offered_every_six_waking_hours() -> None:
    assert times(custody(START, *CHECKS, until="2014-03-04 19:00:00"), "care_missing") == ["03-04 16:00"]
    offered = ("15:00", "offered", "what: meal, accepted: false")
    assert times(custody(START, *CHECKS, offered, until="2014-03-04 20:00:00"), "care_missing") == []
    washed = ("15:00", "offered", "what: wash, accepted: true")
    assert times(custody(START, *CHECKS, washed, until="2014-03-04 19:00:00"), "care_missing") == ["03-04 16:00"]


@pytest.mark.requirement("CU-11")
def test_a_child_asleep_is_not_woken_for_it_but_no_ten_hours_pass() -> None:
    hours = ["22", "23"]
    night = [(f"{h}:30", "checked", "kind: observation") for h in hours]
    after = [(f"2014-03-05 0{h}:25", "checked", "kind: observation") for h in range(9)]
    case = custody(("22:00", "held", ""), *night, *after, until="2014-03-05 09:00:00")
    assert times(case, "care_missing") == ["03-05 08:00"]


@pytest.mark.requirement("CU-42")
@pytest.mark.parametrize(
    ("assessed", "more", "told"),
    [
        ("[self-harm]", [], 1),
        ("[self-harm]", [("11:30", "healthcare", "seen: true")], 0),
        ("[no injuries]", [], 0),
        ("[]", [("11:00", "healthcare", "seen: false")], 1),
    ],
)
def test_signs_of_illness_are_seen_by_a_health_professional(
    assessed: str, more: list[tuple[str, str, str]], told: int
) -> None:
    rows = [("10:10", "risk_assessed", f"vulnerabilities: {assessed}, cell: detention_room"), *more, *CHECKS]
    case = custody(START, *rows, until="2014-03-04 13:40:00")
    assert len(raised(case, "care_missing")) == told


ASSESSED = ("10:10", "risk_assessed", "vulnerabilities: [], cell: detention_room")


@pytest.mark.requirement("CU-03")
def test_two_hours_with_nothing_on_the_record_are_a_gap() -> None:
    assert times(custody(START, ASSESSED, until="2014-03-04 14:00:00"), "custody_record_gap") == ["03-04 12:10"]
    assert times(custody(START, ASSESSED, *CHECKS, until="2014-03-04 14:00:00"), "custody_record_gap") == []
    assert times(custody(START, *CHECKS, until="2014-03-04 14:00:00"), "custody_record_gap") == [
        "03-04 12:00"
    ]  # no risk assessment


@pytest.mark.requirement("CU-13")
def test_a_child_in_a_cell_is_told_of_until_moved() -> None:
    cell = ("10:10", "risk_assessed", "cell: cell")
    assert times(custody(START, cell), "cell_used") == ["03-04 10:13"]
    assert not standing(custody(START, cell, ("11:00", "risk_assessed", "cell: detention_room")), "cell_used")
    assert times(custody(START, ASSESSED), "cell_used") == []


@pytest.mark.requirement("CU-29")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("station: Northgate, reason: in crisis, power: s136", 1),
        ("station: hospital 136 suite, reason: in crisis, power: s136", 0),
        ("station: Northgate, reason: theft, power: arrest", 0),
    ],
)
@pytest.mark.parametrize("day", ["2014-03-04", "2018-03-05"])
def test_a_child_who_is_ill_is_not_held_by_police_and_since_2017_never(said: str, told: int, day: str) -> None:
    case = custody(("10:00", "authorised", said), day=day, until=f"{day} 11:00:00")
    assert len(raised(case, "police_cell_for_health")) == told


@pytest.mark.requirement("CU-24")
def test_a_home_that_will_not_have_the_child_back_is_told_at_once_until_there_is_somewhere() -> None:
    refused = ("12:00", "placement.refused", "by: the home")
    assert times(custody(START, refused), "placement_refused") == ["03-04 12:03"]
    assert not standing(custody(START, refused, ("15:00", "ended", "how: local_authority")), "placement_refused")
