"""A child is seen by somebody who was there: who, where and when; never from a desk. And an incident with a child whom nobody may know of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import seal
from scenes import Boy
from screens import text
from sightline.alerts.models import Alert
from sightline.alerts.services import settle
from sightline.chronology.courses import run_of
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.queries import chronologies
from sightline.kernel.moments import local
from sightline.pathways.contact.rules import CONTACT
from sightline.pathways.contact.tests.conftest import opens
from sightline.pathways.contact.tests.test_incident_pages import CLOSE, SEEN, newest, numbers
from sightline.people.anchors import identities_of

pytestmark = pytest.mark.django_db
Take = Callable[..., Any]


@pytest.mark.requirement("FC-09")
def test_nobody_sees_a_child_from_a_desk(
    opened: str, handler: Client, officer: Client, scene: Boy, step: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = SEEN | {"seen_by": "", "seen_by_agency": ""}
    assert "A child is seen by somebody who is there" in text(step(handler, opened, "seen", **mine))
    assert "Say where the child was seen" in text(step(officer, opened, "seen", **mine | {"where": ""}))
    assert "Say which agency" in text(step(handler, opened, "seen", **SEEN | {"seen_by_agency": ""}))
    began = timezone.now()
    for wrong in (began - timedelta(days=1), began + timedelta(days=1)):
        answer = step(handler, opened, "seen", **SEEN, when=f"{local(wrong):%d %m %Y %H:%M}")
        assert "Enter a time since this contact was opened" in text(answer)
    assert not Event.objects.filter(kind="child.seen").exists() and "Not seen" in text(handler.get(opened))
    monkeypatch.setattr("django.utils.timezone.now", lambda: began + timedelta(hours=2))
    assert (
        step(handler, opened, "seen", **SEEN, when=f"{local(began + timedelta(hours=1)):%d %m %Y %H:%M}").status_code
        == 302
    )
    assert began < newest("child.seen").at < began + timedelta(hours=1, minutes=1)
    assert "by PC Tom Reeve (Marsham Police)" in text(handler.get(opened))
    monkeypatch.undo()
    walked_in = opens(handler, scene, token="token-two", route="front_counter")
    assert step(handler, walked_in, "seen", **mine | {"where": "The front counter"}).status_code == 302


@pytest.mark.requirement("FC-10", "FC-09")
def test_what_is_closed_goes_on_for_a_sealed_child_and_tells_nobody_of_them(
    opened: str, handler: Client, scene: Boy, step: Take
) -> None:
    _, entry = numbers(opened)
    records = EventPerson.objects.filter(event_id=entry, role="child").values_list("record_id", flat=True)
    (hidden,) = set(identities_of(records).values()) - {scene.boy}
    seal(hidden)
    assert step(handler, opened, "seen", **SEEN).status_code == 302
    shut = step(handler, opened, "close", **CLOSE)
    assert shut.status_code == 302 and "Closed" in text(handler.get(opened))
    closed = Event.objects.get(kind="contact.closed")
    assert (
        hidden
        not in identities_of(EventPerson.objects.filter(event=closed).values_list("record_id", flat=True)).values()
    )
    key = f"sightline:{Event.objects.get(pk=entry).ref}"
    states = {p: run.state for p, c in chronologies([scene.boy, hidden]).items() if (run := run_of(CONTACT, c, key))}
    assert states == {scene.boy: "closed", hidden: "opened"}
    settle([scene.boy, hidden], at=timezone.now() + timedelta(hours=25))
    unseen = Alert.objects.filter(kind="child_not_seen", cleared_at=None, cause__contains="contact/token-one")
    assert set(unseen.values_list("subject_id", flat=True)) == {hidden}
