"""The signs of neglect that are recorded, each with its entry, and how many there were in each quarter. Nothing is foretold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import local

WAYS = {
    "home": "Home conditions",
    "health": "Health appointments missed",
    "school": "Absent from school",
    "alone": "Left unsupervised",
    "said": "Neglect reported",
}
AT_HOME = ("home_food", "home_warmth", "home_bedding", "home_hygiene", "home_hazards", "home_drugs")
MISSED = re.compile(r"\b(not seen by|(was )?not brought|did not attend|missed .{0,40}appointment)", re.IGNORECASE)
HALF_DAYS = re.compile(r"missed (\d+) of (\d+) half-days", re.IGNORECASE)
ALONE = re.compile(
    r"\b(left|found|were|was|children|child) (home )?(alone|unsupervised)|\balone at home\b", re.IGNORECASE
)
NEVER_ALONE = re.compile(r"\b(to be left alone|seen alone|not (left )?alone)\b", re.IGNORECASE)
KINDS = (
    *(
        "concern.notified",
        "scene.recorded",
        "information.supplied",
        "contact.received",
        "crime.recorded",
        "protection.taken",
    ),
    *("marker.set", "referral.made"),
)


@dataclass(frozen=True)
class Sign:
    """One sign: in which way, what it says in a few words, and the entry that says so."""

    way: str
    says: str
    entry: Happening


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year, and how many days had a sign of each way. `whole`: whether it is over."""

    year: int
    number: int
    counts: dict[str, int]
    whole: bool

    @property
    def name(self) -> str:
        """As a person would say it: `January to March 2026`."""
        first = ("January to March", "April to June", "July to September", "October to December")[self.number - 1]
        return f"{first} {self.year}"

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def signs(own: Chronology, at: datetime, held: Limits) -> tuple[Sign, ...]:
    """Every recorded sign of neglect of a child up to a moment, oldest first."""
    subject = own.subject
    entries = [
        h for h in own.of_kind(*KINDS) if h.at <= at and not h.pointer and h.concerns(subject, "child", "subject")
    ]
    return tuple(Sign(way, says, h) for h in entries for way, says in _of(h, held))


def _of(h: Happening, held: Limits) -> Iterator[tuple[str, str]]:
    if poor := [f for f in AT_HOME if h.get(f) == "poor"]:
        yield "home", "poor: " + ", ".join(f.removeprefix("home_") for f in poor)
    if h.kind == "scene.recorded" and h.get("drugs_about") == "yes":
        yield "home", "drugs about"
    if h.kind == "information.supplied" and "health" in (h.source, h.agency) and MISSED.search(str(h.get("summary"))):
        yield "health", str(h.get("summary"))
    if says := _absent(h, held):
        yield "school", says
    if h.get("home_supervision") == "poor" or h.get("children_unsupervised") == "yes" or _alone(h):
        yield "alone", "nobody fit to look after the child"
    if h.get("kind") == "neglect" or h.get("category") == "cruelty_neglect" or "neglect" in map(str.lower, _kinds(h)):
        yield "said", "neglect reported or recorded"


def _kinds(h: Happening) -> list[str]:
    return [str(k) for k in h.get("kinds") or ()]


def _absent(h: Happening, held: Limits) -> str:
    """Half-days missed, where they are a sign by the limit; or a school that has lost sight of the child."""
    if h.kind == "marker.set" and "missing education" in str(h.get("detail")).lower():
        return "missing education"
    found = HALF_DAYS.search(str(h.get("summary"))) if h.kind == "information.supplied" else None
    if found is None or not int(found[2]):
        return ""
    enough = 100 * int(found[1]) >= held.number("neglect.absence", h.at) * int(found[2])
    return str(h.get("summary")) if enough else ""


def _alone(h: Happening) -> bool:
    said = " ".join(str(x) for x in (h.get("what_happened"), h.get("reason"), h.get("own_words"), h.note) if x)
    return h.kind != "information.supplied" and bool(ALONE.search(NEVER_ALONE.sub("", said)))


def quarters(found: tuple[Sign, ...], at: datetime, held: Limits) -> tuple[Quarter, ...]:
    """The newest quarters, oldest first, with on how many days each way was recorded: two reports of one day are one."""
    days: dict[tuple[int, int], dict[str, set[date]]] = {}
    for sign in found:
        day = local(sign.entry.at).date()
        days.setdefault(_quarter(day), {}).setdefault(sign.way, set()).add(day)
    now, shown = _quarter(local(at).date()), []
    for back in range(held.number("neglect.quarters", at) - 1, -1, -1):
        year, n = divmod(now[0] * 4 + now[1] - 1 - back, 4)
        of = days.get((year, n + 1), {})
        shown.append(Quarter(year, n + 1, {way: len(of.get(way, ())) for way in WAYS}, back > 0))
    return tuple(shown)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3 + 1


def trend(shown: tuple[Quarter, ...]) -> str:
    """In a sentence, by counting: the newer half of the quarters against the older."""
    half = len(shown) // 2
    older, newer = (sum(q.total for q in part) for part in (shown[:half], shown[half:]))
    word = (
        "more often than before"
        if newer > older
        else "less often than before"
        if newer < older
        else "as often as before"
    )
    return f"{newer} in the last {len(shown) - half} quarters, {older or 'none'} in the {half} before: {word}"
