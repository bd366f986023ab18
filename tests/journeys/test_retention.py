"""Retention in a browser: a review decided and agreed to, a legal hold placed and lifted; accessible, no wider than the screen, by links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of
from sightline.chronology.record import record_many
from sightline.oversight.retention.services import find_due
from sightline.people.anchors import anchored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
WHY = "Nothing has been heard for over twenty years"
HE = ("crime", "he")


def long_ago() -> int:
    """Somebody grown of whom nothing has been heard for long."""
    at = timezone.now() - timedelta(days=9000)
    who = {"forenames": "Gareth", "surname": "Pell", "born": "1950-01-02"}
    stolen = {"offence": "Theft of a bicycle", "category": "theft_damage"}
    record_many(
        [entry("person.recorded", {"subject": [HE]}, source="crime", ref="he/person", at=at, data=who),
         entry("crime.recorded", {"suspect": [HE]}, source="crime", ref="he/1", at=at, data=stolen)],
        feed_viewer(at=at + timedelta(days=1)),
    )  # fmt: skip
    find_due(at=timezone.now())
    return person_of(anchored([HE], at=at)[HE])


@pytest.mark.requirement("IS-07", "IS-19")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_a_review_is_held_decided_and_agreed_to(visit: Any, size: dict[str, int], db: None) -> None:
    person, guardian = long_ago(), make_member("abel", "Ruth Abel", "data_guardian", "police")
    lead = make_member("lowe", "Peter Lowe", "partner_lead", "social_care")
    one = visit(**size).sign_in(guardian)
    page = one.page
    page.goto("/")
    page.get_by_role("link", name="Retention: what is due").click()
    one.check()
    page.get_by_role("link", name=f"Person {person}").click()
    one.check()
    page.get_by_role("button", name="Open the record").click()
    page.get_by_role("heading", name="Gareth Pell").first.wait_for()
    page.get_by_role("link", name="Place or lift a legal hold").click()
    holds(one)
    page.goto("/retention/")
    page.get_by_role("link", name=f"Person {person}").click()
    page.get_by_role("button", name="Record this").click()
    page.get_by_role("alert").get_by_text("Choose whether these records").wait_for()
    one.check()
    page.get_by_label("No, dispose of them").check()
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Record this").click()
    page.get_by_text("Another reviewer has to agree").wait_for()
    one.check()
    agrees(visit(**size).sign_in(lead), person)


def holds(one: Any) -> None:
    """Placed with a reason, and lifted with another."""
    page = one.page
    page.get_by_role("button", name="Place this hold").click()
    page.get_by_role("alert").get_by_text("Say why, and on whose authority").wait_for()
    one.check()
    page.get_by_label("Why, and on whose authority").fill("Letter of the inquiry of 1 October")
    page.get_by_role("button", name="Place this hold").click()
    one.check()
    page.get_by_role("link", name="Lift this hold").click()
    one.check()
    page.get_by_label("Why, and on whose authority").fill("The inquiry has reported")
    page.get_by_role("button", name="Lift this hold").click()
    page.get_by_role("link", name="Hold everything that a system has said").click()
    one.check()


def agrees(two: Any, person: int) -> None:
    """The second person."""
    page = two.page
    page.goto("/retention/")
    two.check()
    page.get_by_role("link", name=f"Person {person}").click()
    two.check()
    page.get_by_label("Yes, dispose of them").check()
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Record this").click()
    page.get_by_text("Decided by two people").wait_for()
    two.check()
    page.goto("/retention/")
    two.check()


@pytest.mark.requirement("IS-07", "IS-19")
def test_a_review_is_decided_without_scripts(visit: Any, db: None) -> None:
    person = long_ago()
    one = visit(scripts=False, width=320, height=700).sign_in(
        make_member("abel", "Ruth Abel", "data_guardian", "police")
    )
    page = one.page
    page.goto("/retention/")
    page.get_by_role("link", name=f"Person {person}").click()
    page.get_by_label("Yes, keep them").check()
    page.get_by_label("Keep until").fill(f"{timezone.now() + timedelta(days=700):%d %m %Y}")
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Record this").click()
    page.get_by_text("Keep until").wait_for()
    page.get_by_text(WHY).wait_for()


@pytest.mark.requirement("IS-11", "IS-19")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_an_entry_is_corrected_and_the_original_stays_beneath_it(
    visit: Any, size: dict[str, int], constable: Member
) -> None:
    person = long_ago()
    involve(constable, person, at=timezone.now())
    one = visit(**size).sign_in(constable)
    page = one.page
    page.goto(f"/person/{person}/")
    page.get_by_role("link", name="Correct this entry").click()
    one.check()
    page.get_by_role("button", name="Correct it").click()
    page.get_by_role("alert").get_by_text("Choose what is wrong").wait_for()
    one.check()
    page.get_by_label("Offence", exact=True).check()
    page.get_by_label("What should it say?").fill("Theft of a motorcycle")
    page.get_by_label("Why, and how you know").fill("The owner says it was a motorcycle")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("Corrected", exact=True).click()
    page.get_by_text("Offence was: Theft of a bicycle.").wait_for()
    one.check()
