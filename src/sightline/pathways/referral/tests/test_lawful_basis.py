"""On what basis a referral is shared follows the day: no law is named before it was in force."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.pathways.referral.rules.authorities import authority, lawful_words, setting_words


@pytest.mark.requirement("RF-19")
@pytest.mark.parametrize(
    ("day", "names", "not_yet"),
    [
        (date(2004, 3, 4), "Data Protection Act 1998", "Children Act 2004"),
        (date(2014, 3, 4), "Data Protection Act 1998", "GDPR"),
        (date(2019, 3, 4), "Data Protection Act 2018", "UK GDPR"),
        (date(2025, 11, 6), "UK GDPR", "Domestic Abuse Act 2021"),  # passed in May 2024, in force the day after this
        (date(2025, 11, 7), "Domestic Abuse Act 2021 s49A", "1998"),
        (date(2026, 3, 4), "Domestic Abuse Act 2021 s49A", "1998"),
    ],
)
def test_no_law_is_named_before_it_was_in_force(day: date, names: str, not_yet: str) -> None:
    said = " ".join([*(lawful_words(day, urgent=u)["lawful_basis"] for u in (True, False)), setting_words(day)])
    assert names in said and not_yet not in said
    assert "significant harm" in authority("hub", day).thresholds["s47"]
