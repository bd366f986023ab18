"""Police protection, sentence by sentence of section 46."""

from __future__ import annotations

import pytest

from alarms import raised, standing

TAKEN = "2014-03-04 20:00"


def case(*rows: tuple[str, str, str], until: str = "2014-03-12 00:00:00", people: str = "") -> str:
    """Police protection from Tuesday evening, and what came after: (when, kind, data)."""
    said = ((TAKEN, "taken", "grounds: alone at home, kind: removed"), *rows)
    lines = [
        f"  - {{at: {at}:00, type: {kind if '.' in kind else 'protection.' + kind}, source: child_abuse, people: {{child: child}}, data: {{{more}}}}}"
        for at, kind, more in said
    ]
    return "\n".join([people, "events:", *lines, f"until: {until}", ""])


def times(text: str, kind: str) -> list[str]:
    return [at[5:] for _, _, at in raised(text, kind)]


ENDED = ("2014-03-05 10:00", "ended", "reason: returned_home")


@pytest.mark.requirement("PP-02")
def test_it_warns_at_two_days_and_ends_at_three() -> None:
    assert times(case(), "protection_expiring") == ["03-06 20:00", "03-07 20:00"]
    assert times(case(ENDED), "protection_expiring") == []


STEPS = [
    ("2014-03-04 20:10", "designated", "officer: duty inspector"),
    ("2014-03-04 20:20", "informed", "whom: child"),
    ("2014-03-04 20:30", "informed", "whom: local_authority"),
    ("2014-03-04 23:00", "informed", "whom: parent"),
]


@pytest.mark.requirement("PP-03")
@pytest.mark.requirement("PP-04")
@pytest.mark.parametrize("left_out", range(4))
def test_each_step_is_taken_within_four_hours(left_out: int) -> None:
    rest = [step for n, step in enumerate(STEPS) if n != left_out]
    assert times(case(*STEPS), "protection_step_missing") == []
    assert times(case(*rest), "protection_step_missing") == ["03-05 00:00"]
    late = ("2014-03-05 01:00", *STEPS[left_out][1:])
    assert not standing(case(*rest, late), "protection_step_missing")


def test_a_baby_need_not_be_told_and_an_authority_that_met_has_been() -> None:
    baby = "people:\n  child: {born: 2013-05-05, sex: F}"
    met = (
        "2014-03-04 22:00",
        "strategy.held",
        "attended: [police, social_care], decision: enquiry_joint, rationale: alone",
    )
    assert times(case(STEPS[0], met, STEPS[3], people=baby), "protection_step_missing") == []


@pytest.mark.requirement("PP-05")
def test_a_police_building_is_no_place_for_the_child() -> None:
    moved = ("2014-03-04 21:00", "moved", "to: police_station")
    assert times(case(moved), "protection_place") == ["03-04 21:03"]
    assert not standing(case(moved, ("2014-03-04 23:00", "moved", "to: relative")), "protection_place")
    assert times(case(("2014-03-04 21:00", "moved", "to: refuge")), "protection_place") == []


@pytest.mark.requirement("PP-07")
@pytest.mark.parametrize(
    ("end", "more", "told"),
    [
        ("reason: returned_home", [], 1),
        ("reason: returned_home, plan_in_place: false", [("2014-03-04 22:00", "enquiry.started", "mode: joint")], 1),
        ("reason: returned_home", [("2014-03-04 22:00", "enquiry.started", "mode: joint")], 0),
        ("reason: returned_home, plan_in_place: true", [], 0),
        ("reason: accommodated", [], 0),
        ("reason: accommodated, plan_in_place: false", [], 1),
        ("reason: relatives", [("2014-03-06 09:00", "plan.started", "kind: safety")], 0),
    ],
)
def test_two_working_days_after_it_something_is_in_place_to_stop_a_repeat(
    end: str, more: list[tuple[str, str, str]], told: int
) -> None:
    text = case(("2014-03-05 10:00", "ended", end), *more)
    assert times(text, "protection_no_follow_up") == ["03-08 00:00"] * told
