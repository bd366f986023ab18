"""Whom an incident shows and opens: those in it whom its reader may read, each written down; and who is told of what waits for another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve
from scenes import BOY, STRANGER, Boy
from screens import signed_in, text
from sightline.access.models import AccessEntry, Involvement
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.contact.rules.sample import drawn
from sightline.pathways.contact.tests.conftest import opens
from sightline.pathways.contact.tests.test_by_all_that_is_held import screen_of

pytestmark = pytest.mark.django_db
Take = Callable[..., Any]
FOR_ANOTHER = (
    "Say whether it is malicious", "Review a crime to be cancelled", "Listen to how a contact was taken",
)  # fmt: skip


@pytest.mark.requirement("IS-03")
def test_everybody_in_an_incident_stands_in_the_log_as_it_is_opened_and_as_it_is_read(
    opened: str, handler: Client, call_handler: Member, scene: Boy
) -> None:
    looks = AccessEntry.objects.filter(user_id=call_handler.user.pk, action="consultation", outcome="given")
    both = sorted([scene.boy, scene.stepfather])
    assert looks.filter(note="contact opened", fields=["chronology"], people=both).exists()
    handler.get(opened)
    assert looks.filter(note="contact", fields__contains=["names"], people__contains=both, route=opened).exists()


@pytest.mark.requirement("IS-01")
def test_whoever_is_sent_is_given_those_alone_whom_the_sender_may_read(
    opened: str, scene: Boy, constable: Member, step: Take
) -> None:
    sergeant = screen_of("detective_sergeant", "police", scene.boy)
    assert step(sergeant, opened, "dispatched", unit="PC Reeve", officer="reeve").status_code == 302
    given = Involvement.objects.filter(user=constable.user).values_list("person_id", flat=True)
    assert set(given) == {scene.boy}, "not his stepfather, nor the child whom nobody named"


@pytest.mark.requirement("IS-01")
def test_at_the_door_nothing_is_said_of_somebody_in_it_whom_the_officer_may_not_read(
    officer: Client, scene: Boy
) -> None:
    said = {"channel": "999", "kind": "domestic_abuse", "graded": "immediate"}
    about, at = {"child": [BOY], "suspect": [STRANGER]}, scene.at - timedelta(hours=1)
    call = entry("contact.received", about, source="command_and_control", ref="now/call", at=at, data=said)
    record_many([call], feed_viewer(at=scene.at))
    page = officer.get(f"/person/{scene.boy}/contacts/{Event.objects.get(ref='now/call').pk}/door/")
    assert page.status_code == 200 and "Dangerous dog" in text(page) and "Pritchard" not in text(page)


@pytest.mark.requirement("FC-06", "FC-26", "FC-29")
def test_what_waits_for_anothers_word_is_told_to_those_who_may_give_it(
    handler: Client, constable: Member, inspector: Member, scene: Boy, step: Take
) -> None:
    chosen = next(t for n in range(100) if drawn(f"contact/{(t := f'token-{n}')}", 10))
    incident = opens(handler, scene, token=chosen)
    for name, said in {
        "malicious": {"reason": "Three calls this week were untrue"},
        "crime": {"offence": "Rape of a child", "category": "sexual", "child_is": "victim"},
        "cancel-crime": {"reason": "The place was shut that day", "evidence": "The owner's log"},
    }.items():
        assert step(handler, incident, name, **said).status_code == 302, name
    involve(constable, scene.boy, at=timezone.now())
    for member, told in ((constable, ()), (inspector, FOR_ANOTHER)):
        work = text(signed_in(member).get("/work/"))
        assert "The child to be seen" in work and tuple(said for said in FOR_ANOTHER if said in work) == told


def test_a_contact_is_begun_from_the_childs_page_by_those_who_open_them(
    handler: Client, social_worker: Member, scene: Boy
) -> None:
    involve(social_worker, scene.boy, at=timezone.now())
    begins = f"/contacts/new/?person={scene.boy}"
    page = signed_in(social_worker).get(f"/person/{scene.boy}/")
    assert page.status_code == 200 and begins not in page.content.decode()
    assert begins in handler.get(f"/person/{scene.boy}/").content.decode()
