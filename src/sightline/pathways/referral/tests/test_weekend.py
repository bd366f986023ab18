"""The weekend: what comes between Friday evening and Monday morning is all there, in order, counted by the hour, and nobody waits unseen."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import alarms
from alarms import raised
from cast import Member, feed_viewer, make_member
from sightline.alerts.models import Alert, Told
from sightline.alerts.services import ring, settle_lately
from sightline.chronology.record import record_many
from sightline.pathways.referral.queries.figures import flow
from sightline.pathways.referral.queries.queue import hub_queue
from sightline.pathways.referral.rules.flow import HOUR, forecast, monday_after
from sightline.web.work import Asked, owed
from weekend import FRIDAY, MONDAY, weekend

pytestmark = pytest.mark.django_db
COUNT = 40


@pytest.fixture
def manager(db: None) -> Member:
    """Rukhsana Begum on Monday at eight, after a weekend."""
    member = make_member("begum", "Rukhsana Begum", "mash_manager", "hub")
    for entry in (held := weekend(COUNT, an_hour=1)):
        assert entry.at < MONDAY + HOUR
    record_many(held, feed_viewer(at=MONDAY))
    return member


@pytest.mark.requirement("RF-04", "RF-05", "RF-11")
def test_on_monday_the_queue_holds_what_was_not_decided_gravest_and_oldest_first(manager: Member) -> None:
    board = hub_queue(manager.viewer(at=MONDAY))
    assert board.referrals == COUNT - 16, "one an hour was decided, eight hours on two days"
    assert [(r.risk, r.run.first.at) for r in board.rows] == sorted((r.risk, r.run.first.at) for r in board.rows)
    assert len(board.families) < board.referrals
    late = [r for r in board.rows if r.late(MONDAY)]
    assert board.beyond(MONDAY) == len(late) > 0
    assert {MONDAY - r.run.first.at > (timedelta(hours=1) if r.risk == 0 else timedelta(hours=24)) for r in late} == {
        True
    }


@pytest.mark.requirement("RF-25")
def test_twice_as_many_that_wait_are_read_in_as_many_queries(manager: Member) -> None:
    viewer = manager.viewer(at=MONDAY)

    def asked() -> tuple[int, list[int]]:
        rows, counts = hub_queue(viewer).referrals, []
        for read in (lambda: hub_queue(viewer), lambda: owed(viewer, Asked())):
            with CaptureQueriesContext(connection) as held:
                read()
            counts.append(len(held))
        return rows, counts

    few, queries = asked()
    more = [e for e in weekend(2 * COUNT, an_hour=1) if int(re.findall(r"w(\d+)", e.ref)[0]) >= COUNT]
    record_many(more, feed_viewer(at=MONDAY))
    many, again = asked()
    assert many > 2 * few and again == queries
    assert sum(queries) < 100


@pytest.mark.requirement("RF-05", "RF-24")
def test_in_is_decided_plus_held_in_every_hour(manager: Member) -> None:
    figures = flow(manager.viewer(at=MONDAY), since=FRIDAY, until=MONDAY)
    assert len(figures.hours) == 62 and figures.lost == 0
    assert all(h.came + h.reopened == h.decided + h.held and h.lost == 0 for h in figures.hours)
    assert sum(h.came_now for h in figures.hours) == COUNT == figures.hours[-1].came
    assert figures.hours[-1].decided == 16 and max(h.decided_now for h in figures.hours) == 1
    assert figures.decided_in_time == (0, 0), "nothing of a weekend is due before its first working day is over"
    later = flow(manager.viewer(at=MONDAY + 30 * HOUR), since=FRIDAY, until=MONDAY + 30 * HOUR)
    assert later.decided_in_time == (16, 36), "four came after midnight on Monday"


@pytest.mark.requirement("RF-06")
def test_where_nobody_works_alerts_come_on_saturday_and_sunday_too_and_climb() -> None:
    held = weekend(20, an_hour=0)
    record_many([*held, *weekend(1, an_hour=1)], feed_viewer(at=MONDAY))  # somewhere here referrals are acknowledged
    hour, seen = FRIDAY, Counter[int]()
    while hour <= MONDAY:
        settle_lately(at=hour, since=FRIDAY)
        ring(at=hour)
        seen[hour.weekday()] = Alert.objects.filter(kind="referral_untouched", cleared_at=None).count()
        hour += 12 * HOUR
    assert 0 < seen[5] < seen[6] <= seen[0], "Saturday, Sunday, Monday"
    assert Told.objects.filter(alert__kind="referral_untouched").exclude(role="on_call_specialist").exists()


@pytest.mark.requirement("RF-04", "RF-06")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), ["2014-03-08 23:10"]),
        (("08 22:50 referral.acknowledged | | | sightline",), []),
        (("08 22:50 referral.decided | | decision: enquiry, reason: x | sightline",), []),
    ],
)
def test_a_grave_one_untouched_for_an_hour_on_a_saturday_night_is_told_to_whoever_is_on_call(
    more: tuple[str, ...], told: list[str]
) -> None:
    made = (
        "08 22:10 referral.made | | to: sightline, basis: s47, urgency: same_day, summary: hit with a belt | sightline"
    )
    assert [when for *_, when in raised(alarms.in_march(made, *more), "referral_untouched")] == told
    routine = made.replace("s47", "s17").replace("same_day", "routine")
    assert not raised(alarms.in_march(routine), "referral_untouched")


@pytest.mark.requirement("RF-05")
def test_a_backlog_is_seen_on_friday_before_it_forms() -> None:
    weeks = [FRIDAY - timedelta(weeks=n) for n in range(1, 7)]
    came = [w + timedelta(hours=h) for w in weeks for h in range(62)]
    decided = [w + timedelta(hours=63 + h, days=d) for w in weeks for h in range(6) for d in range(4)]
    seen = forecast(came, decided, held=5, now=FRIDAY, until=monday_after(FRIDAY), weeks=6)
    assert (round(seen.coming), round(seen.decided), round(seen.held)) == (62, 0, 67)
    assert seen.backlog(2), "two days clear about ten"
    quiet = forecast(came[:6], decided, held=5, now=FRIDAY, until=monday_after(FRIDAY), weeks=6)
    assert not quiet.backlog(2)
