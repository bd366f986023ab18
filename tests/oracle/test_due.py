"""What the policy table gives of somebody stands on the pages that are there to show it, and nothing of it is missing."""

from __future__ import annotations

import pytest

from oracle.due import KEEN, NOT_ON_PAGES, OF_SOME, WIDELY, keen, missing, missing_anywhere, shown_to_the_officer
from oracle.extent import FULL, PART, kept
from oracle.judge import Judge
from oracle.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(PART > 1, reason="asked with the first part")]


@pytest.mark.requirement("IS-01", "JD-11")
@pytest.mark.parametrize("part", KEEN)
def test_nothing_is_missing_that_the_table_gives(held: Scene, judge: Judge, part: str) -> None:
    lacking = {(e.name, *what) for e in keen(held, part) for what in missing(held, judge, e, part)}
    assert lacking == set()


@pytest.mark.requirement("IS-01", "JD-11")
def test_every_field_that_the_table_gives_stands_on_some_page_or_is_named_with_why_not(
    held: Scene, judge: Judge
) -> None:
    asked = [(held.of_role(WIDELY[0])[0], WIDELY[1])]
    if FULL:  # of each kind of agency one, and of each role one
        roles = dict.fromkeys(e.viewer.role for e in held.eyes)
        asked = [(e, part) for part in KEEN for e in keen(held, part)] + [
            (e, WIDELY[1]) for r in roles for e in held.of_role(r)[:1]
        ]
    lacking, shown = set(), shown_to_the_officer(held) if FULL else set()
    for eye, part in asked:
        gone, there = missing_anywhere(held, judge, eye, part)
        lacking |= {(eye.name, part, *what) for what in gone}
        for what in sorted(gone):
            kept(f"missing: {eye.name} at {part}: {' '.join(what)}")
        shown |= there
    for field in sorted(OF_SOME.keys() - shown) if FULL else ():
        kept(f"shown to nobody: {field}")
    assert lacking == set()
    assert shown & NOT_ON_PAGES.keys() == set(), "shown on a page: take it off the list"
    assert not FULL or OF_SOME.keys() - shown == set(), "shown to nobody at all"
