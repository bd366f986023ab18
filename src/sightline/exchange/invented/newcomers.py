"""How people come into an invented neighbourhood: born, named, married, with a name handed down or changed."""

from datetime import date, timedelta
from itertools import accumulate

from sightline.exchange.invented import identifiers, places
from sightline.exchange.invented.names.tradition import Tradition
from sightline.exchange.invented.names.traditions import TRADITIONS, neighbourhood_mix
from sightline.exchange.invented.names.variants import NICKNAMES
from sightline.exchange.invented.people import BLOCK_PEOPLE, PERSON_NUMBERS_A_BLOCK, Block, Person, seeded

_CHILDREN = (1, 2, 3, 4, 5)
_CHILDREN_CHANCE = tuple(accumulate((0.44, 0.38, 0.13, 0.04, 0.01)))
_LARGER = {"roma", "somali", "pakistani", "bangladeshi", "arab", "nigerian"}
TWIN_CHANCE = 0.016
NAMESAKE_CHANCE = 0.07
_KIN_CHANCE = 0.4


class Newcomers:
    """The people of one block as they come: each belongs to a tradition and, mostly, to parents."""

    def __init__(self, number: int, seed: int, until: date, target: int = BLOCK_PEOPLE) -> None:
        self.rng = seeded(seed, "families", number)
        self.block = Block(number, places.slot_of(number), until)
        self.target = target
        self._mix = neighbourhood_mix(self.rng)
        self.elders: list[tuple[Person, Person]] = []
        self.houses = 0
        self.nhs_numbers = identifiers.nhs_numbers(number)

    # -- people

    def person(self, tradition: Tradition, sex: str, born: date, **known: object) -> Person:
        """A new person of the block, without a home yet."""
        rng = self.rng
        forename = str(known.get("forename") or tradition.forename(rng, sex, born.year))
        last = str(known.get("last") or self.own_last(tradition, sex))
        middle: tuple[str, ...] = ()
        if rng.random() < tradition.middle:
            middle = (tradition.forename(rng, sex, born.year),)
        number = self.block.number * PERSON_NUMBERS_A_BLOCK + len(self.block.people)
        found = Person(number, sex, born, forename, tradition.gendered(last, sex), tradition, middle)
        short = NICKNAMES.get(forename)
        if short and rng.random() < 0.4:
            found.known_as = rng.choice(short)
        self.block.people.append(found)
        return found

    def own_last(self, tradition: Tradition, sex: str) -> str:
        """A last name of their own."""
        if sex == "F" and tradition.women is not None and self.rng.random() < 0.45:
            return tradition.women.draw(self.rng)
        return tradition.last.draw(self.rng)

    def born_aged(self, youngest: int, oldest: int, mode: int | None = None) -> date:
        """A day of birth of somebody between those ages now."""
        low, high = youngest * 365.25, (oldest + 1) * 365.25 - 1
        days = self.rng.triangular(low, high, mode * 365.25) if mode is not None else self.rng.uniform(low, high)
        return self.block.until - timedelta(days=int(days))

    def adult(self, tradition: Tradition, sex: str, born: date) -> Person:
        """A grown-up, who may be the child of an older couple nearby and then bears its name."""
        if self.rng.random() < _KIN_CHANCE:
            for mother, father in self.elders:
                at_birth = [(born - parent.born).days / 365.25 for parent in (mother, father)]
                if father.tradition is tradition and min(at_birth) >= 18 and at_birth[0] <= 42:
                    return self.child(mother, father, born, sex)
        return self.person(tradition, sex, born)

    def child(self, mother: Person, father: Person | None, born: date, sex: str = "") -> Person:
        """A child of these parents, named as their tradition does."""
        sex = sex or self.rng.choice("MF")
        tradition = father.tradition if father is not None else mother.tradition
        found = self.person(
            tradition,
            sex,
            born,
            forename=self._handed_down(father, sex),
            last=self._child_last(mother, father, tradition, sex),
        )
        if tradition.passing == "patronymic" and father is not None:
            found.middle = (father.forename,)
        found.mother, found.father = mother, father
        return found

    def _handed_down(self, father: Person | None, sex: str) -> str:
        if father is None or sex != "M" or self.rng.random() >= NAMESAKE_CHANCE:
            return ""
        if father.father is not None and self.rng.random() < 0.4:
            return father.father.forename
        return father.forename

    def _child_last(self, mother: Person, father: Person | None, tradition: Tradition, sex: str) -> str:
        rng = self.rng
        if father is None:
            return mother.last
        if tradition.passing == "patronymic":
            return father.middle[0] if father.middle else father.last
        if tradition.passing == "begum":
            if sex == "F" and tradition.women is not None and rng.random() < 0.3:
                return tradition.women.draw(rng)
            return father.last if rng.random() < 0.75 else father.forename
        if mother.last != father.last and tradition.passing == "family":
            chance = rng.random()
            if chance < 0.12:
                return f"{mother.last.split('-')[0]}-{father.last.split('-')[0]}"
            if chance < 0.3:
                return mother.last
        return father.last

    def children(self, mother: Person, father: Person | None, *, most: int = 5) -> list[Person]:
        """The children of a couple, eldest first, none born after the last day."""
        rng = self.rng
        wanted = min(most, rng.choices(_CHILDREN, cum_weights=_CHILDREN_CHANCE)[0])
        if mother.tradition.key in _LARGER and rng.random() < 0.6:
            wanted += 1
        age_now = (self.block.until - mother.born).days / 365.25
        age = rng.uniform(17.5, max(18.5, min(36.0, age_now - 1)))
        found: list[Person] = []
        while wanted > 0 and age < min(44.0, age_now):
            born = mother.born + timedelta(days=int(age * 365.25))
            first = self.child(mother, father, born)
            found.append(first)
            if rng.random() < TWIN_CHANCE:
                second = self.child(mother, father, born, first.sex if rng.random() < 0.67 else "")
                self._tell_apart(first, second)
                found.append(second)
                wanted -= 1
            wanted -= 1
            age += rng.triangular(1.1, 7.0, 2.4)
        return found

    def _tell_apart(self, first: Person, second: Person) -> None:
        first.twin, second.twin = second, first
        second.last = second.tradition.gendered(first.last, second.sex)
        while second.forename == first.forename:
            second.forename = second.tradition.forename(self.rng, second.sex, second.born.year)
            second.known_as = ""

    def marry(self, her: Person, him: Person) -> None:
        """Two people become a couple; she may take his name, from a day on."""
        her.partner, him.partner = him, her
        if self.rng.random() < him.tradition.married_name:
            her.former_last, her.last = her.last, him.tradition.gendered(him.last, "F")
            youngest, oldest = 20 * 365, max(21 * 365, (self.block.until - her.born).days)
            her.renamed_on = her.born + timedelta(days=self.rng.randrange(youngest, oldest))

    def tradition(self) -> Tradition:
        """The community of the next family here."""
        return self.rng.choices(TRADITIONS, cum_weights=self._mix)[0]
