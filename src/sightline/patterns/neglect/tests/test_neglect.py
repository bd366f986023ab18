"""Neglect over time, from what is recorded of a home, appointments, school and who looks after a child; two reports of one day are one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sightline.chronology.view import Chronology, Happening, frozen
from sightline.clocks.limits import Limits, LocalLimit
from sightline.kernel.moments import from_local
from sightline.patterns.neglect.rules import quarters, signs, trend

AT = from_local(datetime(2026, 11, 2, 12, 0))  # noqa: DTZ001 - local, made aware
CLEAN = {"home_food": "good", "home_warmth": "good", "home_supervision": "not_seen"}
HEARD = "Missed 21 of 200 half-days at school"


def held(day: str, what: str, source: str = "social_care", note: str = "", **data: Any) -> Happening:
    """One entry about child 1 at noon."""
    at = from_local(datetime.fromisoformat(f"{day} 12:00"))
    ref = f"{what}{day}{sorted(data)}{note}"
    return Happening(
        hash(ref),
        what,
        at,
        at,
        at,
        "minute",
        source,
        ref,
        source,
        "",
        frozen({"child": (1,)}),
        "",
        None,
        note,
        frozen(data),
    )


@pytest.mark.requirement("RA-04")
@pytest.mark.parametrize(
    ("entry", "way"),
    [
        (held("2026-05-01", "concern.notified", **{**CLEAN, "home_food": "poor"}), "home"),
        (held("2026-05-01", "concern.notified", **CLEAN), ""),
        (held("2026-05-01", "scene.recorded", drugs_about="yes"), "home"),
        (held("2026-05-01", "information.supplied", "health", summary="Not seen by HV: routine"), "health"),
        (held("2026-05-01", "information.supplied", "health", summary="GP: cough and fever"), ""),
        (held("2026-05-01", "information.supplied", "housing", summary="Did not attend the viewing"), ""),
        (held("2026-05-01", "information.supplied", "education", summary=HEARD), "school"),
        (held("2026-05-01", "information.supplied", "education", summary=HEARD.replace("21", "19")), ""),
        (held("2026-05-01", "marker.set", "education", kind="other", detail="Child missing education"), "school"),
        (held("2026-05-01", "scene.recorded", children_unsupervised="yes"), "alone"),
        (held("2026-05-01", "concern.notified", what_happened="Two children left alone at home for an evening"), "alone"),
        (held("2026-05-01", "concern.notified", what_happened="She wants to be left alone"), ""),
        (held("2026-05-01", "contact.received", kind="neglect"), "said"),
    ],
    ids=lambda x: x.ref[:40] if isinstance(x, Happening) else x or "no sign",
)  # fmt: skip
def test_a_sign_of_neglect_is_what_is_recorded(entry: Happening, way: str) -> None:
    assert [s.way for s in signs(Chronology.of(1, [entry]), AT, Limits())] == ([way] if way else [])


@pytest.mark.requirement("RA-04")
def test_each_quarter_counts_days_and_the_trend_says_only_what_it_counts() -> None:
    poor = [
        held(d, "concern.notified", home_food="poor") for d in ("2025-02-01", "2026-02-01", "2026-08-01", "2026-11-01")
    ]
    twice = held("2026-08-01", "scene.recorded", drugs_about="yes")
    found = signs(
        Chronology.of(1, [*poor, twice, held("2026-12-01", "concern.notified", home_food="poor")]), AT, Limits()
    )
    shown = quarters(found, AT, Limits())
    assert [(q.year, q.number, q.total) for q in shown if q.total] == [
        (2025, 1, 1),
        (2026, 1, 1),
        (2026, 3, 1),
        (2026, 4, 1),
    ]
    assert shown[-1].name == "October to December 2026" and not shown[-1].whole and len(shown) == 8
    assert trend(shown) == "3 in the last 4 quarters, 1 in the 4 before: more often than before"
    fewer = Limits(local=(LocalLimit("neglect.quarters", 2, AT.date(), "The partnership"),))
    assert trend(quarters(found, AT, fewer)) == "1 in the last 1 quarters, 1 in the 1 before: as often as before"
