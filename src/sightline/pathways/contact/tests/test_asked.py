"""What a caller says, as the matcher takes it. No database."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.pathways.contact.queries import Asked
from sightline.people.matching.cleaning import clean

TODAY = date(2026, 11, 24)


@pytest.mark.requirement("JD-03")
@pytest.mark.parametrize(
    ("age", "low", "high"),
    [("9 or 10", 2015, 2017), ("nine or ten", 2015, 2017), ("about 9", 2016, 2017), ("8 months", 2025, 2026)],
)
def test_an_age_as_said_is_the_years_in_which_the_child_may_have_been_born(age: str, low: int, high: int) -> None:
    cleaned = clean(Asked(name="Mo Hussein", age=age).record(TODAY), TODAY)
    assert (cleaned.born_low, cleaned.born_high) == (low, high)


def test_a_date_of_birth_goes_before_an_age() -> None:
    assert clean(Asked(name="Mo", born="4 3 2016", age="12").record(TODAY), TODAY).dob == "20160304"


@pytest.mark.parametrize(
    ("description", "sex"),
    [("a boy in a red coat", "M"), ("little girl", "F"), ("a boy with his sister", ""), ("in a red coat", "")],
)
def test_a_boy_or_a_girl_says_the_sex_and_both_say_nothing(description: str, sex: str) -> None:
    assert Asked(description=description).record(TODAY).sex == sex


def test_only_the_names_of_the_fields_given_may_be_logged() -> None:
    assert Asked(name="Mo Hussein", postcode=" ").given() == ("name",)
