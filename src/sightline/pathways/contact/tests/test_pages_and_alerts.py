"""What the pages write is what ends the alerts of first contact, and what is owed is on the worklists of those who owe it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer
from scenes import STRANGER, Boy
from screens import signed_in, text
from sightline.alerts.models import Alert
from sightline.alerts.services import settle
from sightline.chronology.record import record_many
from sightline.pathways.contact.tests.conftest import opens
from sightline.pathways.contact.tests.test_incident_pages import SEEN

pytestmark = pytest.mark.django_db
Take = Callable[..., Any]
SEARCHED = {"stage": "before_dispatch", "systems": ["crime", "intelligence", "child_abuse"]}


@pytest.fixture(autouse=True)
def _said_here_before(scene: Boy) -> None:
    """Somebody has said such things here before, of another child: of what is never recorded nothing is missed."""
    kinds = {"attendance.arrived": {}, "contact.checked": {}, "advice.given": {}, "child.seen": {"alone": True}}
    at, about = scene.at - timedelta(days=100), {"child": [STRANGER]}
    held = [
        entry(kind, about, source="command_and_control", ref=f"before/{kind}", at=at, data=data)
        for kind, data in kinds.items()
    ]
    record_many(held, feed_viewer(at=scene.at))


def stands(person: int, after: timedelta) -> set[str]:
    """The alerts about a child that stand so long from now, and began with a contact opened here."""
    settle([person], at=timezone.now() + after)
    held = Alert.objects.filter(subject_id=person, cleared_at=None, cause__contains="contact/token-one")
    return set(held.values_list("kind", flat=True))


@pytest.mark.requirement("FC-08", "FC-09", "FC-14")
def test_arriving_searching_and_seeing_the_child_each_end_what_they_should(
    opened: str, handler: Client, scene: Boy, step: Take
) -> None:
    soon, hours = timedelta(minutes=20), timedelta(hours=25)
    step(handler, opened, "dispatched", unit="Charlie Two One")
    assert {"attendance_overdue", "checks_not_run"} <= stands(scene.boy, soon)
    step(handler, opened, "checked", **SEARCHED)
    assert "checks_not_run" not in stands(scene.boy, soon)
    step(handler, opened, "arrived")
    assert "attendance_overdue" not in stands(scene.boy, soon)
    assert "child_not_seen" in stands(scene.boy, hours), "being there is not seeing the child"
    step(handler, opened, "seen", **SEEN)
    assert "child_not_seen" not in stands(scene.boy, hours)


@pytest.mark.requirement("FC-10")
def test_an_inspectors_leave_to_stay_away_is_not_asked_about_again(
    opened: str, scene: Boy, step: Take, inspector: Member
) -> None:
    gale = signed_in(inspector)
    assert (
        step(gale, opened, "stand-down", reason="He is in custody, and social care are with the boy").status_code == 302
    )
    assert not {"attendance_cancelled", "attendance_overdue"} & stands(scene.boy, timedelta(minutes=20))


@pytest.mark.requirement("FC-25", "FC-17")
def test_where_a_child_may_be_is_gone_to_within_the_hour_and_a_question_answered_in_one(
    handler: Client, scene: Boy, step: Take
) -> None:
    address = opens(handler, scene, recovery="yes", place="2 Fennel Court, ZS2 1QT", kind="other")
    late = timedelta(minutes=65)
    assert "recovery_late" in stands(scene.boy, late)
    step(handler, address, "advice", of="Specialist on call", question="Do we force entry?")
    settle([scene.boy], at=timezone.now() + late)
    assert Alert.objects.filter(kind="advice_unreachable", subject_id=scene.boy, cleared_at=None).exists()
    step(handler, address, "advised", text="Yes, now", adviser="DS Vane")
    step(handler, address, "arrived")
    assert "recovery_late" not in stands(scene.boy, late)
    assert not Alert.objects.filter(kind="advice_unreachable", subject_id=scene.boy, cleared_at=None).exists()


@pytest.mark.requirement("FC-19", "FC-21")
def test_an_account_in_the_callers_own_words_owes_a_crime_or_a_reason_whoever_brings_it(
    handler: Client, scene: Boy, step: Take
) -> None:
    told = {
        "own_words": "He hit him with a belt",
        "kind": "concern_for_child",
        "caller_is": "neighbour",
        "route": "agency",
    }
    address = opens(handler, scene, **told)
    assert "crime_not_recorded" in stands(scene.boy, timedelta(hours=25))
    step(handler, address, "no-crime", reason="A paediatrician found a birthmark and no injury")
    assert "crime_not_recorded" not in stands(scene.boy, timedelta(hours=25))


def test_what_is_owed_is_on_the_worklist_and_the_childs_page_until_it_is_done(
    opened: str, handler: Client, scene: Boy, step: Take, inspector: Member
) -> None:
    work = text(handler.get("/work/"))
    assert "Somebody to be there" in work and "The child to be seen" in work
    page = handler.get(f"/person/{scene.boy}/")
    assert (
        "Domestic abuse, graded immediate" in text(page)
        and f"/contacts/new/?person={scene.boy}" in page.content.decode()
    )
    step(handler, opened, "arrived")
    step(handler, opened, "seen", **SEEN)
    step(handler, opened, "malicious", reason="Three calls this week were untrue")
    assert "Say whether it is malicious" not in text(handler.get("/work/"))
    assert "Say whether it is malicious" in text(signed_in(inspector).get("/work/"))
    assert opened not in [
        line
        for line in handler.get("/work/").content.decode().split('"')
        if line.startswith(f"/person/{scene.boy}/contacts")
    ]
