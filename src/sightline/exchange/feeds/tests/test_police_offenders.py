"""What the offender management and MAPPA systems become: who poses a risk, at which address, under what conditions, seen when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cast import NOW, Member, involve, person_of
from sightline.chronology.queries import as_permitted
from sightline.exchange.feeds.tests.police_extracts import (
    chronology_of_key,
    record_of,
    said_of_row,
    standing,
    take_in,
    told,
)
from sightline.people.models import Address, Marker

pytestmark = pytest.mark.django_db
OM, DEAN, CALLUM = "offender_management", "OM90010001", "OM90010002"


def test_registration_visits_changes_and_breaches() -> None:
    take_in(OM)
    registered = told(OM, "OME90010001/offender.registered")
    assert (registered.at, registered.recorded_at, registered.people) == (
        "2021-05-14", "2021-05-17 10:30", {"offender": [DEAN]}
    )  # fmt: skip
    assert registered.data == {"scheme": "registered_sex_offender", "risk": "medium"}
    assert registered.note == "Index offence: Making indecent images of children\nUntil 14-May-2031"
    visit = said_of_row(OM, "OME90010002")
    assert {*visit} == {"offender.visited", "risk.assessed"}
    assert visit["offender.visited"].data == {
        "seen": True,
        "concerns": "Children's toys in the room.",
        "children_at_address": True,
    }
    assert (visit["offender.visited"].by, visit["offender.visited"].note) == (
        "PC 3707 Vickers", "Next visit due 21-Apr-2026"
    )  # fmt: skip
    assert (visit["risk.assessed"].data["grade"], visit["risk.assessed"].data["stage"]) == ("high", "review")
    assert told(OM, "OME90010003/offender.changed").data == {"what": "contact_with_child", "notified": False}
    assert told(OM, "OME90010004/offender.breached").data == {"what": "Notification requirements"}
    assert told(OM, "OME90010013/offender.changed").data == {"what": "travel"}


@pytest.mark.requirement("JD-35")
def test_the_fact_at_the_address_is_known_and_the_file_is_not_shown(call_handler: Member) -> None:
    take_in(OM)
    facts = standing(OM, DEAN)
    assert "risk very high" in facts["registered_sex_offender"]
    assert {"shpo", "risk_to_children", "self_harm", "other"} <= {*facts}
    home = Address.objects.get(record=record_of(OM, DEAN))
    assert (home.lines, home.postcode) == ("3 Weir Lane, Larkscar", "ZS5 2AB")
    involve(call_handler, person_of(record_of(OM, DEAN).pk), at=NOW)
    file = [h for h in as_permitted(call_handler.viewer(at=NOW), chronology_of_key(OM, DEAN)) if h.source == OM]
    assert file
    assert not any(h.data or h.note or h.by or h.place for h in file)


def test_the_standing_fact_ends_with_the_requirements_and_holds_without_the_registration() -> None:
    take_in(OM)
    scheme = Marker.objects.get(record=record_of(OM, DEAN), kind="registered_sex_offender")
    assert (str(scheme.until), scheme.detail) == ("2031-05-14", "risk very high")
    callum = {*Marker.objects.filter(record=record_of(OM, CALLUM)).values_list("kind", "detail", "authority")}
    assert callum == {
        ("risk_to_children", "risk low", ""),
        ("sro", "", "court"),
        ("violent", "", ""),
        ("weapons", "", ""),
        ("firearms", "", ""),
        ("other", "drugs", ""),
        ("self_harm", "", ""),
        ("mental_health", "", ""),
        ("dangerous_dog", "", ""),
    }


@pytest.mark.requirement("JD-42")
def test_a_mappa_meeting_with_category_level_decisions_and_actions() -> None:
    take_in("mappa")
    row = said_of_row("mappa", "MPA90010001")
    meeting = row["meeting.held"]
    assert (meeting.at, meeting.people) == ("2026-01-28 10:00", {"offender": ["MA90010001"]})
    assert meeting.data == {
        "kind": "mappa", "attended": ["police", "probation", "social_care"], "decisions": "Tell the families in the street.",
    }  # fmt: skip
    assert meeting.note == "Level 3, registered sex offender\nLed by police"
    assert row["offender.registered"].data == {"scheme": "mappa_3", "risk": "very_high"}
    assert row["offender.registered"].at == "2026-01-10"
    assert row["action/1/action.set"].data == {
        "id": "MPA90010001/1", "what": "Tell the head of the school.", "owner": "Moira Pym", "agency": "education",
        "due": "2026-02-04T00:00:00Z",
    }  # fmt: skip
    assert (row["action/1/action.done"].at, row["action/1/action.done"].data) == (
        "2026-02-02", {"id": "MPA90010001/1"}
    )  # fmt: skip
    assert "action/2/action.done" not in row


@pytest.mark.requirement("JD-42")
def test_mappa_facts_stand_until_the_level_is_left() -> None:
    take_in("mappa")
    facts = standing("mappa", "MA90010001", at=datetime(2026, 3, 1, tzinfo=UTC))
    assert "level 3, registered sex offender" in facts["mappa"]
    assert facts["registered_sex_offender"] == ["MAPPA category 1"]
    assert "risk_to_children" in facts
    left = record_of("mappa", "MA90010002")
    level, risk = (Marker.objects.get(record=left, kind=kind) for kind in ("mappa", "risk_to_children"))
    assert (str(level.until), level.authority, risk.holds) == ("2025-08-20", "probation", False)
    assert not Marker.objects.filter(record=record_of("mappa", "MA90010003"), kind="risk_to_children").exists()
