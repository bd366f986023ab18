"""The made-up force area: Ashmoor, its four districts, towns, streets, postcodes and the places that people pass through.

No such postcode area exists in the United Kingdom: none is called ZS or ZD.
"""

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

FORCE = "Ashmoor"
# Shares of the four districts after requirements/Z (population of the pilot force's districts, 2014), in slots of a hundred.
_DISTRICTS = (("Harrowmere", 41), ("Dunlow", 22), ("Roxfell", 19), ("Barrowick", 18))
_OUTCODES = {
    "Harrowmere": "ZS5 ZS1 ZS2 ZS3 ZS4 ZS6 ZS7 ZS8 ZS9 ZS10 ZS11 ZS12 ZS13 ZS14",
    "Dunlow": "ZD1 ZD2 ZD3 ZD4 ZD5 ZD6 ZD7 ZD8",
    "Roxfell": "ZS60 ZS61 ZS62 ZS63 ZS64 ZS65 ZS66",
    "Barrowick": "ZD20 ZD21 ZD22 ZD23 ZD24 ZD25",
}
_TOWNS = {
    "Harrowmere": "Larkscar Harrowmere Netherscar Wincott Loxhurst Crookmoor Ranfold Beauchamp_End Woodsettle Ecclesford "
    "Hallowby Gleadwell Stockmere Darnhope",
    "Dunlow": "Dunlow Ashkern_Fen Bentmoor Thornholt Mexwell Conisgate Tickmarsh Ormthwick_Green",
    "Roxfell": "Roxfell Rawmoss Wathley Swintoft Maltbeck Dinnerby Kimberholm",
    "Barrowick": "Barrowick Penigarth Wombgate Hoylethorpe Goldcar Cudmere",
}
_STEMS = """Kestrel Alder Bramble Cutler Foundry Quarry Linden Orchard Station Chapel Victoria Albert Mill Weir Heron Lapwing
Plover Hawthorn Rowan Elder Juniper Beech Sycamore Primrose Foxglove Colliery Furnace Anvil Hammer Bessemer Tenter Loom Weaver
Fletcher Abbey Priory Manor Grange Moorside Fell Scar Beck Tarn Gorse Heather Bilberry Fern Ling Curlew Swift Martin Cooper
Chandler Sadler Mercer Tanner"""
_TAILS = "Road Street Avenue Close Drive Lane Rise Crescent Grove Place Terrace Walk Court Gardens View Way"
_STREET_STEMS, _STREET_TAILS = tuple(_STEMS.split()), tuple(_TAILS.split())
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
HOUSES_A_UNIT = 20
UNITS_A_BLOCK = 6
_SLOTS = 100
_UNITS_LIVED_IN = 396  # of the 400 of a sector; the last few are kept for homes and other places


class Address(NamedTuple):
    """Where somebody lives: one line, a town and a postcode."""

    line: str
    town: str
    postcode: str

    def lines(self) -> str:
        """As most systems write it, without the postcode."""
        return f"{self.line}, {self.town}" if self.line else self.town


@dataclass(frozen=True)
class Slot:
    """One sector of one outcode: a hundred of them make the force area."""

    district: str
    town: str
    outcode: str
    sector: int
    number: int


def _slots() -> tuple[Slot, ...]:
    found: list[Slot] = []
    for district, share in _DISTRICTS:
        outcodes, towns = _OUTCODES[district].split(), _TOWNS[district].split()
        for place in range(share):
            which = place % len(outcodes)
            town = towns[which].replace("_", " ")
            found.append(Slot(district, town, outcodes[which], 1 + place // len(outcodes), len(found)))
    return tuple(found)


SLOTS = _slots()
DISTRICTS = tuple(name for name, _ in _DISTRICTS)
# Consecutive blocks fall in different districts, so that a small force still has all four.
_ORDER = tuple((place * 37) % _SLOTS for place in range(_SLOTS))


def slot_of(block: int) -> Slot:
    """The slot in which a block of people lives; block 0 lives in ZS5."""
    return SLOTS[_ORDER[block % _SLOTS]]


def units_of(block: int) -> range:
    """The postcode units of a block within its slot."""
    first = block // _SLOTS * UNITS_A_BLOCK % _UNITS_LIVED_IN
    return range(first, first + UNITS_A_BLOCK)


def address(slot: Slot, unit: int, house: int) -> Address:
    """The house-th address (from 0) of a postcode unit: always the same one."""
    seed = slot.number * 7919 + unit * 104729
    street = f"{_STREET_STEMS[seed % len(_STREET_STEMS)]} {_STREET_TAILS[seed // 7 % len(_STREET_TAILS)]}"
    letters = _UNIT_LETTERS[unit // 20 % 20] + _UNIT_LETTERS[unit % 20]
    postcode = f"{slot.outcode} {slot.sector}{letters}"
    if house >= HOUSES_A_UNIT - 5:
        return Address(f"Flat {house - HOUSES_A_UNIT + 6}, {2 + unit % 60} {street}", slot.town, postcode)
    return Address(f"{2 * house + 1 + unit % 2} {street}", slot.town, postcode)


def elsewhere(rng: Random, block: int) -> Address:
    """An address that somebody had before: often round the corner, sometimes across the area."""
    slot = slot_of(block)
    if rng.random() < 0.6:
        return address(slot, rng.choice(units_of(block)), rng.randrange(HOUSES_A_UNIT))
    if rng.random() < 0.7:
        slot = rng.choice([other for other in SLOTS if other.district == slot.district])
    else:
        slot = rng.choice(SLOTS)
    return address(slot, rng.randrange(UNITS_A_BLOCK), rng.randrange(HOUSES_A_UNIT))


def schools(slot: Slot) -> tuple[list[str], list[str]]:
    """The primary and the secondary schools of a slot's outcode."""
    stems = ("St Osric's", "Moorside", "Bilberry Bank", "Kestrel", "Holy Well")
    primary = [f"{stem} Primary School, {slot.town}" for stem in stems]
    return primary, [f"{slot.town} Academy"]


def practices(slot: Slot) -> list[str]:
    """The general practices of a slot's outcode."""
    return [f"{slot.town} {kind}" for kind in ("Medical Centre", "Surgery", "Health Centre")]


def hospital(district: str) -> str:
    """The district's hospital."""
    return f"{district} General Hospital"


def custody_suite(district: str) -> str:
    """Where detained people are taken."""
    return f"{district} Custody Suite"


_HOMES = {
    "Harrowmere": ("Larch House", "Weir View"),
    "Dunlow": ("Fenside", "The Alders"),
    "Roxfell": ("Beacon Lodge", "Tarn House"),
    "Barrowick": ("Ling Cottage", "Priory Lodge"),
}


def childrens_homes(district: str) -> list[tuple[str, Address]]:
    """The children's homes of a district, with their addresses."""
    names = _HOMES[district]
    slots = [slot for slot in SLOTS if slot.district == district]
    return [(f"{name}, {district}", address(slots[3 + place * 2], 399, 2 + place)) for place, name in enumerate(names)]


PRISONS = ("HMP Gorsefield", "HMP Blackscar", "HMP Wealdmoor")
SECURE = ("Thornhope Secure Home", "Eastholm Young Offender Institution")
MEETING_PLACES = (
    "bus interchange", "retail park", "skate park", "canal towpath", "railway station", "takeaway on the parade", "arcade",
    "hotel by the ring road", "car park behind the market", "playing fields", "flat above a shop", "recreation ground",
)  # fmt: skip
