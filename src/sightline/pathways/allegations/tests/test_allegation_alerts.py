"""Allegations against people who work with children, sentence by sentence."""

from __future__ import annotations

import pytest

from alarms import raised, standing


def case(*rows: tuple[str, str, str], until: str = "2014-04-30 00:00:00", head: str = "") -> str:
    """A case about a man who works with children, from rows of (when, kind, data)."""
    lines = [
        f"  - {{at: {at}:00, type: {kind}, source: child_abuse, people: {{{_who(kind)}: man}}, data: {{{said}}}}}"
        for at, kind, said in rows
    ]
    return "\n".join([head, "events:", *lines, f"until: {until}", ""])


def _who(kind: str) -> str:
    return "suspect" if kind.split(".")[0] in ("suspect", "crime") else "subject"


def times(text: str, kind: str) -> list[str]:
    return [at[5:] for _, _, at in raised(text, kind)]


ALLEGED = (
    "2014-03-07 15:00",
    "allegation.made",
    "criteria: harmed, post: nursery worker, employer: a nursery, regulated_activity: true",
)
INFORMED = ("2014-03-10 16:00", "designated_officer.informed", "")


@pytest.mark.requirement("AP-03")
@pytest.mark.requirement("SS-05")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], ["03-11 00:00"]),  # Friday: the next working day is Monday
        ([INFORMED], []),
        ([("2014-03-07 16:00", "meeting.held", "kind: designated_officer, attended: [police, social_care]")], []),
        ([("2014-03-07 14:00", "designated_officer.informed", "")], []),  # told before it was written down
    ],
)
def test_the_designated_officer_is_told_within_a_working_day(more: list[tuple[str, str, str]], told: list[str]) -> None:
    assert times(case(ALLEGED, *more), "designated_officer_late") == told


SUSPECT = ("2014-03-04 10:00", "suspect.identified", "role_with_children: football coach")


@pytest.mark.requirement("AP-04")
def test_a_suspect_known_to_the_police_who_works_with_children_is_an_allegation_too() -> None:
    assert times(case(SUSPECT), "designated_officer_late") == ["03-06 00:00"]
    assert (
        times(
            case(("2014-03-04 10:00", "suspect.identified", "role_with_children: none known")),
            "designated_officer_late",
        )
        == []
    )


@pytest.mark.requirement("AP-14")
def test_a_suspects_role_with_children_is_told_at_once_until_somebody_acts() -> None:
    assert times(case(SUSPECT), "role_with_children") == ["03-04 10:03"]
    told = ("2014-03-04 12:00", "designated_officer.informed", "")
    assert not standing(case(SUSPECT, told), "role_with_children")
    assert (
        times(case(("2014-03-04 10:00", "suspect.identified", "contact_with_children: true")), "role_with_children")
        == []
    )


@pytest.mark.requirement("AP-14")
@pytest.mark.parametrize(("tie", "told"), [("teacher_coach", 1), ("neighbour", 0)])
def test_the_role_is_known_from_whom_the_suspect_teaches(tie: str, told: int) -> None:
    head = (
        "people:\n  man: {born: 1980-01-01, sex: M}\n  girl: {born: 2004-01-01, sex: F}\n"
        f"relationships:\n  - [man, {tie}, girl, {{}}]\n"
    )
    crime = ("2014-03-04 10:00", "crime.recorded", "offence: assault, category: sexual, child_is: victim")
    assert len(times(case(crime, head=head), "role_with_children")) == told


LEFT = ("2014-03-04 10:00", "employment.ended", "because_of_risk: true")


@pytest.mark.requirement("AP-10")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([LEFT], 1),
        ([LEFT, ("2014-03-12 10:00", "dbs.referred", "")], 0),
        ([("2014-03-04 10:00", "employment.ended", "")], 0),  # why they left is not supplied: unknown, not risk
        (
            [
                ("2014-03-04 10:00", "employment.ended", "because_of_risk: false"),
                ("2014-03-04 11:00", "allegation.decided", "outcome: substantiated"),
            ],
            1,
        ),
        (
            [
                (
                    "2014-03-03 10:00",
                    "allegation.made",
                    "criteria: risk, post: governor, employer: a school, regulated_activity: false",
                ),
                LEFT,
            ],
            0,
        ),
    ],
)
def test_whoever_leaves_because_of_risk_is_referred_for_barring(rows: list[tuple[str, str, str]], told: int) -> None:
    assert times(case(*rows), "dbs_missing") == ["03-19 00:00"] * told
