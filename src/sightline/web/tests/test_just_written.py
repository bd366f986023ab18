"""What was just written is found by the very next look-up: a row of a feed, a correction, and what somebody recorded by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, involve
from scenes import Boy, boys_life
from screens import search, signed_in, text
from sightline.exchange.feeds.tests.police_extracts import take_in
from sightline.pathways.identity.services import move, name_child, record_unnamed_child

pytestmark = pytest.mark.django_db
NEW = {"name": "Zebedee Quillfeather", "age": "12", "postcode": "ZS8 1QD"}


def _extract(folder: Path, surname: str, modified: str) -> Path:
    """One episode of a boy whom no system knew."""
    said = {"episode_id": "MIS-1", "reported": "01/11/2026 20:00", "mp_id": "MP-1", "mp_surname": surname, "mp_forenames": "Zebedee",
            "mp_dob": "04/05/2014", "mp_gender": "Male", "mp_postcode": "ZS8 1QD", "risk": "High", "last_modified": modified}  # fmt: skip
    sample = Path(__file__).parents[2] / "exchange" / "feeds" / "systems" / "missing" / "sample.csv"
    head = sample.read_text(encoding="utf-8").splitlines()[0].split(",")
    file = folder / f"missing_{surname}.csv"
    file.write_text(",".join(head) + "\n" + ",".join(said.get(c, "") for c in head) + "\n", encoding="utf-8")
    return file


def _found(client: Client, **asked: str) -> str:
    return text(search(client, **asked))


def test_a_row_of_a_feed_and_its_correction_are_found_by_the_next_search(call_handler: Member, tmp_path: Path) -> None:
    handler = signed_in(call_handler)
    assert "Nobody was found" in _found(handler, **NEW)
    take_in("missing", _extract(tmp_path, "Quilfether", "01/11/2026 20:30:00"))
    assert "Zebedee Quilfether" in _found(handler, **NEW)
    take_in("missing", _extract(tmp_path, "Quillfeather", "02/11/2026 09:00:00"))
    corrected = _found(handler, **NEW)
    assert "Zebedee Quillfeather" in corrected
    assert "Quilfether" not in corrected


def test_what_is_recorded_by_hand_is_found_by_the_next_search(call_handler: Member, social_worker: Member) -> None:
    scene: Boy = boys_life(timezone.now())
    involve(social_worker, scene.mother, at=timezone.now())
    handler, by = signed_in(call_handler), social_worker.viewer(at=timezone.now())
    child = record_unnamed_child(scene.mother, kind="parent", by=by, at=by.at, born_text="2014")
    assert "Nobody was found" in _found(handler, **NEW)
    name_child(child, forenames="Zebedee", surname="Quillfeather", by=by, at=by.at, born="2014-05-04")
    assert "Zebedee Quillfeather" in _found(handler, **NEW | {"postcode": ""})
    by_address = {"name": "", "age": "", "postcode": "ZS8 1QD", "address": "3 Gorse Mews"}
    assert "Nobody was found" in _found(handler, **by_address)
    move(child, lines="3 Gorse Mews, ZS8 1QD", kind="home", postcode="ZS8 1QD", by=by, at=by.at)
    assert "Zebedee Quillfeather" in _found(handler, **by_address)
