"""Changes of worker, cancelled appointments and hostile conduct: a supervisor is told at the level, and not before."""

from __future__ import annotations

import pytest

from alarms import Entries, case, raised, standing

entry = Entries(source="social_care")


def times(count: int, kind: str, data: str, *, year: int = 2014) -> list[str]:
    return [entry(f"{year}-03-{4 + n:02} 10:00", kind, data) for n in range(count)]


CHANGED = ("worker.changed", "{role: social worker, before: a, now: b, because: left}")
CANCELLED = ("appointment.cancelled", "{what: visit, by: us, because: nobody free}")
BY_THEM = ("appointment.cancelled", "{what: visit, by: family, because: ill}")
HOSTILE = ("complaint.received", "{from: child, about: attitude, text: rude}")
SLOW = ("complaint.received", "{from: child, about: delay, text: slow}")


@pytest.mark.requirement("VO-15")
@pytest.mark.parametrize(
    ("entries", "when"),
    [
        (times(2, *CHANGED), []),
        (times(3, *CHANGED), ["2014-03-06 10:03"]),
        (times(4, *CHANGED), ["2014-03-06 10:03"]),
        (times(2, *CHANGED, year=2012) + times(2, *CHANGED), []),
        (times(2, *CANCELLED), []),
        (times(3, *CANCELLED), ["2014-03-06 10:03"]),
        (times(5, *BY_THEM), []),
        (times(1, *HOSTILE), []),
        (times(2, *HOSTILE), ["2014-03-05 10:03"]),
        (times(3, *SLOW), []),
        (times(2, *CHANGED) + times(2, *CANCELLED), []),
        ([entry(f"2014-03-{4 + n:02} 10:00", "investigation.allocated", f"{{officer: {o}, specialist: true}}") for n, o in enumerate("abcd")],
         ["2014-03-07 10:03"]),
        ([entry(f"2014-03-{4 + n:02} 10:00", "investigation.allocated", "{officer: a, specialist: true}") for n in range(5)], []),
    ],
)  # fmt: skip
def test_each_is_told_at_its_level(entries: list[str], when: list[str]) -> None:
    assert [at for _, _, at in raised(case(*entries), "let_down_again")] == when


@pytest.mark.requirement("VO-15")
def test_it_stands_until_a_supervisor_has_looked_and_is_told_again_at_the_next() -> None:
    looked = entry("2014-03-08 09:00", "supervision.held", "{reflective: true}")
    assert standing(case(*times(3, *CHANGED), looked), "let_down_again") == set()
    again = entry("2014-03-20 10:00", *CHANGED)
    assert standing(case(*times(3, *CHANGED), looked, again), "let_down_again") == {("let_down_again", "child")}
