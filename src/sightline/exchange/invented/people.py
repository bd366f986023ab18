"""Invented people, their households, and the blocks of some two hundred neighbours in which they are made."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sightline.exchange.invented.names.tradition import Tradition
from sightline.exchange.invented.places import Address, Slot

BLOCK_PEOPLE = 200
PERSON_NUMBERS_A_BLOCK = 1000


def seeded(*parts: object) -> Random:
    """A source of chance that depends on nothing but these parts: not on order, not on the hash seed."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - invented people, not secrets


@dataclass(slots=True, eq=False)
class Person:
    """One invented person, as they truly are."""

    number: int
    sex: str
    born: date
    forename: str
    last: str
    tradition: Tradition
    middle: tuple[str, ...] = ()
    former_last: str = ""
    renamed_on: date | None = None
    known_as: str = ""
    mother: "Person | None" = None
    father: "Person | None" = None
    step_parent: "Person | None" = None
    partner: "Person | None" = None
    twin: "Person | None" = None
    household: "Household | None" = None
    addresses: list[tuple[date, Address]] = field(default_factory=list)
    nhs_number: str = ""
    phone: str = ""
    upn: str = ""
    pnc: str = ""
    school: str = ""
    practice: str = ""
    traits: set[str] = field(default_factory=set)

    @property
    def person_id(self) -> str:
        """The key of the truth."""
        return f"P{self.number:08d}"

    def age_on(self, day: date) -> int:
        """Whole years on that day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def address_on(self, day: date) -> Address:
        """Where the person lived that day."""
        found = self.addresses[0][1]
        for since, address in self.addresses:
            if since > day:
                break
            found = address
        return found

    def last_on(self, day: date) -> str:
        """The last name that was right that day."""
        if self.renamed_on is not None and day < self.renamed_on:
            return self.former_last
        return self.last

    def children(self, among: "list[Person]") -> "list[Person]":
        """Sons and daughters among these people."""
        return [other for other in among if other.mother is self or other.father is self]


@dataclass(slots=True, eq=False)
class Household:
    """Those who live together on the last day. `strain` is how often trouble comes, 1 being the average."""

    number: int
    address: Address
    moved_in: date
    before: Address | None = None
    kind: str = ""
    members: list[Person] = field(default_factory=list)
    strain: float = 1.0

    @property
    def household_id(self) -> str:
        """The key of the truth."""
        return f"H{self.number:08d}"


@dataclass(slots=True, eq=False)
class Block:
    """Some two hundred neighbours: the unit in which people and histories are made, each alone and in any order."""

    number: int
    slot: Slot
    until: date
    people: list[Person] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)

    def children(self) -> list[Person]:
        """Everybody under eighteen on the last day."""
        return [person for person in self.people if person.age_on(self.until) < 18]

    def adults(self) -> list[Person]:
        """Everybody else."""
        return [person for person in self.people if person.age_on(self.until) >= 18]
