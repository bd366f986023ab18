"""Whose limits hold in Wales on a day, and what is a local default because no law was found."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.clocks.limits import ENGLAND, WALES, Limits
from sightline.kernel.law import Standing


@pytest.mark.parametrize(
    ("day", "instrument"),
    [
        (date(2008, 3, 31), "Working Together to Safeguard Children"),
        (date(2008, 4, 1), "All Wales Child Protection Procedures"),
        (date(2019, 11, 10), "All Wales Child Protection Procedures"),
        (date(2019, 11, 11), "Wales Safeguarding Procedures"),
    ],
)
def test_in_wales_a_referral_is_decided_by_the_procedures_of_the_day(day: date, instrument: str) -> None:
    assert Limits(WALES).version("referral.decided", day).source.instrument == instrument


def test_where_no_law_was_found_for_wales_the_limit_is_a_local_default_and_says_what_was_looked_for() -> None:
    for name, day in (("care.review.first", date(2020, 1, 1)), ("return_interview", date(2012, 1, 1))):
        wales, england = (Limits(nation).version(name, day) for nation in (WALES, ENGLAND))
        assert (wales.source.standing, wales.value) == (Standing.LOCAL, england.value)
        assert wales.source.checked and england.source.standing is not Standing.LOCAL
