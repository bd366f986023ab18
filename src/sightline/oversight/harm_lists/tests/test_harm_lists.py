"""The weekly lists: counted over everybody, named to those to whom the record is open, and each look written down first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, person_of, seal
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.record import record_many
from sightline.oversight.harm_lists.queries import most_harmful, most_reported
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
MONDAY = NOW  # Monday, 2 November 2026, at five past two


def crime(ref: str, days: float, victims: tuple[str, ...], suspect: str, category: str = "violence") -> Any:
    people = {"child": [("crime", v) for v in victims], "suspect": [("crime", suspect)]}
    data = {"offence": "assault", "category": category, "child_is": "victim"}
    return entry(
        "crime.recorded",
        people,
        source="crime",
        ref=f"{ref}/crime.recorded",
        at=MONDAY - timedelta(days=days),
        data=data,
    )


def born(key: str, name: str, day: str) -> Any:
    data = {"forenames": name, "surname": "Fenwick", "born": day}
    return entry(
        "person.recorded",
        {"subject": [("crime", key)]},
        source="crime",
        ref=f"{key}/p",
        at=MONDAY - timedelta(days=900),
        data=data,
    )


@pytest.fixture
def who() -> dict[str, int]:
    """Ada reported four times in a year, once last week; Bea three times, the last eight days ago; Cal twice, Dot three times long ago. Two men."""
    said = [born(k, k.capitalize(), "2016-05-06") for k in ("ada", "bea", "cal", "dot")]
    said += [born("man", "Man", "1980-01-01"), born("other", "Other", "1985-01-01")]
    said += [crime(f"a{n}", days, ("ada",), "man") for n, days in enumerate((200, 150, 100, 3))]
    said += [crime(f"b{n}", days, ("bea",), "man") for n, days in enumerate((90, 60, 8))]
    said += [crime(f"c{n}", days, ("cal",), "other") for n, days in enumerate((80, 40))]
    said += [crime(f"d{n}", days, ("dot",), "other", "theft_damage") for n, days in enumerate((700, 600, 500))]
    record_many(said, feed_viewer(at=MONDAY))
    keys = [("crime", k) for k in ("ada", "bea", "cal", "dot", "man", "other")]
    return {key: person_of(record) for (_, key), record in anchored(keys, at=MONDAY).items()}


@pytest.mark.requirement("RA-25")
def test_the_children_most_often_reported_are_listed_each_week(who: dict[str, int], constable: Member) -> None:
    involve(constable, *who.values())
    page = most_reported(constable.viewer())
    assert [(r.person.person, r.it.score, r.it.lately, r.new) for r in page.rows] == [
        (who["ada"], 4, 1, False), (who["bea"], 3, 0, False),
    ]  # fmt: skip
    assert (page.closed, page.week.isoformat()) == (0, "2026-11-02")
    later = most_reported(constable.viewer(at=MONDAY + timedelta(days=6)))
    assert [(r.person.person, r.it.score) for r in later.rows] == [(r.person.person, r.it.score) for r in page.rows], (
        "the same all week"
    )
    earlier = most_reported(constable.viewer(), page.before)
    assert [(r.person.person, r.new) for r in earlier.rows] == [(who["bea"], True), (who["ada"], False)]


@pytest.mark.requirement("RA-25", "IS-01")
def test_others_are_counted_and_not_named_and_a_sealed_one_is_not_there(who: dict[str, int], constable: Member) -> None:
    involve(constable, who["bea"])
    page = most_reported(constable.viewer())
    assert [r.person.person for r in page.rows] == [who["bea"]] and page.closed == 1
    assert AccessEntry.objects.filter(
        user_id=constable.user.pk, people=[who["bea"]], note="children most often reported"
    ).exists()
    seal(who["ada"])
    assert most_reported(constable.viewer()).closed == 0


@pytest.mark.requirement("RA-26")
def test_adults_by_the_children_they_harmed_then_by_offences(who: dict[str, int], constable: Member) -> None:
    involve(constable, *who.values())
    page = most_harmful(constable.viewer())
    assert [(r.person.person, len(r.it.children), len(r.it.offences)) for r in page.rows] == [(who["man"], 2, 7)]
    gone = {"reason": "the child was elsewhere", "additional_verifiable_information": True}
    people = {"child": [("crime", "bea")], "suspect": [("crime", "man")]}
    record_many(
        [
            entry(
                "crime.cancelled",
                people,
                source="crime",
                ref=f"b{n}/crime.cancelled",
                at=MONDAY - timedelta(days=2),
                data=gone,
            )
            for n in range(3)
        ],
        feed_viewer(at=MONDAY),
    )
    (row,) = most_harmful(constable.viewer()).rows
    assert (len(row.it.children), len(row.it.offences)) == (1, 4), "what was cancelled does not count"


def test_the_pages_say_it(who: dict[str, int], constable: Member) -> None:
    involve(constable, *who.values())
    screen = signed_in(constable)
    children = text(screen.get("/lists/children/?week=2026-11-02"))
    assert "Week of 2 November 2026" in children and "Ada Fenwick 10 4 1 Crime: recorded" in children
    adults = text(screen.get("/lists/adults/?week=nonsense"))
    assert "Man Fenwick" in adults and "Nothing recorded" in adults
