"""Work that opened a record ends it again when it is over, and never where there is work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cast import (
    Member,
    entry,
    involve,
    seal,
)
from sightline.access.handing import hand
from sightline.access.models import AccessEntry, Involvement
from sightline.alerts.models import Alert
from sightline.chronology.record import record
from sightline.oversight.involvement.services import settle_ties
from sightline.oversight.involvement.tests.conftest import (
    KEY,
    SEEN,
    THEN,
    days,
    feed,
    nightly,
    reads,
    stands,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("IS-01")
def test_work_that_is_over_opens_the_record_28_days_more_and_no_longer(social_worker: Member, child: int) -> None:
    involve(social_worker, child, why="referral", at=THEN)
    nightly(1, 28)
    assert reads(social_worker, child, datetime(2026, 9, 29, 22, 59, tzinfo=UTC)), "the last minute of its last day"
    assert not reads(social_worker, child, datetime(2026, 9, 29, 23, 0, tzinfo=UTC))
    (row,) = Involvement.objects.all()
    assert (row.ends, row.from_at, row.reason) == ("no_work", THEN - timedelta(hours=1), "works with them")


@pytest.mark.requirement("IS-01")
def test_of_work_long_over_nobody_loses_a_record_before_they_are_told(social_worker: Member, child: int) -> None:
    involve(social_worker, child, at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    settle_ties(at=THEN)
    assert told(social_worker, child, THEN) == "2026-09-08" and reads(social_worker, child, days(7))
    assert not reads(social_worker, child, days(8))


@pytest.mark.requirement("IS-01")
def test_the_same_night_twice_changes_and_writes_nothing_more(
    social_worker: Member, team_manager: Member, child: int
) -> None:
    involve(social_worker, child, at=THEN)
    involve(team_manager, child, at=THEN)
    assert settle_ties(at=days(1)) == (2, 0)
    before, lines = list(Involvement.objects.order_by("pk").values()), AccessEntry.objects.count()
    assert settle_ties(at=days(1)) == settle_ties(at=days(5)) == (0, 0)
    assert list(Involvement.objects.order_by("pk").values()) == before and AccessEntry.objects.count() == lines


@pytest.mark.requirement("IS-01")
def test_each_end_is_a_line_of_the_log_with_the_child_the_post_and_why(social_worker: Member, child: int) -> None:
    involve(social_worker, child, at=THEN)
    settle_ties(at=days(1))
    (line,) = AccessEntry.objects.filter(action="administration")
    assert (line.people, line.fields, line.user_id) == ([child], ["involvement"], None)
    assert line.note == f"work of post {social_worker.post.pk} ends 2026-09-29: no live work"
    feed("plan.started", "S1/plan", at=days(1.5), data={"kind": "child_protection"})
    assert settle_ties(at=days(2)) == (0, 1)
    newest = AccessEntry.objects.filter(action="administration").latest("pk")
    assert newest.note == f"work of post {social_worker.post.pk} goes on: no end"


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize(
    ("kind", "data", "end"),
    [
        ("plan.started", {"kind": "child_protection"}, "plan.ended"),
        ("enquiry.started", {}, "enquiry.completed"),
        ("placement.started", {"kind": "foster"}, "placement.ended"),
    ],
)
def test_a_plan_an_enquiry_or_care_that_goes_on_with_the_agency_ends_nothing_until_it_is_over(
    social_worker: Member, health_visitor: Member, child: int, kind: str, data: dict[str, Any], end: str
) -> None:
    involve(social_worker, child, at=THEN)
    involve(health_visitor, child, at=THEN)
    feed(kind, f"S1/{kind}", at=days(1), data=data)
    settle_ties(at=days(400))
    assert reads(social_worker, child, days(500)), "their agency's"
    assert not reads(health_visitor, child, days(500)), "another's, which has no part in it"
    feed(end, f"S1/{end}", at=days(600))
    settle_ties(at=days(601))
    assert reads(social_worker, child, days(628))
    settle_ties(at=days(900))
    assert not reads(social_worker, child, days(908))


@pytest.mark.requirement("IS-01")
def test_a_child_who_is_missing_stays_open_to_the_police_who_look_for_them(constable: Member, child: int) -> None:
    involve(constable, child, why="team", at=THEN)
    feed("missing.reported", "M1/missing.reported", at=days(1), source="missing", agency="police")
    settle_ties(at=days(90))
    assert reads(constable, child, days(200))
    feed("missing.returned", "M1/missing.returned", at=days(201), source="missing", agency="police")
    settle_ties(at=days(202))
    assert reads(constable, child, days(228)) and not reads(constable, child, days(231))


@pytest.mark.requirement("IS-01")
def test_an_old_referral_of_a_feed_that_never_says_it_ended_keeps_nobody(social_worker: Member, child: int) -> None:
    involve(social_worker, child, why="referral", at=THEN)
    feed("referral.made", "S1/referral.made", at=THEN, agency="police", data={"to": "social_care"})
    feed("referral.decided", "S1/referral.decided", at=days(2), data={"decision": "no_further_action"})
    settle_ties(at=days(40))
    assert reads(social_worker, child, days(47)) and not reads(social_worker, child, days(48))


@pytest.mark.requirement("IS-01")
def test_an_alert_that_stands_keeps_whoever_was_told_and_nobody_else(
    social_worker: Member, colleague: Member, child: int
) -> None:
    involve(social_worker, child, at=THEN)
    involve(colleague, child, at=THEN)
    stands(child, social_worker)
    settle_ties(at=days(40))
    assert reads(social_worker, child, days(60)) and not reads(colleague, child, days(60))
    Alert.objects.update(cleared_at=days(100))
    settle_ties(at=days(101))
    assert reads(social_worker, child, days(128)) and not reads(social_worker, child, days(130))


@pytest.mark.requirement("IS-01")
def test_what_one_recorded_oneself_counts_for_28_days(social_worker: Member, colleague: Member, child: int) -> None:
    involve(social_worker, child, at=THEN)
    involve(colleague, child, at=THEN)
    one = entry(
        "child.seen",
        {"child": [KEY]},
        source="sightline",
        ref="seen/1",
        at=days(20),
        agency="social_care",
        by="Amina Okoro",
        data=SEEN,
    )
    record(one, social_worker.viewer(at=days(20)))
    settle_ties(at=days(25))
    assert reads(social_worker, child, days(47)) and not reads(social_worker, child, days(50))
    assert not reads(colleague, child, days(47))


@pytest.mark.requirement("IS-01")
def test_what_is_owed_on_ones_own_work_list_ends_nothing(
    social_worker: Member, team_manager: Member, child: int
) -> None:
    involve(social_worker, child, why="referral", at=THEN)
    involve(team_manager, child, why="referral", at=THEN)
    feed("referral.made", "S1/referral.made", at=THEN, agency="police", data={"to": "social_care"})
    settle_ties(at=days(100))
    assert reads(team_manager, child, days(200)), "decides on referrals, and this one waits"
    assert not reads(social_worker, child, days(200))


def _handed_on(giver: Member, manager: Member, taker: Member, child: int) -> None:
    """On the second day, by whoever leads the team and works with the child as well."""
    involve(giver, child, at=THEN)
    involve(manager, child, why="team", at=THEN)
    hand(manager.viewer(at=days(2)), child, taker.post.pk, reason="She is on leave from Monday")


@pytest.mark.requirement("IS-01")
def test_handed_on_it_ends_after_14_days_for_whoever_had_it_unless_they_work_on(
    social_worker: Member, colleague: Member, team_manager: Member, child: int
) -> None:
    _handed_on(social_worker, team_manager, colleague, child)
    settle_ties(at=days(3))
    for giver in (social_worker, team_manager):
        assert reads(giver, child, days(16)) and not reads(giver, child, days(17))
    assert reads(colleague, child, days(17)) and not reads(colleague, child, days(31))
    assert set(Involvement.objects.exclude(user=colleague.user).values_list("ends", flat=True)) == {"handed_on"}


@pytest.mark.requirement("IS-01")
def test_handed_on_what_goes_on_by_ones_own_name_or_since_counts(
    social_worker: Member, colleague: Member, team_manager: Member, child: int
) -> None:
    _handed_on(social_worker, team_manager, colleague, child)
    stands(child, social_worker)
    one = entry(
        "child.seen", {"child": [KEY]}, source="sightline", ref="seen/1", at=days(10), by="Sunita Rao", data=SEEN
    )
    record(one, team_manager.viewer(at=days(10)))
    settle_ties(at=days(11))
    assert reads(social_worker, child, days(100)), "an alert stands that she was told of"
    assert reads(team_manager, child, days(38)) and not reads(team_manager, child, days(40)), "wrote something since"


@pytest.mark.requirement("IS-01")
def test_what_has_its_own_rules_is_left_alone(
    social_worker: Member, data_guardian: Member, call_handler: Member, child: int
) -> None:
    own = [("court_appointment", None), ("first_contact", days(300)), ("break_glass", days(300)), ("recorded", None),
           ("team", days(300)), ("alert", days(300))]  # fmt: skip
    for why, until in own:
        involve(call_handler, child, why=why, at=THEN, until=until)
    involve(data_guardian, child, at=THEN)
    before = list(Involvement.objects.order_by("pk").values())
    assert settle_ties(at=days(200)) == (0, 0)
    assert list(Involvement.objects.order_by("pk").values()) == before


@pytest.mark.requirement("IS-01")
def test_a_sealed_child_loses_nobody_while_nobody_could_be_told(social_worker: Member, child: int) -> None:
    involve(social_worker, child, at=THEN)
    seal(child)
    assert settle_ties(at=days(100)) == (0, 0)
