"""Background work: records that arrive a few at a time are linked at once; a whole extract waits for `link`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from procrastinate.contrib.django import app

from sightline.access import wall
from sightline.access.viewer import Viewer
from sightline.chronology.models import EventPerson
from sightline.chronology.record import recorded
from sightline.people.arrivals import link_records

FEW = 100
DESCRIBES = ("person.recorded", "address.recorded")


@app.task(queue="links")
def link_arrivals(records: list[int]) -> None:
    """Link these source records to the people they are, or put the pair before a person. Doing it again changes nothing."""
    at = datetime.now(UTC)
    link_records(records, Viewer(None, "sightline", "", "", 0, None, at, "worker link_arrivals"), at=at)


@receiver(recorded)
@wall.working()
def on_recorded(event_ids: list[int], **_: Any) -> None:
    """Ask for the records that a small batch described to be linked. What a crash loses here, the next `link` makes good."""
    if len(event_ids) > FEW:
        return
    named = EventPerson.objects.filter(event_id__in=event_ids, event__kind__in=DESCRIBES).values_list(
        "record_id", flat=True
    )
    records = sorted(set(named))
    if records:
        with transaction.atomic():
            link_arrivals.defer(records=records)
