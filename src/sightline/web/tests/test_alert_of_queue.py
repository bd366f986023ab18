"""An alert about a unit's work, as a browser gets it: it names the queue and nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import make_member
from screens import signed_in, text
from sightline.alerts.models import Acknowledgement, Alert, Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db: None) -> Alert:
    """Too much waits at social care: told to the manager of the hub."""
    now = timezone.now()
    why = "In 14 days 30 referrals came to social care and 12 were decided: the 18 more are over 2 days of its work."
    made = Alert.objects.create(
        kind="queue_backlog", subject_id=-1, cause="social_care:r1", part="depth", to_role="mash_manager", due_at=now - timedelta(hours=1),
        why=why, step="Say what cover the unit needs.", rule="alerts.arrivals_exceed", concerns=[-1], rests_on=[], first_at=now,
    )  # fmt: skip
    Told.objects.create(alert=made, role="mash_manager", at=now)
    return made


@pytest.mark.requirement("RF-05")
def test_an_alert_about_a_queue_names_the_queue_and_nobody_and_is_answered_like_any_other(queue: Alert) -> None:
    screen = signed_in(make_member("hub", "Hub Manager", "mash_manager", "hub"))
    listed, page = text(screen.get("/alerts/")), text(screen.get(f"/alerts/{queue.pk}/"))
    assert "Referrals to social care" in listed and "the 18 more are over 2 days of its work" in listed
    assert "About referrals to social care." in page and "The entries it rests on" not in page
    assert (
        screen.post(f"/alerts/{queue.pk}/answer/", {"reason": "Two more workers from tomorrow on"}).status_code == 302
    )
    assert Acknowledgement.objects.get().alert_id == queue.pk
    other = signed_in(make_member("inspector2", "In Spector", "duty_inspector", "police"))
    assert other.get(f"/alerts/{queue.pk}/").status_code == 404
