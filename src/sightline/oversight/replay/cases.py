"""A case as a timeline: who, what was known before, what happened, and what should and should not have been raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sightline.alerts.names import alert_names
from sightline.chronology.kinds import ROLES, FieldErrors, UnknownKind, checked
from sightline.chronology.view import Happening, frozen
from sightline.kernel.moments import from_local, start_of
from sightline.oversight.replay.reading import Invalid, Reader, Written, written

TOP = ("id", "source", "kind", "title", "people", "relationships", "addresses", "markers", "events", "until", "expect",
       "forbid", "note", "nation")  # fmt: skip
EVENT = ("at", "type", "source", "people", "data", "recorded_at", "received_at", "precision", "ref", "agency", "by",
         "place", "note", "supersedes")  # fmt: skip
BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class Expected:
    """An alert that must be raised about one of these people, by a time, not before another, and to a role where one is named."""

    alert: str
    subjects: tuple[int, ...]
    by: datetime
    after: datetime | None
    to: str


@dataclass(frozen=True)
class CaseFile:
    """One case. `events` are numbered from 1 in the order of the file; the backdrop has the number 0."""

    name: str
    good: bool
    title: str
    people: Mapping[int, str]
    backdrop: tuple[Happening, ...]
    events: tuple[Happening, ...]
    supersedes: Mapping[int, str]
    until: datetime
    expect: tuple[Expected, ...]
    forbid: frozenset[str]
    nation: str


def read(file: Path) -> CaseFile:
    """A case from its file. Raises Invalid, naming file, line and field."""
    return _Case(file).read()


class _Case(Reader):
    """Reads one file, its people numbered in the order they are written."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.top = written(file)
        self.number: dict[str, int] = {}

    def read(self) -> CaseFile:
        """The whole of it."""
        top = self.top
        self.only(top, *TOP)
        kind = self.need(top, "kind", str)
        if kind not in ("failure", "good"):
            raise self.fault(top, "kind", f"{kind!r} is neither failure nor good")
        people = self.need(top, "people", dict)
        self.number = {str(name): n for n, name in enumerate(people, 1)}
        rows = self.need(top, "events", list)
        events = tuple(self.event(row, n) for n, row in enumerate(rows, 1))
        if not events:
            raise self.fault(top, "events", "no event")
        first = min(h.recorded_at for h in events)
        until = self.moment(top, "until")
        if until is None:
            raise self.fault(top, "until", "missing")
        return CaseFile(
            str(self.need(top, "id", (str, int))), kind == "good", str(top.get("title", "")),
            {n: name for name, n in self.number.items()}, tuple(self.backdrop(people, first)), events,
            {n: str(row["supersedes"]) for n, row in enumerate(rows, 1) if row.get("supersedes")}, until,
            tuple(self.expected(row) for row in self.rows("expect")), frozenset(self.forbidden()),
            str(top.get("nation", "england")),
        )  # fmt: skip

    def rows(self, field: str) -> list[Written]:
        """A list of mappings. Raises Invalid."""
        rows = self.typed(self.top, field, list, [])
        for n, row in enumerate(rows, 1):
            if not isinstance(row, Written):
                raise self.fault(self.top, f"{field}[{n}]", f"{row!r} is no mapping")
        return list(rows)

    def lists(self, field: str, least: int) -> Iterator[tuple[str, list[Any]]]:
        """A list of lists, as relationships, addresses and markers are written."""
        for n, row in enumerate(self.typed(self.top, field, list, []), 1):
            if not isinstance(row, list) or len(row) < least:
                raise self.fault(self.top, f"{field}[{n}]", f"not a list of at least {least}: {row!r}")
            yield f"{field}[{n}]", row

    def person(self, of: Written, field: str, name: Any) -> int:
        """The number of a person by name. Raises Invalid."""
        if str(name) not in self.number:
            raise self.fault(of, field, f"{name!r} is not among the people")
        return self.number[str(name)]

    def event(self, row: Any, n: int) -> Happening:
        """One event. Raises Invalid."""
        if not isinstance(row, Written):
            raise self.fault(self.top, f"events[{n}]", "no mapping")
        self.only(row, *EVENT)
        at = self.moment(row, "at")
        if at is None:
            raise self.fault(row, "at", "missing")
        recorded = self.moment(row, "recorded_at") or at
        by_day = not isinstance(row["at"], datetime)
        people = {role: self.held(row, role, who) for role, who in self.need(row, "people", dict).items()}
        return self.happening(
            row, n, str(self.need(row, "type", str)), at, recorded, people, self.typed(row, "data", dict, {}),
            precision=str(row.get("precision") or ("day" if by_day else "minute")), source=str(row.get("source", "")),
            ref=str(row.get("ref") or n), agency=str(row.get("agency", "")), by=str(row.get("by", "")),
            place=str(row.get("place", "")), note=str(row.get("note", "")),
        )  # fmt: skip

    def held(self, row: Written, role: str, who: Any) -> tuple[int, ...]:
        """Those of one role. Raises Invalid."""
        if role not in ROLES:
            raise self.fault(row, f"people.{role}", "no such role")
        return tuple(self.person(row, f"people.{role}", name) for name in (who if isinstance(who, list) else [who]))

    def happening(
        self,
        row: Written,
        n: int,
        kind: str,
        at: datetime,
        recorded: datetime,
        people: Mapping[str, tuple[int, ...]],
        supplied: Mapping[str, Any],
        **more: Any,
    ) -> Happening:
        """An entry whose fields are those of its kind. Raises Invalid."""
        try:
            said = checked(kind, {k: _aware(v) for k, v in supplied.items()}, asked=False)
        except UnknownKind as error:
            raise self.fault(row, "type", str(error)) from error
        except FieldErrors as error:
            field, why = next(iter(error.faults.items()))
            raise self.fault(row, f"data.{field}", why) from error
        given = {
            "precision": "minute",
            "source": "backdrop",
            "ref": "",
            "agency": "",
            "by": "",
            "place": "",
            "note": "",
        }
        given |= more
        return Happening(
            n, kind, at, recorded, recorded, given["precision"], given["source"], given["ref"], given["agency"],
            given["by"], frozen(people), given["place"], None, given["note"], frozen(said),
        )  # fmt: skip

    def backdrop(self, people: Written, first: datetime) -> Iterator[Happening]:
        """Who they are, how they are tied, where they live and what was known to hold, from before the first event."""
        for name, said in people.items():
            row = said if isinstance(said, Written) else Written({})
            yield self.before(
                people, f"person/{name}", "person.recorded", first, {"subject": (self.number[name],)}, row
            )
        for field, tie in self.lists("relationships", 3):
            more = dict(tie[3]) if len(tie) > 3 else {}
            roles = {
                "subject": (self.person(self.top, field, tie[0]),),
                "other": (self.person(self.top, field, tie[2]),),
            }
            said, since = {"kind": tie[1], **more}, more.get("since")
            yield self.before(self.top, field, "relationship.recorded", first, roles, said, since=since, late=True)
        for field, home in self.lists("addresses", 4):
            about = {"subject": (self.person(self.top, field, home[0]),)}
            said = {"lines": str(home[1]), "kind": home[2], "from": home[3]}
            yield self.before(self.top, field, "address.recorded", first, about, said, since=home[3])
        for field, mark in self.lists("markers", 3):
            about = {"subject": (self.person(self.top, field, mark[0]),)}
            said = {"kind": mark[1], **(mark[3] if len(mark) > 3 else {})}
            yield self.before(self.top, field, "marker.set", first, about, said, since=mark[2])

    def before(
        self,
        of: Written,
        ref: str,
        kind: str,
        first: datetime,
        people: Mapping[str, tuple[int, ...]],
        supplied: Mapping[str, Any],
        *,
        since: date | None = None,
        late: bool = False,
    ) -> Happening:
        """An entry of the backdrop; one that began after the first event (`late`) is known from when it began."""
        began = start_of(since) if isinstance(since, date) and not isinstance(since, datetime) else first - BEFORE
        at = began if late else min(began, first - BEFORE)
        return self.happening(of, 0, kind, at, at, people, supplied, ref=ref)

    def expected(self, row: Written) -> Expected:
        """One expectation. Raises Invalid."""
        self.only(row, "alert", "subject", "by", "to", "after", "note")
        name = self.need(row, "alert", str)
        if name not in alert_names():
            raise self.fault(row, "alert", f"no alert called {name}")
        who = self.need(row, "subject", (str, list))
        by = self.moment(row, "by")
        if by is None:
            raise self.fault(row, "by", "missing")
        subjects = tuple(self.person(row, "subject", x) for x in (who if isinstance(who, list) else [who]))
        return Expected(name, subjects, by, self.moment(row, "after"), str(row.get("to") or ""))

    def forbidden(self) -> Iterable[str]:
        """Names of kinds that must not be raised; `*` for none at all. Raises Invalid."""
        names = [str(n) for n in self.typed(self.top, "forbid", list, [])]
        if strange := [n for n in names if n != "*" and n not in alert_names()]:
            raise self.fault(self.top, "forbid", f"no alert called {strange[0]}")
        return names


def _aware(value: Any) -> Any:
    return from_local(value) if isinstance(value, datetime) else value


__all__ = ["CaseFile", "Expected", "Invalid", "read"]
