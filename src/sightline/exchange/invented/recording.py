"""How one row's people come to be written down: each system's own key of a person, and what it holds of them."""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from sightline.exchange.invented.damage import Recorded, mistype, mistyped_postcode, recorded
from sightline.exchange.invented.damage_rates import DAMAGE
from sightline.exchange.invented.diary import Row
from sightline.exchange.invented.layouts.columns import Layout
from sightline.exchange.invented.people import Person, seeded
from sightline.exchange.invented.places import Address

_PREFIXES: Mapping[str, str] = {
    "crime": "N", "custody": "U", "missing": "MP", "domestic_abuse": "DA", "child_abuse": "CA", "intelligence": "NOM-",
    "offender_management": "OM", "marac": "M", "mappa": "MA", "social_care": "", "child_protection": "CP", "placements": "LA",
    "health": "PAT", "education": "PU", "youth_offending": "YP", "probation": "X", "prison": "A",
}  # fmt: skip
_IN_CAPITALS = {"crime", "custody", "offender_management", "mappa", "prison"}
_KEYS = 100_000_000
_MULTIPLIERS = {system: 10_000_019 + 2_000_006 * place for place, system in enumerate(sorted(_PREFIXES))}
_CORRECTED = 0.15  # how much of the damage is left in a record that was put right
_WARNING_CODES = ("VI", "WE", "FI", "DR", "SH", "SU", "MN", "DO", "RC", "SO")


def person_key(system: str, person: Person, copy: int) -> str:
    """This system's own key of a person: copy 1 is the second record that it opened by mistake."""
    number = (person.number * 2 + copy) * _MULTIPLIERS[system] + 7_777_777
    return f"{_PREFIXES[system]}{number % _KEYS:08d}"


class Recorder:
    """Writes the people of one block down, always in the same way for the same record."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._held: dict[tuple[str, str, bool], Recorded] = {}

    def key(self, layout: Layout, row: Row, role: str) -> str:
        """The record's key: of the person in this system, or of the mention where a system has no index of people."""
        if not layout.keeps_people:
            return f"{row.key}/{layout.roles().index(role) + 1}"
        person = row.people[role]
        second = DAMAGE[row.system].second_record
        rng = seeded(self.seed, "copies", row.system, person.number)
        if rng.random() >= second:
            return person_key(row.system, person, 0)
        return person_key(row.system, person, int(seeded(self.seed, row.key, role).random() < 0.4))

    def held(self, row: Row, role: str, key: str, *, corrected: bool) -> Recorded:
        """What the record of that key holds of the person."""
        found = self._held.get((row.system, key, corrected))
        if found is None:
            rates = DAMAGE[row.system]
            if corrected:
                rates = rates.softened(_CORRECTED)
            rng = seeded(self.seed, "record", row.system, key, corrected)
            found = self._held[row.system, key, corrected] = recorded(rng, row.people[role], rates)
        return found

    def parts(self, layout: Layout, row: Row, role: str, *, corrected: bool = False) -> tuple[str, "Mention"]:
        """The record's key, and its parts in this row."""
        key = self.key(layout, row, role)
        return key, Mention(
            row, row.people[role], self.held(row, role, key, corrected=corrected), (self.seed, row.system, key)
        )


class Mention:
    """One person in one row, part by part; None for what is not held."""

    def __init__(self, row: Row, person: Person, held: Recorded, record: tuple[object, ...]) -> None:
        self.person, self.held, self._record = person, held, record
        self.day = row.updated.date()
        self.capitals = row.system in _IN_CAPITALS
        self.address = self._address()

    def _address(self) -> Address:
        person = self.person
        if self.held.stale_address and len(person.addresses) > 1:
            return person.addresses[-2][1]
        return person.address_on(self.day)

    def chance(self) -> Random:
        """A source of chance for this record alone: its slips are the same in every row that speaks of it."""
        return seeded(*self._record)

    def get(self, part: str) -> object:
        """That part as this record holds it: text, a date, a number, a list, or None."""
        return _PARTS[part](self)

    def upper(self, text: str | None) -> str | None:
        """In capitals where the system writes so."""
        return text.upper() if text and self.capitals else text

    def forenames(self) -> str | None:
        """Forename and middle names."""
        held = self.held
        return " ".join(part for part in (held.forename, held.middle) if part) or None

    def full_name(self) -> str | None:
        """As said: family name first where that is the custom."""
        names = [self.held.forename, self.held.surname]
        if self.person.tradition.passing == "family_first" and self.chance().random() < 0.5:
            names.reverse()
        return " ".join(name for name in names if name) or None

    def reversed_name(self) -> str | None:
        """SURNAME, Forenames."""
        surname, rest = self.held.surname, self.forenames()
        return ", ".join(part for part in (surname and surname.upper(), rest) if part) or None

    def born(self) -> date | str | None:
        """A day, sometimes only the year."""
        if self.held.born is not None and self.held.year_only:
            return str(self.held.born.year)
        return self.held.born

    def age(self) -> int:
        """As it would be worked out from what is held, or said."""
        born = self.held.born or self.person.born
        return max(0, self.day.year - born.year - ((self.day.month, self.day.day) < (born.month, born.day)))

    def born_or_age(self) -> str | None:
        """What a caller says: more often an age, and not always the right one."""
        rng = self.chance()
        if self.held.age_for_born:
            said = max(0, self.person.age_on(self.day) + rng.choice((0, 0, 0, 0, 0, -1, 1)))
            if self.person.age_on(self.day) > 25:
                said = said // 5 * 5
            return rng.choice((f"{said}", f"{said} YRS", f"ABOUT {said}", f"{said}"))
        return self.held.born.strftime("%d/%m/%Y") if self.held.born else None

    def address_text(self) -> str | None:
        """Lines without the postcode, now and then mistyped."""
        if not self.held.address_held:
            return None
        text = self.address.lines()
        return mistype(self.chance(), text) if self.held.postcode_wrong else text

    def postcode(self) -> str | None:
        """The postcode, if held."""
        if not self.held.postcode_held or not self.held.address_held:
            return None
        return (
            mistyped_postcode(self.chance(), self.address.postcode)
            if self.held.postcode_wrong
            else self.address.postcode
        )

    def number(self, text: str) -> str | None:
        """An identity number, if held."""
        return text if text and self.held.number_held else None

    def warnings(self) -> list[str]:
        """Warning codes, in the order of the list."""
        return [code for code in _WARNING_CODES if code in self.person.traits]


_PARTS: Mapping[str, Callable[[Mention], object]] = {
    "surname": lambda one: one.upper(one.held.surname),
    "forenames": lambda one: one.upper(one.forenames()),
    "forename": lambda one: one.upper(one.held.forename),
    "middle": lambda one: one.upper(one.held.middle),
    "full_name": Mention.full_name,
    "reversed_name": Mention.reversed_name,
    "aliases": lambda one: list(one.held.aliases),
    "born": Mention.born,
    "born_or_age": Mention.born_or_age,
    "age": Mention.age,
    "sex": lambda one: one.held.sex,
    "ethnicity": lambda one: one.held.ethnicity,
    "language": lambda one: one.person.tradition.language,
    "address": Mention.address_text,
    "postcode": Mention.postcode,
    "phone": lambda one: one.held.phone,
    "nhs_number": lambda one: one.number(one.person.nhs_number),
    "upn": lambda one: one.number(one.person.upn),
    "pnc_id": lambda one: one.number(one.person.pnc),
    "warnings": Mention.warnings,
    "disability": lambda one: "autism" if "autism" in one.person.traits else None,
}
