"""On what basis something may be given, and under which agreement: one row a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.exchange.sharing.rules import Given, Terms, bases_on, missing, outside, purposes_on, sections

DAY = date(2026, 11, 2)
WHY = "The school has to know whom not to let him go home with"


@pytest.mark.requirement("IS-09")
@pytest.mark.parametrize(
    ("bases", "reason", "consent", "says"),
    [
        ([], WHY, "not_sought", "lawful basis"),
        (["safeguarding_condition"], WHY, "not_sought", "lawful basis"),  # a condition alone is no basis
        (["no_such_basis"], WHY, "not_sought", "lawful basis"),
        (["public_task"], "", "not_sought", "Say why"),
        (["public_task"], "  because  ", "not_sought", "Say why"),
        (["consent"], WHY, "not_sought", "only where they agreed"),
        (["consent"], WHY, "refused", "only where they agreed"),
        (["consent"], WHY, "given", ""),
        (["public_task"], WHY, "refused", ""),
        (["law_enforcement", "crime_and_disorder"], WHY, "not_safe_to_seek", ""),
    ],
)
def test_what_a_share_lacks(bases: list[str], reason: str, consent: str, says: str) -> None:
    why = missing(bases, reason, consent, DAY)
    assert (says in why) if says else (why == "")


@pytest.mark.requirement("RF-19")
def test_an_urgent_share_lacks_nothing_as_it_is_filled_in() -> None:
    urgent = [p for p in purposes_on(DAY).values() if p.urgent]
    assert [p.key for p in urgent] == ["urgent_protection"]
    for p in urgent:
        assert missing(p.bases, p.reason, p.consent, DAY) == ""
        assert p.sections


def test_a_basis_holds_from_its_day_and_what_was_not_checked_says_so() -> None:
    assert "sharing_duty" not in bases_on(date(2026, 5, 31))  # passed in April; its section comes in by regulations
    assert "sharing_duty" in bases_on(date(2026, 6, 1))
    assert "safeguarding_interest" not in bases_on(date(2026, 2, 4))  # passed in June 2025, in force later
    assert "safeguarding_interest" in bases_on(date(2026, 2, 5))
    assert "to be confirmed" in bases_on(DAY)["sharing_duty"].says
    assert "to be confirmed" not in bases_on(DAY)["law_enforcement"].says


def test_what_is_declared_hangs_together() -> None:
    for p in purposes_on(DAY).values():
        assert set(p.bases) <= bases_on(DAY).keys(), p.key
        assert set(p.sections) <= sections().keys(), p.key
        assert any(bases_on(DAY)[b].lawful for b in p.bases), p.key


HELD = Terms(
    3, "Schools", frozenset({"police", "school"}), frozenset({"school"}), frozenset({"domestic_abuse", "crime"}),
    frozenset({"identifying", "standing"}), date(2026, 1, 1), date(2026, 12, 1),
)  # fmt: skip
GIVEN = Given(frozenset({"police", "school"}), "school", frozenset({"crime"}), frozenset({"standing"}))


@pytest.mark.requirement("AG-20")
@pytest.mark.parametrize(
    ("change", "day", "says"),
    [
        ({}, DAY, ""),
        ({}, date(2026, 12, 1), "it has ended"),
        ({}, date(2025, 12, 31), "it has not begun"),
        ({"purpose": "enquiry"}, DAY, "does not cover this purpose"),
        ({"sources": frozenset({"crime", "health"})}, DAY, "what health holds"),
        ({"classes": frozenset({"sensitive"})}, DAY, "what is sensitive"),
        ({"parties": frozenset({"police", "housing"})}, DAY, "No agreement names both"),
    ],
)
def test_which_agreement_covers_a_share(change: dict[str, object], day: date, says: str) -> None:
    given = Given(**{**vars(GIVEN), **change})  # type: ignore[arg-type]
    number, why = outside(given, [HELD], day)
    assert (number, why) == (3, ()) if not says else (number is None and says in " ".join(why))


@pytest.mark.requirement("AG-20")
def test_an_agreement_that_ends_within_sixty_days_says_so() -> None:
    assert HELD.ends_soon(DAY)
    assert not HELD.ends_soon(date(2026, 9, 1))
    assert not HELD.ends_soon(date(2026, 12, 1)), "it has ended"
