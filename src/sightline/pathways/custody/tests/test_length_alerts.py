"""How long a child has been held, and the reviews that are owed meanwhile, by the clock of the law."""

from __future__ import annotations

import pytest

from alarms import outcome, raised
from custody_record import custody


def times(case: str, kind: str) -> list[str]:
    return [at[5:] for _, _, at in raised(case, kind)]


REVIEW = 'by_rank: inspector, "continue": true'


@pytest.mark.requirement("CU-04")
@pytest.mark.parametrize(
    ("reviews", "due"),
    [
        ([], ["03-04 16:00"]),
        ([("16:00", REVIEW)], ["03-05 01:00"]),  # held at the very minute: nine hours on from it
        ([("15:00", REVIEW)], ["03-05 00:00"]),  # held early: nine hours from when it was held
        ([("18:00", REVIEW)], ["03-04 16:00", "03-05 01:00"]),  # held late: nine hours from when it was due (s40(7))
        ([("15:30", 'by_rank: inspector, "continue": false')], []),  # nothing more to review: the child is to go
    ],
)
def test_the_first_review_is_due_after_six_hours_and_then_every_nine(
    reviews: list[tuple[str, str]], due: list[str]
) -> None:
    rows = [(at, "reviewed", said) for at, said in reviews]
    case = custody(("10:00", "held", ""), *rows, until="2014-03-05 08:00:00")
    assert times(case, "detention_review_due") == due


def test_nothing_is_reviewed_once_the_child_has_left_nor_a_detention_under_the_mental_health_act() -> None:
    gone = custody(("10:00", "held", ""), ("15:59", "ended", "how: bailed"))
    ill = custody(("10:00", "authorised", "station: Northgate, reason: ill, power: s136"))
    assert times(gone, "detention_review_due") == times(ill, "detention_review_due") == []


@pytest.mark.requirement("CU-04")
@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("08:00", ["03-04 20:00", "03-05 08:00"]),  # twelve hours, and the day that the law allows
        ("14:00", ["03-04 23:00"]),  # still there when night begins
        ("21:00", ["03-05 01:00"]),  # brought in late: some hours, at night
    ],
)
def test_a_child_held_long_or_at_night_is_told_of(start: str, told: list[str]) -> None:
    assert times(custody((start, "held", "")), "detention_long") == told


@pytest.mark.requirement("CU-04")
def test_the_limit_of_the_law_is_a_day_longer_where_a_superintendent_extended_it_and_no_clock_after_charge() -> None:
    held = ("2014-03-04 08:00", "held", "")
    extended = custody(
        held, ("2014-03-05 07:00", "reviewed", 'by_rank: superintendent, "continue": true'), until="2014-03-06 00:00:00"
    )
    charged = custody(held, ("12:00", "charged", "bail: refused"), until="2014-03-06 00:00:00")
    assert times(extended, "detention_long") == ["03-04 20:00", "03-05 20:00"]
    assert times(charged, "detention_long") == ["03-04 20:00"]


@pytest.mark.requirement("CU-05")
def test_detention_is_counted_from_its_start_across_the_change_of_the_clocks() -> None:
    case = custody(("2014-03-29 20:00", "held", ""), until="2014-03-30 12:00:00")
    assert times(case, "detention_review_due") == ["03-30 03:00"]  # six real hours on a night that loses one


@pytest.mark.requirement("CU-05")
def test_an_adult_in_the_role_of_a_child_is_no_child_and_one_of_unknown_age_is() -> None:
    adult = custody(("08:00", "held", ""), people="people:\n  child: {born: 1995-01-01, sex: M}")
    unknown = custody(("08:00", "held", ""), people="people:\n  child: {sex: M}")
    assert times(adult, "detention_long") == []
    assert times(unknown, "detention_long") == ["03-04 20:00", "03-05 08:00"]


@pytest.mark.requirement("CU-04")
def test_a_second_authorisation_in_one_stay_starts_no_second_clock() -> None:
    case = custody(("08:00", "held", ""), ("11:00", "held", ""), until="2014-03-04 23:00:00")
    assert len([r for r in outcome(case).raised if r.finding.kind == "detention_review_due"]) == 1
