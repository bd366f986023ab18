"""A boy said to have been hit, his sister at home, and the manager who leads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, person_of, write_person
from screens import signed_in
from sightline.chronology.record import record_many

CHILD = {"child": [("social_care", "C1")]}


@pytest.fixture
def scene(team_manager: Member) -> tuple[Client, int, int]:
    """A boy said to have been hit by his mother's partner, his sister at home, and the manager who leads."""
    long_ago = timezone.now() - timedelta(days=400)
    boy = person_of(
        write_person("social_care", "C1", forenames="Mo", surname="Hussein", born="2017-03-04", at=long_ago)
    )
    sister = person_of(
        write_person("social_care", "C2", forenames="Ada", surname="Hussein", born="2019-05-06", at=long_ago)
    )
    homes = [
        entry("address.recorded", {"subject": [("social_care", key)]}, source="social_care", ref=f"{key}/home", at=long_ago,
              data={"lines": "3 Weir Lane", "postcode": "ZS5 7AB", "kind": "home"})
        for key in ("C1", "C2")
    ]  # fmt: skip
    hurt = entry("contact.received", CHILD, source="social_care", ref="hurt", at=timezone.now() - timedelta(hours=3),
                 data={"kind": "assault", "channel": "agency"})  # fmt: skip
    others = {"child": [("social_care", "C9")]}
    heard = [  # a rule sleeps where nothing here ever answers it
        entry(kind, others, source="social_care", ref=kind, at=long_ago, data={})
        for kind in ("strategy.held", "health.consulted", "investigation.opened", "action.set")
    ]
    record_many([*homes, *heard, hurt], feed_viewer(at=timezone.now()))
    involve(team_manager, boy, at=timezone.now())
    return signed_in(team_manager), boy, sister
