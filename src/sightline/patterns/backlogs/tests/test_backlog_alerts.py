"""Units that fall behind: forms, domestic incidents and first grades. What came on Monday and left on Wednesday, by Thursday noon."""

from __future__ import annotations

from datetime import date

import pytest

import alarms
from alarms import case, entry
from sightline.alerts.findings import Finding
from sightline.clocks.limits import LocalLimit

FORM = "{kinds: [x], what_happened: x, seen: true, seen_alone: true, action_taken: x, grade: standard}"
LOOKED = "{outcome: signed_off, feedback: x}"
CALL = "{channel: '999', kind: domestic_abuse, graded: priority, caller_is: other}"
FIRST = "{tool: domestic_abuse, grade: medium, stage: initial, role: response}"
SECOND = "{tool: domestic_abuse, grade: medium, stage: secondary, role: specialist}"


def some(count: int, day: int, kind: str, data: str, source: str, ref: str = "") -> list[str]:
    """So many entries of a kind, ten minutes apart; `ref` with the number of each."""
    more = [f", ref: '{ref.format(n)}'" if ref else "" for n in range(count)]
    return [
        entry(f"2014-03-{day} {8 + n // 6:02}:{n % 6 * 10:02}", kind, data, source=source, more=more[n])
        for n in range(count)
    ]


def forms(sent: int, looked: int, source: str = "sightline") -> list[str]:
    return [
        *some(sent, 10, "concern.notified", FORM, source, "concern/{}"),
        *some(looked, 12, "concern.reviewed", LOOKED, "sightline", "sightline:concern/{}#concern.reviewed/a"),
    ]


def incidents(came: int, graded: int) -> list[str]:
    return [
        *some(came, 10, "contact.received", CALL, "domestic_abuse"),
        *some(came, 10, "contact.received", CALL, "command_and_control"),
        *some(graded, 12, "risk.assessed", FIRST, "domestic_abuse"),
    ]


def grades(first: int, second: int) -> list[str]:
    return [
        *some(first, 10, "risk.assessed", FIRST, "domestic_abuse"),
        *some(second, 12, "risk.assessed", SECOND, "domestic_abuse"),
    ]


def told(rows: list[str], queue: int, **changed: int) -> list[Finding]:
    """What stands of the depth of a queue."""
    own = tuple(LocalLimit(name.replace("__", "."), n, date.min, "a partnership") for name, n in changed.items())
    found = alarms.outcome(case(*rows, until="2014-03-13 12:00:00"), own)
    every = [r.finding for r in found.raised if r.finding.part == "depth" and not r.cleared_at]
    return [f for f in every if f.subject == queue]


@pytest.mark.requirement("CN-22", "RA-15", "DA-16")
@pytest.mark.parametrize(
    ("rows", "queue", "limit", "says"),
    [
        (forms(30, 12), -2, "concern__depth_days", "30 concern forms were sent and 12 were looked at by a supervisor: the 18 more"),
        (incidents(30, 12), -3, "contact__depth_days", "30 domestic incidents came in and 12 first grades of risk were set: the 18 more"),
        (grades(30, 12), -4, "risk__depth_days", "30 risks were graded for the first time and 12 looked at again by a specialist: the 18 more"),
    ],
)  # fmt: skip
def test_a_unit_falls_behind_and_names_no_child(rows: list[str], queue: int, limit: str, says: str) -> None:
    (found,) = told(rows, queue)
    assert says in found.why and found.recipient == "mash_manager" and found.concerns == {queue}
    assert told(rows, queue, **{limit: 20}) == [], "a partnership's own limit holds"


@pytest.mark.requirement("CN-22", "RA-15", "DA-16")
@pytest.mark.parametrize(
    ("rows", "queue"),
    [
        (forms(30, 28), -2),
        (forms(30, 12, source="referral_unit"), -2),  # of another system's forms nobody says who looked at them
        (forms(30, 4), -2),  # of four nobody can say how much is a day's work
        (incidents(14, 13), -3),
        (grades(30, 28), -4),
    ],
)
def test_a_unit_that_keeps_up_is_told_nothing(rows: list[str], queue: int) -> None:
    assert told(rows, queue) == []


def test_a_form_looked_at_twice_was_looked_at_once() -> None:
    again = some(12, 13, "concern.reviewed", LOOKED, "sightline", "sightline:concern/{}#concern.reviewed/b")
    (found,) = told([*forms(30, 12), *[a.replace("13 0", "12 1") for a in again]], -2)
    assert "and 12 were looked at" in found.why
