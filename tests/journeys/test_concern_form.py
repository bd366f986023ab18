"""A concern form in a real browser: kept while the connection is lost, pressed on the picture without scripts, clean at 320 pixels."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import Member, involve
from screens import signed_in
from sightline.access.models import Involvement
from sightline.chronology.models import Event
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.tests.test_concern_pages import begun, family, filled

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = "text => document.getElementById('draft-state').textContent.includes(text)"


@pytest.fixture
def form(constable: Member) -> str:
    """The address of a form that Tom Reeve has begun about Ana."""
    people = family()
    involve(constable, people["ana"], why="first_contact", at=timezone.now())
    Involvement.objects.update(reason="Called to a domestic at Salt Lane")
    return begun(signed_in(constable), people, "ana")


def typed(field: str) -> list[str]:
    return Draft.objects.get().answers[field]


def test_what_is_typed_survives_a_lost_connection(visit, constable: Member, form: str) -> None:  # type: ignore[no-untyped-def]
    seen = visit(width=320, height=700).sign_in(constable)
    seen.page.goto(seen.base + form)
    seen.page.fill("#id_what_happened", "Shouting from the street")
    seen.page.wait_for_function(SAYS, arg="of what a reader needs")
    assert typed("what_happened") == ["Shouting from the street"]
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    seen.check()
    seen.context.set_offline(True)
    seen.page.fill("#id_action_taken", "Father arrested")
    seen.page.wait_for_function(SAYS, arg="Not saved: no connection")
    assert typed("action_taken") == [""]
    seen.context.set_offline(False)
    seen.page.wait_for_function(SAYS, arg="of what a reader needs")
    assert typed("action_taken") == ["Father arrested"]


@pytest.mark.requirement("IS-15")
def test_a_form_sent_without_a_connection_is_sent_once_when_it_is_back(visit, constable: Member) -> None:  # type: ignore[no-untyped-def]
    people = family()
    involve(constable, people["ana"], why="first_contact", at=timezone.now())
    officer = signed_in(constable)
    where = begun(officer, people, "ana")
    officer.post(where, filled(people, "ana", do="save"))
    seen = visit(width=320, height=700).sign_in(constable)
    seen.page.goto(seen.base + where)
    seen.context.set_offline(True)
    seen.page.fill("#id_what_happened", "Written in a cellar without a signal")
    for _ in range(2):
        seen.page.click("button[name=do][value=send]")
    seen.page.wait_for_function(SAYS, arg="sent by itself when the connection is back")
    assert not Event.objects.filter(kind="concern.notified", source="sightline").exists()
    seen.context.set_offline(False)
    seen.page.wait_for_url(lambda url: where not in url)
    sent = Event.objects.filter(kind="concern.notified", source="sightline")
    assert [e.data["what_happened"] for e in sent] == ["Written in a cellar without a signal"]
    assert not Draft.objects.exists()


@pytest.mark.requirement("CN-11")
def test_the_body_map_is_pressed_without_scripts(visit, constable: Member, form: str) -> None:  # type: ignore[no-untyped-def]
    seen = visit(width=320, height=700, scripts=False).sign_in(constable)
    seen.page.goto(seen.base + form)
    seen.page.fill("#id_what_happened", "A red mark on her arm")
    seen.page.get_by_text("Injuries").click()
    picture = seen.page.locator("input[type=image]")
    box = picture.bounding_box()
    picture.click(position={"x": 123 * box["width"] / 300, "y": 135 * box["height"] / 340})
    person = Draft.objects.get().people[0]
    assert seen.page.locator(f"#id_c{person}-injury1_where").input_value() == "9"
    assert typed("what_happened") == ["A red mark on her arm"]
