"""What reading processes work out beforehand is what the recording one would; whom an event is about is held by the database all the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cast import NOW, feed_viewer
from sightline.chronology.kinds import _ENCODE, _checked, _field_by_field
from sightline.chronology.models import Event, EventPerson
from sightline.exchange.feeds.catalogue import FEEDS, read_mapping
from sightline.exchange.feeds.parsing import Batch
from sightline.exchange.feeds.services import load, read_rows
from sightline.exchange.feeds.tests.test_loading import E1, E1_FOUND, E2, WORDS, extract
from sightline.people import foreseen
from sightline.people.matching.cleaning import clean
from sightline.people.matching.keys import record_keys
from sightline.people.matchkeys import records
from sightline.people.models import MatchKey, Premises, SourceRecord


def read(folder: Path, *, workers: int) -> list[Batch]:
    (folder / "mapping.yaml").write_text(WORDS)
    file = extract(folder, "missing.csv", E1, E2)
    return list(read_rows(read_mapping(folder / "mapping.yaml"), file, extracted_at=None, workers=workers))


def held_keys() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, record in MatchKey.objects.values_list("key", "record_id"):
        found.setdefault(record, set()).add(key)
    return found


@pytest.mark.django_db
def test_keys_foreseen_by_another_process_are_those_of_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    looked_up = foreseen.keys_foreseen

    def counted(described: foreseen.Described) -> tuple[int, ...] | None:
        asked.append(looked_up(described) is not None)
        return looked_up(described)

    monkeypatch.setattr("sightline.people.matchkeys.keys_foreseen", counted)
    (tmp_path / "mapping.yaml").write_text(WORDS)
    load(read_mapping(tmp_path / "mapping.yaml"), extract(tmp_path, "missing.csv", E1), feed_viewer(at=NOW), workers=1)
    assert asked == [True], "the child's keys came from the process that read; of the mother only the key is known"
    assert held_keys() == {pk: set(record_keys(clean(record))) for pk, record in records()}
    load(
        read_mapping(tmp_path / "mapping.yaml"),
        extract(tmp_path, "missing2.csv", E1_FOUND),
        feed_viewer(at=NOW),
        workers=1,
    )
    assert held_keys() == {pk: set(record_keys(clean(record))) for pk, record in records()}
    place = Premises.objects.get(lines="4 Mill Lane")
    assert (place.street, place.door) == foreseen.street_and_door("4 Mill Lane")


def test_what_was_foreseen_is_taken_and_nothing_else() -> None:
    with foreseen.known(
        foreseen.Foreseen(places={("4 Mill Lane", ""): ("ZS1 1AA", 7)}, streets={"4 Mill Lane": (1, 2)})
    ):
        assert foreseen.place_of("4 Mill Lane") == ("ZS1 1AA", 7)
        assert foreseen.street_and_door("4 Mill Lane") == (1, 2)
        assert foreseen.place_of("9 Canal Row").key != 7
    assert foreseen.place_of("4 Mill Lane").key != 7


def test_nothing_is_foreseen_of_a_file_that_says_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(WORDS)
    file, feed = extract(tmp_path, "missing.csv", E1), read_mapping(tmp_path / "mapping.yaml")
    for news in (True, False):
        (rows,) = read_rows(feed, file, extracted_at=None, workers=1, foreseeing=lambda news=news: news)  # type: ignore[misc]
        assert bool(rows.foreseen.keys) is news
        assert len(rows) == 1


def test_fields_read_one_by_one_are_what_the_whole_event_is(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: set[str] = set()

    def both(kind: str, supplied: Mapping[str, Any], *, asked: bool) -> tuple[dict[str, Any], str]:
        whole = _checked(kind, supplied, asked=asked)
        by_field = _field_by_field(kind, supplied)
        assert by_field == (whole, _ENCODE(whole) if whole else "")
        kinds.add(kind)
        return by_field

    monkeypatch.setattr("sightline.chronology.entries.checked_and_written", both)
    for folder in sorted(FEEDS.iterdir()):
        for sample in folder.glob("sample.*"):
            for rows in read_rows(read_mapping(folder / "mapping.yaml"), sample, extracted_at=NOW, workers=0):
                assert not any(read.reason.startswith("AssertionError") for read in rows)
    assert len(kinds) > 40


@pytest.mark.django_db
def test_nobody_is_in_an_event_that_is_not_there_nor_somebody_not_there_in_one(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(WORDS)
    load(read_mapping(tmp_path / "mapping.yaml"), extract(tmp_path, "missing.csv", E1), feed_viewer(at=NOW))
    event, record = Event.objects.earliest("id"), SourceRecord.objects.earliest("id")
    for event_id, record_id, why in (
        (event.pk, 0, "people_of_events_are_held"),
        (0, record.pk, "events_of_people_are_held"),
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            EventPerson.objects.create(event_id=event_id, record_id=record_id, role="other")
        assert refused.value.__cause__.diag.constraint_name == why  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "why"),
    [("chronology_event", "events_of_people_are_held"), ("people_sourcerecord", "people_of_events_are_held")],
)
def test_nothing_goes_that_an_entry_rests_on(tmp_path: Path, table: str, why: str) -> None:
    (tmp_path / "mapping.yaml").write_text(WORDS)
    load(read_mapping(tmp_path / "mapping.yaml"), extract(tmp_path, "missing.csv", E1), feed_viewer(at=NOW))
    pk = EventPerson.objects.values_list("event_id" if table == "chronology_event" else "record_id", flat=True)[0]
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sightline.erasing', 'on', true)")
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])
    assert refused.value.__cause__.diag.constraint_name == why  # type: ignore[union-attr]
