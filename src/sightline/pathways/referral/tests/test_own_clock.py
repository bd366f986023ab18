"""Each referral that waits has the clock of where it stands, and not always that of its first receipt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sightline.chronology.courses import runs
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.clocks.limits import Limits
from sightline.pathways.referral.rules.courses import REFERRAL
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
    first = happened(0, 2, "referral.made", {"to": "hub", "basis": "s17", "urgency": "routine"})
    entries = [first, *(happened(n, *said) for n, said in enumerate(since, 1))]
    (run,) = runs(REFERRAL, Chronology.of(1, entries))
    assert (run.state, f"{due_at(run, Limits()):%d %H:%M}") == (state, due)
