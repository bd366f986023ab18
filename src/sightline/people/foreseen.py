"""What follows from what systems say and from nothing else: worked out by the processes that read, so that the one that records need not.

Nothing rests on it. What was not foreseen, or turns out otherwise once it meets what is held, is worked out when it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sightline.people.matching.cleaning import clean
from sightline.people.matching.keys import record_keys
from sightline.people.matching.records import Record
from sightline.people.premises import postcode_in, premises_key, street_of, tidy_postcode

PersonKey = tuple[str, str]


class Place(NamedTuple):
    """An address: its postcode, tidied, and its key."""

    code: str
    key: int


class Described(NamedTuple):
    """What keys are made of, as it is stored. `postcodes`: the newest first."""

    forenames: str
    surname: str
    aliases: tuple[str, ...]
    born: str
    sex: str
    postcodes: tuple[str, ...]
    nhs_number: str
    pnc_id: str
    upn: str
    phones: tuple[str, ...]

    def record(self, **more: Any) -> Record:
        """As the matcher takes it."""
        return Record(
            forenames=self.forenames, surname=self.surname, aliases=self.aliases, born=self.born, sex=self.sex,
            postcode=self.postcodes[0] if self.postcodes else "", other_postcodes=self.postcodes[1:], nhs_number=self.nhs_number,
            pnc_id=self.pnc_id, upn=self.upn, phone=self.phones, **more,
        )  # fmt: skip


@dataclass(frozen=True)
class Foreseen:
    """Answers by what was asked, in plain types."""

    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    streets: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    keys: dict[tuple[Any, ...], tuple[int, ...]] = field(default_factory=dict)


_foreseen: ContextVar[Foreseen] = ContextVar("foreseen", default=Foreseen())  # noqa: B039 - never written to


@contextmanager
def known(answers: Foreseen) -> Iterator[None]:
    """The stretch in which these were foreseen."""
    token = _foreseen.set(answers)
    try:
        yield
    finally:
        _foreseen.reset(token)


def place_of(lines: str, postcode: str = "") -> Place:
    """The postcode of an address, from its own box or its lines, and its key."""
    told = _foreseen.get().places.get((lines, postcode))
    return Place(*told) if told else _place(lines, postcode)


@lru_cache(maxsize=50_000)
def _place(lines: str, postcode: str) -> Place:
    code = tidy_postcode(postcode) if postcode else postcode_in(lines)
    return Place(code, premises_key(lines, code))


def street_and_door(lines: str) -> tuple[int | None, int | None]:
    """The keys of an address's street and door."""
    told = _foreseen.get().streets.get(lines)
    if told is None:
        street = street_of(lines)
        return street.key, street.door
    return told


def keys_foreseen(described: Described) -> tuple[int, ...] | None:
    """The keys by which a record like this is found, where they were foreseen."""
    return _foreseen.get().keys.get(described)


@lru_cache(maxsize=50_000)
def _keys(described: Described) -> tuple[int, ...]:
    return tuple(dict.fromkeys(record_keys(clean(described.record(record_id="")))))


class Told(NamedTuple):
    """What a batch says about people, as far as keys follow from it."""

    person: PersonKey
    address: bool
    ref: str
    at: str
    data: Mapping[str, Any]


def foresee(told: Iterable[Told]) -> Foreseen:
    """The answers that recording these will ask for, if nothing else is held of the people."""
    answers = Foreseen()
    people: dict[PersonKey, dict[str, Any]] = {}
    lived: dict[PersonKey, dict[str, tuple[str, str]]] = {}
    for one in told:
        if not one.address:
            people[one.person] = {**people.get(one.person, {}), **one.data}
            continue
        lines, given = str(one.data.get("lines") or ""), str(one.data.get("postcode") or "")
        if not lines:
            continue
        place = _place(lines, given)
        answers.places[lines, given] = (place.code, place.key)
        answers.streets.setdefault(lines, street_and_door(lines))
        lived.setdefault(one.person, {})[one.ref] = (str(one.data.get("from") or one.at), place.code)
    for person, said in people.items():
        if not said.get("born_text"):  # an age is that of the day it was told
            described = _described(said, lived.get(person, {}).values())
            answers.keys[tuple(described)] = _keys(described)
    return answers


def _described(said: Mapping[str, Any], lived: Iterable[tuple[str, str]]) -> Described:
    by_code = sorted(lived, key=itemgetter(1))
    codes = tuple(dict.fromkeys([code for _, code in sorted(by_code, key=itemgetter(0), reverse=True) if code]))

    def text(name: str) -> str:
        return str(said.get(name) or "")

    return Described(
        text("forenames"), text("surname"), tuple(said.get("aliases") or ()), text("born"), text("sex"), codes, text("nhs_number"),
        text("pnc_id"), text("upn"), tuple(said.get("phone") or ()),
    )  # fmt: skip
