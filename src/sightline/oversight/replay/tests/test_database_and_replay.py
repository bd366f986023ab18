"""The database asks the same people as a replay does: also those two steps away, whose rules read of somebody they share nothing with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cast import entry, feed_viewer, person_of
from sightline.access.models import Involvement
from sightline.alerts import services
from sightline.alerts.board import Board
from sightline.alerts.findings import Key, rules
from sightline.alerts.followed import around
from sightline.alerts.models import Alert, Followed, Holding
from sightline.alerts.settings import limits
from sightline.alerts.stored import able, near
from sightline.chronology.entries import Entry
from sightline.chronology.queries import versions
from sightline.chronology.record import record_many
from sightline.oversight.replay.ledger import split, steps
from sightline.oversight.replay.queries import replayed
from sightline.pathways.referral.alerts import SOCIAL_CARE_QUEUE
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHILD, MOTHER, MAN, OTHER = (("social_care", who) for who in ("child", "mother", "man", "other"))
VIOLENT = {"kind": "violent"}


def after(**time: float) -> datetime:
    return BEGAN + timedelta(**time)


def said(kind: str, ref: str, at: datetime, data: dict[str, Any], **people: tuple[str, str]) -> Entry:
    return entry(kind, {role: [who] for role, who in people.items()}, source="social_care", ref=ref, at=at, data=data)


def feed(*entries: Entry, at: datetime) -> None:
    record_many([replace(e, extracted_at=at) for e in entries], feed_viewer(at=at))
    services.settle_touched(at=at)
    services.ring(at=at + timedelta(minutes=5))


def who(key: tuple[str, str]) -> int:
    return person_of(anchored([key], at=BEGAN)[key])


@pytest.fixture
def home() -> int:
    """A girl who lives with her mother; a man who has just joined the mother, of whom no entry and no home speaks with the girl."""
    names = {CHILD: "2016-05-06", MOTHER: "1990-01-01", MAN: "1985-02-02", OTHER: "2015-03-03"}
    who_is = {key: {"forenames": key[1], "surname": "Rudd", "born": born} for key, born in names.items()}
    feed(
        *(said("person.recorded", f"p/{key[1]}", BEGAN, data, subject=key) for key, data in who_is.items()),
        said("relationship.recorded", "r1", BEGAN, {"kind": "parent", "lives_with": True}, subject=MOTHER, other=CHILD),
        said("referral.made", "elsewhere", BEGAN, {"to": "social_care", "basis": "s17"}, child=OTHER),
        at=BEGAN,
    )  # fmt: skip
    tie = {"kind": "partner", "lives_with": True}
    feed(said("relationship.recorded", "r2", after(days=1), tie, subject=MAN, other=MOTHER), at=after(days=1))
    return who(CHILD)


def standing(at: datetime) -> dict[Key, str]:
    """What stands in the database."""
    rows = Alert.objects.filter(cleared_at__isnull=True, due_at__lte=at)
    return {(a.kind, a.subject_id, a.cause, a.part): a.why for a in rows}


def stands_in_replay(at: datetime) -> dict[Key, str]:
    """What stands on a board fed with all that is known."""
    backdrop, happened = split(versions())
    board = Board(rules(), limits(), *able(at, limits()))
    board.prepare(backdrop)
    for moment in steps(happened):
        board.feed(moment.fresh, moment.at, gone=moment.gone)
    board.run(at)
    return {key: r.finding.why for key, r in board.alerts.items() if r.cleared_at is None}


def joined(held: dict[Key, str]) -> set[int]:
    return {subject for kind, subject, *_ in held if kind == "violent_adult_joined"}


def test_what_is_learnt_of_somebody_two_steps_away_raises_and_clears_in_the_database_as_in_a_replay(home: int) -> None:
    assert home not in near([who(MAN)]), "nothing of his is near the girl"
    assert joined(standing(after(days=2))) == set()
    feed(said("marker.set", "m1", after(days=2), VIOLENT, subject=MAN), at=after(days=2))
    now = after(days=2, minutes=5)
    assert joined(standing(now)) == {home} and standing(now) == stands_in_replay(now)
    feed(said("marker.set", "m1", after(days=2), {"kind": "service_family"}, subject=MAN), at=after(days=3))
    now = after(days=3, minutes=5)
    assert joined(standing(now)) == set() and standing(now) == stands_in_replay(now)
    assert Alert.objects.get(kind="violent_adult_joined").cleared_at == after(days=3)


def test_a_replay_of_the_girl_alone_knows_of_him(home: int) -> None:
    feed(said("marker.set", "m1", after(days=2), VIOLENT, subject=MAN), at=after(days=2))
    assert who(MAN) in around(home)
    lines = list(replayed(home, until=after(days=3), at=after(days=3)))
    assert any("violent_adult_joined" in line for line in lines)


def test_what_was_read_is_written_anew_only_where_it_is_another(home: int, django_assert_max_num_queries: Any) -> None:
    rows = {f.person_id: (f.people, f.homes) for f in Followed.objects.all()}
    assert set(rows[home][0]) >= {who(MOTHER), who(MAN)}
    services.settle([home], at=after(days=1, minutes=6))
    assert {f.person_id: (f.people, f.homes) for f in Followed.objects.all()} == rows


def test_an_alert_that_two_hold_up_clears_when_the_second_lets_go() -> None:
    key = said("concern.notified", "c1", BEGAN, {"kinds": ["neglect"], "grade": "medium", "seen": True}, child=CHILD)
    both = replace(key, people={"child": (CHILD, OTHER)})
    begun = said("information.requested", "elsewhere", BEGAN, {"of": "health"}, child=("social_care", "third"))
    feed(both, begun, at=BEGAN)
    services.settle([who(CHILD), who(OTHER)], at=after(days=3))
    alert = Alert.objects.get(kind="queue_backlog")
    assert Holding.objects.filter(alert=alert).count() == 2
    feed(said("strategy.requested", "s1", after(days=3), {}, child=CHILD), at=after(days=3))
    alert.refresh_from_db()
    assert alert.cleared_at is None and Holding.objects.filter(alert=alert).count() == 1
    feed(said("strategy.requested", "s2", after(days=4), {}, child=OTHER), at=after(days=4))
    alert.refresh_from_db()
    assert alert.cleared_at == after(days=4)


def test_more_referrals_than_social_care_decides_is_told_of_the_queue_as_in_a_replay() -> None:
    asked, told = {"to": "social_care", "basis": "s17"}, {"decision": "early_help"}
    people = [("social_care", f"q{n}") for n in range(30)]
    feed(
        *(said("referral.made", f"m{n}", after(hours=n), asked, child=key) for n, key in enumerate(people)),
        at=after(hours=30),
    )
    feed(
        *(said("referral.decided", f"d{n}", after(hours=31), told, child=key) for n, key in enumerate(people[:12])),
        at=after(hours=31),
    )
    now = after(hours=31, minutes=5)
    deep = {key: why for key, why in standing(now).items() if key[3] == "depth"}
    assert list(deep.values()) == [
        "In 14 days 30 referrals came to social care and 12 were decided: the 18 more are over 2 days of its work."
    ]
    assert {subject for _, subject, *_ in deep} == {SOCIAL_CARE_QUEUE.number}
    assert deep == {key: why for key, why in stands_in_replay(now).items() if key[3] == "depth"}
    assert not Involvement.objects.filter(person_id__lt=0).exists()
    feed(
        *(said("referral.decided", f"d{n}", after(hours=32), told, child=people[n]) for n in range(12, 30)),
        at=after(hours=32),
    )
    assert not Alert.objects.filter(subject_id=SOCIAL_CARE_QUEUE.number, cleared_at__isnull=True).exists()
