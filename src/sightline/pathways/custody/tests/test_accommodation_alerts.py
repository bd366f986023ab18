"""A bed that is no cell: asked for early, rightly, given, and accounted for to the court; and what lies behind an arrest."""

from __future__ import annotations

import pytest

from alarms import raised, standing
from custody_record import custody

START = ("10:00", "held", "")
REFUSED = ("20:00", "charged", "bail: refused, reason: would not come to court")
ASKED = ("20:10", "accommodation.requested", "kind: open, to: social_care")
NONE_OFFERED = ("20:40", "accommodation.answered", "offered: false, responsibility_taken: true")
COURT = ("2014-03-05 09:00", "ended", "how: court")


def times(case: str, kind: str) -> list[str]:
    return [at[5:] for _, _, at in raised(case, kind)]


@pytest.mark.requirement("CU-18")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([REFUSED], ["03-04 20:30"]),
        ([REFUSED, ASKED], []),
        ([("15:00", "accommodation.requested", "kind: open, to: social_care"), REFUSED], []),  # asked early
        ([REFUSED, ("20:20", "ended", "how: local_authority")], []),
        ([("20:00", "charged", "bail: granted")], []),
    ],
)
def test_the_local_authority_is_asked_within_half_an_hour_of_refusing_bail(
    rows: list[tuple[str, str, str]], told: list[str]
) -> None:
    assert times(custody(START, *rows), "accommodation_not_sought") == told


@pytest.mark.requirement("CU-19")
@pytest.mark.parametrize(
    ("born", "reason", "told"),
    [
        ("1999-05-05", "bail refused", 1),
        ("1999-05-05", "risk of serious harm to the public", 0),
        ("2003-05-05", "risk of serious harm to the public", 1),  # ten years old: too young for it
    ],
)
def test_a_locked_place_is_asked_for_only_from_twelve_and_for_serious_harm(born: str, reason: str, told: int) -> None:
    asked = ("20:10", "accommodation.requested", f"kind: secure, to: social_care, reason: {reason}")
    case = custody(START, REFUSED, asked, people=f"people:\n  child: {{born: {born}, sex: M}}")
    assert len(raised(case, "accommodation_not_sought")) == told


@pytest.mark.requirement("CU-05")
@pytest.mark.parametrize(("day", "owed"), [("2015-10-25", 0), ("2015-10-26", 1)])
def test_at_seventeen_a_bed_is_owed_after_charge_from_the_day_the_act_changed(day: str, owed: int) -> None:
    case = custody(START, ("13:00", "charged", "bail: refused"), day=day, until=f"{day} 20:00:00",
                   people="people:\n  child: {born: 1998-05-05, sex: M}")  # fmt: skip
    assert len(raised(case, "accommodation_not_sought")) == owed


@pytest.mark.requirement("CU-17")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("offence: theft, power: breach_of_bail", 1),
        ("offence: theft while on bail, power: arrest", 1),
        ("offence: attempted murder, power: arrest", 1),
        ("offence: theft, power: arrest", 0),
        ("offence: theft, power: recall", 0),
    ],
)
def test_a_bed_is_asked_for_as_soon_as_bail_is_unlikely(said: str, told: int) -> None:
    row = ("10:00", "authorised", f"station: Northgate, reason: arrested, necessity: to question, {said}")
    assert times(custody(row), "accommodation_likely") == ["03-04 10:03"] * told
    asked = ("10:02", "accommodation.requested", "kind: open, to: social_care")
    assert times(custody(row, asked), "accommodation_likely") == []


@pytest.mark.requirement("CU-20")
def test_a_refusal_is_told_at_once_and_silence_after_two_hours() -> None:
    refused = ("20:40", "accommodation.answered", "offered: false")
    assert times(custody(START, REFUSED, ASKED, refused), "accommodation_refused") == ["03-04 20:43"]
    assert times(custody(START, REFUSED, ASKED), "accommodation_refused") == ["03-04 22:10"]
    later = ("22:00", "accommodation.answered", "offered: true")
    assert not standing(custody(START, REFUSED, ASKED, refused, later), "accommodation_refused")


@pytest.mark.requirement("CU-21")
@pytest.mark.parametrize(
    ("reason", "asked", "told"),
    [
        ("", [ASKED], 1),
        ("impracticable to transfer to local authority accommodation", [ASKED, NONE_OFFERED], 1),
        ("no beds available", [], 1),
        ("no beds available", [ASKED], 1),  # whoever was asked, nobody wrote down an answer
        ("no beds available", [ASKED, NONE_OFFERED], 0),
        ("the duty worker rang six homes until midnight and none would take him", [ASKED], 0),
    ],
)
def test_the_certificate_tells_the_court_what_was_done_for_this_child(
    reason: str, asked: list[tuple[str, str, str]], told: int
) -> None:
    rows = [
        START,
        REFUSED,
        *asked,
        *([("21:00", "certified", f"reason: {reason}")] if reason else []),
        COURT,
    ]
    assert times(custody(*rows), "certificate_missing") == ["03-05 09:00"] * told


def test_no_certificate_is_owed_by_a_child_who_went_to_the_local_authority_and_one_still_held_is_told_of_by_morning() -> (
    None
):
    taken = ("23:00", "ended", "how: local_authority")
    assert times(custody(START, REFUSED, ASKED, taken), "certificate_missing") == []
    assert times(custody(START, REFUSED, ASKED), "certificate_missing") == ["03-05 09:00"]


@pytest.mark.requirement("CU-14")
@pytest.mark.parametrize(
    ("markers", "rows", "told"),
    [
        ("[child, exploitation_risk, 2013-01-01]", [], ["03-04 11:00"]),
        ("[child, bail_conditions, 2013-01-01]", [], []),
        ("[child, bail_conditions, 2013-01-01]", [("10:20", "property.found", "what: wraps")], ["03-04 11:00"]),
        (
            "[child, bail_conditions, 2013-01-01]",
            [("10:20", "risk_assessed", "vulnerabilities: [fears exploitation]")],
            ["03-04 11:00"],
        ),
        ("[child, exploitation_risk, 2013-01-01]", [("10:20", "informed", "whom: social_care")], []),
        (
            "[child, exploitation_risk, 2013-01-01]",
            [("10:20", "concern.notified", "kinds: [exploitation], grade: high")],
            [],
        ),
        ("[child, looked_after, 2013-01-01]", [("10:20", "informed", "whom: parent")], ["03-04 11:00"]),
    ],
)
def test_a_held_child_known_to_be_at_risk_is_followed_up_within_the_hour(
    markers: str, rows: list[tuple[str, str, str]], told: list[str]
) -> None:
    case = custody(START, *rows, markers=f"markers:\n  - {markers}", until="2014-03-04 12:00:00")
    assert times(case, "vulnerability_missed") == told


@pytest.mark.requirement("CU-15")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[]", 1),
        ("[self-harm last year]", 0),
        ("[used to cut her arms]", 0),
        ("[no cuts or bruises]", 1),
        ("[cut his hand on a tin]", 1),
    ],
)
def test_a_suicide_risk_from_before_is_in_this_times_assessment(said: str, told: int) -> None:
    case = custody(
        START, ("10:10", "risk_assessed", f"vulnerabilities: {said}"), ("10:20", "informed", "whom: social_care"),
        markers="markers:\n  - [child, custody_suicide_risk, 2013-01-01]", until="2014-03-04 12:00:00",
    )  # fmt: skip
    assert len(raised(case, "vulnerability_missed")) == told
