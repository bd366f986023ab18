"""Characters typed are told from characters that stood there already, without anything running in the browser."""

from __future__ import annotations

import pytest

from sightline.oversight.recording_effort.rules import keyed, keyed_in_form


@pytest.mark.requirement("JD-14")
@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("", "Mo Hussein", 10),
        ("Mo Hussein", "Mo Hussein", 0),
        ("Mo Hussein", "Mo Hussain", 1),
        ("Mo Hussein", "Mo Hussein, ten", 5),
        ("Mo Hussein", "Mo", 0),
        ("Mo Hussein", "Kai Dale", 8),
        ("Mo", "", 0),
        ("near the shop on Weir Lane", "by the shop, on Weir Lane", 3),
        ("aaaa", "aaaaaa", 2),
    ],
)
def test_only_what_was_not_there_before_counts(before: str, after: str, count: int) -> None:
    assert keyed(before, after) == count


@pytest.mark.requirement("JD-14")
def test_over_a_form_a_choice_is_one_keystroke_and_a_choice_left_as_it_was_is_none() -> None:
    before = {"grade": "medium", "agrees": "yes", "reason": "seen with his aunt"}
    after = {"grade": "high", "agrees": "yes", "reason": "seen with his aunt today", "note": "ok"}
    assert keyed_in_form(before, after, ["grade", "agrees"]) == 1 + len(" today") + 2


def test_two_long_texts_are_compared_in_no_time() -> None:
    assert keyed("ab" * 1000, "ba" * 1000) < 2000
