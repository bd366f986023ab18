"""Children in care: where they are placed, and that they no longer live at home."""

from datetime import datetime, time, timedelta

from sightline.exchange.invented import places
from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories.care import case_of
from sightline.exchange.invented.people import Household, Person

_KINDS = {"U4": 70, "U1": 13, "K2": 11, "H5": 4, "P1": 2}
_PROCEDURE = "Search the building and garden, ring the child and friends, report to police within the hour, tell the social worker."


def looked_after(diary: Diary) -> None:
    """As many children as the table says are in care on the last day, each with the placements that led there."""
    free = [one for one in diary.children if one.mother is not None and one.household is not None]
    for _ in range(diary.times("looked_after")):
        if not free:
            return
        child = diary.person(free, 1.5)
        free.remove(child)
        days = min((diary.block.until - child.born).days - 1, int(diary.rng.gammavariate(1.5, 500)) + 20)
        if days > 5:
            in_care(diary, child, datetime.combine(diary.block.until - timedelta(days=days), time(14)))


def in_care(diary: Diary, child: Person, since: datetime, *, kind: str = "") -> None:
    """One child in care since then, in one to three placements; the last still lasts and becomes the address."""
    child.traits.add("LAC")
    if child.household is not None:
        child.household.members.remove(child)
        child.household = None
    case_of(diary, child, since)
    number = diary.rng.choices((1, 2, 3), (6, 3, 1))[0]
    starts = sorted(diary.moment(since, diary.end) for _ in range(number - 1))
    starts.insert(0, since)
    for place, start in enumerate(starts):
        last = place == len(starts) - 1
        end = None if last else starts[place + 1]
        _placed(diary, child, since, start, end, kind if last else "")


def _placed(diary: Diary, child: Person, since: datetime, start: datetime, end: datetime | None, kind: str) -> None:
    age = child.age_on(start.date())
    chosen = kind or diary.weighted({**_KINDS, "H5": 8 if age >= 16 else 0, "K2": 22 if age >= 12 else 2})
    provider, address, home = _provider(diary, child, chosen)
    child.addresses.append((start.date(), address))
    if end is None and home is not None:
        home.members.append(child)
        child.household = home
    review = diary.past(start + timedelta(days=diary.rng.choice((19, 85, 180))))
    cells: dict[str, Cell] = {
        "LEGAL_STATUS": diary.weighted({"C2": 55, "C1": 12, "V2": 28, "E1": 5}),
        "CARE_FROM": since.date(),
        "START": start.date(),
        "PLACE": chosen,
        "PROVIDER": provider,
        "PLACE_ADDRESS": address.lines(),
        "PLACE_POSTCODE": address.postcode,
        "AUTHORITY": f"{diary.block.slot.district} Council",
        "OUT_OF_AREA": False,
        "PLACEMENT_PLAN": diary.happens(0.8),
        "MISSING_PROCEDURE": _PROCEDURE if chosen == "K2" and diary.happens(0.7) else None,
        "LAST_REVIEW": review.date() if review and (end is None or review < end) else None,
        "WORKER": diary.worker(),
        "END": end.date() if end else None,
        "END_REASON": diary.one(("Carers asked for a move.", "Planned move.", "Closer to school.")) if end else None,
    }
    cells["CHILD_TOOK_PART"] = diary.one((True, False, None)) if cells["LAST_REVIEW"] else None
    diary.add("placements", diary.key("PLC"), cells, child=child)


def _provider(diary: Diary, child: Person, kind: str) -> tuple[str, places.Address, Household | None]:
    if kind in ("K2", "K1"):
        name, address = diary.one(places.childrens_homes(diary.block.slot.district))
        return name, address, None
    homes = [one for one in diary.block.households if one.kind == "couple" and child.mother not in one.members]
    if kind == "H5" or not homes:
        return "Supported lodgings", places.elsewhere(diary.rng, diary.block.number), None
    home = diary.one(homes)
    head = home.members[0]
    return f"{head.forename} {head.last}", home.address, home
