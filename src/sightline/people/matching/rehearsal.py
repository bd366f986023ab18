"""Invented families to train on: twins, siblings, half-siblings, cousins, fathers and sons of one name."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources

_ENDINGS = "ley ton ham worth field ford wick bourne stead croft shaw brook dale gate hurst".split()  # noqa: SIM905
_STARTS = [
    "ash",
    "black",
    "brad",
    "burn",
    "cal",
    "cran",
    "dar",
    "dun",
    "el",
    "fair",
    "farn",
    "gar",
    "hal",
    "hart",
    "hay",
    "hol",
    "kir",
    "lang",
    "lin",
    "mar",
    "mid",
    "mil",
    "nor",
    "oak",
    "pen",
    "rad",
    "red",
    "row",
    "sel",
    "shel",
    "stan",
    "sut",
    "thorn",
    "tun",
    "wal",
    "wam",
    "wes",
    "whit",
    "win",
    "wood",
]
NEWEST = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person as they truly are; `household` is a number, `community` the table's word."""

    person_id: str
    forename: str
    middle: str
    surname: str
    born: date
    sex: str
    postcode: str
    community: str
    household: int


@cache
def _communities() -> tuple[dict[str, dict[str, tuple[str, ...]]], dict[str, int]]:
    text = (resources.files(__package__) / "resources" / "rehearsal_names.csv").read_text(encoding="utf-8")
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    shares: dict[str, int] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        community, share, kind, *listed = line.split(",")
        names.setdefault(community, {})[kind] = tuple(listed)
        shares[community] = int(share)
    rarer = tuple(start + ending for start in _STARTS for ending in _ENDINGS)
    names["english"]["surname"] += rarer
    return names, shares


@cache
def _weights(count: int) -> tuple[float, ...]:
    total, running = 0.0, []
    for place in range(count):
        total += 1 / (place + 6)
        running.append(total)
    return tuple(running)


class Town:
    """Invents households one after another from a seed; the same seed gives the same people."""

    def __init__(self, seed: int, districts: int = 30) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - invented people, nothing secret
        self.districts = districts
        self.made = 0
        self.households = 0

    def pick(self, community: str, kind: str) -> str:
        """A name of that kind, commoner ones more often."""
        names = _communities()[0][community][kind]
        return self.chance.choices(names, cum_weights=_weights(len(names)))[0]

    def community(self) -> str:
        shares = _communities()[1]
        return self.chance.choices(list(shares), weights=list(shares.values()))[0]

    def postcode(self, near: str = "") -> str:
        """An invented postcode, in the same sector as `near` when that is given."""
        start = near[:-2] if near else f"ZZ{self.chance.randint(1, self.districts)} {self.chance.randint(1, 9)}"
        return start + "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))

    def day(self, oldest: int, youngest: int) -> date:
        """A birthday between two ages in years."""
        return NEWEST - timedelta(days=self.chance.randint(youngest * 365, oldest * 365 + 364))

    def person(self, community: str, surname: str, born: date, postcode: str) -> Person:
        sex = self.chance.choice("fm")
        self.made += 1
        middle = self.pick(community, sex) if self.chance.random() < 0.55 else ""
        forename = self.pick(community, sex)
        return Person(f"p{self.made}", forename, middle, surname, born, sex, postcode, community, self.households)

    def household(self) -> list[Person]:
        """One or two adults and their children, now and then twins, a namesake, a half-sibling or cousins near by."""
        self.households += 1
        community, postcode = self.community(), self.postcode()
        surname = self.pick(community, "surname")
        adults = [self.person(community, surname, self.day(58, 20), postcode)]
        if self.chance.random() < 0.6:
            other = surname if self.chance.random() < 0.6 else self.pick(community, "surname")
            adults.append(self.person(community, other, self.day(58, 20), postcode))
        children = self._children(community, surname, postcode, adults)
        people = adults + children
        if children and self.chance.random() < 0.12:
            people += self._cousins(children, surname)
        return people

    def _children(self, community: str, surname: str, postcode: str, adults: list[Person]) -> list[Person]:
        children: list[Person] = []
        for _ in range(self.chance.choices((0, 1, 2, 3, 4), weights=(25, 25, 30, 14, 6))[0]):
            half = surname if self.chance.random() < 0.9 else self.pick(community, "surname")
            child = self.person(community, half, self.day(17, 0), postcode)
            if self.chance.random() < 0.05:
                father = next((adult for adult in adults if adult.sex == "m"), None)
                if father:
                    child = replace(child, forename=father.forename, surname=father.surname, sex="m")
            children.append(child)
            if self.chance.random() < 0.04:
                children.append(self.person(community, half, child.born, postcode))
        return children

    def _cousins(self, children: list[Person], surname: str) -> list[Person]:
        """Children of the same surname and much the same age and names, a street or two away."""
        self.households += 1
        postcode = self.postcode(near=children[0].postcode)
        cousins = []
        for child in children:
            born = child.born + timedelta(days=self.chance.randint(-500, 500))
            cousin = self.person(child.community, surname, min(born, NEWEST), postcode)
            if self.chance.random() < 0.3:
                cousin = replace(cousin, forename=child.forename, sex=child.sex)
            cousins.append(cousin)
        return cousins


def invent(count: int, seed: int, districts: int = 30) -> list[Person]:
    """At least `count` invented people, household by household."""
    town = Town(seed, districts)
    people: list[Person] = []
    while len(people) < count:
        people += town.household()
    return people
