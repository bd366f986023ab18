"""What the systems say of everybody in the scene: entries in which every field holds its own canary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from access_proof.canaries import Of
from access_proof.world import PROJECTED
from cast import entry
from oracle.cage import Cage
from oracle.people import CENTRE, FAMILY, SOURCES, THICK, Part, parts
from sightline.chronology.entries import Entry
from sightline.chronology.kinds import kinds

HOME = ("17 Zqvhome Rise", "ZQ5 7AB")
HOUSE = "house"  # the owner of what is said of that place and of nobody


@dataclass
class Sayer:
    """Says everything of everybody, and remembers each value."""

    cage: Cage
    at: datetime
    n: int = 0
    serial: int = 1000

    def described(self) -> Iterator[Entry]:
        """Who everybody is, in every system that holds them; where they live; who is what to whom."""
        self.cage.said("Zqvhome", HOUSE, "social_care", "address.recorded.lines", Of.WHO)
        for part in parts():
            for source in part.sources:
                data = self._person(part, source)
                yield self._entry("person.recorded", {"subject": [part.key(source)]}, source, "person", 900, data=data)
            yield from self._homes(part)
        yield from self._ties()

    def _entry(self, kind: str, about: dict[str, Any], source: str, ref: str, days: float, **rest: Any) -> Entry:
        who = next(iter(about.values()))[0][1] if about else HOUSE
        return entry(kind, about, source=source, ref=f"{who}/{ref}", at=self.at - timedelta(days=days), **rest)

    def _person(self, part: Part, source: str) -> dict[str, Any]:
        cage, who = self.cage, part.name
        self.n += 1
        own = ("born", "sex", "nhs_number", "phone", "died", "born_text", "pnc_id", "upn")
        said = cage.fill("person.recorded", who, source, but=own) | {"sex": "F"}
        said |= {
            "nhs_number": self._nhs(who, source),
            "phone": [self._phone(who, source)],
            "pnc_id": self._pnc(who, source),
        }
        said["upn"] = cage.word(who, source, "person.recorded.upn")
        if source == "education":
            return said | {"born_text": f"about {cage.word(who, source, 'person.recorded.born_text', Of.WHO)}"}
        year = 1970 + self.n % 9 if part.name in ("mother", "father") else 2010 + self.n % 8
        on = date(year, 1 + self.n // 8 % 12, 18 + self.n // 96 % 11)  # no day on which a law came into force
        said["born"] = cage.said(on.isoformat(), who, source, "person.recorded.born", Of.WHO)
        if who == CENTRE and source == "prison":
            said["died"] = cage.day(who, source, "person.recorded.died", Of.WHO).isoformat()
        return said

    def _nhs(self, who: str, source: str) -> str:
        """The next number that has a check digit, and ends in no year."""
        while True:
            self.serial += 1
            digits = f"999{self.serial:06d}"
            check = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
            if check != 10 and digits[-3] >= "5":
                return self.cage.said(f"{digits}{check % 11}", who, source, "person.recorded.nhs_number", Of.CONTENT)

    def _phone(self, who: str, source: str) -> str:
        number = f"07700 {905000 + self.n}"
        return self.cage.said(number, who, source, "person.recorded.phone", Of.CONTENT, number.replace(" ", ""))

    def _pnc(self, who: str, source: str) -> str:
        serial = str(7_305_000 + self.n)
        return self.cage.said(f"2020/{serial}Z", who, source, "person.recorded.pnc_id", Of.CONTENT, serial)

    def _past(self, who: str, source: str, name: str) -> str:
        """A day of its own, long before the others, so that what began then still holds."""
        on = date(1981, 1, 1) + timedelta(days=5 * len(self.cage.held) % 9000)
        return self.cage.said(on.isoformat(), who, source, name, Of.WHO)

    def _homes(self, part: Part) -> Iterator[Entry]:
        cage, who = self.cage, part.name
        mark = cage.word(who, "social_care", "address.recorded.lines", Of.WHO)
        lines, code = f"{part_number(part)} {mark} Rise", postcode_of(part)
        if who in (CENTRE, *FAMILY):
            lines, code = f"{HOME[0]}, Back of {mark}", HOME[1]
        else:
            cage.said(code, who, "social_care", "address.recorded.postcode", Of.WHO, code.replace(" ", ""))
        began = self._past(who, "social_care", "address.recorded.from")
        data = {"lines": lines, "postcode": code, "kind": "home", "from": began}
        yield self._entry(
            "address.recorded", {"subject": [part.key("social_care")]}, "social_care", "home", 600, data=data
        )
        for source in part.sources[1:]:
            mark = cage.word(who, source, "address.recorded.lines", Of.WHO)
            until = cage.day(who, source, "address.recorded.until", Of.WHO).isoformat()
            data = {
                "lines": f"{part_number(part)} {mark} Street",
                "postcode": "ZQ1 1AA",
                "kind": "other",
                "until": until,
            }
            yield self._entry("address.recorded", {"subject": [part.key(source)]}, source, "other", 500, data=data)

    def _ties(self) -> Iterator[Entry]:
        for who, kind in FAMILY.items():
            ended = self.cage.day(who, "social_care", "relationship.recorded.ended", Of.WHO).isoformat()
            since = self._past(who, "social_care", "relationship.recorded.since")
            data = {"kind": kind, "lives_with": True, "since": since, "ended": ended}
            about = {"subject": [("social_care", who)], "other": [("social_care", CENTRE)]}
            yield self._entry("relationship.recorded", about, "social_care", "tie", 550, data=data)

    def happened(self) -> Iterator[Entry]:
        """Every kind of entry about the child in the middle; eight of them about each other child, another eight each time."""
        rest = [k for k in sorted(kinds()) if k not in PROJECTED]
        turn = 0
        for part in parts():
            for n, kind in enumerate(rest if part.name in THICK else ()):
                yield self.event(kind, part, SOURCES[n % len(SOURCES)], f"every/{n}", 30 + n)
            for n, source in enumerate(part.sources):
                turn += 1
                yield self.event(rest[turn % len(rest)], part, source, f"one/{n}", 20 + n)
            for source in part.sources[:3]:
                yield self._marker(part, source)
        yield from self._together()

    def event(self, kind: str, part: Part, source: str, ref: str, days: float, place: str = "") -> Entry:
        """One entry of a kind, each field with its own value."""
        cage, who = self.cage, part.name
        said = {
            "note": cage.word(who, source, "chronology.Event.note"),
            "by": cage.word(who, source, "chronology.Event.by"),
        }
        where = place or f"{60 + self.n % 90} {cage.word(who, source, 'chronology.Event.place')} Road, ZQ2 2BB"
        data = cage.fill(kind, who, source)
        return self._entry(kind, {"child": [part.key(source)]}, source, ref, days, data=data, place=where, **said)

    def _marker(self, part: Part, source: str) -> Entry:
        data = self.cage.fill("marker.set", part.name, source) | {"kind": "self_harm"}
        return self._entry("marker.set", {"subject": [part.key(source)]}, source, "mark", 200, data=data)

    def _together(self) -> Iterator[Entry]:
        """What concerns several of one house at once, each alone at that house, and the house itself."""
        by_name = {p.name: p for p in parts()}
        house = ", ".join(HOME)
        alone = [self.event("contact.received", by_name[w], "crime", "at home", 8, house) for w in (CENTRE, *FAMILY)]
        yield from alone
        centre = self.event("contact.received", by_name[CENTRE], "crime", "together", 7, house)
        yield replace(centre, people={"child": tuple(("crime", w) for w in (CENTRE, "work-sealed", "barred-open"))})
        data = self.cage.fill("marker.set", HOUSE, "crime") | {"kind": "dangerous_dog"}
        yield self._entry("marker.set", {}, "crime", "dog", 100, data=data, place=house)
        reason, by = (self.cage.word("work-sealed", "crime", f"identity.decided.{n}") for n in ("reason", "by"))
        data = {"same": False, "reason": reason, "records": ["crime/work-open", "crime/work-sealed"]}
        about = {"subject": [("crime", CENTRE)], "other": [("crime", "work-sealed")]}
        yield self._entry("identity.decided", about, "crime", "apart", 6, data=data, by=by)


def part_number(part: Part) -> int:
    """A house number of their own."""
    return 100 + [p.name for p in parts()].index(part.name)


def postcode_of(part: Part) -> str:
    """A postcode of their own."""
    n = [p.name for p in parts()].index(part.name)
    return f"ZQ{10 + n} 3ZZ" if part.name not in (CENTRE, *FAMILY) else HOME[1]
