"""What is decided of a contact rests on all that is held, whatever of it is shown to whoever decides; and names nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import LONG_AGO, Member, entry, feed_viewer, involve, make_member, seal
from scenes import BOY, MOTHER, Boy
from screens import signed_in, text
from sightline.access.models import Restriction
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import Refused
from sightline.pathways.contact.services.opening import NOT_SHOWN
from sightline.pathways.contact.services.steps import NOT_YOURS, act
from sightline.pathways.contact.tests.conftest import OPENS
from sightline.pathways.contact.tests.test_incident_pages import WHY, newest, see_all

pytestmark = pytest.mark.django_db
Take = Callable[..., Any]
SISTER = ("social_care", "sister")


@pytest.fixture
def supervisor(scene: Boy) -> Client:
    """A sergeant who opens contacts and does not search, and who works with the boy."""
    return screen_of("supervisor", "police", scene.boy)


def screen_of(role: str, agency: str, *people: int) -> Client:
    member = make_member(role, f"Lee {role}", role, agency)
    involve(member, *people, at=timezone.now())
    return signed_in(member)


def asks(client: Client, scene: Boy, graded: str) -> Any:
    """A contact about the boy, so graded."""
    about = {"people": str(scene.boy), f"part_{scene.boy}": "child", "graded": graded}
    return client.post("/contacts/new/", OPENS | about)


@pytest.mark.requirement("FC-12", "IS-01")
def test_a_post_that_does_not_search_grades_no_lower_than_what_is_held_calls_for_and_is_not_told_what(
    supervisor: Client, scene: Boy
) -> None:
    low = asks(supervisor, scene, "priority")
    assert low.status_code == 422 and f"cannot be graded lower than immediate: {NOT_SHOWN}." in text(low)
    assert "known as a danger" not in text(low)
    assert asks(supervisor, scene, "immediate").status_code == 302
    held = newest("contact.received").data
    assert held["floor"] == "immediate" and held["fired"][0] == f"Immediate: {NOT_SHOWN}" and len(held["fired"]) == 2


@pytest.mark.requirement("IS-05")
def test_somebody_of_whom_they_may_not_know_calls_for_nothing(supervisor: Client, scene: Boy) -> None:
    seal(scene.stepfather)
    assert asks(supervisor, scene, "priority").status_code == 302
    held = newest("contact.received").data
    assert held["floor"] == "priority" and NOT_SHOWN not in str(held["fired"])


@pytest.mark.requirement("FC-12")
def test_whoever_answers_calls_is_held_to_a_restricted_record_without_being_told_what_it_says(
    handler: Client, scene: Boy
) -> None:
    Restriction.objects.create(person_id=scene.stepfather, state="restricted", reason="a trial", from_at=LONG_AGO)
    low = asks(handler, scene, "priority")
    assert f"cannot be graded lower than immediate: {NOT_SHOWN}." in text(low)


@pytest.mark.requirement("FC-10", "FC-12")
def test_a_grade_is_lowered_no_further_by_a_post_that_does_not_search(
    opened: str, handler: Client, scene: Boy, step: Take, call_handler: Member
) -> None:
    see_all(handler, opened, step, call_handler)
    sergeant = screen_of("detective_sergeant", "police", scene.boy)
    low = step(sergeant, opened, "grade", graded="priority", reason=WHY)
    assert low.status_code == 422 and f"cannot be graded lower than immediate: {NOT_SHOWN}." in text(low)


@pytest.mark.requirement("FC-13")
def test_of_what_was_not_shown_it_is_not_said_that_nothing_is_held(
    opened: str, scene: Boy, supervisor: Client, step: Take
) -> None:
    for page in ("relay/", "door/"):
        said = text(supervisor.get(f"{opened}{page}"))
        assert "Nothing is held" not in said and "to those who answer calls" in said
    assert step(supervisor, opened, "relay", to="Charlie Two One").status_code == 302
    assert newest("dispatch.relayed").data == {"to": "Charlie Two One"}, "not that there were none"


@pytest.fixture
def pointed(scene: Boy) -> int:
    """A call that the police's own system holds: the boy, his sister and their mother were in it, and the boy was seen."""
    at, about = scene.at - timedelta(hours=2), {"child": [BOY, SISTER], "subject": [MOTHER]}
    said = {"channel": "999", "kind": "domestic_abuse", "graded": "immediate"}
    call = entry("contact.received", about, source="command_and_control", ref="now/call", at=at, data=said)
    met = {"alone": True, "spoken_to": True, "seen_by": "PC Reeve"}
    seen = entry("child.seen", {"child": [BOY]}, source="command_and_control", ref="now/seen", at=scene.at, data=met)
    record_many([call, seen], feed_viewer(at=scene.at))
    return Event.objects.get(ref="now/call").pk


@pytest.mark.requirement("FC-10", "IS-01")
@pytest.mark.parametrize("whose", ["boy", "mother"])
def test_whoever_is_told_only_that_there_is_a_contact_does_not_end_it_for_children_nobody_has_seen(
    pointed: int, scene: Boy, team_manager: Member, whose: str
) -> None:
    person, now = getattr(scene, whose), timezone.now()
    involve(team_manager, person, at=now)
    ends = {
        "contact.closed": {"outcome": "passed_on", "reason": WHY},
        "contact.regraded": {"graded": "scheduled", "reason": WHY},
        "attendance.cancelled": {"reason": WHY},
    }
    seen = 2 if whose == "boy" else 1
    for kind, said in ends.items():
        with pytest.raises(Refused) as refused:
            act(team_manager.viewer(at=now), person, pointed, kind, said, token=kind, seen=seen, at=now)
        assert str(refused.value) == NOT_YOURS, kind
    assert not Event.objects.filter(source="sightline").exists()
    page = signed_in(team_manager).get(f"/person/{person}/contacts/{pointed}/")
    said = page.content.decode()
    assert page.status_code == 200 and f"/contacts/{pointed}/advice/" in said
    assert not [step for step in ("close", "grade", "stand-down") if f"/contacts/{pointed}/{step}/" in said]
    assert "PC Reeve" not in said, "of a child who was seen, that they were, and not by whom"


@pytest.mark.requirement("FC-10")
def test_whoever_reads_it_is_still_asked_for_every_child_from_any_page(
    pointed: int, scene: Boy, call_handler: Member, handler: Client
) -> None:
    now = timezone.now()
    involve(call_handler, scene.mother, at=now)
    said = {"outcome": "passed_on", "reason": WHY}
    with pytest.raises(Refused, match="A child in this has not been seen"):
        act(call_handler.viewer(at=now), scene.mother, pointed, "contact.closed", said, token="c", seen=1, at=now)
