"""The standing case: one boy whom a call handler must find, and those with whom he must not be confused.

A mother rings: a boy called something like "Mo Hussein", nine or ten, near S5 (here ZS5). He is the subject of a plan; his father
is violent and on bail with conditions; there is a dog at the address; a registered offender is said to stay there. His cousin
bears his name, a boy in the next street bears it the other way round, and a grown man has it too. All invented, in every force.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sightline.exchange.invented import identifiers, places
from sightline.exchange.invented.diary import Diary
from sightline.exchange.invented.names.islands import BRITISH
from sightline.exchange.invented.names.muslim_world import PAKISTANI
from sightline.exchange.invented.people import PERSON_NUMBERS_A_BLOCK, Block, Household, Person

CAST = 17
_UNIT = 397  # in the part of the sector that is kept for other places: nobody else lives there


@dataclass(frozen=True)
class StandingCase:
    """The people of the standing case, by what they are to the boy."""

    boy: Person
    mother: Person
    father: Person
    sister: Person
    baby: Person
    grandmother: Person
    uncle: Person
    aunt: Person
    cousin: Person
    cousin_sister: Person
    swapped: Person
    swapped_father: Person
    swapped_mother: Person
    swapped_brother: Person
    namesake: Person
    offender: Person
    neighbour: Person

    def everybody(self) -> list[Person]:
        """In the order in which they were made."""
        return [getattr(self, name) for name in self.__dataclass_fields__]


_PEOPLE = (
    # who, sex, years and days old on the last day, forename, middle, last, known as
    ("boy", "M", 9, 321, "Mohammed", "Ali", "Hussain", "Mo"),
    ("mother", "F", 35, 60, "Shabana", "", "Kauser", ""),
    ("father", "M", 39, 200, "Tariq", "", "Hussain", ""),
    ("sister", "F", 7, 149, "Aisha", "", "Hussain", ""),
    ("baby", "M", 2, 40, "Yusuf", "", "Hussain", ""),
    ("grandmother", "F", 66, 12, "Rukhsana", "", "Bibi", ""),
    ("uncle", "M", 37, 90, "Imran", "", "Hussain", ""),
    ("aunt", "F", 34, 250, "Nadia", "", "Begum", ""),
    ("cousin", "M", 10, 32, "Muhammad", "", "Hussain", "Mo"),
    ("cousin_sister", "F", 8, 77, "Ayesha", "", "Hussain", ""),
    ("swapped", "M", 10, 209, "Hussain", "", "Mohammed", ""),
    ("swapped_father", "M", 44, 118, "Khalid", "", "Mohammed", ""),
    ("swapped_mother", "F", 41, 7, "Nasreen", "", "Akhtar", ""),
    ("swapped_brother", "M", 14, 88, "Hassan", "", "Mohammed", ""),
    ("namesake", "M", 27, 253, "Mohammed", "", "Hussain", ""),
    ("offender", "M", 46, 300, "Dean", "Lee", "Wragg", "Deano"),
    ("neighbour", "F", 58, 30, "Maureen", "Ann", "Hobson", "Mo"),
)


def born_on(until: date, years: int, days: int) -> date:
    """The birthday of somebody who is so many years and days old on the last day."""
    return until.replace(day=min(until.day, 28), year=until.year - years) - timedelta(days=days)


def join(block: Block) -> StandingCase:
    """The cast moves into the block."""
    found: dict[str, Person] = {}
    for who, sex, years, days, forename, middle, last, known_as in _PEOPLE:
        number = block.number * PERSON_NUMBERS_A_BLOCK + PERSON_NUMBERS_A_BLOCK - 1 - len(found)
        tradition = BRITISH if who in ("offender", "neighbour") else PAKISTANI
        person = Person(number, sex, born_on(block.until, years, days), forename, last, tradition, known_as=known_as)
        person.middle = (middle,) if middle else ()
        person.nhs_number = _nhs(len(found))
        person.phone = f"07700 9009{len(found):02d}" if years >= 13 else ""
        if 4 <= years < 18:
            person.upn = identifiers.upn(number, person.born.year)
            person.school = places.schools(block.slot)[0 if years < 11 else 1][0]
        person.practice = places.practices(block.slot)[0]
        found[who] = person
        block.people.append(person)
    case = StandingCase(**found)
    _kin(case)
    _homes(block, case)
    return case


def _nhs(place: int) -> str:
    """From the end of the 999 range, where no block's serials reach but the very last."""
    wanted = 0
    for serial in range(999_999, 999_000, -1):
        nine = f"999{serial * 387_421 % 1_000_000:06d}"
        check = identifiers.nhs_check_digit(nine)
        if check is not None:
            if wanted == place:
                return f"{nine}{check}"
            wanted += 1
    raise ValueError(place)


def _kin(case: StandingCase) -> None:
    for child in (case.boy, case.sister, case.baby):
        child.mother, child.father = case.mother, case.father
    for child in (case.cousin, case.cousin_sister):
        child.mother, child.father = case.aunt, case.uncle
    for child in (case.swapped, case.swapped_brother):
        child.mother, child.father = case.swapped_mother, case.swapped_father
    for son in (case.father, case.uncle):
        son.mother = case.grandmother
    case.aunt.partner, case.uncle.partner = case.uncle, case.aunt
    case.swapped_mother.partner, case.swapped_father.partner = case.swapped_father, case.swapped_mother


def _homes(block: Block, case: StandingCase) -> None:
    slot = block.slot

    def home(kind: str, house: int, *members: Person) -> None:
        number = block.number * PERSON_NUMBERS_A_BLOCK + len(block.households)
        moved_in = block.until - timedelta(days=900 + house * 70)
        found = Household(number, places.address(slot, _UNIT, house), moved_in, kind=kind, members=list(members))
        block.households.append(found)
        for member in members:
            member.household, member.addresses = found, [(moved_in, found.address)]

    home("lone parent", 3, case.mother, case.boy, case.sister, case.baby)
    home("three generations", 5, case.grandmother, case.uncle, case.aunt, case.cousin, case.cousin_sister)
    home("family", 8, case.swapped_mother, case.swapped_father, case.swapped, case.swapped_brother)
    home("alone", 1, case.namesake)
    home("alone", 9, case.father)
    home("alone", 12, case.offender)
    home("alone", 2, case.neighbour)
    left = block.until - timedelta(days=170)
    case.father.addresses.insert(0, (case.mother.addresses[0][0], case.mother.addresses[0][1]))
    case.father.addresses[1] = (left, case.father.addresses[1][1])
    before = places.address(slot, 2, 4)
    for one in (case.mother, case.father, case.boy, case.sister):
        one.addresses.insert(0, (max(one.born, block.until - timedelta(days=3200)), before))
    case.father.traits |= {"VI", "WE", "DO"}
    case.offender.traits |= {"SO", "RC"}
    case.namesake.traits |= {"DR"}


def ago(diary: Diary, days: int, clock: str = "12:00") -> datetime:
    """The moment so many days before the last day, at that time of day."""
    return datetime.combine(diary.block.until - timedelta(days=days), time.fromisoformat(clock))
