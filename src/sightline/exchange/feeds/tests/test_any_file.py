"""Any file of any feed, sound or damaged, in any order: it adds up, checking says what loading does, and the end is the same."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import NOW, feed_viewer
from sightline.chronology.models import Event
from sightline.chronology.tests.test_supersession import state
from sightline.exchange.feeds.catalogue import FEEDS, mapping_for, mappings_named
from sightline.exchange.feeds.mapping import Mapping
from sightline.exchange.feeds.models import Load
from sightline.exchange.feeds.outcomes import Outcome
from sightline.exchange.feeds.queries import foresee
from sightline.exchange.feeds.services import load
from sightline.exchange.feeds.tests.test_loading import COLUMNS
from sightline.exchange.feeds.tests.test_loading import feed as feed
from sightline.kernel.errors import BadInput
from sightline.kernel.moments import from_local

pytestmark = pytest.mark.django_db
SAMPLES = [file for file in sorted(FEEDS.glob("*/*sample*")) if file.suffix != ".md" and file.suffix != ".yaml"]
DRAWN = from_local(datetime(2026, 11, 1))  # noqa: DTZ001 - made aware by from_local
# The same draws every time, so that a run can be had again; others with SIGHTLINE_DICE=1.
QUIET = settings(
    max_examples=10,
    deadline=None,
    derandomize="SIGHTLINE_DICE" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def mapping_of(sample: Path) -> Mapping:
    """The mapping of the folder that knows the file, by its name or its columns."""
    among = mappings_named(sample.parent.name)
    return mapping_for(sample, among) or among[0]


def as_counts(done: Load) -> dict[str, int]:
    assert done.rows == done.applied + done.superseded + done.unchanged + done.quarantined
    return {outcome.value: getattr(done, outcome.value) for outcome in Outcome}


def as_foreseen(feed: Mapping, file: Path) -> tuple[dict[str, int], list[tuple[int, str, str]]]:
    """What checking says: how many of each, and every quarantined row."""
    counts, bad = dict.fromkeys((o.value for o in Outcome), 0), []
    try:
        for one in foresee(feed, file, at=NOW, extracted_at=DRAWN):
            counts[one.outcome.value] += 1
            if one.outcome is Outcome.QUARANTINED:
                bad.append((one.read.row, one.field, one.reason))
    except BadInput:
        pass
    return counts, bad


def damage(text: str, data: st.DataObject) -> str:
    """The text cut off, or with some of it replaced by what does not belong there."""
    at = data.draw(st.integers(0, len(text) - 1), label="at")
    if data.draw(st.booleans(), label="cut"):
        return text[:at]
    wrong = data.draw(st.sampled_from(["", "2026-02-30", ",", '"', "<", "</x>", "}", "\x00", "é", "31/02/2026 10:00"]))
    return text[:at] + wrong + text[at + data.draw(st.integers(0, 12), label="gone") :]


@pytest.mark.requirement("JD-26")
@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{s.parent.name}/{s.name}" for s in SAMPLES])
@given(data=st.data())
@settings(QUIET, max_examples=3)
def test_a_damaged_file_adds_up_and_checking_it_says_what_loading_does(sample: Path, data: st.DataObject) -> None:
    feed, text = mapping_of(sample), sample.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder, transaction.atomic():
        file = Path(folder) / f"{sample.parent.name}_{sample.name}"
        if data.draw(st.booleans(), label="the sample first"):
            file.write_text(text, encoding="utf-8")
            load(feed, file, feed_viewer(), extracted_at=DRAWN, workers=0)
        file.write_text(damage(text, data), encoding="utf-8")
        foreseen, bad = as_foreseen(feed, file)
        done = load(feed, file, feed_viewer(), extracted_at=DRAWN, workers=0)
        assert as_counts(done) == foreseen
        assert sorted(done.quarantine.values_list("row", "field", "reason")) == sorted(bad)
        assert {*done.quarantine.values_list("file", flat=True)} <= {file.name}
        before, events = state(), Event.objects.count()
        again = load(feed, file, feed_viewer(at=NOW + timedelta(days=1)), extracted_at=DRAWN, workers=0)
        assert (as_counts(again)["applied"], as_counts(again)["superseded"]) == (0, 0)
        assert (state(), Event.objects.count()) == (before, events)
        transaction.set_rollback(True)


def versions() -> st.SearchStrategy[tuple[str, ...]]:
    """Rows of a few episodes of a few people, each as it stood at one of a few moments."""
    cells = {
        "ID": ["E1", "E2"], "REPORTED": ["2026-03-01 10:00", "2026-03-02 10:00"], "RISK": ["low", "high", ""],
        "FOUND": ["", "2026-03-02 08:00"], "IN_CARE": ["Y", "N", ""], "PERSON": ["P1", "P2"], "FORENAMES": ["Mo", "Mohammed"],
        "SURNAME": ["Hussein"], "ADDRESS": ["4 Mill Lane", "9 Canal Row", ""], "MOTHER": ["M1", ""],
        "UPDATED": ["2026-03-02 11:00", "2026-03-03 11:00", "2026-03-04 11:00"],
    }  # fmt: skip
    return st.tuples(*(st.sampled_from(cells[name]) for name in COLUMNS))


@pytest.mark.requirement("JD-26", "IS-11")
@given(rows=st.lists(versions(), min_size=2, max_size=7), data=st.data())
@QUIET
def test_any_order_of_files_however_they_are_split_ends_the_same(
    feed: Mapping, rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    ended = []
    for _ in range(3):
        order = data.draw(st.permutations(rows))
        cut = data.draw(st.integers(0, len(rows)))
        with TemporaryDirectory() as folder, transaction.atomic():
            for number, part in enumerate((order[:cut], order[cut:])):
                file = Path(folder) / f"missing_{number}.csv"
                file.write_text("\n".join(",".join(cells) for cells in (COLUMNS, *part)) + "\n")
                as_counts(load(feed, file, feed_viewer(), workers=0))
            ended.append(state())
            transaction.set_rollback(True)
    assert ended[0] == ended[1] == ended[2]


@pytest.mark.requirement("JD-26", "IS-11")
def test_files_of_several_systems_end_the_same_in_any_order() -> None:
    names = ("cin_census/sample_2026.xml", "missing/sample.csv", "child_protection/sample.xml")
    ended = []
    for order in permutations(names):
        with transaction.atomic():
            for name in order:
                load(mapping_of(FEEDS / name), FEEDS / name, feed_viewer(), extracted_at=DRAWN, workers=0)
            ended.append(state())
            transaction.set_rollback(True)
    assert all(after == ended[0] for after in ended)
