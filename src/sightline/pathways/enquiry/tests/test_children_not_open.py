"""Other children whose records are closed to whoever leads a discussion: restricted, they are asked about; sealed, they are not there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import entry, feed_viewer, person_of, seal, write_person
from screens import text
from sightline.access.models import AccessEntry, Restriction
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.record import record_many
from sightline.pathways.enquiry.tests.at_screens import meeting, send

pytestmark = pytest.mark.django_db


def at_home(key: str, born: str) -> int:
    """One more of the boy's home."""
    long_ago = timezone.now() - timedelta(days=300)
    found = person_of(write_person("social_care", key, forenames="Zed", surname="Quarry", born=born, at=long_ago))
    data = {"lines": "3 Weir Lane", "postcode": "ZS5 7AB", "kind": "home"}
    about = {"subject": [("social_care", key)]}
    record_many(
        [entry("address.recorded", about, source="social_care", ref=f"{key}/home", at=long_ago, data=data)],
        feed_viewer(at=timezone.now()),
    )
    return found


def restrict(person: int) -> None:
    since = timezone.now() - timedelta(days=30)
    Restriction.objects.create(person_id=person, state="restricted", reason="witness", from_at=since)


def named() -> set[str]:
    held = EventPerson.objects.filter(event__kind="strategy.child_considered", role="other")
    return set(held.values_list("record__key", flat=True))


@pytest.mark.requirement("SI-02")
def test_a_restricted_child_of_the_home_is_asked_about_and_a_restricted_adult_is_not(scene: Any) -> None:
    client, boy, sister = scene
    child, adult = at_home("C7", "2016-01-02"), at_home("C8", "1986-01-02")
    restrict(child)
    restrict(adult)
    path = f"/person/{boy}/enquiry/hold/"
    said = text(client.get(path))
    assert (
        said.count("What was decided about a child (Name not permitted for your post; lives at the same address") == 1
    )
    assert "Quarry" not in said and f"child_{adult}" not in client.get(path).content.decode()
    refused = send(client, path, **meeting(sister))
    assert refused.status_code == 422 and not Event.objects.filter(kind="strategy.held", source="sightline").exists()
    each = {f"child_{child}": "included", f"child_{child}_why": "The same home"}
    assert send(client, path, **meeting(sister, **each)).status_code == 302
    assert named() == {"C2", "C7"}


@pytest.mark.requirement("SI-02", "IS-05")
def test_a_sealed_child_of_the_home_changes_nothing_of_what_is_asked_or_written(scene: Any) -> None:
    client, boy, sister = scene
    path = f"/person/{boy}/enquiry/hold/"
    before = text(client.get(path))
    gone = at_home("C7", "2016-01-02")
    seal(gone)
    assert text(client.get(path)) == before
    assert send(client, path, **meeting(sister)).status_code == 302
    assert named() == {"C2"}
    assert Event.objects.get(kind="strategy.held", source="sightline").data["other_children_considered"] is True
    assert not AccessEntry.objects.filter(people__contains=[gone], user_id__gt=0).exists()
