"""Calls to the control room, and everything about them that an incident log holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.people import Person
from sightline.exchange.invented.places import Address

_ORDINARY = {"ASB": 22, "CRIME": 26, "DISTURB": 16, "WELFARE": 10, "OTHER": 18, "ASSAULT": 6, "CONCHILD": 3}
_GRADES = {
    "CONCHILD": (0.25, 0.5, 0.2), "DOMESTIC": (0.5, 0.4, 0.1), "MISPER": (0.15, 0.6, 0.25), "ASSAULT": (0.4, 0.4, 0.15),
    "SEXOFF": (0.2, 0.5, 0.3), "NEGLECT": (0.1, 0.5, 0.4), "WELFARE": (0.1, 0.45, 0.35),
}  # fmt: skip
_MEAN_MINUTES = {"1": 12, "2": 70, "3": 900}
_LOGS = {
    "ASB": ("Youths gathered and shouting.", "Off-road bike up and down the street.", "Fireworks thrown near the shops."),
    "CRIME": ("Shed broken into overnight.", "Car window smashed.", "Bike taken from the yard.", "Theft from the shop."),
    "DISTURB": ("Loud argument heard from next door.", "Shouting in the street, several adults.", "Party, neighbours complaining."),
    "WELFARE": ("Not seen for several days.", "Caller worried, no answer at the door.", "Concern about an elderly neighbour."),
    "OTHER": ("Advice given.", "Abandoned vehicle.", "Lost property.", "Loose dog in the road.", "Call dropped, no reply."),
    "ASSAULT": ("Fight outside the takeaway.", "Caller has been punched.", "Pushed over in the park."),
    "CONCHILD": (
        "Small child heard crying for a long time, adults shouting.", "Child out on the street alone after dark.",
        "Neighbour says children are left alone in the evening.", "Child begging for food at the shop.",
    ),
}  # fmt: skip
_DEMEANOUR = (
    "quiet, would not look at officers",
    "cheerful and playing",
    "upset and clinging",
    "withdrawn",
    "chatty",
    "asleep, woken",
)


@dataclass(slots=True)
class Call:
    """What is known of a call when it is taken. `kind` is its OPEN_CODE; `present` whether children were there."""

    at: datetime
    kind: str
    log: str
    place: Address
    child: Person | None = None
    caller: Person | None = None
    caller_is: str = "OT"
    adult: Person | None = None
    present: bool | None = None
    warnings: tuple[str, ...] = ()
    grade: str = ""


def incident(diary: Diary, call: Call) -> str:
    """An incident from the call: graded, checked, attended or not, closed. Gives its number."""
    grade = call.grade or _grade(diary, call.kind)
    key = diary.key(f"ASH{call.at:%Y%m%d}-")
    cells: dict[str, Cell] = {
        "CREATED": call.at,
        "CALL_SOURCE": diary.weighted({"999": 45, "101": 40, "ONL": 7, "CTR": 2, "AGY": 4, "SCH": 2}),
        "OPEN_CODE": call.kind,
        "GRADE": grade,
        "LOC_ADDRESS": call.place.lines(),
        "LOC_POSTCODE": call.place.postcode if diary.happens(0.85) else None,
        "LOC_WARNINGS": list(call.warnings),
        "CALLER_IS": call.caller_is,
        "CHILDREN_PRESENT": call.present,
        "TOLD_CHILD_SAFE": diary.one((None, None, True, False)) if call.child else None,
        "LOG_TEXT": call.log,
    }
    if call.child or diary.happens(0.2):
        cells["CHECKS_AT"] = call.at + timedelta(minutes=diary.rng.randrange(2, 20))
        cells["CHECKS_DONE"] = [
            "crime",
            *(one for one in ("intelligence", "domestic_abuse", "child_protection") if diary.happens(0.5)),
        ]
    closed = _attend(diary, call, grade, cells)
    cells["CLOSED"] = diary.past(closed)
    return diary.add("command_and_control", key, cells, reporter=call.caller, child=call.child, adult=call.adult)


def _grade(diary: Diary, kind: str) -> str:
    chances = _GRADES.get(kind, (0.08, 0.27, 0.35))
    pick = diary.rng.random()
    for grade, chance in zip("123", chances, strict=True):
        if pick < chance:
            return grade
        pick -= chance
    return "4"


def _attend(diary: Diary, call: Call, grade: str, cells: dict[str, Cell]) -> datetime:
    """Who went, when, and whether the child was seen; gives when the incident was closed."""
    if grade == "4":
        return diary.later(call.at, hours=3)
    sent = diary.later(call.at, minutes=_MEAN_MINUTES[grade] * 0.4)
    if diary.happens(0.06):
        cells["CANCELLED"] = diary.past(diary.later(call.at, hours=8))
        cells["CANCEL_REASON"] = diary.one(
            ("No unit free, caller content to wait.", "Caller rang back, all calm.", "Duplicate.")
        )
        cells["CANCEL_BY"] = diary.officer() if diary.happens(0.6) else None
        return diary.later(call.at, hours=9)
    cells["DESPATCHED"] = diary.past(sent)
    cells["UNIT"] = f"AM{diary.rng.randrange(10, 99)}"
    arrived = diary.later(sent, minutes=_MEAN_MINUTES[grade] * 0.6)
    cells["AT_SCENE"] = diary.past(arrived)
    if call.child is not None and diary.happens(0.72):
        cells["CHILD_SEEN"] = diary.past(arrived + timedelta(minutes=diary.rng.randrange(2, 40)))
        cells["SEEN_ALONE"] = diary.one((True, False, False, None))
        cells["SPOKEN_TO"] = diary.one((True, True, False, None))
        cells["CHILD_SAFE"] = diary.one((True, True, True, False, None))
        cells["DEMEANOUR"] = diary.one(_DEMEANOUR) if diary.happens(0.5) else None
    return diary.later(arrived, hours=1)


def ordinary(diary: Diary) -> None:
    """The daily work: disorder, thefts, welfare checks, some of it with children in the room."""
    for _ in range(diary.times("incidents")):
        kind = diary.weighted(_ORDINARY)
        person = diary.person(diary.adults, 0.5)
        at = diary.moment()
        call = Call(at, kind, diary.one(_LOGS[kind]), diary.home_of(person, at), caller=person)
        call.caller_is = diary.one(("NE", "OT", "OT", "RE", "AN"))
        if kind == "CONCHILD" and diary.families:
            _about_child(diary, call)
        elif diary.happens(0.25):
            call.adult = diary.person(diary.adults, 1.0)
        if diary.happens(0.3):
            call.caller = None
        incident(diary, call)


def _about_child(diary: Diary, call: Call) -> None:
    home = diary.household(diary.families)
    call.child = diary.one([one for one in home.members if one in diary.children])
    call.at = diary.moment_of(call.child)
    call.place, call.present = diary.home_of(call.child, call.at), True
