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


ENDED = ("investigation.closed", "{outcome: no_further_action_evidence, reason: two accounts}")
SPOKE = ("referral.made", "{to: social_care, basis: s17, child_said: he hits me}")
NOTHING = ("referral.decided", "{decision: no_further_action, reason: below threshold}")


def told(at: str, understood: str) -> str:
    return entry(
        at,
        "closing.explained",
        f'{{contact: Ms Cole, route: office, what: w, said_back: s, understood: "{understood}"}}',
    )


@pytest.mark.requirement("VO-02")
@pytest.mark.parametrize(
    ("entries", "when"),
    [
        ([entry("2014-03-04 10:00", *ENDED)], ["2014-03-06 10:00"]),
        ([entry("2014-03-04 10:00", *ENDED), told("2014-03-05 10:00", "yes")], []),
        ([entry("2014-03-04 10:00", *ENDED), told("2014-03-05 10:00", "no")], ["2014-03-06 10:00"]),
        ([entry("2014-03-04 10:00", *ENDED), told("2014-03-03 10:00", "yes")], ["2014-03-06 10:00"]),
        ([entry("2014-03-04 10:00", *ENDED), entry("2014-03-04 15:00", "family.informed", "{whom: child, what: w}")], []),
        ([entry("2014-03-04 10:00", *ENDED), entry("2014-03-04 15:00", "family.informed", "{whom: parent, what: w}")], ["2014-03-06 10:00"]),
        ([entry("2014-03-01 10:00", "plan.started", "{kind: child_protection}"), entry("2014-03-04 10:00", *ENDED)], []),
        ([entry("2014-03-04 10:00", "investigation.closed", "{outcome: charged, reason: r}")], []),
        ([entry("2014-03-04 10:00", "enquiry.completed", "{outcome: not_substantiated, rationale: r}")], ["2014-03-06 10:00"]),
        ([entry("2014-03-04 10:00", "enquiry.completed", "{outcome: not_substantiated, rationale: r, next: conference}")], []),
        ([entry("2014-03-03 10:00", *SPOKE), entry("2014-03-04 10:00", *NOTHING)], ["2014-03-06 10:00"]),
        ([entry("2014-03-03 10:00", "referral.made", "{to: social_care, basis: s47}"), entry("2014-03-04 10:00", *NOTHING)], ["2014-03-06 10:00"]),
        ([entry("2014-03-03 10:00", "referral.made", "{to: social_care, basis: s17}"), entry("2014-03-04 10:00", *NOTHING)], []),
        ([entry("2014-03-03 10:00", *SPOKE), entry("2014-03-04 10:00", "referral.decided", "{decision: signpost, reason: r}")], []),
    ],
)  # fmt: skip
def test_an_end_with_nothing_more_done_is_told_to_the_child_whichever_system_it_ended_in(
    entries: list[str], when: list[str]
) -> None:
    found = raised(case(*entries, until="2014-03-20 10:00"), "closing_unexplained")
    assert [at for _, _, at in found] == when


@pytest.mark.requirement("VO-02")
def test_a_child_too_young_for_words_of_their_own_is_not_asked_to_say_it_back() -> None:
    baby = entry("2014-03-04 10:00", *ENDED, "child: baby")
    people = "people:\n  baby: {born: 2013-06-01, sex: F}\n"
    assert raised(people + case(baby, until="2014-03-20 10:00"), "closing_unexplained") == []
