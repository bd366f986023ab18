"""From what was typed to what can be compared. Odd text is never refused, save a NUL character."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from .codes import read_nhs_number, read_phone, read_pnc_id, read_postcode, read_sex, read_upn
from .dates import NOT_KNOWN, Born, read_born, years_of_age
from .names import Words, read_words
from .names_known import forms, names_in_use, spelling
from .records import Cleaned, Record
from .sounds import sound

Names = tuple[
    str | None,
    str | None,
    str | None,
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    str | None,
    str | None,
]
# Hassan and Al-Hassan are one family name.
_ARTICLES = frozenset({"al", "el"})


def _placed(forenames: Words, surname: Words, middle: Words) -> tuple[list[str], list[str], list[str]]:
    """Given, middle and family names each in their box, wherever they were typed."""
    given, family, between = list(forenames.words), list(surname.words), list(middle.words)
    if forenames.before_comma and len(given) > forenames.before_comma:
        named = given[: forenames.before_comma]
        given = given[forenames.before_comma :]
        family = family or named
    if surname.before_comma and len(family) > surname.before_comma:
        named = family[: surname.before_comma]
        given = given or family[surname.before_comma :]
        family = named
    if given and len(family) > len(given) and family[: len(given)] == given:
        family = family[len(given) :]
    if family and len(given) > len(family) and given[-len(family) :] == family:
        given = given[: -len(family)]
    if not family:
        given, family, between = _one_box(given, between, forenames.shouted == 1 and len(forenames.words) > 1)
    elif not given:
        family, given, between = _family_box(family, between, surname.shouted == 1)
    return given, between, family


def _one_box(given: list[str], between: list[str], shouted: bool) -> tuple[list[str], list[str], list[str]]:
    if len(given) > 1:
        # "HUSSEIN Mo": the one in capitals is the family's.
        return (given[1:], given[:1], between) if shouted and len(given) == 2 else (given[:-1], given[-1:], between)
    if given and between:
        return given, between[-1:], between[:-1]
    return given, [], between


def _family_box(family: list[str], between: list[str], shouted: bool) -> tuple[list[str], list[str], list[str]]:
    if len(family) > 1:
        return (
            (family[:1], family[1:], between) if shouted and len(family) == 2 else (family[-1:], family[:-1], between)
        )
    return (family, between[:1], between[1:]) if between and len(between[0]) > 1 else (family, [], between)


def _surname_forms(parts: tuple[str, ...], extra: tuple[str, ...]) -> tuple[str, ...]:
    found = [spelling("".join(parts))]
    for part in (*parts, *extra):
        found.append(spelling(part))
        if part[:2] in _ARTICLES and len(part) >= 6:
            found.append(spelling(part[2:]))
    return tuple(dict.fromkeys(found))[:5]


@lru_cache(maxsize=200_000)
def _read_given(
    forename: str | None, further: tuple[str, ...], others: tuple[str, ...]
) -> tuple[str | None, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], str | None]:
    """What follows from the given names: in use, forms, every given name, middle names, their initials, the sound."""
    middle = tuple(dict.fromkeys(map(spelling, further)))
    forename_forms = forms(forename) if forename else ()
    aliased = (form for name in others[:3] for form in forms(name)[:2])
    return (
        forename if forename in names_in_use() else None,
        forename_forms,
        tuple(dict.fromkeys((*forename_forms, *middle, *aliased))),
        middle,
        tuple(dict.fromkeys(name[0] for name in middle)),
        sound(forename_forms[0]) if forename_forms else None,
    )


@lru_cache(maxsize=200_000)
def _read_family(parts: tuple[str, ...], others: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], str | None]:
    """What follows from the family names: the whole name, its forms, its sound."""
    whole = "".join(parts)
    if not whole:
        return None, tuple(map(spelling, others)), None
    return whole, _surname_forms(parts, others), sound(spelling(whole))


@lru_cache(maxsize=100_000)
def read_names(forenames: str, surname: str, middle_names: str, aliases: tuple[str, ...]) -> Names:
    """The name fields of `Cleaned`, in its order from `forename` to `surname_sound` less the ones between."""
    boxes = (read_words(forenames), read_words(surname), read_words(middle_names))
    given, between, family = _placed(*boxes)
    called = [read_words(alias) for alias in aliases]
    other_given = (*boxes[0].others, *boxes[2].others, *(words.words[0] for words in called if words.words))
    other_family = (*boxes[1].others, *(words.words[-1] for words in called if len(words.words) > 1))
    forename = given[0] if given else (other_given[0] if other_given else None)
    in_use, called_by, every, middle, initials, heard = _read_given(forename, (*given[1:], *between), other_given)
    whole, family_forms, family_heard = _read_family(tuple(family), other_family)
    return forename, whole, in_use, called_by, family_forms, every, middle, initials, heard, family_heard


def _years(born: Born, record: Record, today: date | None) -> tuple[int | None, int | None]:
    if born.low is not None:
        return born.low, born.high
    as_of = record.as_of or today
    if as_of is None:
        return None, None
    if born.age_low is not None and born.age_high is not None:
        return years_of_age(born.age_low, born.age_high, as_of)
    if record.approx_age is not None:
        return years_of_age(record.approx_age, record.approx_age, as_of)
    return None, None


def clean(record: Record, today: date | None = None) -> Cleaned:
    """A record in comparable form.

    `today` stands in for the day an age was judged on when the record does not say; with neither, an age is not used.

    Raises: ValueError for a NUL character in a field, which no database can hold.
    """
    return Cleaned(*cleaned_values(record, today))


def cleaned_values(record: Record, today: date | None = None) -> tuple[Any, ...]:
    """What `clean` gives, as the bare values in the order of `Cleaned`, for columns of many records; raises as it."""
    if "\0" in f"{record.forenames}{record.surname}{record.middle_names}{record.born}{record.postcode}":
        raise ValueError(f"record {record.record_id}: a NUL character in the text")
    names = read_names(record.forenames, record.surname, record.middle_names, record.aliases)
    born = read_born(record.born) if record.born else NOT_KNOWN
    low, high = _years(born, record, today)
    digits = born.digits
    place = read_postcode(record.postcode)
    postcodes = (place.postcode,) if place.postcode else ()
    if record.other_postcodes:
        others = (read_postcode(text).postcode for text in record.other_postcodes)
        postcodes = tuple(dict.fromkeys((*postcodes, *(postcode for postcode in others if postcode))))
    return (
        record.record_id,
        *names,
        digits,
        digits if digits and digits[4:] != "0101" else None,
        digits[:4] + digits[6:] + digits[4:6] if digits else None,
        born.month,
        digits[4:] if digits else None,
        low,
        high,
        read_sex(record.sex) if record.sex else None,
        place.postcode,
        postcodes,
        place.sector,
        place.outcode,
        read_nhs_number(record.nhs_number) if record.nhs_number else None,
        read_pnc_id(record.pnc_id) if record.pnc_id else None,
        read_upn(record.upn) if record.upn else None,
        tuple(filter(None, map(read_phone, record.phone))) if record.phone else (),
    )
