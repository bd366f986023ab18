"""Sharing in a browser: to whom, why, what, check; an urgent share in two pages; a copy with a second reviewer; agreements and safe addresses."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import involve, make_member
from scenes import boys_life

SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
narrow_and_wide = pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])


@narrow_and_wide
def test_sharing_with_a_health_visitor(visit, social_worker, health_visitor, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    involve(social_worker, scene.boy, at=timezone.now())
    one = visit(**size).sign_in(social_worker)
    page = one.page
    page.goto(f"/person/{scene.boy}/")
    page.get_by_role("link", name="Share", exact=True).click()
    one.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").get_by_text("Choose who it goes to").wait_for()
    one.check()
    page.get_by_label("Marsham Community Health").check()
    page.get_by_label("Which person or post there?").fill("Carys Pugh, health visitor")
    page.get_by_label("Section 47 enquiry or strategy discussion").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="on what basis").wait_for()
    one.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").get_by_text("Say why it is needed").wait_for()
    one.check()
    page.get_by_label("Why it is needed").fill("She has to know who lives there before she calls")
    page.get_by_label("They were not asked").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="What is given?").wait_for()
    one.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("No agreement in force covers this").wait_for()
    one.check()
    page.get_by_role("button", name="Give this to").click()
    page.get_by_role("alert").get_by_text("Say why it is given all the same").wait_for()
    one.check()
    page.get_by_label("Why it is given all the same").fill("Health joins the agreement in May")
    page.get_by_role("button", name="Give this to").click()
    page.get_by_role("heading", name="Given to Marsham Community Health").wait_for()
    one.check()
    page.get_by_role("link", name="Everything shared about").click()
    page.get_by_text("She has to know who lives there").wait_for()
    one.check()


@narrow_and_wide
@pytest.mark.requirement("RF-19")
def test_a_child_in_danger_is_shared_in_two_pages(visit, social_worker, constable, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    involve(social_worker, scene.boy, at=timezone.now())
    one = visit(**size).sign_in(social_worker)
    page = one.page
    page.goto(f"/person/{scene.boy}/share/")
    page.get_by_label("Marsham Police").check()
    page.get_by_label("Which person or post there?").fill("Duty inspector")
    page.get_by_label("A child may be in danger now").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("It was not safe to ask").wait_for()
    one.check()
    page.get_by_role("button", name="Give this to Marsham Police").click()
    page.get_by_role("heading", name="Given to Marsham Police").wait_for()
    one.check()


@narrow_and_wide
def test_a_copy_for_the_court_takes_two(visit, social_worker, team_manager, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    for member in (social_worker, team_manager):
        involve(member, scene.boy, at=timezone.now())
    one = visit(**size).sign_in(social_worker)
    page = one.page
    page.goto(f"/person/{scene.boy}/copies/")
    one.check()
    page.get_by_label("Court or legal proceedings").check()
    page.get_by_label("Who asked for it").fill("Marsham Family Court")
    page.get_by_label("When they asked").fill("1 10 2026")
    page.get_by_role("button", name="Make the copy").click()
    page.get_by_role("button", name="Save, and ask for review").wait_for()
    one.check()
    page.get_by_role("button", name="Save, and ask for review").click()
    page.get_by_text("Waits for a second person").wait_for()
    one.check()
    address = page.url
    other = visit(**size).sign_in(team_manager)
    other.page.goto(address)
    other.page.get_by_role("button", name="Review this copy").click()
    other.check()
    other.page.get_by_label("Sign it off").check()
    other.page.get_by_label("What you checked").fill("Read against the record, line by line")
    other.page.get_by_role("button", name="Record this").click()
    other.page.get_by_role("button", name="Release it to Marsham Family Court").wait_for()
    other.check()
    other.page.get_by_role("button", name="Release it to Marsham Family Court").click()
    other.page.get_by_role("heading", name="Given to Marsham Family Court").wait_for()
    other.check()


@narrow_and_wide
def test_agreements_and_a_safe_address(visit, social_worker, health_visitor, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    lead = make_member("lead", "Pat Lead", "partner_lead", "social_care")
    involve(social_worker, scene.boy, at=timezone.now())
    one = visit(**size).sign_in(lead)
    page = one.page
    page.goto("/agreements/new/")
    one.check()
    page.get_by_label("What it is called").fill("Health and social care")
    for label in ("Marsham Community Health", "Marsham Children's Services", "Referral, assessment or early help"):
        page.get_by_label(label).check()
    page.get_by_label("From which day").fill("1 1 2026")
    page.get_by_label("On which day it ends").fill("1 1 2036")
    page.get_by_role("button", name="Enter this agreement").click()
    page.get_by_role("heading", name="Health and social care").wait_for()
    one.check()
    other = visit(**size).sign_in(social_worker)
    other.page.goto(f"/person/{scene.boy}/safe/")
    other.check()
    other.page.get_by_label("14 Kiln Row, ZS5 7AB").check()
    other.page.get_by_label("Tariq Al-Hassan").check()
    other.page.get_by_label("Why", exact=True).fill("He threatened to come to the house")
    other.page.get_by_role("button", name="Keep this safe").click()
    other.page.get_by_text("Kept safe", exact=True).wait_for()
    other.check()


def test_it_works_without_scripts(visit, social_worker, constable) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    involve(social_worker, scene.boy, at=timezone.now())
    page = visit(scripts=False).sign_in(social_worker).page
    page.goto(f"/person/{scene.boy}/share/")
    page.get_by_label("Another organisation").check()
    page.get_by_text("If it is another organisation").click()
    page.get_by_label("Its name").fill("Harbour House")
    page.get_by_label("What kind it is").select_option("police")
    page.get_by_label("Which person or post there?").fill("The duty worker")
    page.get_by_label("A child may be in danger now").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Change the parts").click()
    page.get_by_label("What happened").uncheck()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Give this to Harbour House").click()
    page.get_by_role("heading", name="Given to Harbour House").wait_for()
    assert page.get_by_role("heading", name="What happened").count() == 0
