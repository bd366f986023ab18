"""The diary of one block: every row that any system will hold about its people, before the systems spoil it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from math import exp
from typing import TypeVar

from sightline.exchange.invented.identifiers import pnc
from sightline.exchange.invented.people import Block, Household, Person, seeded
from sightline.exchange.invented.places import Address
from sightline.exchange.invented.rates import HISTORY_YEARS, expected

T = TypeVar("T")
Cell = str | int | bool | date | datetime | Sequence[str] | None

_HOURS = tuple(accumulate((4, 3, 2, 1, 1, 1, 2, 4, 6, 6, 6, 6, 7, 7, 7, 9, 9, 9, 9, 10, 10, 9, 8, 6)))
_RANKS = ("PC", "PC", "PC", "DC", "DC", "PS", "DS")
_STAFF_NAMES = """Holt Nair Brennan Okoro Whitlow Sayers Kaur Penrose Lund Mistry Farrow Doyle Achebe Rowntree Sandhu Vickers Marsh Eze
Tolland Braithwaite Quill Hargate Amin Lister Corrigan Wray Sherwin Oduya Pym Stead"""
_STAFF = tuple(_STAFF_NAMES.split())
_WORKERS = ("Ruth", "Dev", "Moira", "Tunde", "Alys", "Samir", "Jo", "Piotr", "Hana", "Callum", "Nkechi", "Farida")


@dataclass(slots=True)
class Row:
    """One row of one extract: cells by column name, people by role, and when the system last changed it."""

    system: str
    key: str
    updated: datetime
    cells: dict[str, Cell]
    people: dict[str, Person] = field(default_factory=dict)


class Diary:
    """Draws times, people and keys for one block, and keeps the rows."""

    def __init__(self, block: Block, seed: int) -> None:
        self.block = block
        self.seed = seed
        self.rng = seeded(seed, "history", block.number)
        self.rows: list[Row] = []
        self.end = datetime.combine(block.until, time(23, 59))
        self.begin = self.end - timedelta(days=int(365.25 * HISTORY_YEARS))
        self._keys = 0
        self.children = block.children()
        self.adults = block.adults()

    @cached_property
    def families(self) -> list[Household]:
        """Households with children, once those in care have been placed elsewhere."""
        young = set(self.children)
        return [home for home in self.block.households if any(one in young for one in home.members)]

    def children_of(self, home: Household, day: date) -> list[Person]:
        """Those of the household who were children that day."""
        return [one for one in home.members if one.born <= day and one.age_on(day) < 18 and one.partner is None]

    # -- chance

    def happens(self, chance: float) -> bool:
        """Whether it does, this time."""
        return self.rng.random() < chance

    def count(self, mean: float) -> int:
        """A Poisson count."""
        limit, found, product = exp(-mean), 0, self.rng.random()
        while product > limit:
            found += 1
            product *= self.rng.random()
        return found

    def times(self, key: str) -> int:
        """How often this happens in this block (rates.RATES)."""
        return sum(self.count(min(left, 50.0)) for left in _portions(expected(key, len(self.block.people))))

    def one(self, among: Sequence[T]) -> T:
        """One of these, all alike."""
        return among[int(self.rng.random() * len(among))]

    def weighted(self, among: Mapping[T, float]) -> T:
        """One of these by its weight."""
        return self.rng.choices(list(among), weights=list(among.values()))[0]

    def household(self, among: Sequence[Household], power: float = 1.0) -> Household:
        """One of these households: trouble comes more often where the strain is."""
        return self.rng.choices(among, weights=[home.strain**power for home in among])[0]

    def person(self, among: Sequence[Person], power: float = 1.0) -> Person:
        """One of these people, by the strain of their households."""
        return self.rng.choices(among, weights=[_strain(one) ** power for one in among])[0]

    # -- time

    def moment(self, since: datetime | None = None, until: datetime | None = None) -> datetime:
        """Some minute of the history, more often in the evening than at night."""
        since, until = since or self.begin, until or self.end
        days = max(1, (until - since).days)
        hour = self.rng.choices(range(24), cum_weights=_HOURS)[0]
        found = since.replace(hour=hour, minute=self.rng.randrange(60)) + timedelta(days=self.rng.randrange(days))
        return max(since, min(until, found))

    def moment_of(self, person: Person, years: int = 0) -> datetime:
        """Some minute of the history when the person was at least so old."""
        since = datetime.combine(person.born, time(0)) + timedelta(days=int(years * 365.25) + 1)
        return self.moment(max(self.begin, min(since, self.end - timedelta(days=1))))

    def later(self, at: datetime, *, minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
        """About so much later (exponentially spread around it), to the minute."""
        mean = minutes + hours * 60 + days * 1440
        return at + timedelta(minutes=1 + int(self.rng.gammavariate(2.0, mean / 2)))

    def office(self, at: datetime) -> datetime:
        """The same day at some hour when offices are open, or the next working day."""
        found = at.replace(hour=self.rng.randrange(9, 17), minute=self.rng.choice((0, 10, 15, 20, 30, 40, 45, 50)))
        if found < at:
            found += timedelta(days=1)
        while found.weekday() > 4:
            found += timedelta(days=1)
        return found

    def past(self, at: datetime | None) -> datetime | None:
        """That moment, or None if it has not come yet."""
        return at if at is not None and at <= self.end else None

    def past_day(self, at: datetime | None) -> date | None:
        """That day, or None if it has not come yet."""
        return at.date() if at is not None and at <= self.end else None

    # -- who and where

    def officer(self) -> str:
        """A police officer, invented."""
        return f"{self.one(_RANKS)} {self.rng.randrange(1000, 4999)} {self.one(_STAFF)}"

    def worker(self) -> str:
        """A member of a partner's staff, invented."""
        return f"{self.one(_WORKERS)} {self.one(_STAFF)}"

    def home_of(self, person: Person, at: datetime) -> Address:
        """Where the person lived then."""
        return person.address_on(at.date())

    def record_offender(self, person: Person, at: datetime) -> None:
        """Give the person a PNC identity if there is none yet."""
        if not person.pnc:
            person.pnc = pnc(person.number, min(at.year, max(person.born.year + 12, at.year - self.rng.randrange(12))))

    # -- rows

    def key(self, prefix: str) -> str:
        """A key that no other row bears."""
        self._keys += 1
        return f"{prefix}{self.block.number:04d}{self._keys:04d}"

    def add(self, system: str, key: str, cells: dict[str, Cell], **people: Person | None) -> str:
        """Keep a row; it was last changed when the latest of its moments had passed. Gives its key back."""
        known = {role: person for role, person in people.items() if person is not None}
        self.rows.append(Row(system, key, self._latest(cells), cells, known))
        return key

    def _latest(self, cells: Mapping[str, Cell]) -> datetime:
        found = self.begin
        for value in cells.values():
            if isinstance(value, datetime):
                moment = value
            elif isinstance(value, date):
                moment = datetime(value.year, value.month, value.day, 17, 30)  # noqa: DTZ001 - local time
            else:
                continue
            if found < moment <= self.end:
                found = moment
        return min(self.end, found + timedelta(minutes=self.rng.randrange(1, 600)))


def _strain(person: Person) -> float:
    return person.household.strain if person.household is not None else 1.0


def _portions(mean: float) -> list[float]:
    """A mean cut into portions small enough for exp()."""
    whole = int(mean // 50)
    return [50.0] * whole + [mean - 50.0 * whole]
