"""Somebody who has died is shown so wherever they are summed up: answers, page, place, family, home and the API's answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, involve, write_person
from scenes import Boy, boys_life
from screens import search, signed_in, text
from sightline.alerts.models import Alert, Told
from sightline.kernel.moments import local, say_date
from sightline.pathways.contact.queries import Asked, first_contact

BOY = {"forenames": "Mohammed Ali", "surname": "Hussein", "born": "2016-03-04", "sex": "M"}
GRANDMOTHER = {"forenames": "Fatima", "surname": "Hussein", "born": "1958-02-02", "sex": "F"}


def _died(key: str, said: dict[str, Any]) -> str:
    """The system says that they died a year ago; gives the day in words."""
    day = date(2025, 11, 1)
    write_person("social_care", key, at=timezone.now(), **said, died=day.isoformat())
    return f"died {say_date(day)}"


@pytest.fixture
def gone(scene: Boy) -> str:
    """The boy has died: the words that say when."""
    return _died("boy", BOY)


@pytest.mark.requirement("JD-10")
def test_an_answer_says_of_a_child_who_has_died_that_he_has(handler: Client, gone: str) -> None:
    page = text(search(handler))
    assert f"D{gone[1:]}. Aged 9 then, born 4 March 2016" in page
    assert "Has died" in page
    assert "Last known address:" in page


@pytest.mark.requirement("JD-10")
def test_the_page_of_a_child_who_has_died_says_so_first(handler: Client, scene: Boy, gone: str) -> None:
    search(handler)
    page = text(handler.get(f"/person/{scene.boy}/"))
    heading, rest = page.split("What you must know now", 1)
    assert f"D{gone[1:]}, aged 9. Born 4 March 2016" in heading
    assert "Lives at" not in heading
    assert "Has died" in rest.split("Who lives there now")[0]


def test_whoever_lists_people_says_who_has_died(handler: Client, scene: Boy, gone: str) -> None:
    search(handler)
    assert f"9, {gone}" in text(handler.get("/"))
    place = text(handler.get(f"/address/{scene.premises}/"))
    now, before = place.split("Who lived here before", 1)
    assert "Mohammed Ali Hussein" not in now
    assert f"Mohammed Ali Hussein, aged 9, {gone}" in before


def test_a_grandmother_who_has_died_lives_nowhere_and_is_still_family(social_worker: Member) -> None:
    scene = boys_life(timezone.now())
    involve(social_worker, scene.boy, at=timezone.now())
    said = _died("grandmother", GRANDMOTHER)
    page = text(signed_in(social_worker).get(f"/person/{scene.boy}/"))
    assert f"Fatima Hussein, aged 67, {said}: grandparent" in page
    assert f"grandparent, died {said[-4:]}" in page


def test_the_answer_itself_holds_a_death_first(call_handler: Member, scene: Boy, gone: str) -> None:
    viewer = call_handler.viewer(at=timezone.now(), reason="mother on the line")
    found = first_contact(viewer, Asked(name="Mo Hussein", postcode="ZS5 7AB"), at=viewer.at).found[0]
    assert found.person.dead_on(local(viewer.at).date())
    assert found.standing[0].kind == "died"
    assert gone.endswith(found.standing[0].says[0].says)


def test_the_alerts_about_a_child_who_has_died_say_so(handler: Client, scene: Boy, gone: str) -> None:
    now = timezone.now()
    made = Alert.objects.create(
        kind="child_not_seen", subject_id=scene.boy, cause="crime:x", to_role="call_handler", due_at=now, why="x", rule="x",
        concerns=[scene.boy], first_at=now,
    )  # fmt: skip
    Told.objects.create(alert=made, role="call_handler", at=now)
    assert f"Mohammed Ali Hussein, {gone}" in text(handler.get("/alerts/"))
    assert f"aged 9, {gone}" in text(handler.get(f"/alerts/{made.pk}/"))
