"""What happens to a person on the way into a system: the damage the model is trained on.

The benchmarks measure on damage of their own, written apart from this and never trained or tuned on.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from .names_known import short_forms, spellings
from .records import Record
from .rehearsal import NEWEST, Person, Town

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_HEARD = (
    ("m", "n"), ("n", "m"), ("b", "d"), ("d", "t"), ("t", "d"), ("p", "b"), ("f", "s"), ("th", "f"), ("ph", "f"),
    ("ei", "ai"), ("ie", "y"), ("y", "ie"), ("ou", "u"), ("oo", "u"), ("ck", "k"), ("c", "k"), ("k", "c"), ("s", "z"),
    ("ee", "i"), ("e", "i"), ("a", "e"), ("i", "e"), ("o", "u"), ("gh", ""), ("h", ""), ("ll", "l"), ("l", "ll"),
)  # fmt: skip
_NOTES = (" (twin)", " (see notes)", " - tbc", " MUM SAYS SPELT DIFFERENTLY", " ?", " (lives with nan)")


def typing_error(name: str, chance: random.Random) -> str:
    """One letter lost, doubled, exchanged with the next, or struck beside."""
    if len(name) < 3:
        return name
    place = chance.randrange(1, len(name))
    kind = chance.random()
    if kind < 0.3:
        return name[:place] + name[place + 1 :]
    if kind < 0.5:
        return name[:place] + name[place - 1] + name[place:]
    if kind < 0.7 and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    row = next((row for row in _KEYS if name[place] in row), _KEYS[0])
    near = row[max(0, row.find(name[place]) - 1)]
    return name[:place] + near + name[place + 1 :]


def misheard(name: str, chance: random.Random) -> str:
    """A name written down as it sounded."""
    fitting = [(said, heard) for said, heard in _HEARD if said in name]
    if not fitting:
        return typing_error(name, chance)
    said, heard = chance.choice(fitting)
    return name.replace(said, heard, 1) or name


def other_form(name: str, chance: random.Random) -> str:
    """Another spelling or a short form of the name where the tables know one; the name itself otherwise."""
    standing = spellings()
    same = [other for other, first in standing.items() if first == standing.get(name) and other != name]
    pets = [pet for pet, formals in short_forms().items() if name in formals or standing.get(name) in formals]
    return chance.choice(same + pets) if same or pets else name


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each kind of damage happens to a record, as shares of one."""

    forename: float = 0.16
    surname: float = 0.13
    swapped: float = 0.02
    middle_used: float = 0.03
    surname_changed: float = 0.03
    born: float = 0.16
    moved: float = 0.14
    postcode: float = 0.05
    missing: float = 0.06
    note: float = 0.03


def _damaged_name(name: str, chance: random.Random) -> str:
    kind: Callable[[str, random.Random], str] = chance.choices(
        (typing_error, misheard, other_form), weights=(40, 30, 30)
    )[0]
    return kind(name, chance)


def _born(person: Person, rates: Rates, chance: random.Random) -> tuple[str, float | None]:
    born = person.born
    if chance.random() > rates.born:
        return born.isoformat(), None
    kind = chance.random()
    if kind < 0.14 and born.day <= 12:
        return f"{born.year}-{born.day:02d}-{born.month:02d}", None
    if kind < 0.40:
        digits = list(born.strftime("%Y%m%d"))
        digits[chance.choices(range(8), weights=(0, 0, 1, 4, 1, 3, 2, 4))[0]] = chance.choice("0123456789")
        return f"{''.join(digits[:4])}-{''.join(digits[4:6])}-{''.join(digits[6:])}", None
    if kind < 0.50:
        return f"{born.year + chance.choice((-1, 1))}-{born.month:02d}-{born.day:02d}", None
    if kind < 0.58:
        return f"{born.year}-01-01", None
    if kind < 0.66:
        return f"{born.year}", None
    if kind < 0.72:
        return f"{born.year}-{born.month:02d}", None
    if kind < 0.88:
        age = (NEWEST - born).days // 365 + chance.choices((-1, 0, 1), weights=(15, 70, 15))[0]
        return "", float(max(age, 0))
    return "", None


def _postcode(person: Person, town: Town, rates: Rates, chance: random.Random) -> str:
    if chance.random() < rates.moved:
        return town.postcode(near=person.postcode if chance.random() < 0.3 else "")
    if chance.random() < rates.postcode:
        return person.postcode[:-1] + chance.choice("ABDEFGHJLN")
    if chance.random() < 0.04:
        return person.postcode.split(" ")[0]
    return person.postcode


def damaged(person: Person, record_id: str, town: Town, rates: Rates) -> Record:
    """One system's record of a person, with whatever befell it."""
    chance = town.chance
    forename, surname, middle = person.forename, person.surname, person.middle
    if middle and chance.random() < rates.middle_used:
        forename, middle = middle, ""
    if chance.random() < rates.forename:
        forename = _damaged_name(forename, chance)
    if chance.random() < rates.surname_changed:
        new = town.pick(person.community, "surname")
        surname = new if chance.random() < 0.6 else f"{surname}-{new}"
    if chance.random() < rates.surname:
        surname = _damaged_name(surname, chance)
    if middle:
        middle = chance.choices((middle, middle[0], ""), weights=(40, 15, 45))[0]
    if chance.random() < rates.swapped:
        forename, surname = surname, forename
    if chance.random() < rates.note:
        surname += chance.choice(_NOTES)
    if chance.random() < 0.01:
        forename = forename[0]
    born, age = _born(person, rates, chance)
    record = Record(
        record_id, forename, surname, middle, born=born, approx_age=age, as_of=NEWEST if age is not None else None,
        sex=person.sex if chance.random() > 0.01 else "fm"[person.sex == "f"], postcode=_postcode(person, town, rates, chance),
    )  # fmt: skip
    for field in ("forenames", "sex", "postcode"):
        if chance.random() < rates.missing * (0.3 if field == "forenames" else 1.0):
            record = replace(record, **{field: ""})  # type: ignore[arg-type]
    return record


def rehearse(people: list[Person], seed: int, rates: Rates | None = None) -> tuple[list[Record], dict[str, str]]:
    """Records of invented people, one to five each, and whose each record truly is."""
    town = Town(seed)
    records: list[Record] = []
    truth: dict[str, str] = {}
    for person in people:
        for _ in range(town.chance.choices((1, 2, 3, 4, 5), weights=(45, 28, 15, 8, 4))[0]):
            record = damaged(person, f"r{len(records)}", town, rates or Rates())
            records.append(record)
            truth[record.record_id] = person.person_id
    town.chance.shuffle(records)
    return records, truth
