"""The limited and specialist systems: their samples, which test_more_systems takes in whole; and what stays behind stays behind."""

from __future__ import annotations

import csv

import pytest

from sightline.chronology.models import Event
from sightline.exchange.feeds.catalogue import FEEDS, read_mapping
from sightline.exchange.feeds.tests.police_extracts import sample_of, take_in
from sightline.people.models import SourceRecord

ROWS = {
    "visor": 3, "early_years": 2, "adult_social_care": 3, "family_court": 2, "stop_search": 3, "cross_force": 3, "british_transport_police": 4,
    "immigration": 5, "disclosure_and_barring": 3, "voluntary": 4, "community_safety": 3, "licensing": 3, "service_welfare": 2,
    "forced_marriage_unit": 2, "analysis": 3, "complaints": 2, "learning_reviews": 3,
}  # fmt: skip
WRONG = [
    ("visor", "M,1,04/05/2019", "M,9,04/05/2019", 1, "CATEGORY"),
    ("early_years", "EC90010002,Farrow", ",Farrow", 2, "CHILD"),
    ("adult_social_care", "NEED,12/03/2026", "NEED,32/03/2026", 3, "SINCE"),
    ("family_court", "ICO,17/08/2026", "XYZ,17/08/2026", 1, "ORDER1"),
    ("stop_search", "15/03/2026 01:10", "15/03/2026 25:10", 2, "STOPPED"),
    ("cross_force", "11/03/2026 09:12", "11/03/2026", 1, "HIT"),
    ("british_transport_police", "BT90010004,DRG", "BT90010004,LOST", 4, "KIND"),
    ("immigration", ",TB,", ",GONE,", 4, "RESULT"),
    ("disclosure_and_barring", "20/09/2026,C", "20/09/2026,Z", 1, "OUTCOME"),
    ("voluntary", "WISH", "HOPE", 3, "ABOUT"),
    ("community_safety", "19/01/2026", "19-01-2026", 1, "STARTED"),
    ("licensing", "TAX,DRG", "TAX,GUN", 3, "ABOUT"),
    ("service_welfare", "01/12/2026", "01/13/2026", 1, "POSTED"),
    ("forced_marriage_unit", "07/06/2026 09:00,,", "07/06 09:00,,", 2, "ASKED"),
    ("analysis", "20/02/2026,N", "20/02/2026,P", 3, "ACTED_ON"),
    ("complaints", "C,NB", "C,RUDE", 2, "ABOUT"),
    ("learning_reviews", "other_children_at_risk", "bad_luck", 2, "PATTERN"),
]


@pytest.mark.django_db
@pytest.mark.requirement("JD-34")
@pytest.mark.parametrize("system", ["visor", "forced_marriage_unit"])
def test_what_is_not_to_leave_a_system_is_nowhere_in_this_one(system: str) -> None:
    take_in(system)
    ignored = read_mapping(FEEDS / system / "mapping.yaml").ignored
    with sample_of(system).open(encoding="utf-8") as file:
        held_back = {row[column] for row in csv.DictReader(file) for column in ignored} - {""}
    assert len(held_back) >= 2
    kept = [f"{e.data} {e.note} {e.place}" for e in Event.objects.all()]
    kept += [f"{r.details}" for r in SourceRecord.objects.all()]
    assert not [words for words in held_back for text in kept if words in text]
