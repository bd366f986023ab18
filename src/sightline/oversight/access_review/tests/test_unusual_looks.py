"""What makes a look unusual: one row a reason, without a database; what is drawn at random; and what is usual."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.oversight.access_review.rules import (
    About,
    Look,
    drawn_at_random,
    plain,
    queue,
    street,
    surnames_in,
    weights_on,
)

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ADA = 7
LOOK = Look(1, NOON, 50, "call_handler", frozenset({ADA}), frozenset({ADA}), frozenset({ADA}), draw="x")
OWN = About(frozenset({"byrne"}), frozenset({"zs57ab"}), frozenset({"kiln row zs5"}))
WEIGHTS = weights_on(NOON.date())


def said(look: Look, held: About = About(), own: About = OWN) -> list[str]:  # noqa: B008 - frozen
    found = queue([look], {look.user: own}, {ADA: held})
    return [r.says for s in found for r in s.reasons]


@pytest.mark.requirement("IS-04")
@pytest.mark.parametrize(
    ("held", "says", "adds"),
    [
        (About(surnames=frozenset({"byrne"})), "own surname", WEIGHTS.own_surname),
        (About(postcodes=frozenset({"zs57ab"})), "own postcode", WEIGHTS.own_postcode),
        (About(streets=frozenset({"kiln row zs5"})), "own street", WEIGHTS.own_street),
    ],
)
def test_a_look_at_ones_own_is_in_the_queue_with_its_reason_and_weight(held: About, says: str, adds: int) -> None:
    (found,) = queue([LOOK], {LOOK.user: OWN}, {ADA: held})
    assert says in found.reasons[0].says and found.score == adds and not found.drawn
    assert said(LOOK, held, About()) == [], "whoever has declared nothing has no own street"
    assert said(replace(LOOK, people=frozenset({8})), held) == [], "and of others it says nothing"


@pytest.mark.requirement("IS-04")
def test_no_live_involvement_at_the_time_counts_and_one_counts_against_it() -> None:
    assert said(LOOK) == []
    assert said(replace(LOOK, involved=frozenset())) == ["no live involvement with them at the time"]
    three = replace(LOOK, opened=frozenset({7, 8, 9}), involved=frozenset({8}))
    assert said(three) == ["no live involvement with 2 of them at the time"]


@pytest.mark.requirement("IS-04")
def test_whom_only_their_own_search_opened_counts_and_so_does_being_refused_often() -> None:
    searched = replace(LOOK, involved=frozenset(), searched=frozenset({ADA}))
    assert said(searched) == ["opened by their own search alone, and no contact or incident recorded since"]
    refused = replace(LOOK, opened=frozenset(), involved=frozenset(), refused=6)
    assert said(refused) == ["refused 6 times in an hour"]
    assert "looked at somebody of their own surname" in said(refused, About(surnames=frozenset({"byrne"})))


def test_the_surname_in_an_accounts_name() -> None:
    assert surnames_in("Jo Marsh") == {"marsh"}
    assert surnames_in("Jo van Dyke") == {"dyke", "vandyke"}
    assert surnames_in("Jo") == surnames_in("") == frozenset()


@pytest.mark.requirement("IS-04")
@pytest.mark.parametrize(
    ("at", "off", "counts"),
    [
        (datetime(2026, 11, 2, 22, 0, tzinfo=UTC), True, True),
        (datetime(2026, 11, 2, 21, 59, tzinfo=UTC), True, False),
        (datetime(2026, 11, 3, 5, 59, tzinfo=UTC), True, True),
        (datetime(2026, 11, 3, 6, 0, tzinfo=UTC), True, False),
        (datetime(2026, 7, 2, 21, 0, tzinfo=UTC), True, True),  # 22:00 by the clock on the wall in summer
        (datetime(2026, 11, 3, 3, 0, tzinfo=UTC), False, False),
    ],
)
def test_night_counts_only_outside_the_turn_of_duty(at: datetime, off: bool, counts: bool) -> None:
    assert bool(said(replace(LOOK, at=at, off_turn=off))) == counts


def _looks(user: int, start: datetime, each: int, hours: int, first: int) -> list[Look]:
    """So many people an hour, one a look, for so many hours of different days."""
    return [
        Look(
            first + h * each + n,
            start + timedelta(days=h, minutes=n),
            user,
            "call_handler",
            *[frozenset({1000 + n})] * 3,
            draw="x",
        )
        for h in range(hours)
        for n in range(each)
    ]


@pytest.mark.requirement("IS-04")
def test_far_above_the_roles_usual_in_an_hour_is_said_with_both_numbers() -> None:
    usual = [x for user in range(4) for x in _looks(user, NOON - timedelta(days=10), 4, 5, 1 + user * 100)]
    many = _looks(9, NOON - timedelta(days=1), 13, 1, 5000)
    found = {s.look.entry: [r.says for r in s.reasons] for s in queue([*usual, *many], {}, {}) if not s.drawn}
    assert set(found) == {5012}, "4 is usual, so the thirteenth is the first beyond three times that"
    assert found[5012] == [
        "13 people in an hour; for this role 4 is usual",
        "13 people in a day; for this role 4 is usual",
    ]


@pytest.mark.requirement("IS-04")
def test_a_busy_role_is_not_unusual_for_being_busy_and_few_people_never_are() -> None:
    busy = [x for user in range(4) for x in _looks(user, NOON - timedelta(days=10), 15, 5, 1 + user * 100)]
    assert [s for s in queue(busy, {}, {}) if not s.drawn] == []
    quiet = [x for user in range(4) for x in _looks(user, NOON - timedelta(days=10), 1, 5, 1 + user * 100)]
    nine = _looks(9, NOON - timedelta(days=1), 9, 1, 5000)
    assert [s for s in queue([*quiet, *nine], {}, {}) if not s.drawn] == []


def test_the_same_people_again_are_not_more_people_and_an_hour_ago_is_past() -> None:
    again = [replace(LOOK, entry=n, at=NOON + timedelta(minutes=n)) for n in range(1, 40)]
    assert [s for s in queue(again, {}, {}) if not s.drawn] == []
    spread = [
        replace(
            LOOK,
            entry=n,
            at=NOON + timedelta(minutes=7 * n),
            people=frozenset({n}),
            opened=frozenset(),
            involved=frozenset(),
        )
        for n in range(9)
    ]
    assert [s for s in queue(spread, {}, {}) if not s.drawn] == []


@pytest.mark.requirement("IS-04")
def test_the_most_unusual_comes_first_and_the_order_of_the_log_does_not_matter() -> None:
    held = {ADA: About(frozenset({"byrne"}), frozenset({"zs57ab"}))}
    one = replace(LOOK, entry=1, people=frozenset({8}), opened=frozenset({8}), involved=frozenset())
    two = replace(LOOK, entry=2, at=NOON + timedelta(minutes=1))
    found = queue([one, two], {50: OWN}, held)
    assert [(s.look.entry, s.score) for s in found] == [(2, 9), (1, 3)]
    assert queue([two, one], {50: OWN}, held) == found


@pytest.mark.requirement("IS-04")
def test_about_one_in_fifty_of_all_others_is_drawn_the_same_each_time() -> None:
    looks = [replace(LOOK, entry=n, at=NOON + timedelta(days=n), draw=f"salt {n}") for n in range(10_000)]
    drawn = queue(looks, {}, {})
    assert 150 <= len(drawn) <= 250 and all(s.drawn and s.score == 0 for s in drawn)
    assert queue(looks, {}, {}) == drawn
    other = {s.look.entry for s in queue([replace(x, draw=f"other {x.entry}") for x in looks], {}, {})}
    assert other != {s.look.entry for s in drawn}, "nobody who cannot see the draw foresees it"
    assert drawn_at_random(LOOK, 1)


@pytest.mark.parametrize(
    ("lines", "postcode", "said"),
    [
        ("4 Kiln Row", "ZS5 7AB", "kiln row zs5"),
        ("Flat 2, 9 Kiln Row", "ZS5 7AB", "kiln row zs5"),
        ("14 Kiln Rd", "ZS5 9XX", "kiln road zs5"),
        ("14a Kiln Road, Back of the mill", "ZS5 9XX", "kiln road zs5"),
        ("", "ZS5 9XX", ""),
    ],
)
def test_a_street_is_said_without_its_houses(lines: str, postcode: str, said: str) -> None:
    assert street(lines, postcode) == said


def test_what_is_compared_is_compared_without_case_and_marks() -> None:
    assert plain("O'Byrne") == plain("OBYRNE") == "obyrne"


def test_weights_are_dated() -> None:
    with pytest.raises(LookupError):
        weights_on(date(2020, 1, 1))
