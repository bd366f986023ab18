"""Cleaning: what was typed becomes comparable, and odd text is kept rather than refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.people.matching.cleaning import clean
from sightline.people.matching.codes import read_nhs_number, read_pnc_id, read_postcode
from sightline.people.matching.keys import query_keys, record_keys
from sightline.people.matching.records import Record

TODAY = date(2026, 11, 24)
NAMED = [
    ("HUSSEIN, Mo", "", "mo", "hussein"),
    ("", "HUSSEIN, Mo", "mo", "hussein"),
    ("HUSSEIN Mo", "", "mo", "hussein"),
    ("Mo Hussein", "", "mo", "hussein"),
    ("", "Mo Hussein", "mo", "hussein"),
    ("Mo", "Mo Hussein", "mo", "hussein"),
    ("Mo Hussein", "Hussein", "mo", "hussein"),
    ("Dr. José", "Núñez", "jose", "nunez"),
    ("Sean", "O' Brien", "sean", "obrien"),
    ("Sean", "O’BRIEN", "sean", "obrien"),
    ("Iain", "Mac Donald jnr", "iain", "macdonald"),
    ("Jack MUM SAYS 9", "Haigh", "jack", "haigh"),
    ("Jack", "Haigh (see notes)", "jack", "haigh"),
    ("Jack", "Haigh - twin of Ella", "jack", "haigh"),
    ("Jack aka Jacko", "Haigh TBC", "jack", "haigh"),
    ("Ann / Annie", "Lee", "ann", "lee"),
    ("Unknown", "Smith", None, "smith"),
    ("Baby", "Smith", None, "smith"),
    ("", "", None, None),
]


@pytest.mark.parametrize(("forenames", "surname", "forename", "family"), NAMED)
def test_names_wherever_they_were_typed(forenames: str, surname: str, forename: str | None, family: str | None) -> None:
    cleaned = clean(Record("a", forenames, surname))
    assert (cleaned.forename, cleaned.surname) == (forename, family)


@pytest.mark.requirement("JD-03")
@pytest.mark.parametrize("note", ["Robert (known as Bobby)", 'Robert "Bobby"', "Robert aka Bobby", "Robert (Bobby)"])
def test_other_names_in_a_note_are_kept(note: str) -> None:
    assert "bobby" in clean(Record("a", note, "Lee")).given


@pytest.mark.parametrize(
    ("born", "dob", "years"),
    [
        ("2012-03-04", "20120304", (2012, 2012)),
        ("04/03/2012", "20120304", (2012, 2012)),
        ("4.3.12", "20120304", (2012, 2012)),
        ("04/13/2012", "20120413", (2012, 2012)),
        ("3rd of March 2012", "20120303", (2012, 2012)),
        ("20120304", "20120304", (2012, 2012)),
        ("04032012", "20120304", (2012, 2012)),
        ("2012-02-31", "20120231", (2012, 2012)),
        ("2012-03", None, (2012, 2012)),
        ("March 2012", None, (2012, 2012)),
        ("2012", None, (2012, 2012)),
        ("2011 or 2012", None, (2011, 2012)),
        ("aged 9", None, (2016, 2017)),
        ("nine or ten", None, (2015, 2017)),
        ("8 months", None, (2025, 2026)),
        ("no idea", None, (None, None)),
        ("", None, (None, None)),
    ],
)
@pytest.mark.requirement("JD-03")
def test_births_as_they_are_given(born: str, dob: str | None, years: tuple[int | None, int | None]) -> None:
    cleaned = clean(Record("a", born=born), TODAY)
    assert (cleaned.dob, (cleaned.born_low, cleaned.born_high)) == (dob, years)


def test_an_age_counts_from_the_day_it_was_judged_on() -> None:
    cleaned = clean(Record("a", approx_age=9, as_of=date(2015, 6, 1)), TODAY)
    assert (cleaned.born_low, cleaned.born_high) == (2005, 2006)


def test_a_first_of_january_is_not_firm() -> None:
    cleaned = clean(Record("a", born="2012-01-01"))
    assert (cleaned.dob, cleaned.dob_firm) == ("20120101", None)


def test_numbers_and_postcodes() -> None:
    assert read_nhs_number("999 000 0018") == "9990000018"
    assert read_nhs_number("9990000019") is None
    assert read_pnc_id("04/123a") == "2004/0000123A"
    assert read_postcode("zz5 6ab").sector == "ZZ5 6"
    assert read_postcode("ZZ5 OAB").postcode == "ZZ50AB"
    assert (read_postcode("ZZ5").postcode, read_postcode("ZZ5").outcode) == (None, "ZZ5")
    assert read_postcode("no fixed abode").outcode is None


TEXT = st.text(max_size=30).filter(lambda text: "\0" not in text)


@given(st.builds(Record, st.just("x"), TEXT, TEXT, TEXT, born=TEXT, postcode=TEXT))
def test_no_text_is_refused(record: Record) -> None:
    cleaned = clean(record, TODAY)
    assert record_keys(cleaned) is not None
    assert query_keys(cleaned) is not None


def test_a_nul_is_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        clean(Record("x", "a\0b"))
