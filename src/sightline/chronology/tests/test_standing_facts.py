"""Standing facts, a row a sentence: what holds, what no longer does, and where sources disagree. No database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from sightline.chronology.standing import InForce, in_force
from sightline.chronology.view import Chronology, Happening, frozen

NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
CHILD = 7
_ids = count(1)


def said(
    name: str, days_ago: float, role: str = "child", /, *, source: str = "crime", ref: str = "", **fields: Any
) -> Happening:
    at, number = NOW - timedelta(days=days_ago), next(_ids)
    key, who = ref or f"{number}/{name}", frozen({role: (CHILD,)})
    return Happening(number, name, at, at, at, "minute", source, key, "", "", who, "", None, "", frozen(fields))


def holding(*happenings: Happening, as_of: datetime = NOW) -> dict[str, InForce]:
    return {fact.kind: fact for fact in in_force(Chronology.of(CHILD, happenings), as_of)}


PLAN = {"source": "child_protection", "kind": "child_protection"}
STARTED = said("plan.started", 90, ref="P1/plan.started", category="neglect", **PLAN)


@pytest.mark.requirement("JD-10")
@pytest.mark.parametrize(
    ("happenings", "kind"),
    [
        ([STARTED], "child_protection_plan"),
        ([said("placement.started", 20, source="placements", kind="foster")], "looked_after"),
        (
            [said("offender.registered", 400, "offender", scheme="registered_sex_offender", risk="high")],
            "registered_sex_offender",
        ),
        ([said("crime.recorded", 400, "suspect", category="violence", offence="assault")], "violent"),
        (
            [said("bail.set", 3, "suspect", kind="pre_charge", conditions=["not to go home"], until="2026-12-01")],
            "bail_conditions",
        ),
        ([said("missing.reported", d, source="missing") for d in (5, 30, 80)], "missing_frequent"),
        ([said("missing.reported", 0.1, source="missing")], "missing_now"),
        ([said("marker.set", 900, kind="self_harm")], "self_harm"),
        ([said("marker.set", 30, kind="dangerous_dog")], "dangerous_dog"),
        ([said("exploitation.indicated", 200, kind="sexual")], "exploitation_risk"),
        (
            [said("detention.risk_assessed", 2000, "subject", vulnerabilities=["self-harm before"])],
            "custody_suicide_risk",
        ),
        ([said("disruption.used", 10, "suspect", power="shpo")], "shpo"),
        ([said("person.recorded", 10, "subject", died="2026-11-02")], "died"),
        ([said("marker.cleared", 10, "subject", kind="child_in_need", reason="died")], "died"),
    ],
)
def test_it_holds(happenings: list[Happening], kind: str) -> None:
    assert kind in holding(*happenings)


@pytest.mark.parametrize(
    ("happenings", "kind"),
    [
        ([STARTED, said("plan.ended", 9, ref="P1/plan.ended", source="child_protection")], "child_protection_plan"),
        ([said("bail.set", 30, "suspect", kind="pre_charge", until="2026-11-02")], "bail_conditions"),
        ([said("bail.set", 30, "suspect", kind="released_under_investigation")], "bail_conditions"),
        ([said("bail.set", 30, "victim", kind="pre_charge")], "bail_conditions"),
        ([said("missing.reported", d, source="missing") for d in (5, 30, 91)], "missing_frequent"),
        ([said("missing.reported", 2), said("missing.returned", 1)], "missing_now"),
        ([said("marker.set", 9, kind="weapons"), said("marker.cleared", 8, kind="weapons")], "weapons"),
        ([said("crime.recorded", 40, "victim", category="violence")], "violent"),
        (
            [
                said("crime.recorded", 40, "suspect", category="violence", ref="C1/crime.recorded"),
                said("crime.cancelled", 30, "suspect", ref="C1/crime.cancelled"),
            ],
            "violent",
        ),
        (
            [
                said("offender.registered", 400, "offender", scheme="mappa_2"),
                said("marker.set", 400, "subject", kind="mappa", until="2026-10-01"),
            ],
            "mappa",
        ),
        ([said("marker.set", -1, kind="violent")], "violent"),
        ([said("person.recorded", 10, "subject", died="2026-11-03")], "died"),
        ([said("marker.cleared", 10, "subject", kind="child_in_need", reason="services ceased")], "died"),
    ],
)
def test_it_does_not_hold(happenings: list[Happening], kind: str) -> None:
    assert kind not in holding(*happenings)


def test_a_second_plan_holds_though_the_first_has_ended() -> None:
    ended = said("plan.ended", 60, ref="P1/plan.ended", source="child_protection")
    again = said("plan.started", 10, ref="P2/plan.started", **PLAN)
    assert holding(STARTED, ended, again)["child_protection_plan"].says[0].since == again.at


@pytest.mark.requirement("JD-19")
def test_two_sources_that_disagree_are_both_given() -> None:
    marker = said("marker.set", 100, kind="child_protection_plan", source="crime")
    ended = said("plan.ended", 9, ref="P1/plan.ended", source="child_protection")
    fact = holding(marker, STARTED, ended)["child_protection_plan"]
    assert [s.source for s in fact.says] == ["crime"]
    assert "child protection says it ended" in fact.disagreement


def test_an_older_denial_does_not_count_against_newer_word() -> None:
    cleared = said("marker.cleared", 100, kind="violent", source="custody")
    assert holding(cleared, said("marker.set", 5, kind="violent"))["violent"].disagreement == ""


def test_the_newest_risk_grade_is_given() -> None:
    entry = said("offender.registered", 400, "offender", scheme="registered_sex_offender", risk="medium")
    graded = said("risk.assessed", 4, "offender", tool="offender", grade="very_high")
    assert holding(entry, graded)["registered_sex_offender"].says[0].says == "risk very high"


def test_what_was_not_yet_known_does_not_hold() -> None:
    assert not holding(STARTED, as_of=NOW - timedelta(days=91))
