"""How long records are kept and when they are looked at: one row for each sentence of the schedules. No database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sightline.chronology.view import Chronology, Happening, frozen
from sightline.oversight.retention.rules import About, kept, years_after
from sightline.oversight.retention.schedules import schedules

ME = 1
TODAY = date(2026, 11, 2)
Said = tuple[str, str, int, dict[str, Any], str]


def said(
    kind: str, role: str, year: int, data: dict[str, Any] | None = None, source: str = "crime", with_: int = 0
) -> Happening:
    """One entry of 1 June of a year, with this person in a role."""
    at = datetime(year, 6, 1, 12, tzinfo=UTC)
    people = {role: (ME,)} | ({"other": (with_,)} if with_ else {})
    return Happening(
        year, kind, at, at, at, "minute", source, f"{kind}/{year}", "", "", frozen(people), "", None, "", frozen(data or {})
    )  # fmt: skip


def result(about: About, *entries: Happening) -> Any:
    """What the rules say today."""
    return kept(Chronology.of(ME, entries), about, schedules(), as_of=TODAY)


GROWN = About(born=date(1950, 3, 4))
OFFENDER = said("offender.registered", "offender", 2001, {"scheme": "registered_sex_offender", "risk": "high"})
RAPE = said("crime.recorded", "suspect", 2001, {"category": "sexual"})
ASSAULT = said("crime.recorded", "suspect", 2001, {"category": "violence"})
CRIME = said("crime.recorded", "suspect", 2001)
THEFT = said("crime.recorded", "suspect", 2001, {"category": "theft_damage"})
SEEN = said("crime.recorded", "victim", 2001, {"category": "theft_damage"})
PLACED = said("placement.started", "child", 1960, {"kind": "foster"}, "placements")
LEFT = said("placement.ended", "child", 1966, {}, "placements")
ADOPTED = said("order.made", "child", 1956, {"order": "adoption"}, "family_court")
CONFERENCE = said("conference.held", "child", 1999, {}, "child_protection")
ABUSED = said("crime.recorded", "victim", 2001, {"category": "sexual"})
ALLEGED = said("allegation.made", "subject", 2001, {}, "social_care")
HEALTH = said("health.consulted", "subject", 2001, {}, "health")


@pytest.mark.requirement("IS-07")
@pytest.mark.parametrize(
    ("entries", "about", "key", "until", "review"),
    [
        ([OFFENDER], GROWN, "police_1", date(2050, 3, 4), date(2011, 6, 1)),  # until 100, looked at every ten years
        ([OFFENDER], About(date(1950, 3, 4), reviewed_on=date(2020, 1, 5)), "police_1", date(2050, 3, 4), date(2030, 1, 5)),
        ([RAPE], GROWN, "police_1", date(2050, 3, 4), date(2011, 6, 1)),
        ([ASSAULT], GROWN, "police_2", date(2011, 6, 1), date(2011, 6, 1)),  # ten years clear
        ([CRIME], GROWN, "police_2", date(2011, 6, 1), date(2011, 6, 1)),  # what is not said is not nothing: the longer
        ([THEFT], GROWN, "police_3", date(2007, 6, 1), date(2007, 6, 1)),  # six years clear
        ([SEEN], GROWN, "police_4", date(2007, 6, 1), date(2007, 6, 1)),
        ([SEEN, said("contact.received", "adult", 2015)], GROWN, "police_4", date(2021, 6, 1), date(2021, 6, 1)),  # from the last
        ([PLACED, LEFT], GROWN, "looked_after", date(2025, 3, 4), date(2025, 3, 4)),  # 75 years from birth
        ([PLACED, LEFT], About(date(1950, 3, 4), date(1967, 1, 1)), "looked_after", date(1982, 1, 1), date(1982, 1, 1)),  # a child who died
        ([ADOPTED], GROWN, "adoption", date(2056, 6, 1), date(2056, 6, 1)),  # 100 from the order
        ([CONFERENCE], GROWN, "child_protection", date(2034, 6, 1), date(2034, 6, 1)),  # 35 from the last entry
        ([ABUSED], GROWN, "child_sexual_abuse", date(2025, 3, 4), date(2025, 3, 4)),
        ([ALLEGED], GROWN, "allegation", date(2018, 3, 4), date(2018, 3, 4)),  # pension age
        ([ALLEGED], About(date(1930, 1, 1)), "allegation", date(2011, 6, 1), date(2011, 6, 1)),  # or ten years, if longer
        ([HEALTH], GROWN, "child_health", date(2009, 6, 1), date(2009, 6, 1)),
        ([said("attendance.arrived", "adult", 2001, {}, "education")], GROWN, "other", date(2007, 6, 1), date(2007, 6, 1)),
        ([THEFT, PLACED, LEFT], GROWN, "looked_after", date(2025, 3, 4), date(2025, 3, 4)),  # the longest that applies
        ([OFFENDER], About(), "police_1", date(2101, 6, 1), date(2011, 6, 1)),  # no date of birth: from the last entry
        ([THEFT], About(date(1950, 3, 4), kept_until=date(2030, 1, 1)), "police_3", date(2007, 6, 1), date(2030, 1, 1)),
    ],
)  # fmt: skip
def test_the_longest_schedule_that_applies_says_until_when_and_when_it_is_looked_at(
    entries: list[Happening], about: About, key: str, until: date, review: date
) -> None:
    found = result(about, *entries)
    assert found.live == ""
    assert (found.schedule.key, found.keep_until, found.review_on) == (key, until, review)


@pytest.mark.requirement("IS-07")
@pytest.mark.parametrize(
    ("entries", "about", "why"),
    [
        ([THEFT], About(born=date(2010, 1, 1)), "a child"),
        ([said("missing.reported", "child", 2015)], About(), "may be a child: no date of birth is known"),
        ([THEFT, said("plan.started", "adult", 2002, {"kind": "risk_management"})], GROWN, "a plan is open"),
        ([THEFT, PLACED], GROWN, "a placement is open"),
        ([THEFT, said("marker.set", "subject", 2003, {"kind": "looked_after"})], GROWN, "a placement is open"),
        ([THEFT, said("investigation.opened", "suspect", 2003)], GROWN, "an investigation is open"),
        ([THEFT, said("missing.reported", "subject", 2003)], GROWN, "a missing report is open"),
        ([THEFT], About(date(1950, 3, 4), alert_stands=True), "an alert stands"),
        ([THEFT], About(date(1950, 3, 4), with_live_child=True), "in the record of a child"),
        ([], GROWN, "nothing is held"),
    ],
)
def test_the_record_of_a_child_and_of_whoever_has_anything_open_is_never_due(
    entries: list[Happening], about: About, why: str
) -> None:
    found = result(about, *entries)
    assert (found.live, found.due(date(2999, 1, 1)), found.may_go(date(2999, 1, 1))) == (why, False, False)


def test_what_has_ended_is_open_no_more() -> None:
    ended = said("marker.cleared", "subject", 2004, {"kind": "looked_after"})
    found = result(GROWN, THEFT, said("marker.set", "subject", 2003, {"kind": "looked_after"}), ended)
    assert found.live == ""
    assert (
        result(GROWN, THEFT, said("marker.set", "subject", 2003, {"kind": "looked_after", "until": "2010-01-01"})).live
        == ""
    )


@pytest.mark.requirement("IS-07")
def test_a_review_before_the_schedule_ends_may_keep_and_not_dispose() -> None:
    found = result(GROWN, OFFENDER)
    assert (found.due(TODAY), found.may_go(TODAY)) == (True, False)
    assert result(GROWN, THEFT).may_go(TODAY)


def test_being_described_again_is_nothing_that_happened() -> None:
    assert result(GROWN, THEFT, said("person.recorded", "subject", 2025)).keep_until == date(2007, 6, 1)


@pytest.mark.requirement("IS-07")
def test_every_schedule_has_a_source_and_says_what_was_read_or_looked_for() -> None:
    for schedule in schedules():
        source = schedule.source
        assert source.instrument and source.provision and source.edition and source.in_force_from, schedule.key
        assert source.checked, schedule.key
    unread = {s.key for s in schedules() if not s.source.confirmed}
    assert {"police_1", "police_2", "police_3", "police_4"} <= unread and "child_health" not in unread


def test_years_are_counted_over_the_leap_day() -> None:
    assert years_after(date(2000, 2, 29), 75) == date(2075, 3, 1)
