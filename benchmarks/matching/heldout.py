"""Damage of the benchmarks' own, for reporting: written apart from the damage the model is trained on, never trained on.

Calls to a control room: misheard names, ages for birthdays, names in the wrong box, notes behind names, parts left out.
"""

from __future__ import annotations

import random
from dataclasses import replace

from sightline.people.matching.names_known import short_forms, spellings
from sightline.people.matching.records import Record
from sightline.people.matching.rehearsal import NEWEST, Person, Town

_LINE = {"m": "n", "n": "m", "b": "p", "p": "b", "d": "b", "t": "p", "f": "th", "v": "f", "s": "f", "z": "s", "g": "k"}
_VOWELS = {"a": "e", "e": "a", "i": "e", "o": "a", "u": "o", "y": "i"}
_REMARKS = (
    "(known as {nick})",
    "aka {nick}",
    "MUM SAYS {age}",
    "- DOB unconfirmed",
    "(poss. sibling of above)",
    "per school",
)


def misheard(name: str, chance: random.Random) -> str:
    """One or two sounds written as their neighbours on the telephone, seldom the first."""
    letters = list(name)
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.randrange(0 if chance.random() < 0.25 else 1, len(letters)) if len(letters) > 1 else 0
        table = _VOWELS if letters[place] in _VOWELS else _LINE
        letters[place] = table.get(letters[place], letters[place])
    return "".join(letters)


def slip(name: str, chance: random.Random) -> str:
    """A slip of the hand: two letters exchanged, one dropped, one put in."""
    if len(name) < 4:
        return name
    place = chance.randrange(0, len(name) - 1)
    kind = chance.choice("xdi")
    if kind == "x":
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if kind == "d":
        return name[:place] + name[place + 1 :]
    return name[:place] + chance.choice("aeiourstnl") + name[place:]


def another_form(name: str, chance: random.Random) -> str:
    table = spellings()
    forms = [other for other, first in table.items() if first == table.get(name) and other != name]
    forms += [pet for pet, formals in short_forms().items() if name in formals]
    return chance.choice(forms) if forms else misheard(name, chance)


def _dob(person: Person, chance: random.Random) -> Record:
    born, kind = person.born, chance.random()
    empty = Record("")
    if kind < 0.30:
        return replace(
            empty, approx_age=float((NEWEST - born).days // 365 + chance.choice((-1, 0, 0, 0, 1))), as_of=NEWEST
        )
    if kind < 0.40:
        return replace(empty, born=f"{born.year}")
    if kind < 0.55 and born.day < 13:
        return replace(empty, born=f"{born.month:02d}/{born.day:02d}/{born.year}")
    if kind < 0.70:
        return replace(empty, born=f"{born.day:02d}/{born.month:02d}/{born.year + chance.choice((-1, 1))}")
    if kind < 0.85:
        return replace(empty, born=f"{(born.day % 28) + 1:02d}/{born.month:02d}/{born.year}")
    return replace(empty, born=f"01/01/{born.year}") if kind < 0.93 else empty


KINDS = (
    "misheard",
    "slip",
    "form",
    "born",
    "swapped",
    "wrong_box",
    "note",
    "moved",
    "outcode",
    "initial",
    "maiden",
    "left_out",
)


def _lost(fields: tuple[str, str, str, str], kinds: list[str], person: Person, town: Town) -> tuple[str, str, str, str]:
    """Initials for names, other surnames, other and shortened postcodes, and one field left out."""
    forename, surname, postcode, sex = fields
    if "initial" in kinds:
        forename = forename[0]
    if "maiden" in kinds:
        surname = town.pick(person.community, "surname")
    if "moved" in kinds:
        postcode = town.postcode()
    if "outcode" in kinds:
        postcode = postcode.split(" ")[0]
    if "left_out" in kinds:
        dropped = town.chance.choice(("postcode", "sex", "forename"))
        postcode = "" if dropped == "postcode" else postcode
        sex = "" if dropped == "sex" else sex
        forename = "" if dropped == "forename" else forename
    return forename, surname, postcode, sex


def damage(person: Person, record_id: str, kinds: list[str], town: Town) -> Record:
    """A record of a person with exactly these kinds of damage."""
    chance = town.chance
    forename, surname, middle = person.forename, person.surname, person.middle if chance.random() < 0.4 else ""
    postcode, sex = person.postcode, person.sex
    record = Record(record_id, born=person.born.strftime("%d/%m/%Y"))
    if "born" in kinds:
        record = replace(_dob(person, chance), record_id=record_id)
    for kind, how in (("misheard", misheard), ("slip", slip), ("form", another_form)):
        if kind in kinds:
            if kind == "form" or chance.random() < 0.55:
                forename = how(forename, chance)
            else:
                surname = how(surname, chance)
    forename, surname, postcode, sex = _lost((forename, surname, postcode, sex), kinds, person, town)
    if "note" in kinds:
        nick = another_form(person.forename, chance).title()
        surname += " " + chance.choice(_REMARKS).format(nick=nick, age=(NEWEST - person.born).days // 365)
    forename, surname = forename.title(), surname.title() if "note" not in kinds else surname
    if "swapped" in kinds:
        forename, surname = surname, forename
    if "wrong_box" in kinds:
        forename, surname = chance.choice(
            (
                (f"{forename} {surname}", ""),
                ("", f"{forename} {surname}"),
                (f"{surname.upper()}, {forename}", ""),
                (forename, f"{forename} {surname}"),
            )
        )
    return replace(
        record, forenames=forename, surname=surname, middle_names=middle.title(), postcode=postcode, sex=sex.upper()
    )


def records_of(people: list[Person], seed: int) -> tuple[list[Record], dict[str, str]]:
    """One to five records a person with 0 to 3 kinds of damage each, and whose each truly is."""
    town = Town(seed)
    records, truth = [], {}
    for person in people:
        for _ in range(town.chance.choices((1, 2, 3, 4, 5), weights=(40, 30, 17, 9, 4))[0]):
            kinds = town.chance.sample(KINDS, town.chance.choices((0, 1, 2, 3), weights=(45, 33, 17, 5))[0])
            records.append(damage(person, f"r{len(records)}", kinds, town))
            truth[records[-1].record_id] = person.person_id
    return records, truth


def queries_of(people: list[Person], count: int, seed: int) -> tuple[list[Record], list[str], list[list[str]]]:
    """Queries with 1 to 3 kinds of damage, whom each means, and the kinds."""
    town = Town(seed)
    queries, whom, kinds_of = [], [], []
    for number in range(count):
        person = town.chance.choice(people)
        kinds = town.chance.sample(KINDS, town.chance.choices((1, 2, 3), weights=(45, 40, 15))[0])
        queries.append(damage(person, f"q{number}", kinds, town))
        whom.append(person.person_id)
        kinds_of.append(kinds)
    return queries, whom, kinds_of
