"""How families live: couples, lone parents, step-families, three generations under a roof, separations and moves."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate

from sightline.exchange.invented import identifiers, places
from sightline.exchange.invented.newcomers import Newcomers
from sightline.exchange.invented.people import PERSON_NUMBERS_A_BLOCK, Block, Household, Person

_LARGEST_FAMILY = 12


class Neighbourhood(Newcomers):
    """Makes one block, family by family, until it holds as many people as asked for."""

    # -- homes

    def home(self, kind: str, members: list[Person]) -> Household:
        """These people live together, and did before if they moved together."""
        rng, block = self.rng, self.block
        unit = places.units_of(block.number)[self.houses // places.HOUSES_A_UNIT % places.UNITS_A_BLOCK]
        address = places.address(block.slot, unit, self.houses % places.HOUSES_A_UNIT)
        self.houses += 1
        years = rng.expovariate(1 / 7.0)
        moved_in = block.until - timedelta(days=int(min(years, 40.0) * 365.25) + 20)
        number = block.number * PERSON_NUMBERS_A_BLOCK + len(block.households)
        found = Household(number, address, moved_in, kind=kind, members=members)
        found.before = places.elsewhere(rng, block.number) if years < 25 else None
        found.strain = rng.lognormvariate(-0.72, 1.2)
        block.households.append(found)
        phone = identifiers.landline(rng)
        for member in members:
            self._settle(member, found, phone)
        return found

    def _settle(self, member: Person, home: Household, landline: str) -> None:
        rng = self.rng
        member.household = home
        member.addresses = [(home.moved_in, home.address)]
        if home.before is not None and member.born < home.moved_in:
            earlier = home.before if home.kind != "sharers" else places.elsewhere(rng, self.block.number)
            since = max(member.born, home.moved_in - timedelta(days=rng.randrange(200, 4000)))
            member.addresses.insert(0, (since, earlier))
            if rng.random() < 0.35 and (since - member.born).days > 400:
                oldest = member.born + timedelta(days=rng.randrange(1, (since - member.born).days))
                member.addresses.insert(0, (oldest, places.elsewhere(rng, self.block.number)))
        age = member.age_on(self.block.until)
        if age >= 11:
            member.phone = identifiers.mobile(rng) if rng.random() < 0.85 else landline

    # -- families

    def build(self) -> Block:
        """The block, full."""
        while len(self.block.people) < self.target:
            room = self.target - len(self.block.people)
            if room < _LARGEST_FAMILY:
                self._alone()
            else:
                self.rng.choices(_FAMILIES, cum_weights=_FAMILY_CHANCE)[0](self)
        self._numbers()
        return self.block

    def _alone(self) -> None:
        self.home("alone", [self.adult(self.tradition(), self.rng.choice("MF"), self.born_aged(19, 94, 60))])

    def _couple(self) -> None:
        her, him = self._pair(self.born_aged(24, 88, 58))
        if her.age_on(self.block.until) > 44:
            self.elders.append((her, him))
        self.home("couple", [her, him])

    def _pair(self, her_born: date) -> tuple[Person, Person]:
        rng = self.rng
        tradition = self.tradition()
        other = self.tradition() if rng.random() < 0.08 else tradition
        her = self.adult(other, "F", her_born)
        him = self.adult(tradition, "M", her_born - timedelta(days=int(max(-1.5, rng.gauss(2.2, 3.5)) * 365)))
        if her.father is not None and her.father is him.father:
            him.father = him.mother = None
            him.last = self.own_last(tradition, "M")
        self.marry(her, him)
        return her, him

    def _family(self) -> None:
        her, him = self._pair(self.born_aged(21, 52, 36))
        children = self.children(her, him)
        self.home("family", [her, him, *self._still_home(children)])
        self._adopt(children)

    def _still_home(self, children: list[Person]) -> list[Person]:
        """Those who have not left; those who have live alone."""
        stay: list[Person] = []
        for child in children:
            if child.age_on(self.block.until) >= 19 and self.rng.random() < 0.6:
                self.home("alone", [child])
            else:
                stay.append(child)
        return stay

    def _adopt(self, children: list[Person]) -> None:
        """Now and then the youngest was adopted, under another name before."""
        if children and self.rng.random() < 0.012:
            child = children[-1]
            child.former_last = child.tradition.last.draw(self.rng)
            days = max(2, (self.block.until - child.born).days)
            child.renamed_on = child.born + timedelta(days=self.rng.randrange(1, days))
            child.traits.add("adopted")

    def _lone_parent(self) -> None:
        rng = self.rng
        her = self.adult(self.tradition(), "F", self.born_aged(19, 50, 34))
        him = self.adult(her.tradition, "M", her.born - timedelta(days=int(max(-1.5, rng.gauss(2.5, 4)) * 365)))
        children = self.children(her, him, most=3)
        self.home("lone parent", [her, *self._still_home(children)]).strain *= 2.2
        self.home("alone", [him]).strain *= 1.4
        self._lived_together(her, him)

    def _lived_together(self, her: Person, him: Person) -> None:
        """A separation: he lived where she lives now, until some day."""
        if her.household is None or self.rng.random() < 0.3:
            return
        left = self.block.until - timedelta(days=self.rng.randrange(60, 2500))
        if left > her.household.moved_in:
            him.addresses = [(her.household.moved_in, her.household.address), (left, him.addresses[-1][1])]

    def _step_family(self) -> None:
        her = self.adult(self.tradition(), "F", self.born_aged(24, 48, 35))
        before = self.person(her.tradition, "M", her.born - timedelta(days=self.rng.randrange(-900, 2500)))
        children = self.children(her, before, most=3)
        him = self.person(self.tradition(), "M", her.born - timedelta(days=self.rng.randrange(-1500, 2500)))
        for child in children:
            child.step_parent = him
        together: list[Person] = []
        last_born = max((child.born for child in children), default=her.born + timedelta(days=7000))
        born = last_born + timedelta(days=self.rng.randrange(500, 2200))
        if born < self.block.until:
            together.append(self.child(her, him, born))
        self.marry(her, him)
        self.home("step-family", [her, him, *self._still_home(children), *together]).strain *= 1.8
        self.home("alone", [before])

    def _three_generations(self) -> None:
        elder_her, elder_him = self._pair(self.born_aged(52, 78, 62))
        born = elder_her.born + timedelta(days=self.rng.randrange(20 * 365, 32 * 365))
        him = self.child(elder_her, elder_him, born, "M")
        her = self.person(him.tradition, "F", born + timedelta(days=self.rng.randrange(-700, 1500)))
        self.marry(her, him)
        self.home("three generations", [elder_her, elder_him, him, her, *self.children(her, him, most=4)])

    def _sharers(self) -> None:
        tradition = self.tradition()
        size = self.rng.randrange(3, 6)
        members = [self.adult(tradition, self.rng.choice("MMF"), self.born_aged(18, 45, 24)) for _ in range(size)]
        self.home("sharers", members)

    # -- numbers

    def _numbers(self) -> None:
        """NHS numbers for the children first; pupil numbers, schools and practices."""
        block, rng = self.block, self.rng
        primary, secondary = places.schools(block.slot)
        practices = places.practices(block.slot)
        for person in sorted(block.people, key=lambda one: (one.age_on(block.until) >= 18, one.number)):
            age = person.age_on(block.until)
            person.nhs_number = next(self.nhs_numbers, "")
            person.practice = practices[rng.randrange(len(practices))]
            if 3 <= age < 19:
                person.upn = identifiers.upn(person.number, person.born.year)
            if 4 <= age < 19:
                person.school = rng.choice(primary if age < 11 else secondary)


_FAMILIES: tuple[Callable[[Neighbourhood], None], ...] = (
    Neighbourhood._alone,
    Neighbourhood._couple,
    Neighbourhood._family,
    Neighbourhood._lone_parent,
    Neighbourhood._step_family,
    Neighbourhood._three_generations,
    Neighbourhood._sharers,
)
_FAMILY_CHANCE = tuple(accumulate((0.27, 0.29, 0.235, 0.085, 0.03, 0.03, 0.03)))
