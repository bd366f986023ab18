"""Twins, kin and one person twice, from the test files: what is joined, what is left for a person, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from sightline.people.matching.bulk import link
from sightline.people.matching.cleaning import clean
from sightline.people.matching.explaining import explain
from sightline.people.matching.keys import first_tier
from sightline.people.matching.records import Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.thresholds import FILE_JOIN_AT, JOIN_AT, REVIEW_AT
from sightline.people.matching.vetoes import veto

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
TWINS = yaml.safe_load((HERE / "twins.yaml").read_text(encoding="utf-8"))
KIN = yaml.safe_load((HERE / "kin.yaml").read_text(encoding="utf-8"))
ONE = yaml.safe_load((HERE / "one_person.yaml").read_text(encoding="utf-8"))


def record(fields: list[object], record_id: str) -> Record:
    forenames, surname, born, sex, postcode = (str(field) for field in fields)
    return Record(record_id, forenames, surname, born=born, sex=sex, postcode=postcode)


def joined(one: list[object], other: list[object]) -> bool:
    """Whether the two would be joined unasked among a thousand records."""
    scored = shipped_model().among(1000).pair(clean(record(one, "a")), clean(record(other, "b")))
    return scored.bits >= FILE_JOIN_AT and not veto(scored.labels)


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_are_not_joined(one: list[object], other: list[object]) -> None:
    assert not joined(one, other)


@pytest.mark.parametrize(("kind", "one", "other"), KIN)
def test_kin_are_not_joined(kind: str, one: list[object], other: list[object]) -> None:
    assert not joined(one, other)


def test_twins_stay_apart_among_records_that_could_bring_them_together() -> None:
    """Each twin has three records, one of them a bare initial, and each pair of twins an address of its own."""
    records = []
    for place, pair in enumerate(TWINS):
        for side, (forename, surname, born, sex, _postcode) in zip("ab", pair, strict=True):
            known = {"born": str(born), "sex": sex, "postcode": f"ZZ{place} 1AA"}
            names = (forename, forename, forename[0])
            records += [Record(f"{place}{side}{n}", name, surname, **known) for n, name in enumerate(names)]
    found = link(records, today=TODAY, join_at=FILE_JOIN_AT).clusters
    for place in range(len(TWINS)):
        assert found[f"{place}a0"] == found[f"{place}a1"]
        assert not {found[f"{place}a{n}"] for n in range(3)} & {found[f"{place}b{n}"] for n in range(2)}


@pytest.mark.requirement("JD-03")
@pytest.mark.parametrize(("what", "one", "other"), ONE, ids=[what for what, *_ in ONE])
def test_one_person_is_recognised(what: str, one: list[object], other: list[object]) -> None:
    """Found by a key, and worth at least a person's look among ten thousand people."""
    left, right = clean(record(one, "a")), clean(record(other, "b"))
    assert set(first_tier(left)) & set(first_tier(right))
    scored = shipped_model().among(10_000).pair(left, right)
    assert scored.bits >= REVIEW_AT, explain(left, right, scored)
    if what not in {"surname changed", "surname doubled", "misheard"}:
        assert scored.bits >= JOIN_AT, explain(left, right, scored)


@pytest.mark.requirement("JD-02")
def test_a_score_comes_with_reasons_in_plain_words() -> None:
    left = clean(Record("a", "Mohammed", "Hussain", born="2016-05-04", postcode="ZZ5 6AB"))
    right = clean(Record("b", "Mohammed", "Hussaiin", born="2016-04-05", postcode="ZZ5 6AB"))
    scored = shipped_model().pair(left, right)
    told = explain(left, right, scored)
    assert any(line.startswith("born day and month swapped: 2016-05-04 / 2016-04-05, +") for line in told)
    assert any(line.startswith("surname one letter different: Hussain / Hussaiin, +") for line in told)
    assert scored.bits == pytest.approx(shipped_model().prior + sum(part.bits for part in scored.compared))


@pytest.mark.requirement("JD-02")
def test_two_valid_numbers_are_never_joined_unasked() -> None:
    one = Record("a", "Ann", "Lee", born="1990-02-03", postcode="ZZ5 6AB", nhs_number="9990000018")
    other = Record("b", "Ann", "Lee", born="1990-02-03", postcode="ZZ5 6AB", nhs_number="9990000026")
    left, right = clean(one), clean(other)
    assert left.nhs_number
    assert right.nhs_number
    assert veto(shipped_model().pair(left, right).labels) == "two different NHS numbers"
    found = link([one, other])
    assert found.clusters["a"] != found.clusters["b"]
    assert found.for_review[("a", "b")] == "two different NHS numbers"


def test_an_initial_that_fits_two_twins_goes_to_a_person() -> None:
    born = {"born": "2014-03-09", "postcode": "ZZ5 6AB"}
    people = [
        Record("1", "Joshua", "Whitlow", **born),
        Record("2", "Joshua", "Whitlow", **born),
        Record("3", "James", "Whitlow", **born),
        Record("4", "J", "Whitlow", **born),
    ]
    found = link(people, join_at=FILE_JOIN_AT)
    assert found.clusters["1"] == found.clusters["2"] != found.clusters["3"]
    assert found.clusters["4"] == "4"
    assert ("1", "4") in found.for_review
    assert ("3", "4") in found.for_review


def test_a_persons_word_holds() -> None:
    records = [Record(n, "Ann", "Lee", born="1990-02-03", postcode="ZZ5 6AB") for n in "ab"]
    records.append(Record("c", "Zoe", "Quist", born="1961-07-08"))
    parted = link(records, must_not_link=[("a", "b")], must_link=[("a", "c")])
    assert parted.clusters["a"] != parted.clusters["b"]
    assert parted.clusters["a"] == parted.clusters["c"]
    with pytest.raises(ValueError, match="contradicts"):
        link(records, must_not_link=[("a", "b")], must_link=[("a", "c"), ("c", "b")])
