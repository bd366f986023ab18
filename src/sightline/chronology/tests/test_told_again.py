"""What a system tells again: nothing full is lost to a thin mention, and a home is as old as its first mention."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from tests.cast import NOW, entry, feed_viewer

from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.chronology.settling import rebuild
from sightline.people.models import Address, SourceRecord

MOTHER = ("health", "P-1")


def told(event: str, ref: str, days_ago: int, /, **said: str) -> Entry:
    at = NOW - timedelta(days=days_ago)
    return entry(event, {"subject": [MOTHER]}, source="health", ref=ref, at=at, data=said, extracted_at=at)


FULL = told("person.recorded", "person/P-1/patient", 90, forenames="Shabana", surname="Kauser", born="1991-04-12")
THIN = told("person.recorded", "person/P-1/accompanying", 3, forenames="Shabana", surname="Kosar")


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations([FULL, THIN])))
def test_a_thin_mention_takes_nothing_away_from_a_full_record(order: tuple[Entry, ...]) -> None:
    for one in order:
        record_many([one], feed_viewer())
    record = SourceRecord.objects.get(key="P-1")
    assert (record.surname, str(record.born)) == ("Kosar", "1991-04-12")


MENTIONS = [told("address.recorded", "address/P-1/a", d, lines="8 Bilberry View", kind="home") for d in (400, 100, 2)]


@pytest.mark.django_db
@pytest.mark.requirement("JD-05")
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_home_told_again_is_as_old_as_its_first_mention_in_any_order(order: tuple[int, ...]) -> None:
    for number in order:
        record_many([MENTIONS[number]], feed_viewer())
    lived = Address.objects.get(record__key="P-1")
    assert lived.since == (NOW - timedelta(days=400)).date()
    rebuild()
    assert Address.objects.get(record__key="P-1").since == lived.since
