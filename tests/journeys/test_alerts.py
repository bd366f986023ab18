"""The pages of alerts, duty, limits and grades in a browser: accessible, no wider than the screen, and walked by links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import entry, feed_viewer, involve, make_member, person_of
from sightline.access.models import OnDuty
from sightline.alerts import services
from sightline.alerts.models import Alert
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
UNIT = "referral_unit"
GRADED = {"tool": "domestic_abuse", "grade": "standard", "stage": "initial", "role": "response",
          "factors": ["a knife was shown", "child saw it, drunk, depressed"]}  # fmt: skip


def a_grade_too_low() -> tuple[int, int]:
    """A girl graded standard though a knife was shown; gives her and the entry."""
    now = timezone.now()
    people = {"child": [(UNIT, "ada")], "suspect": [(UNIT, "dad")]}
    born = {"forenames": "Ada", "surname": "Fenwick", "born": "2018-05-06"}
    violent = {"kind": "violent"}
    made = [entry("person.recorded", {"subject": [(UNIT, "ada")]}, source=UNIT, ref="p", at=now - timedelta(days=9), data=born),
            entry("marker.set", {"subject": [(UNIT, "dad")]}, source=UNIT, ref="m", at=now - timedelta(days=9), data=violent),
            entry("risk.assessed", people, source=UNIT, ref="r", at=now - timedelta(days=1), data=GRADED, by="PC Tom Reeve")]  # fmt: skip
    record_many(made, feed_viewer(at=now))
    key = (UNIT, "ada")
    child = person_of(anchored([key], at=now)[key])
    services.settle([child], at=now)
    return child, Event.objects.get(ref="r").pk


@pytest.mark.requirement("IS-19", "RA-01")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_an_alert_is_read_answered_and_put_right(visit, size) -> None:  # type: ignore[no-untyped-def]
    specialist = make_member("spec", "Spec Ialist", "specialist_supervisor", "police")
    child, graded = a_grade_too_low()
    assert Alert.objects.filter(kind="risk_underestimated", subject_id=child).exists()
    involve(specialist, child, at=timezone.now())
    one = visit(**size).sign_in(specialist)
    page = one.page
    page.goto("/alerts/")
    one.check()
    page.get_by_role("link", name="Fell due today").click()
    one.check()
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_role("heading", name="Risk underestimated").get_by_role("link").click()
    page.get_by_text("Now with Spec Ialist").first.wait_for()
    one.check()
    page.get_by_role("button", name="Answer this alert").click()
    one.check()
    page.get_by_label("What you are doing").fill("Looking at it with the whole history now")
    page.get_by_role("button", name="Answer this alert").click()
    page.get_by_role("link", name="The grade, and what recorded facts support").click()
    page.get_by_text("Recorded facts support at least: high").wait_for()
    one.check()
    page.get_by_text("it rests on").first.click()
    one.check()
    page.get_by_role("button", name="Set it right").click()
    page.get_by_role("heading", name="Do you agree to a lower grade?").wait_for()
    one.check()
    page.get_by_role("button", name="Record this").click()
    page.get_by_role("alert").get_by_text("Choose whether you agree").wait_for()
    one.check()
    page.get_by_label("No, it is high").check()
    page.get_by_label("Why").fill("A knife was shown to the mother before the child")
    page.get_by_role("button", name="Record this").click()
    page.get_by_text("Set right since").wait_for()
    one.check()
    page.goto(f"/person/{child}/grades/{graded}/")
    one.check()
    services.settle([child], at=timezone.now() + timedelta(minutes=10))
    assert not Alert.objects.filter(kind="risk_underestimated", cleared_at=None).exists()


@pytest.mark.requirement("IS-19")
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_a_team_its_duty_and_the_limits_it_goes_by(visit, size, constable) -> None:  # type: ignore[no-untyped-def]
    above = make_member("super", "Sue Intendent", "detective_superintendent", "police")
    make_member("inspector", "Ines Pector", "duty_inspector", "police")
    now = timezone.now()
    OnDuty.objects.create(post=constable.post, from_at=now, until_at=now + timedelta(hours=8), set_by=1, set_at=now)
    a_grade_too_low()
    one = visit(**size).sign_in(above)
    page = one.page
    for path in ("/alerts/?whose=team", "/rules/", "/limits/", "/limits/alert.climbs/"):
        page.goto(path)
        one.check()
    page.goto("/alerts/")
    page.get_by_role("link", name="Who is on duty in my team").click()
    one.check()
    page.get_by_role("button", name="Put on duty").click()
    page.get_by_role("alert").get_by_text("Choose who is on duty").wait_for()
    one.check()
    page.get_by_label("Ines Pector").check()
    page.get_by_label("Until").fill(f"{timezone.localtime() + timedelta(hours=8):%d/%m/%Y %H:%M}")
    page.get_by_role("button", name="Put on duty").click()
    page.get_by_text("Ines Pector, duty inspector:").wait_for()
    one.check()
