"""Order, lateness and correction: what stands at the end depends on what is known, not on how it came to be known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.alerts.board import Board
from sightline.alerts.findings import Key, rules
from sightline.chronology.view import Happening, frozen
from sightline.clocks.limits import Limits

BEGAN = datetime(2026, 2, 2, 9, tzinfo=UTC)
END = BEGAN + timedelta(days=120)
CHILD, BROTHER, MOTHER, MAN = 1, 2, 3, 4
PEOPLE: list[dict[str, tuple[int, ...]]] = [
    {"child": (CHILD,)},
    {"child": (CHILD,), "suspect": (MAN,)},
    {"child": (CHILD, BROTHER), "victim": (MOTHER,), "suspect": (MAN,)},
    {"suspect": (MAN,)},
]
SAID: list[tuple[str, dict[str, Any]]] = [
    ("contact.received", {"graded": "immediate", "kind": "assault"}),
    ("contact.received", {"graded": "priority", "kind": "domestic_abuse"}),
    ("attendance.arrived", {}),
    ("child.seen", {"alone": True, "spoken_to": True, "safe": True}),
    ("crime.recorded", {"category": "sexual", "child_is": "victim", "offence": "x"}),
    ("investigation.opened", {"team": "child_protection"}),
    ("investigation.reviewed", {"by_role": "sergeant", "satisfied": True, "directions": ["y"]}),
    ("suspect.seen", {"under_caution": True}),
    ("risk.assessed", {"tool": "domestic_abuse", "grade": "standard", "stage": "initial", "role": "response", "factors": ["knife"]}),
    ("risk.assessed", {"tool": "domestic_abuse", "grade": "high", "stage": "secondary", "role": "specialist"}),
    ("referral.made", {"to": "social_care", "basis": "s47", "summary": "z"}),
    ("referral.decided", {"decision": "no_further_action", "reason": "r"}),
    ("strategy.held", {"decision": "enquiry_joint", "attended": ["police", "social_care"]}),
    ("missing.reported", {"graded": "medium"}),
    ("missing.returned", {"harmed": "unknown"}),
    ("concern.notified", {"kinds": ["neglect"], "grade": "standard"}),
    ("plan.started", {"kind": "child_protection"}),
    ("plan.ended", {"reason": "q"}),
    ("bail.set", {"kind": "pre_charge", "conditions": ["c"]}),
    ("detention.authorised", {"power": "arrest"}),
    ("detention.ended", {"how": "bailed"}),
    ("device.seized", {"item": "phone", "risk": "high"}),
    ("intelligence.recorded", {"kind": "exploitation", "summary": "s"}),
    ("marker.set", {"kind": "violent"}),
    ("offender.registered", {"scheme": "registered_sex_offender", "risk": "high"}),
]  # fmt: skip


def backdrop() -> list[Happening]:
    tie = {"kind": "parent", "lives_with": True}
    return [
        happening(900, "person.recorded", -30, {"born": "2014-05-05"}, {"subject": (CHILD,)}),
        happening(901, "person.recorded", -30, {"born": "2016-05-05"}, {"subject": (BROTHER,)}),
        happening(902, "relationship.recorded", -30, tie, {"subject": (MOTHER,), "other": (CHILD,)}),
        happening(903, "relationship.recorded", -30, tie, {"subject": (MOTHER,), "other": (BROTHER,)}),
    ]


def happening(n: int, kind: str, hours: float, data: dict[str, Any], people: dict[str, tuple[int, ...]]) -> Happening:
    at = BEGAN + timedelta(hours=hours)
    return Happening(
        n, kind, at, at, at, "minute", "crime", f"r{n}", "", "", frozen(people), "", None, "", frozen(data)
    )


def people_in(kind: str, which: int) -> dict[str, tuple[int, ...]]:
    if kind in ("marker.set", "offender.registered"):
        return {"subject": (MAN,), "offender": (MAN,)}
    return PEOPLE[which]


chronologies = st.lists(
    st.tuples(st.sampled_from(SAID), st.integers(0, 3), st.integers(0, 1500)), min_size=1, max_size=14
).map(
    lambda rows: [
        happening(n, kind, hours, data, people_in(kind, who)) for n, ((kind, data), who, hours) in enumerate(rows, 1)
    ]
)


def stands(
    arrived: Sequence[tuple[Happening, datetime]], *, withdrawn: Sequence[Happening] = ()
) -> dict[Key, tuple[datetime, str]]:
    """What stands at the end where entries became known in that order, each at its moment."""
    board = Board(rules(), Limits())
    board.prepare(backdrop())
    for entry, moment in arrived:
        board.feed([entry], moment)
    if withdrawn:
        board.feed([], END - timedelta(hours=1), gone=withdrawn)
    board.run(END)
    return {k: (r.finding.due_at, r.finding.why) for k, r in board.alerts.items() if r.cleared_at is None}


def late(entries: Sequence[Happening], seed: int) -> list[tuple[Happening, datetime]]:
    """The same entries, each received at some moment after it was recorded, in the order received."""
    chance = random.Random(seed)
    received = [
        (e, min(e.recorded_at + timedelta(hours=chance.choice([0, 1, 30, 900])), END - timedelta(hours=2)))
        for e in entries
    ]
    return sorted(received, key=lambda pair: (pair[1], chance.random()))


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(entries=chronologies, seed=st.integers(0, 2**16))
def test_any_order_of_arrival_ends_in_the_same_open_alerts(entries: list[Happening], seed: int) -> None:
    in_order = stands([(e, e.recorded_at) for e in sorted(entries, key=lambda e: (e.recorded_at, e.ref))])
    assert stands(late(entries, seed)) == in_order


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(entries=chronologies, which=st.integers(0, 13))
def test_taking_an_entry_back_undoes_what_rested_on_it(entries: list[Happening], which: int) -> None:
    gone = entries[which % len(entries)]
    known = sorted(entries, key=lambda e: (e.recorded_at, e.ref))
    without = stands([(e, e.recorded_at) for e in known if e is not gone])
    assert stands([(e, e.recorded_at) for e in known], withdrawn=[gone]) == without


def test_twice_the_same_is_the_same() -> None:
    entries = [happening(n, kind, n * 7, data, people_in(kind, n % 4)) for n, (kind, data) in enumerate(SAID, 1)]
    known = [(e, e.recorded_at) for e in entries]
    assert stands(known) == stands(known) and len(stands(known)) > 3


def test_an_entry_is_not_seen_before_it_is_known() -> None:
    seen = replace(
        happening(2, "child.seen", 0.1, {"alone": True, "safe": True}, PEOPLE[0]),
        recorded_at=BEGAN + timedelta(hours=30),
    )
    board = Board(rules(), Limits())
    board.feed([happening(1, *("contact.received", 0), {"graded": "immediate", "kind": "assault"}, PEOPLE[0])], BEGAN)
    board.feed([seen], seen.recorded_at)
    (overdue,) = [r for r in board.alerts.values() if r.finding.kind == "attendance_overdue"]
    assert (overdue.raised_at, overdue.cleared_at) == (BEGAN + timedelta(minutes=15), seen.recorded_at)
