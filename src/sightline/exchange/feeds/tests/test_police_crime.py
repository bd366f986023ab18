"""What the crime system becomes: crimes, investigations, bail, outcomes; the suspect's warnings and what each is to the victim."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sightline.exchange.feeds.tests.police_extracts import altered, record_of, said_of_row, standing, take_in, told
from sightline.people.models import Address, Marker, Relationship

pytestmark = pytest.mark.django_db
TOUCHED, TWICE, SISTERS = "ASH/C26/90010001", "ASH/C26/90010002", "ASH/C25/90010003"
VICTIM, SUSPECT = "N90010001", "N90010002"


@pytest.mark.requirement("JD-31")
def test_a_crime_and_its_investigation_step_by_step() -> None:
    take_in("crime")
    row = said_of_row("crime", TOUCHED)
    assert {ref: event.at for ref, event in row.items()} == {
        "crime.recorded": "2026-03-10 20:15",
        "investigation.opened": "2026-03-10 20:15",
        "investigation.allocated": "2026-03-11 09:00",
        "suspect.identified": "2026-03-10",
        "suspect.arrested": "2026-03-11 11:20",
        "bail.set": "2026-03-11 22:45",
    }
    crime = row["crime.recorded"]
    assert crime.data == {
        "offence": "Sexual assault of a female under 13",
        "category": "sexual",
        "child_is": "present",
    }
    assert crime.people == {"victim": [VICTIM], "suspect": [SUSPECT]}
    assert crime.place == "3 Weir Lane, Larkscar, ZS5 2AB"
    assert "From incident ASH20260310-90010002" in crime.note
    assert "Committed between 01/02/2026 and 08/03/2026" in crime.note
    assert row["investigation.opened"].data == {"team": "child_protection", "crime_ref": TOUCHED}
    assert row["investigation.allocated"].data == {"officer": "DC 3101 Okafor", "specialist": True}


def test_bail_names_conditions_their_end_and_whom_they_protect() -> None:
    take_in("crime")
    bail = told("crime", f"{TOUCHED}/bail.set")
    assert bail.people == {"suspect": [SUSPECT], "victim": [VICTIM]}
    assert bail.data == {
        "kind": "pre_charge", "until": "2026-06-08",
        "conditions": ["Not to contact the victim directly or indirectly", "No unsupervised contact with anyone under 18"],
    }  # fmt: skip
    before, after = datetime(2026, 6, 7, tzinfo=UTC), datetime(2026, 6, 8, 12, tzinfo=UTC)
    (says,) = standing("crime", SUSPECT, at=before)["bail_conditions"]
    assert says.startswith("Not to contact the victim")
    assert "bail_conditions" not in standing("crime", SUSPECT, at=after)
    assert "bail_conditions" not in standing("crime", VICTIM, at=before)


@pytest.mark.requirement("JD-31")
def test_outcomes_in_the_systems_words() -> None:
    take_in("crime")
    out_of_court = said_of_row("crime", SISTERS)
    assert out_of_court["disposal.given"].data == {"kind": "youth_caution", "for": "Common assault"}
    assert out_of_court["investigation.closed"].data == {"outcome": "out_of_court", "reason": "out of court"}
    assert out_of_court["investigation.closed"].at == "2025-11-20"
    closed = told("crime", "ASH/C25/90010004/investigation.closed")
    assert closed.data == {
        "outcome": "no_further_action_victim",
        "reason": "victim does not support, suspect not named",
    }


def test_a_cancelled_crime_no_longer_counts_against_the_suspect(tmp_path: Path) -> None:
    take_in("crime")
    row = said_of_row("crime", TWICE)
    assert {*row} == {"crime.recorded", "investigation.opened", "crime.cancelled"}
    assert row["crime.cancelled"].data == {"reason": "Recorded twice.", "additional_verifiable_information": True}
    assert standing("crime", SUSPECT)["violent"][0].startswith("suspected in 1 recorded offence, last 10 March 2026")
    take_in(
        "crime",
        altered(
            "crime",
            tmp_path,
            ("06/2026,Not to contact the victim directly or indirectly;", "06/2026,Not to leave the county;"),
            ("11/03/2026 23:00:00", "12/03/2026 08:00:00"),
        ),
    )
    assert told("crime", f"{TOUCHED}/bail.set").data["conditions"][0] == "Not to leave the county"
    assert len(standing("crime", SUSPECT, at=datetime(2026, 4, 1, tzinfo=UTC))["bail_conditions"]) == 1


def test_people_ties_and_warnings_under_the_systems_own_keys() -> None:
    take_in("crime")
    suspect, victim = record_of("crime", SUSPECT), record_of("crime", VICTIM)
    assert (suspect.surname, suspect.forenames, suspect.born, suspect.pnc_id) == (
        "WRAGG", "DEAN LEE", date(1979, 6, 2), "2009/9000984G"
    )  # fmt: skip
    assert (victim.sex, victim.details["ethnicity"]) == ("F", "White British")
    assert record_of("crime", "N90010003").born_text == "2010"
    assert Address.objects.get(record=victim).postcode == "ZS5 2AA"
    ties = Relationship.objects.filter(subject__key__startswith="N9001000")
    assert {*ties.values_list("subject__key", "kind", "other__key")} == {
        (SUSPECT, "associate", VICTIM),
        ("N90010004", "step_parent", "N90010003"),
        ("N90010003", "sibling", "N90010005"),
    }
    warnings = {*Marker.objects.filter(record=suspect).values_list("kind", "detail")}
    assert warnings == {
        ("self_harm", "suicidal"),
        ("risk_to_children", ""),
        ("registered_sex_offender", ""),
        ("other", "drugs"),
    }
