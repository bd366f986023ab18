"""Each referral that waits has the clock of where it stands; what is reopened is counted apart; a day is one that was worked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sightline.chronology.courses import Run, runs
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.clocks.limits import Limits
from sightline.pathways.referral.rules.courses import REFERRAL
from sightline.pathways.referral.rules.flow import HOUR, by_hour, forecast, monday_after
from sightline.pathways.referral.rules.waiting import due_at

BACK = {"decision": "returned_for_information"}
EARLY = {"decision": "early_help"}
NOTHING = {"decision": "no_further_action"}


def happened(n: int, day: int, kind: str, data: dict[str, object]) -> Happening:
    at, ref = datetime(2026, 11, day, 10, tzinfo=UTC), "referral/r" if n == 0 else f"sightline:referral/r#{kind}/{n}"
    return Happening(
        n,
        kind,
        at,
        at,
        at,
        "exact",
        "sightline",
        ref,
        "education",
        "Sam Ward",
        frozen({"child": (1,)}),
        "",
        None,
        "",
        frozen(data),
    )


def referral(*since: tuple[int, str, dict[str, object]]) -> Run:
    """One made on the second of the month, and what was done since, on which days."""
    first = happened(0, 2, "referral.made", {"to": "hub", "basis": "s17", "urgency": "routine"})
    (run,) = runs(REFERRAL, Chronology.of(1, [first, *(happened(n, *said) for n, said in enumerate(since, 1))]))
    return run


@pytest.mark.requirement("RF-25", "RF-04")
@pytest.mark.parametrize(
    ("since", "state", "due"),
    [
        ((), "made", "03 10:00"),
        (((3, "referral.acknowledged", {}),), "acknowledged", "04 00:00"),
        (((5, "referral.decided", BACK),), "returned", "07 00:00"),
        (((5, "referral.decided", BACK), (10, "information.supplied", {})), "acknowledged", "12 00:00"),
        (((5, "referral.decided", EARLY),), "early_help", "20 00:00"),
        (((5, "referral.decided", EARLY), (17, "earlyhelp.returned", {})), "acknowledged", "19 00:00"),
        (((5, "referral.decided", NOTHING),), "decided", "17 00:00"),
        (((5, "referral.decided", NOTHING), (9, "escalation.raised", {"level": 1})), "challenged", "11 00:00"),
    ],
)
def test_each_state_has_its_own_clock(
    since: tuple[tuple[int, str, dict[str, object]], ...], state: str, due: str
) -> None:
    run = referral(*since)
    assert (run.state, f"{due_at(run, Limits()):%d %H:%M}") == (state, due)


@pytest.mark.requirement("RF-05", "RF-24")
def test_one_that_is_reopened_is_counted_apart_and_takes_nothing_from_what_was_decided() -> None:
    nothing, level = {"decision": "no_further_action"}, {"level": 1}
    run = referral((2, "referral.decided", nothing), (3, "escalation.raised", level), (4, "escalation.answered", {}))
    first = run.first.at
    hours = by_hour([first], [run], first - HOUR, first + timedelta(days=3))
    assert all(h.lost == 0 and h.came + h.reopened == h.decided + h.held for h in hours)
    assert min(h.decided_now for h in hours) == 0 and (hours[-1].decided, hours[-1].reopened, hours[-1].held) == (
        2,
        1,
        0,
    )
    challenged = by_hour([first], [run], first - HOUR, first + timedelta(days=1, hours=2))[-1]
    assert (challenged.decided, challenged.reopened, challenged.held) == (1, 1, 1)


@pytest.mark.requirement("RF-05")
def test_a_day_of_a_hub_that_works_on_seven_is_a_seventh_of_its_week() -> None:
    monday = datetime(2026, 11, 2, 10, tzinfo=UTC)
    decided = [monday - timedelta(days=d, hours=h) for d in range(1, 8) for h in range(5)]
    seen = forecast([], decided, held=0, now=monday, until=monday_after(monday), weeks=1)
    assert seen.a_day == 5
