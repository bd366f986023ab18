"""Postcodes, identity numbers, telephone numbers and the sex recorded, brought to one form each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_POSTCODE = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(\d)([A-Z]{2})$")
_OUTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?$")
_SECTOR = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?) (\d)$")
_PNC = re.compile(r"^(\d{2}|\d{4})/?(\d{1,7})([A-Z])$")
_UPN = re.compile(r"^[A-Z]\d{11}[A-Z\d]$")
_FEMALE = frozenset({"f", "female", "girl", "woman", "w", "2"})
_MALE = frozenset({"m", "male", "boy", "man", "1"})


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode as far as it was given; one that is no British postcode is cut from the left as far as it goes."""

    postcode: str | None = None
    sector: str | None = None
    outcode: str | None = None


NOWHERE = Place()


@lru_cache(maxsize=200_000)
def read_postcode(text: str) -> Place:
    """The postcode, its sector and its outward part; an outward part alone is kept as such. Never refuses."""
    spaced = re.sub(r"[^A-Z0-9 ]", "", text.upper()).strip()
    packed = spaced.replace(" ", "")
    if not packed or not any(mark.isdigit() for mark in packed):
        return NOWHERE
    for candidate in (packed, _letters_for_figures(packed)):
        if found := _POSTCODE.match(candidate):
            return Place(candidate, f"{found[1]} {found[2]}", found[1])
    if found := _SECTOR.match(spaced):
        return Place(None, spaced, found[1])
    if _OUTCODE.match(packed):
        return Place(None, None, packed)
    if len(packed) >= 4:
        return Place(packed, packed[:-1], packed[:-2])
    return NOWHERE


def _letters_for_figures(packed: str) -> str:
    """The inward part with 0 for O and 1 for I put right, as they are so often typed."""
    if len(packed) < 5:
        return packed
    inward = packed[-3].replace("O", "0").replace("I", "1") + packed[-2:].replace("0", "O").replace("1", "I")
    return packed[:-3] + inward


@lru_cache(maxsize=100_000)
def read_nhs_number(text: str) -> str | None:
    """Ten digits whose last is right for the nine before (modulus 11, NHS Data Dictionary); anything else is None."""
    digits = re.sub(r"[\s-]", "", text)
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return digits if check != 10 and check == int(digits[9]) else None


@lru_cache(maxsize=100_000)
def read_pnc_id(text: str) -> str | None:
    """A PNC identity as YYYY/NNNNNNNL, whatever way it was typed; anything else is None."""
    found = _PNC.match(re.sub(r"[\s.-]", "", text.upper()))
    if found is None:
        return None
    year = int(found[1])
    if year < 100:
        year += 2000 if year < 50 else 1900
    return f"{year}/{int(found[2]):07d}{found[3]}"


def read_upn(text: str) -> str | None:
    """A unique pupil number, 13 characters; anything else is None."""
    packed = re.sub(r"\s", "", text.upper())
    return packed if _UPN.match(packed) else None


@lru_cache(maxsize=100_000)
def read_phone(text: str) -> str | None:
    """The last ten digits of a telephone number, so that +44 and 0 agree; shorter ones are None."""
    digits = re.sub(r"\D", "", text)
    return digits[-10:] if len(digits) >= 10 else None


def read_sex(text: str) -> str | None:
    """f or m; anything else, and nothing, is not known."""
    word = text.strip().lower()
    return "f" if word in _FEMALE else "m" if word in _MALE else None
