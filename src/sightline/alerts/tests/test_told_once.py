"""Alerts in the database: told once, cleared by themselves, answered for, climbing, and the same whoever crashes when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from cast import Member, make_member
from sightline.access.models import Involvement
from sightline.access.viewer import Viewer
from sightline.agencies.systems import record_answer
from sightline.alerts import changes, services
from sightline.alerts.models import Alarm, Alert, LocalSetting, Told, Touched
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.people.anchors import anchored, identities_of

pytestmark = pytest.mark.django_db
CALLED = datetime(2026, 3, 4, 18, 20, tzinfo=UTC)
CHILD = ("command_and_control", "child-1")
CLIMB_AFTER, ANSWERED_FOR = timedelta(hours=24), timedelta(hours=72)


def entry(kind: str, at: datetime, ref: str, data: dict[str, Any] | None = None) -> Entry:
    return Entry(kind=kind, source="command_and_control", ref=ref, at=at, people={"child": (CHILD,)}, data=data or {},
                 extracted_at=at)  # fmt: skip


OTHER = ("command_and_control", "child-2")


@pytest.fixture(autouse=True)
def _arrivals_are_sent_here(request: pytest.FixtureRequest, db: None) -> None:
    """Somebody else's case, so that it is known that arrivals are recorded here."""
    if "nothing_else" not in request.keywords:
        feed(replace(entry("attendance.arrived", CALLED - timedelta(days=9), "elsewhere"), people={"child": (OTHER,)}))
        services.settle_touched(at=CALLED - timedelta(days=9))


def feed(*entries: Entry) -> None:
    record_many(list(entries), Viewer(None, "", "", "", 0, None, CALLED, "test"))


def call(ref: str = "c1") -> Entry:
    return entry("contact.received", CALLED, ref, {"graded": "immediate", "kind": "assault"})


def child() -> int:
    return identities_of(anchored([CHILD], at=CALLED).values()).popitem()[1]


def overdue() -> Alert:
    return Alert.objects.get(kind="attendance_overdue")


def after(**time: float) -> datetime:
    return CALLED + timedelta(**time)


@pytest.fixture
def inspector() -> Member:
    return make_member("inspector", "Ines Pector", "duty_inspector", "police")


def test_an_entry_marks_its_people_in_its_own_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        feed(call())
        assert Touched.objects.exists()
        raise RuntimeError
    assert not Touched.objects.exists()


def test_the_alarm_is_set_when_the_duty_begins_and_rings_when_it_is_due() -> None:
    feed(call())
    services.settle_touched(at=CALLED)
    assert not Alert.objects.filter(kind="attendance_overdue").exists()
    assert services.ring(at=after(minutes=14)) >= 0
    assert not Alert.objects.filter(kind="attendance_overdue").exists()
    services.ring(at=after(minutes=15))
    assert (overdue().due_at, overdue().first_at) == (after(minutes=15), after(minutes=15))


@pytest.mark.nothing_else
def test_a_rule_sleeps_where_no_system_here_ever_sends_what_would_answer_it() -> None:
    feed(call())
    services.settle_touched(at=after(days=3))
    assert not Alert.objects.filter(kind="attendance_overdue").exists()


@pytest.mark.nothing_else
def test_what_began_on_the_pages_is_waited_for_from_the_first_day() -> None:
    feed(replace(call(), source="sightline", ref="contact/c1"))
    services.settle_touched(at=after(minutes=15))
    assert overdue().cause == "sightline:contact/c1"


@pytest.mark.nothing_else
@pytest.mark.parametrize(
    ("first_heard", "oldest", "told"),
    [
        (1, 1, True),
        (1, 40, False),  # what it sent goes back far, and no arrival is in it: it sends none
        (40, 1, False),
        (None, 1, False),  # nothing of it was ever loaded
    ],
)
def test_a_system_switched_on_lately_counts_as_able_to_send_what_it_is_declared_to(
    first_heard: int | None, oldest: int, told: bool
) -> None:
    if first_heard:
        record_answer("command_and_control", at=CALLED - timedelta(days=first_heard))
    elsewhere = entry(
        "contact.received", CALLED - timedelta(days=oldest), "c0", {"graded": "scheduled", "kind": "other"}
    )
    feed(replace(elsewhere, people={"child": (OTHER,)}), call())
    services.settle_touched(at=after(minutes=15))
    assert Alert.objects.filter(kind="attendance_overdue", cause="command_and_control:c1").exists() is told


def test_it_is_told_once_however_often_it_is_looked_at() -> None:
    feed(call())
    for minutes in (0, 15, 16, 17, 18):
        services.settle([child()], at=after(minutes=minutes))
        services.ring(at=after(minutes=minutes))
        services.watch(at=after(minutes=minutes))
    assert Told.objects.filter(alert=overdue()).count() == 1
    assert Told.objects.get(alert=overdue()).role == "duty_inspector"


def test_a_crash_between_finding_and_telling_loses_and_repeats_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(call())
    services.settle_touched(at=CALLED)
    with monkeypatch.context() as broken, pytest.raises(RuntimeError), transaction.atomic():
        broken.setattr(changes, "tell", _crash)
        services.ring(at=after(minutes=15))
    assert not Alert.objects.filter(kind="attendance_overdue").exists() and not Told.objects.exists()
    services.ring(at=after(minutes=16))
    services.ring(at=after(minutes=17))
    assert Told.objects.filter(alert=overdue()).count() == 1


def _crash(*_: Any, **__: Any) -> None:
    raise RuntimeError


def test_it_clears_by_itself_when_what_was_missing_is_recorded() -> None:
    feed(call())
    services.settle_touched(at=after(minutes=20))
    feed(entry("attendance.arrived", after(minutes=30), "a1"))
    services.settle_touched(at=after(minutes=31))
    assert overdue().cleared_at == after(minutes=31)


def test_a_correction_undoes_what_rested_on_it() -> None:
    feed(call())
    services.settle_touched(at=after(minutes=20))
    feed(Entry(kind="contact.received", source="command_and_control", ref="c1", at=CALLED, people={"child": (CHILD,)},
               data={"graded": "no_attendance", "kind": "assault"}, extracted_at=after(minutes=40)))  # fmt: skip
    services.settle_touched(at=after(minutes=41))
    assert overdue().cleared_at == after(minutes=41)


@pytest.mark.requirement("QA-17")
def test_nobody_answers_so_the_next_on_the_ladder_is_told() -> None:
    feed(call())
    services.settle_touched(at=after(minutes=20))
    services.ring(at=after(minutes=20) + CLIMB_AFTER - timedelta(minutes=1))
    assert [t.role for t in Told.objects.filter(alert=overdue())] == ["duty_inspector"]
    services.ring(at=after(minutes=20) + CLIMB_AFTER)
    assert [t.role for t in Told.objects.filter(alert=overdue()).order_by("rung")] == [
        "duty_inspector",
        "detective_superintendent",
    ]


def test_whoever_was_told_can_open_the_record_and_answer(inspector: Member) -> None:
    feed(call())
    services.settle_touched(at=after(minutes=20))
    assert Involvement.objects.filter(user=inspector.user, person_id=child(), why="alert").exists()
    viewer = inspector.viewer(at=after(minutes=25))
    with pytest.raises(Refused):
        services.acknowledge(viewer, overdue().pk, reason="ok", at=after(minutes=25))
    services.acknowledge(
        viewer, overdue().pk, reason="Unit 12 is on its way, there in ten minutes", at=after(minutes=25)
    )
    services.ring(at=after(minutes=20) + CLIMB_AFTER)
    assert Told.objects.filter(alert=overdue()).count() == 1, "an answer stops the climb"
    services.ring(at=after(minutes=25) + ANSWERED_FOR)
    assert Told.objects.filter(alert=overdue()).count() == 2, "until it has run out"


def test_somebody_else_cannot_answer_nor_learn_that_it_is_there(ext: Member, social_worker: Member) -> None:
    feed(call())
    services.settle_touched(at=after(minutes=20))
    with pytest.raises(NotFound):
        services.acknowledge(ext.viewer(at=after(minutes=25)), overdue().pk, reason="a long enough reason", at=CALLED)
    Involvement.objects.create(user=social_worker.user, post=social_worker.post, person_id=child(), why="allocated",
                               reason="x", from_at=CALLED)  # fmt: skip
    with pytest.raises(NotPermitted):
        services.acknowledge(
            social_worker.viewer(at=after(minutes=25)), overdue().pk, reason="a long enough reason", at=CALLED
        )


def test_a_local_limit_holds_from_its_date_and_law_cannot_be_changed(inspector: Member) -> None:
    viewer = make_member("superintendent", "Sue Perin", "detective_superintendent", "police").viewer(at=CALLED)
    given = {"decided_by": "Chief Superintendent Invented", "reason": "three counties wide"}
    services.decide_limit(viewer, "attendance.immediate", count=30, unit="minutes", given=given,
                          from_on=CALLED.date(), at=CALLED)  # fmt: skip
    with pytest.raises(NotPermitted):
        services.decide_limit(inspector.viewer(at=CALLED), "attendance.immediate", count=90, unit="minutes", given=given,
                              from_on=CALLED.date(), at=CALLED)  # fmt: skip
    feed(call())
    services.settle_touched(at=after(minutes=20))
    assert not Alert.objects.filter(kind="attendance_overdue").exists()
    services.ring(at=after(minutes=30))
    assert overdue().due_at == after(minutes=30)
    with pytest.raises(Refused):
        services.decide_limit(
            viewer, "no.such.limit", count=1, unit="hours", given=given, from_on=CALLED.date(), at=CALLED
        )
    assert LocalSetting.objects.count() == 1


def test_made_anew_what_stands_is_the_same() -> None:
    feed(call())
    services.settle_touched(at=after(minutes=20))
    rows = list(
        Alert.objects.filter(cleared_at__isnull=True).values_list("kind", "subject_id", "cause", "due_at", "why")
    )
    alarms = list(Alarm.objects.values_list("person_id", "at"))
    Alarm.objects.all().delete()
    services.settle_everybody(at=after(minutes=20))
    again = list(
        Alert.objects.filter(cleared_at__isnull=True).values_list("kind", "subject_id", "cause", "due_at", "why")
    )
    assert again == rows and list(Alarm.objects.values_list("person_id", "at")) == alarms


def test_a_duty_whose_alarm_was_lost_is_found_by_the_watchdog() -> None:
    feed(call())
    services.settle_touched(at=CALLED)
    Alarm.objects.all().delete()
    assert services.watch(at=after(minutes=16)) >= 1
    assert overdue().first_at == after(minutes=16)


def test_what_stands_and_was_told_to_nobody_is_told_by_the_watchdog_once(
    inspector: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(call())
    with monkeypatch.context() as silent:  # as where the rows of one table are there without those of the other
        silent.setattr(changes, "tell", lambda *_, **__: None)
        services.settle_touched(at=after(minutes=15))
    services.ring(at=after(minutes=16))
    assert not Told.objects.filter(alert=overdue()).exists(), "no ring tells what stands already"
    for minutes in (17, 18):
        services.watch(at=after(minutes=minutes))
    (told,) = Told.objects.filter(alert=overdue())
    assert (told.role, told.at, told.posts) == ("duty_inspector", after(minutes=17), [inspector.post.pk])
    assert Involvement.objects.filter(user=inspector.user, person_id=child(), why="alert").exists()
    assert overdue().next_rung_at == after(minutes=17) + CLIMB_AFTER


@pytest.mark.requirement("CP-20")
@pytest.mark.parametrize(("hours", "climbs"), [(5, 1), (72, 24)])
def test_an_action_with_an_immediate_deadline_climbs_by_the_hour_and_any_other_by_the_day(
    hours: int, climbs: int
) -> None:
    due = after(hours=hours)
    agreed = {
        "id": "a1",
        "what": "Father moves out",
        "owner": "Amina Okoro",
        "due": due.isoformat(),
        "kind": "separation",
    }
    feed(
        entry("action.done", CALLED - timedelta(days=9), "another", {"id": "a0"}),
        entry("action.set", CALLED, "a1", agreed),
    )
    services.settle_touched(at=CALLED)
    services.ring(at=due)
    alert = Alert.objects.get(kind="action_overdue")
    assert (alert.due_at, alert.next_rung_at) == (due, due + timedelta(hours=climbs))
    first = set(Told.objects.filter(alert=alert).values_list("role", flat=True))
    services.ring(at=due + timedelta(hours=climbs))
    assert set(Told.objects.filter(alert=alert).values_list("role", flat=True)) > first
