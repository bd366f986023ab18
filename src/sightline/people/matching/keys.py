"""Blocking keys: numbers that two records of one person are likely to share, for look-up by equality alone.

A key is a family and its parts, hashed to 64 signed bits, so that a plain B-tree serves and no pattern operator is
needed (those are not leakproof and go unused under row security). The first and the last tier's families block the
bulk linkage too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase

from .records import Cleaned
from .sounds import rough_sound, sound

_MASK = (1 << 64) - 1
_SIGN = 1 << 63
# An age wider than this many years says too little to look people up by.
WIDEST_AGE = 4
MOST_NAMES = 5


@lru_cache(maxsize=500_000)
def _part(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def key(family: str, *parts: str) -> int:
    """One key, the same in every process and release: a change of this function needs every key written again."""
    number = _part(family)
    for part in parts:
        number = (number * 0x9E3779B97F4A7C15 + _part(part)) & _MASK
    number = ((number ^ (number >> 31)) * 0xBF58476D1CE4E5B9) & _MASK
    return number - (1 << 64) if number & _SIGN else number


def _date_part(digits: str) -> str:
    """A date of birth with day and month in order of size, so that swapping them changes nothing."""
    day, month = sorted((digits[4:6], digits[6:]))
    return digits[:4] + day + month


def _years(cleaned: Cleaned) -> list[str]:
    low, high = cleaned.born_low, cleaned.born_high
    if low is None or high is None or high - low > WIDEST_AGE:
        return []
    return [str(year) for year in range(low, high + 1)]


@lru_cache(maxsize=200_000)
def _sounds(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(sound, names))


@lru_cache(maxsize=200_000)
def _roughly(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(rough_sound, names))


@lru_cache(maxsize=200_000)
def paired_sounds(given: tuple[str, ...], family: tuple[str, ...]) -> tuple[str, ...]:
    """The sounds of a given and a family name, in alphabetical order, for each pair the person may go by."""
    families = _sounds(family[:3])
    return tuple(
        dict.fromkeys(
            f"{one}|{other}" if one <= other else f"{other}|{one}"
            for one in _sounds(given[:MOST_NAMES])
            for other in families
        )
    )


@lru_cache(maxsize=200_000)
def rough_sounds(given: tuple[str, ...], family: tuple[str, ...]) -> tuple[str, ...]:
    """How any of the names sounds on a poor line, family names first; which of the two it is does not matter."""
    return tuple(dict.fromkeys((*_roughly(family[:3]), *_roughly(given[:MOST_NAMES]))))


def heard_names(cleaned: Cleaned) -> tuple[str, ...]:
    """How the person's names sound on a poor line, given and family names alike."""
    return rough_sounds(cleaned.given, cleaned.surname_forms)


def name_pairs(cleaned: Cleaned) -> tuple[str, ...]:
    """The sounds of each given and family name that the person may go by, paired."""
    return paired_sounds(cleaned.given, cleaned.surname_forms)


def _by_date(cleaned: Cleaned, heard: tuple[str, ...]) -> list[int]:
    if cleaned.dob is None:
        return []
    born = _date_part(cleaned.dob)
    found = [key("dob+name", born, name) for name in heard]
    if cleaned.forename and cleaned.surname:
        found.append(key("dob+initials", born, "".join(sorted(cleaned.forename[0] + cleaned.surname[0]))))
    if cleaned.outcode:
        found.append(key("dob+outcode", born, cleaned.outcode))
    return found


def _by_place(cleaned: Cleaned, heard: tuple[str, ...], years: list[str]) -> list[int]:
    found = []
    for postcode in cleaned.postcodes[:3]:
        found += [key("postcode+name", postcode, name) for name in heard]
        found += [key("postcode+year", postcode, year) for year in years]
    return found


def _by_name(cleaned: Cleaned, pairs: tuple[str, ...], years: list[str]) -> list[int]:
    found = [key("names+year", pair, year) for pair in pairs for year in years]
    if cleaned.dob:
        day, month = sorted((cleaned.dob[4:6], cleaned.dob[6:]))
        found += [key("names+day", pair, day, month) for pair in pairs]
    if cleaned.outcode:
        found += [key("names+outcode", pair, cleaned.outcode) for pair in pairs]
    return found


def _by_number(cleaned: Cleaned) -> list[int]:
    named = (("nhs", cleaned.nhs_number), ("pnc", cleaned.pnc_id), ("upn", cleaned.upn))
    found = [key(name, value) for name, value in named if value]
    return found + [key("phone", phone) for phone in cleaned.phones[:3]]


def first_tier(cleaned: Cleaned) -> list[int]:
    """Keys precise enough to be looked up every time, most telling first."""
    heard = rough_sounds(cleaned.given, cleaned.surname_forms)
    years = _years(cleaned)
    pairs = paired_sounds(cleaned.given, cleaned.surname_forms)
    found = [
        *_by_number(cleaned),
        *_by_date(cleaned, heard),
        *_by_place(cleaned, heard, years),
        *_by_name(cleaned, pairs, years),
    ]
    return list(dict.fromkeys(found))


def second_tier(cleaned: Cleaned) -> list[int]:
    """Wider keys, names alone and date of birth alone, for when nothing else found anybody likely."""
    found = [key("names", pair) for pair in paired_sounds(cleaned.given, cleaned.surname_forms)]
    if cleaned.dob:
        found.append(key("dob", _date_part(cleaned.dob)))
    return list(dict.fromkeys(found))


def _initials(cleaned: Cleaned) -> list[str]:
    """The first letters of the forename, as it was typed and as it may be in full."""
    written = (cleaned.forename,) if cleaned.forename else ()
    return list(dict.fromkeys(name[0] for name in (*written, *cleaned.forename_forms)))[:2]


def _by_initial(surnames: Iterable[str], initials: Iterable[str], years: list[str]) -> list[int]:
    return [
        key("initial+surname+year", initial, name, year) for name in surnames for initial in initials for year in years
    ]


def _near_by(cleaned: Cleaned, heard: Iterable[str], years: list[str]) -> list[int]:
    if cleaned.outcode is None:
        return []
    return [key("given+outcode+year", name, cleaned.outcode, year) for name in heard for year in years]


def _born_with(cleaned: Cleaned, initials: Iterable[str]) -> list[int]:
    return [key("dob+initial", _date_part(cleaned.dob), initial) for initial in initials] if cleaned.dob else []


def between_tier(cleaned: Cleaned) -> list[int]:
    """Keys of the look-up alone, for a name half heard, a surname changed or a year mistaken; bulk linkage does without."""
    initials, years = _initials(cleaned), _years(cleaned)
    found = [
        *_by_initial(_roughly(cleaned.surname_forms[:2]), initials or [""], years),
        *_near_by(cleaned, _roughly(cleaned.given[:3]), years),
        *_born_with(cleaned, initials),
    ]
    return list(dict.fromkeys(found))


def _between_asked(cleaned: Cleaned) -> list[int]:
    """What a query asks of `between_tier`: names the other way round, any initial where none was given, years either side."""
    years = _near_years(cleaned)
    given = [name[0] for name in (*((cleaned.forename,) if cleaned.forename else ()), *cleaned.given[:MOST_NAMES])]
    family = cleaned.surname[:1] if cleaned.surname else ""
    surnames = _roughly(cleaned.surname_forms[:2])
    found = _by_initial(surnames, dict.fromkeys([*given, ""]), years)
    if family:
        found += _by_initial(_roughly(cleaned.given[:3]), family, years)
    if not given:
        found += _by_initial(surnames[:1], ascii_lowercase, years[1:-1])
    found += _near_by(cleaned, heard_names(cleaned), years)
    return list(dict.fromkeys([*found, *_born_with(cleaned, dict.fromkeys([*given, *family]))]))


def record_keys(cleaned: Cleaned) -> list[int]:
    """Every key a stored record is found by, of all tiers; the row per key is written with the record itself."""
    return first_tier(cleaned) + between_tier(cleaned) + second_tier(cleaned)


def _near_years(cleaned: Cleaned) -> list[str]:
    """A year either side of those given, for ages are often a year out."""
    if cleaned.born_low is None or cleaned.born_high is None:
        return []
    low, high = cleaned.born_low - 1, cleaned.born_high + 1
    return [str(year) for year in range(low, high + 1)] if high - low <= WIDEST_AGE + 2 else []


def query_keys(cleaned: Cleaned) -> tuple[list[int], list[int], list[int]]:
    """What to look up for a query, tier by tier: the next is asked only where the one before found nobody sure enough.

    A query reaches further than a record: a year either side of a year of birth given.
    """
    first = first_tier(cleaned)
    if near := _near_years(cleaned):
        outer = [near[0], near[-1]]
        first += _by_place(cleaned, (), outer)
        pairs = paired_sounds(cleaned.given, cleaned.surname_forms)
        first += [key("names+year", pair, year) for pair in pairs for year in outer]
    return list(dict.fromkeys(first)), _between_asked(cleaned), second_tier(cleaned)
