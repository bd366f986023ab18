"""A person, a place and who looked, as a browser gets them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, person_of
from scenes import BOY, Boy
from screens import REASON, search, signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored
from sightline.people.models import Link

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("JD-11")
def test_what_a_post_may_not_see_says_so_whether_or_not_anything_is_held(scene: Boy, health_visitor: Member) -> None:
    involve(health_visitor, scene.boy, at=timezone.now())
    said = text(signed_in(health_visitor).get(f"/person/{scene.boy}/"))
    assert re.search(r"Not permitted \(\d+\)", said)
    assert "Said to run errands" not in said


@pytest.mark.requirement("JD-10")
def test_the_first_thing_on_a_person_page_is_what_must_be_known(page: str) -> None:
    assert page.index("What you must know now") < page.index("Who lives there") < page.index("Chronology")
    assert page.index("child protection plan") < page.index("Who lives there")


@pytest.mark.requirement("JD-08", "JD-29", "JD-36", "JD-40")
def test_a_chronology_is_oldest_first_from_every_system_and_keeps_what_is_minor(page: str) -> None:
    told = page[page.index("shown of") :]
    assert told.index("Referral made") < told.index("Missing reported") < told.index("Intelligence recorded")
    assert "Cold house" in told


@pytest.mark.requirement("JD-24")
def test_every_entry_says_how_old_the_child_was(page: str, scene: Boy) -> None:
    when = scene.at - timedelta(days=900)
    age = when.year - 2016 - ((when.month, when.day) < (3, 4))
    told = page[page.index("shown of") :]
    assert re.search(rf"Referral made Fact .{{10,60}}, aged {age} ", told)


@pytest.mark.requirement("JD-18")
def test_entries_say_what_kind_of_truth_they_claim(page: str) -> None:
    for said in ("Intelligence recorded Unverified report", "Contact received Allegation", "Plan started Fact"):
        assert said in page


def test_what_a_source_did_not_supply_is_not_taken_for_no(page: str) -> None:
    assert re.search(r"Missing reported Fact .*?Not supplied: reported by, circumstances", page)


@pytest.mark.requirement("JD-04", "JD-05")
def test_a_household_can_be_seen_as_it_was_on_another_day(handler: Client, scene: Boy, page: str) -> None:
    now = page[page.index("Who lives there") : page.index("Related, and not known to live there")]
    assert "Tariq Al-Hassan" in now and "Fatima" not in now
    then = (scene.at - timedelta(days=1500)).date().isoformat()
    before = text(handler.get(f"/person/{scene.boy}/?on={then}"))
    there = before[before.index("Who lived there on") : before.index("Who lived there on another day")]
    assert "Fatima Hussein" in there and "Tariq" not in there
    as_typed = f"{then[8:]} {then[5:7]} {then[:4]}"
    assert "Who lived there on" in text(handler.get(f"/person/{scene.boy}/", {"on": as_typed}))
    assert "Who lives there now" in text(handler.get(f"/person/{scene.boy}/?on=not-a-day"))


@pytest.mark.requirement("JD-10")
def test_what_must_be_known_now_is_of_today_whatever_day_is_looked_at(handler: Client, scene: Boy, page: str) -> None:
    then = (scene.at - timedelta(days=1500)).date().isoformat()
    before = text(handler.get(f"/person/{scene.boy}/?on={then}"))
    now = page[: page.index("Who lives there now")]
    assert before[: before.index("Who lived there on")] == now
    assert "Lives there: registered sex offender" in now and "14 Kiln Row" in now
    assert "dangerous dog" in now


@pytest.mark.requirement("JD-09")
def test_an_adults_page_names_the_children_they_can_reach_and_a_childs_has_no_such_part(
    handler: Client, scene: Boy, page: str
) -> None:
    said = text(handler.get(f"/person/{scene.stepfather}/"))
    reached = said[said.index("Children around this person") : said.index("Who lived there on another day")]
    assert re.search(r"Mohammed Ali Hussein, aged \d+ .*Lives with: step-child \(Social care, \d+ \w+ \d{4}\)", reached)
    assert "Children around this person" not in page


def test_a_chronology_is_narrowed_by_links(handler: Client, scene: Boy, page: str) -> None:
    only = text(handler.get(f"/person/{scene.boy}/?kind=Missing&years=1&order=newest"))
    told = only[only.index("shown of") :]
    assert "Referral made" not in told and "Plan started" not in told
    assert told.count("Missing reported") == 4
    assert handler.get(f"/person/{scene.boy}/?kind=%00&page=99999&years=x").status_code == 200


@pytest.mark.requirement("JD-19")
def test_two_accounts_of_one_thing_stand_side_by_side(handler: Client, scene: Boy) -> None:
    about = {"subject": [("crime", "boy")]}
    said = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-04-03"}
    record_many([entry("person.recorded", about, source="crime", ref="boy/person", data=said)], feed_viewer())
    record = anchored([("crime", "boy")], at=scene.at)["crime", "boy"]
    Link.objects.filter(record_id=record, identity_id=person_of(record)).update(identity_id=scene.boy)
    search(handler)
    told = text(handler.get(f"/person/{scene.boy}/"))
    assert re.search(
        r"Systems disagree Date of birth 4 March 2016 Social care .*? 3 April 2016 Crime", told
    ) or re.search(r"Systems disagree Date of birth 3 April 2016 Crime .*? 4 March 2016 Social care", told)


def test_who_looked_shows_who_when_and_why_and_holds_this_look_too(handler: Client, scene: Boy, page: str) -> None:
    said = text(handler.get(f"/person/{scene.boy}/looked/"))
    assert said.count("Jo Marsh") > 2 and REASON in said and "chronology" in said
    assert AccessEntry.objects.filter(people__contains=[scene.boy], fields=["access_log"]).exists()


@pytest.mark.requirement("JD-07")
def test_a_place_shows_its_hazards_who_lives_there_and_what_happened(handler: Client, scene: Boy, page: str) -> None:
    said = text(handler.get(f"/address/{scene.premises}/"))
    assert "At the address: dangerous dog" in said and "Loose in the yard" in said
    assert "Tariq Al-Hassan" in said and "Contact received" in said
    looked = AccessEntry.objects.filter(note="place", people__contains=[scene.boy, scene.stepfather])
    assert looked.get().fields.count("hazards") == 1, "the look is written down, with what was shown"


@pytest.mark.requirement("IS-01")
def test_a_place_says_of_those_opened_nothing_from_a_system_that_is_not_for_the_agency(
    scene: Boy, health_visitor: Member
) -> None:
    about = {"subject": [BOY]}
    record_many([entry("marker.set", about, source="crime", ref="m", data={"kind": "weapons"})], feed_viewer())
    involve(health_visitor, scene.boy, at=timezone.now())
    said = text(signed_in(health_visitor).get(f"/address/{scene.premises}/"))
    assert "Mohammed Ali Hussein" in said and "child protection plan" in said
    assert "Contact received" not in said, "command and control is not for health"
    assert "eapons" not in said, "nor is crime, at the door either"


def test_a_place_does_not_name_those_who_are_not_opened(handler: Client, scene: Boy) -> None:
    said = text(handler.get(f"/address/{scene.premises}/"))
    assert "3 other people are recorded here" in said and "Hussein" not in said


@pytest.mark.requirement("JD-07", "JD-10")
def test_a_place_says_first_who_there_is_dangerous(handler: Client, scene: Boy, page: str) -> None:
    said = text(handler.get(f"/address/{scene.premises}/"))
    first = said[said.index("Before you go there") : said.index("Who lives here")]
    assert "Lives there: registered sex offender" in first and "Tariq Al-Hassan" in first and "dangerous dog" in first
    there = said[said.index("Who lives here") : said.index("What happened here")]
    assert "Subject of a child protection plan" in there
