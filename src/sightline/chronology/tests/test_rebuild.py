"""Dropping what is derived and settling every event again gives the same rows, in every table that is derived."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import AutoField, Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import entry, feed_viewer
from sightline.chronology.entries import Entry
from sightline.chronology.models import Superseded
from sightline.chronology.record import record_many
from sightline.chronology.settling import rebuild
from sightline.chronology.tests.extracts import DAY, START, rows_of_extracts, said, state
from sightline.people.models import Address, Decision, Link, Marker, MatchKey, Premises, Relationship, SourceRecord

pytestmark = pytest.mark.django_db
DERIVED = (SourceRecord, Address, Relationship, Marker, Decision, MatchKey, Premises, Link, Superseded)


def of_two(day: int, ref: str, what: str, content: str) -> Entry:
    """What one system says of two people: what one is to the other, or that they are not one person."""
    data = {
        "relationship.recorded": {"kind": "parent" if content == "Ann" else "sibling"},
        "identity.decided": {"same": False, "reason": f"seen with {content}"},
    }[what]
    about = {"subject": [("crime", "P1")], "other": [("crime", "P2")]}
    return entry(what, about, source="crime", ref=f"{ref}/{what}", at=START, extracted_at=START + day * DAY, data=data)


said_of_two = st.builds(
    of_two,
    day=st.integers(0, 3),
    ref=st.sampled_from(["R1", "R2"]),
    what=st.sampled_from(["relationship.recorded", "identity.decided"]),
    content=st.sampled_from(["Ann", "Bea"]),
)


def derived() -> dict[type[Model], list[tuple[object, ...]]]:
    """Every derived row; of a marker, whose own number says nothing, all but that."""
    held: dict[type[Model], list[tuple[object, ...]]] = {}
    for model in DERIVED:
        told = [f.attname for f in model._meta.concrete_fields if not isinstance(f, AutoField)]
        held[model] = sorted(model._default_manager.values_list(*told), key=repr)
    return held


def test_what_a_rebuild_is_held_to_has_rows_in_every_table() -> None:
    both = [said(1, p, p, "person.recorded", "Ann") for p in ("P1", "P2")]
    about = [said(2, what, "P1", what, "Ann") for what in ("marker.set", "address.recorded")]
    two = [of_two(day, "R1", what, "Bea") for what in ("relationship.recorded", "identity.decided") for day in (1, 2)]
    record_many([*both, *about, *two, of_two(3, "R1", "identity.decided", "Ann")], feed_viewer())
    assert [model.__name__ for model, held in derived().items() if not held] == []


@given(entries=st.lists(st.one_of(rows_of_extracts, said_of_two), min_size=1, max_size=8))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_rebuild_gives_the_same_rows(entries: list[Entry]) -> None:
    with transaction.atomic():
        for one in entries:
            record_many([one], feed_viewer())
        before, stands = derived(), state()
        rebuild()
        assert derived() == before
        assert state() == stands
        transaction.set_rollback(True)
