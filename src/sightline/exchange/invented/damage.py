"""What a record system makes of a person: the same person is spelt, dated and housed a little differently in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sightline.exchange.invented.damage_rates import Damage
from sightline.exchange.invented.names.variants import MISHEARD, NICKNAMES, TRANSLITERATIONS
from sightline.exchange.invented.people import Person

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR: Mapping[str, str] = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}
_NOTES = (" (SEE NOTES)", " *", " ?SPELLING", " (DO NOT DISCLOSE)", " - CHECK DOB", " (AS GIVEN)")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(slots=True)
class Recorded:
    """One person as one record holds them; None is what it does not hold."""

    forename: str | None
    middle: str | None
    surname: str | None
    aliases: tuple[str, ...]
    born: date | None
    year_only: bool
    sex: str | None
    ethnicity: str | None
    phone: str | None
    number_held: bool
    stale_address: bool
    address_held: bool
    postcode_held: bool
    postcode_wrong: bool
    age_for_born: bool


def mistype(rng: Random, text: str) -> str:
    """One slip of the fingers: a letter lost, doubled, swapped with the next, or the one beside it."""
    if len(text) < 3:
        return text
    place = rng.randrange(1, len(text))
    kind = rng.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place] + text[place:]
    if kind == 2 and place + 1 < len(text):
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    near = _NEAR.get(text[place].lower(), "")
    return text[:place] + (rng.choice(near) if near else "e") + text[place + 1 :]


def mishear(rng: Random, text: str) -> str:
    """As it sounds to a tired ear over a bad line."""
    low = text.lower()
    fitting = [pair for pair in MISHEARD if pair[0] in low]
    if not fitting:
        return text
    heard, taken_for = rng.choice(fitting)
    return low.replace(heard, taken_for, 1).title()


def _spoilt(rng: Random, name: str, rates: Damage) -> str:
    other = TRANSLITERATIONS.get(name)
    if other and rng.random() < rates.spelling:
        name = rng.choice(other)
    if rng.random() < rates.misheard:
        name = mishear(rng, name)
    if rng.random() < rates.typing / 2:
        name = mistype(rng, name)
    return name


def _forenames(rng: Random, person: Person, rates: Damage) -> tuple[str, str | None]:
    first, middle = person.forename, " ".join(person.middle) or None
    short = NICKNAMES.get(first)
    if short and rng.random() < rates.nickname:
        return person.known_as or rng.choice(short), None
    if middle and rng.random() < rates.middle_first:
        return person.middle[0], None
    if middle and rng.random() < rates.middle_dropped:
        middle = None
    return _spoilt(rng, first, rates), middle and _spoilt(rng, middle, rates)


def _surname(rng: Random, person: Person, rates: Damage) -> str:
    last = person.last
    if person.former_last and rng.random() < rates.former_surname:
        last = person.former_last
    if "-" in last and rng.random() < rates.half_surname:
        last = rng.choice(last.split("-"))
    return _spoilt(rng, last, rates)


def _born(rng: Random, born: date, rates: Damage) -> date | None:
    chance = rng.random()
    if chance < rates.born_missing:
        return None
    chance -= rates.born_missing
    if chance < rates.born_1_january:
        return born.replace(month=1, day=1)
    chance -= rates.born_1_january
    if chance < rates.day_month_swapped and born.day <= 12:
        return born.replace(month=born.day, day=born.month)
    chance -= rates.day_month_swapped
    if chance < rates.born_mistyped:
        return _mistyped_day(rng, born)
    return born


def _mistyped_day(rng: Random, born: date) -> date:
    kind = rng.randrange(3)
    if kind == 0:
        return born + timedelta(days=rng.choice((-1, 1, 2, 9, 10, -10)))
    day = min(born.day, 28)
    if kind == 1:
        return born.replace(day=day, year=born.year + rng.choice((-1, 1)))
    return born.replace(day=day, month=rng.randrange(1, 13))


def mistyped_postcode(rng: Random, postcode: str) -> str:
    """One letter of the inward part taken for another."""
    place = rng.choice((-1, -2))
    letter = rng.choice(_LETTERS)
    return postcode[:-1] + letter if place == -1 else postcode[:-2] + letter + postcode[-1]


def recorded(rng: Random, person: Person, rates: Damage) -> Recorded:
    """The person as one record of a system with these chances of damage holds them."""
    chance = rng.random
    forename: str | None
    surname: str | None
    forename, middle = _forenames(rng, person, rates)
    surname = _surname(rng, person, rates)
    if chance() < rates.names_swapped:
        forename, surname = surname, forename
    if chance() < rates.surname_missing:
        surname = None
    if surname and chance() < rates.trailing_note:
        surname += rng.choice(_NOTES)
    aliases = [person.known_as] if person.known_as and person.known_as != forename else []
    if person.former_last and person.former_last != surname:
        aliases.append(f"{person.forename} {person.former_last}")
    sex = None if chance() < rates.sex_missing else person.sex
    if sex and chance() < rates.sex_wrong:
        sex = "F" if sex == "M" else "M"
    return Recorded(
        forename=forename,
        middle=middle,
        surname=surname,
        aliases=tuple(aliases) if chance() < 0.5 else (),
        born=_born(rng, person.born, rates),
        year_only=chance() < rates.born_year_only,
        sex=sex,
        ethnicity=None if chance() < rates.ethnicity_missing else person.tradition.ethnicity,
        phone=None if chance() < rates.phone_missing else person.phone or None,
        number_held=chance() >= rates.number_missing,
        stale_address=chance() < rates.old_address,
        address_held=chance() >= rates.address_missing,
        postcode_held=chance() >= rates.postcode_missing,
        postcode_wrong=chance() < rates.postcode_mistyped,
        age_for_born=chance() < rates.age_for_born,
    )
