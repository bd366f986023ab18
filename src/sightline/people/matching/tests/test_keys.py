"""Keys: the same everywhere and always, and the bulk linkage's pairs are those that share one."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import combinations

import duckdb
import pytest

from sightline.people.matching import blocking
from sightline.people.matching.cleaning import clean
from sightline.people.matching.damage import rehearse
from sightline.people.matching.keys import between_tier, key, query_keys, record_keys
from sightline.people.matching.records import Record
from sightline.people.matching.rehearsal import invent
from sightline.people.matching.tables import values_of

ASKED = Record("q", "Mo", "Hussein", born="2016-05-04", postcode="ZZ5 6AB")
PRINT = (
    "from sightline.people.matching.keys import *; from sightline.people.matching.cleaning import clean;"
    "from sightline.people.matching.records import Record;"
    "print(record_keys(clean(Record('q', 'Mo', 'Hussein', born='2016-05-04', postcode='ZZ5 6AB'))))"
)


def test_a_known_key_never_changes() -> None:
    """Stored keys outlive releases: if this fails, every key in every database must be written again."""
    assert key("names+year", "asn|mmd", "2016") == 1451263187658020718


def test_keys_are_the_same_in_another_process() -> None:
    env = {"PYTHONHASHSEED": "77", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", PRINT], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == str(record_keys(clean(ASKED)))


def test_keys_fit_a_signed_bigint_and_do_not_repeat() -> None:
    keys = record_keys(clean(ASKED))
    assert len(keys) == len(set(keys))
    assert all(-(2**63) <= value < 2**63 for value in keys)


@pytest.mark.requirement("JD-03")
def test_a_spoken_query_shares_keys_with_the_written_record() -> None:
    stored = set(record_keys(clean(Record("r", "Muhammad", "Hussain", born="2016-05-04", postcode="ZZ5 6AB"))))
    by_age, *_wider = query_keys(
        clean(Record("q", "Mo", "Hussein", born="nine or ten", postcode="ZZ5"), date(2026, 11, 24))
    )
    assert len(stored & set(by_age)) >= 2


def test_bulk_blocks_by_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no cap, two records are a pair in DuckDB exactly when they share a key of the look-up (its own tier and dates alone apart)."""
    records, _truth = rehearse(invent(260, 3), 4)
    people = [clean(record) for record in records]
    monkeypatch.setattr(blocking, "_FAMILIES", tuple((name, rows, 10**6) for name, rows, _cap in blocking._FAMILIES))
    with duckdb.connect() as connection:
        blocking.load_people(connection, blocking._with_sounds(map(values_of, people)))
        left, right = blocking.block(connection)
        found = set(zip(left.tolist(), right.tolist(), strict=True))
    dates = {
        key("dob", day)
        for day in {f"{p.dob[:4]}{min(p.dob[4:6], p.dob[6:])}{max(p.dob[4:6], p.dob[6:])}" for p in people if p.dob}
    }
    keys = [set(record_keys(person)) - set(between_tier(person)) - dates for person in people]
    assert found == {(a, b) for a, b in combinations(range(len(people)), 2) if keys[a] & keys[b]}
