"""Every check of the source is caught when it is taken away, or it is said why nothing changes without it."""

from __future__ import annotations

import pytest

from mutants import caught, taken

EVERY = taken.every()


@pytest.mark.requirement("IS-01", "IS-03")
def test_every_check_is_known_to_be_caught_or_says_why_nothing_changes_without_it() -> None:
    known = caught.written().keys() | caught.accepted().keys()
    keys = {c.key for c in EVERY}
    assert keys - known == set(), (
        "new checks: `make proof-mutants` finds the test that catches each, or tells that there is none"
    )
    assert known - keys == set(), "gone: `python -m mutants.caught` writes the file anew"
    assert caught.written().keys() & caught.accepted().keys() == set()
    assert [k for k, why in caught.accepted().items() if len(why) < 30] == []


def test_each_taken_away_is_another_function_and_is_put_back() -> None:
    for check in EVERY:
        (live,) = taken.functions()[check.where]
        before = live.__code__
        with taken.away(check):
            assert live.__code__.co_names != before.co_names, check.key
            assert live.__code__.co_varnames == before.co_varnames
        assert live.__code__ is before


def test_no_two_checks_have_one_name() -> None:
    assert len({c.key for c in EVERY}) == len(EVERY)
