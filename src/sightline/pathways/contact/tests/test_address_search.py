"""An address as a caller says it: without its postcode, without its number, half heard, or no more than a part of the town."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, person_of, seal, write_person
from sightline.chronology.record import record_many
from sightline.kernel.errors import Refused
from sightline.pathways.contact.queries import LIVES_THERE, Answer, Asked, first_contact
from sightline.people.premises import street_of

pytestmark = pytest.mark.django_db
Ask = Callable[..., Answer]


def _lives(key: str, lines: str, postcode: str, born: str, **named: str) -> int:
    record = write_person("social_care", key, at=LONG_AGO, born=born, **named)
    said = {"lines": lines, "kind": "home", "from": "2020-01-01", **({"postcode": postcode} if postcode else {})}
    about = {"subject": [("social_care", key)]}
    one = entry("address.recorded", about, source="social_care", ref=f"{key}/{lines}", at=LONG_AGO, data=said)
    record_many([one], feed_viewer())
    return person_of(record)


@pytest.fixture
def boy(db: None) -> int:
    """Zebedee of 3 Gorse Mews; next door at number 14, and at number 3 of another street, live others."""
    _lives("next", "14 Gorse Mews", "ZS8 1QD", "1971-02-03", forenames="Una", surname="Tarn")
    _lives("other", "3 Mill Lane, Eastmoor", "ZS2 4AB", "2001-05-06", forenames="Ivo", surname="Marsh")
    return _lives("boy", "3 Gorse Mews", "ZS8 1QD", "2014-05-04", forenames="Zebedee", surname="Quillfeather")


@pytest.fixture
def ask(call_handler: Member) -> Ask:
    viewer = call_handler.viewer(reason="mother on the line, worried about her son")
    return lambda **said: first_contact(viewer, Asked(**said), at=NOW)


@pytest.mark.requirement("JD-03")
@pytest.mark.parametrize(
    ("address", "postcode"),
    [("3 Gorse Mews", ""), ("3 gorce mews", ""), ("No 3, Gorse Mews, Holm", "ZS8"), ("3 Gorse Mews", "ZS8 1QT")],
    ids=["no postcode", "as it sounds", "half a postcode", "another postcode"],
)
def test_a_house_is_found_by_street_and_number(ask: Ask, boy: int, address: str, postcode: str) -> None:
    answer = ask(address=address, postcode=postcode)
    assert [p.lines for p, _hazards, _count in answer.places] == ["3 Gorse Mews"]
    assert [(f.person.person, f.band) for f in answer.found] == [(boy, LIVES_THERE)]


def test_a_street_alone_lists_its_houses_in_order_and_opens_nobody(ask: Ask, boy: int) -> None:
    answer = ask(address="somewhere on Gorse Mews")
    assert [p.lines for p, _hazards, _count in answer.places] == ["3 Gorse Mews", "14 Gorse Mews"]
    assert answer.found == ()


@pytest.mark.requirement("JD-03")
@pytest.mark.parametrize(
    "where", [{"address": "Gorse Mews"}, {"address": "somewhere near ZS8"}, {"postcode": "near zs8"}]
)
def test_a_forename_and_an_age_are_enough_with_a_street_or_half_a_postcode(
    ask: Ask, boy: int, where: dict[str, str]
) -> None:
    assert boy not in {f.person.person for f in ask(name="Zebedee", age="11").found}
    found = ask(name="Zebedee", age="11", **where).found
    assert found and found[0].person.person == boy


def test_a_house_written_with_its_postcode_and_without_is_one(ask: Ask, boy: int) -> None:
    sister = _lives("sister", "3 Gorse Mews", "", "2012-01-02", forenames="Hesper", surname="Quillfeather")
    assert {f.person.person for f in ask(address="3 Gorse Mews").found} == {boy, sister}


def test_two_houses_of_one_address_in_two_towns_are_both_named_and_nobody_opened(ask: Ask, boy: int) -> None:
    _lives("far", "3 Gorse Mews, Larkscar", "ZD3 3AE", "1990-01-02", forenames="Olwen", surname="Pike")
    answer = ask(address="3 Gorse Mews")
    assert {p.postcode for p, _hazards, _count in answer.places} == {"ZS8 1QD", "ZD3 3AE"}
    assert answer.found == ()


@pytest.mark.requirement("IS-05")
def test_a_house_known_through_a_sealed_person_alone_is_not_found_by_its_street(ask: Ask, boy: int) -> None:
    seal(boy, since=NOW - timedelta(days=1))
    sealed, absent, street = (ask(address=said).places for said in ("3 Gorse Mews", "5 Gorse Mews", "Gorse Mews"))
    assert sealed == absent == street
    assert [p.lines for p, _hazards, _count in street] == ["14 Gorse Mews"]


@pytest.mark.parametrize("alone", ["somewhere near ZS8", "Flat 5", "near"])
def test_what_names_no_street_is_refused_alone(ask: Ask, boy: int, alone: str) -> None:
    with pytest.raises(Refused, match="alone finds nobody"):
        ask(address=alone)


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        ("Flat 5, 6 Ling Rise, Ecclesford", "6", ("ling", "rise")),
        ("Hollins House, 12a St John's Road, Holm, ZS5 7AB", "12a", ("st", "johns", "rd")),
        ("Flat 3 14 Gorse Mews Holm", "14", ("gorse", "mews")),
        ("The Old Mill, Mill Lane, Holm", "", ("mill", "ln")),
        ("12 Broadway, Holm", "12", ("broadway",)),
        ("just off the Gorse Mews, near ZS8", "", ("gorse", "mews")),
        ("ZS8 1QD", "", ()),
    ],
)
def test_the_street_is_read_from_an_address_however_it_is_written(
    lines: str, number: str, words: tuple[str, ...]
) -> None:
    read = street_of(lines)
    assert (read.number, read.words) == (number, words)
