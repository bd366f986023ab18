"""Look-up: what the wider tiers reach, who is taken where there are too many, and how faint a resemblance is still given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest

from sightline.people.matching.cleaning import clean
from sightline.people.matching.keys import query_keys, record_keys
from sightline.people.matching.lookup import FAINTEST, FAINTEST_OPENED, Hit, Lookup, scratch
from sightline.people.matching.records import Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.scratch import load, scratch_schema

TODAY = date(2026, 11, 24)
MANY = 1_000_000
Find = Callable[..., list[Hit]]


def _record(forenames: str, surname: str, born: str = "", postcode: str = "", sex: str = "") -> Record:
    return Record("r", forenames, surname, born=born, postcode=postcode, sex=sex)


@pytest.mark.requirement("JD-03")
@pytest.mark.parametrize(
    ("asked", "held"),
    [
        (("Katie", "Williams", "2018-11-08", "ZZ27 7GX"), ("K", "Williams", "2017-11-07", "ZZ5 4DD")),
        (("W", "Murray", "aged 2"), ("William", "Murray", "2023-05-28")),
        (("Piotr", "Krawczyk", "aged 6", "ZZ49"), ("Piotr", "Szymanski", "2020-10-31", "ZZ49 6JJ")),
        (("M", "Akhtar", "1986-11-20", "ZZ27 4GY"), ("Mohammed", "Mirza", "1986-11-20", "ZZ26 4YB")),
        (("Steven", "Bradcroft", "aged 38"), ("Bradcroft", "Steevn", "1988-08-03")),
        (("", "Adebayo", "1995-10-16", "ZZ15 7HW"), ("Adewale", "Adebayo", "1995")),
        (("Jana", "Horvath", "1985"), ("", "Horvath", "1985-08-29")),
    ],
    ids=[
        "an initial and a year out", "an initial and an age", "another surname, the same part of town", "an initial and another surname",
        "the wrong way round, as it sounds, and an age", "no forename said", "no forename held",
    ],
)  # fmt: skip
def test_the_second_tier_reaches_whom_the_first_does_not(asked: tuple[str, ...], held: tuple[str, ...]) -> None:
    first, second, _third = query_keys(clean(_record(*asked), TODAY))
    stored = set(record_keys(clean(_record(*held), TODAY)))
    assert not stored & set(first)
    assert stored & set(second)


def test_a_record_has_few_keys_that_are_the_look_ups_alone() -> None:
    """Each is a row written with the record: a birthday, two names and a postcode give five."""
    person = clean(_record("Mohammed Ali", "Hussain", "2016-05-04", "ZZ5 6AB"), TODAY)
    assert len(record_keys(person)) - len(set(query_keys(person)[0]) | set(query_keys(person)[2])) <= 5


@pytest.fixture
def find(database: str) -> Iterator[Find]:
    """Look among some records as if there were a million people, with `faintest` or the tiers as they are."""
    with psycopg.connect(database, autocommit=True) as connection:

        def found(held: list[Record], query: Record, **how: float) -> list[Hit]:
            with scratch_schema(connection) as schema:
                load(connection, schema, held, TODAY)
                return Lookup(scratch(schema), shipped_model().among(MANY), **how)(connection, query, TODAY)

        yield found


def test_of_too_many_those_who_share_the_rarer_keys_are_weighed(find: Find) -> None:
    """Three hundred, nearly, share a birthday and a common initial with the query, the last one a rare initial: she is still found."""
    others = [_record(name, "Tarn", "2013-06-25", sex="F") for name in ("Mona", "Mabel", "Maud") for _ in range(90)]
    right = _record("Quentin", "Dathies", "2013-06-25", sex="F")
    hits = find([*others, right], _record("Q", "Mirza", "2013-06-25", sex="F"), faintest=-40.0)
    assert hits[0].record_id == len(others)


@pytest.mark.requirement("JD-02")
def test_where_nobody_is_likely_the_best_are_given_as_possible_as_faint_as_is_asked(find: Find) -> None:
    """A surname changed in a town of a million: the same forename, birthday and sex. Where records are opened it takes more."""
    held = [_record("Oliver", "Stanbrook", "2022-06-24", "ZZ48 4PT", "M")]
    asked = _record("Oliver", "Duncroft", "2022-06-24", "ZZ12 3AB", "M")
    (hit,) = find(held, asked)
    assert FAINTEST <= hit.bits < FAINTEST_OPENED
    assert hit.band == "possible"
    assert find(held, asked, faintest=FAINTEST_OPENED) == []
    stranger = _record("Una", "Duncroft", "1971-01-03", "ZZ12 3AB", "F")
    assert find(held, stranger) == []


def test_somebody_surer_is_not_followed_by_the_faint(find: Find) -> None:
    held = [_record("Oliver", "Stanbrook", "2022-06-24", "ZZ48 4PT", "M"), _record("Oliver", "Duncroft", "2022-06-24", "ZZ12 3AB", "M")]  # fmt: skip
    assert [hit.record_id for hit in find(held, held[1])] == [1]
