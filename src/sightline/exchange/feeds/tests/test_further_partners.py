"""Nurseries, adult social care, treatment services, the railway's police, the border, hotels and service families."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from cast import Member, involve, person_of
from screens import signed_in, text
from sightline.chronology.models import Event
from sightline.exchange.feeds.tests.police_extracts import record_of, said_of_row, standing, take_in, told
from sightline.people.models import Relationship

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.requirement("JD-50")
def test_a_child_under_five_has_a_setting_its_safeguarding_lead_and_what_it_saw() -> None:
    take_in("early_years")
    row = said_of_row("early_years", "EY90010001")
    goes = row["started/information.supplied"]
    assert goes.data == {"summary": "Goes to Little Larks, nursery, 15 hours a week"}
    assert goes.note.split("\n") == ["Designated safeguarding lead: Bridie Moss", "Ring 01632 960101"]
    assert row["concern.notified"].data["what_happened"] == "Came in the same wet clothes two days running."
    assert row["concern.notified"].people == {"child": ["EC90010001"], "parent": ["EP90010001"]}
    assert record_of("early_years", "EC90010001").details["school"] == "Little Larks"
    left = told("early_years", "EY90010002/left/information.supplied")
    assert left.data == {"summary": "Left Sunny Steps; for where is not supplied"}


@pytest.mark.requirement("JD-56")
def test_an_adult_with_needs_who_has_children_and_a_carers_assessment_for_a_disabled_child() -> None:
    take_in("adult_social_care")
    needs = told("adult_social_care", "AS90010001/adult.needs_recorded")
    assert needs.people == {"adult": ["AP90010001"], "child": ["AC90010001", "AC90010002"]}
    assert needs.data == {"need": "mental_health", "cares_for_child": True, "detail": "Two visits a week"}
    carer = told("adult_social_care", "AS90010002/carer.assessed")
    assert (carer.at, carer.people) == ("2026-02-24", {"parent": ["AP90010002"], "child": ["AC90010003"]})
    assert carer.data == {"outcome": "Four hours of short breaks a week", "for_disabled_child": True}
    assert record_of("adult_social_care", "AC90010003").details["disability"] == ["autism", "epilepsy"]
    ties = Relationship.objects.filter(subject__key="AP90010001").values_list("kind", "other__key")
    assert sorted(ties) == [("parent", "AC90010001"), ("parent", "AC90010002")]
    unsaid = told("adult_social_care", "AS90010003/adult.needs_recorded")
    assert unsaid.data == {"need": "learning_disability"}, "whether he cares for a child is not known"


@pytest.mark.requirement("JD-70")
def test_a_parents_drinking_and_whether_treatment_goes_on_is_in_the_childs_chronology(social_worker: Member) -> None:
    take_in("community_safety")
    row = said_of_row("community_safety", "CS90010001")
    assert {name: (step.at, step.data["state"]) for name, step in row.items() if "treatment" in name} == {
        "referred/treatment.changed": ("2026-01-05", "referred"), "started/treatment.changed": ("2026-01-19", "started"),
        "missed/treatment.changed": ("2026-02-16", "missed"),
    }  # fmt: skip
    assert row["adult.needs_recorded"].data == {"need": "alcohol", "cares_for_child": True}
    assert row["missed/treatment.changed"].people["child"] == ["CC90010001", "CC90010002"]
    both = said_of_row("community_safety", "CS90010002")
    assert both["adult.needs_recorded"].data == {"need": "alcohol_and_drugs"}, "who lives with her is not known"
    noise = told("community_safety", "CS90010003/contact.received")
    assert (noise.data["kind"], noise.place) == ("antisocial", "2 Kestrel Road, Larkscar, ZS5 1AA")
    child = person_of(record_of("community_safety", "CC90010001").pk)
    involve(social_worker, child, at=timezone.now())
    page = text(signed_in(social_worker).get(f"/person/{child}/"))
    assert "Adult needs recorded" in page and "Three appointments running" in page


@pytest.mark.requirement("JD-66")
def test_a_child_found_one_protected_and_one_suspected_of_carrying_drugs_on_the_railway() -> None:
    take_in("british_transport_police")
    found = said_of_row("british_transport_police", "BT90010001")
    assert {*found} == {"child.seen"}
    assert found["child.seen"].data == {
        "alone": True,
        "spoken_to": True,
        "demeanour": "Tired and hungry",
        "where": "Larkscar station, last train",
    }
    held = said_of_row("british_transport_police", "BT90010002")
    assert (held["protection.taken"].at, held["protection.taken"].data) == (
        "2026-05-10 02:15", {"grounds": "Left at night with a man she met online.", "kind": "removed"}
    )  # fmt: skip
    assert held["child.seen"].people == {"child": ["BC90010002"], "adult": ["BW90010001"]}
    assert held["protection.moved"].note == "Handed to Marsham Council"
    carries = said_of_row("british_transport_police", "BT90010003")
    assert carries["intelligence.recorded"].data == {
        "kind": "drugs",
        "summary": "Said to carry packages to the coast and back.",
    }
    assert carries["exploitation.indicated"].data == {
        "kind": "county_lines",
        "signs": ["two phones", "a ticket bought by somebody else"],
    }
    unsure = said_of_row("british_transport_police", "BT90010004")
    assert {*unsure} == {"child.seen", "intelligence.recorded"}, "nothing is made of what is not known"
    assert "crime.recorded" not in Event.objects.values_list("kind", flat=True), "a suspicion is no crime of a child's"


@pytest.mark.requirement("JD-67")
def test_children_at_the_border_and_people_stopped_there_under_an_order() -> None:
    take_in("immigration")
    alone = said_of_row("immigration", "IM90010001")
    assert standing("immigration", "IP90010001", at=AUTUMN)["unaccompanied_asylum_seeker"] == [
        "Arrived at Hawkness port; the age given is disputed by the border officer"
    ]
    assert alone["referral.made"].data["to"] == "social_care"
    said = record_of("immigration", "IP90010001").details
    assert (said["language"], said["interpreter"]) == ("Tigrinya", True)
    trafficked = said_of_row("immigration", "IM90010002")
    assert trafficked["exploitation.indicated"].data["kind"] == "trafficking"
    assert trafficked["nrm.referred"].data == {"exploitation": "labour"}
    displaced = told("immigration", "IM90010003/information.supplied")
    assert (displaced.data, displaced.place) == ({"summary": "A child displaced"}, "")
    ban = told("immigration", "IM90010004/travel.stopped")
    assert (ban.people, ban.data) == (
        {"subject": ["IP90010004"]},
        {"under": "sexual harm prevention order: foreign travel", "result": "turned_back"},
    )
    protected = told("immigration", "IM90010005/travel.stopped")
    assert protected.people == {"subject": ["IP90010005"], "child": ["IC90010001"]}
    assert protected.data["result"] == "passport_held"


@pytest.mark.requirement("JD-71")
def test_what_looked_wrong_at_a_hotel_is_tied_to_the_hotel_whether_or_not_anybody_has_a_name(
    call_handler: Member,
) -> None:
    take_in("licensing")
    nameless = told("licensing", "LI90010001/intelligence.recorded")
    assert (nameless.people, nameless.place) == ({}, "Station Lodge Hotel, 1 Weir Lane, Larkscar, ZS5 2AA")
    assert (nameless.at, nameless.recorded_at) == ("2026-10-03 23:10", "2026-10-04 08:00")
    named = told("licensing", "LI90010002/intelligence.recorded")
    assert named.people == {"child": ["LC90010001"], "adult": ["LA90010009"]}
    (hotel,) = set(
        Event.objects.filter(source="licensing", place__startswith="Station").values_list("premises_key", flat=True)
    )
    page = text(signed_in(call_handler).get(f"/address/{hotel}/"))
    assert "A man paid cash for a room for himself and a girl" in page
    assert "Unverified report" in page and "Seen at a hotel" in page


@pytest.mark.requirement("JD-72")
def test_whom_to_tell_before_a_protected_child_moves_overseas() -> None:
    take_in("service_welfare")
    assert standing("service_welfare", "WC90010001", at=AUTUMN)["service_family"] == [
        "Before a move overseas tell Captain L. Hope, Garrison Families Welfare, 01632 960177"
    ]
    row = said_of_row("service_welfare", "SW90010001")
    assert row["posting/information.supplied"].data == {"summary": "Moves overseas on 01/12/2026, to Cyprus"}
    assert row["told/information.supplied"].data == {"summary": "Captain L. Hope was told of the move"}
    assert standing("service_welfare", "WC90010002", at=AUTUMN)["service_family"] == [
        "Whom to tell before a move overseas is not supplied"
    ]
