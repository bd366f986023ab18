"""Whether a mapping can work at all: its columns exist, its kinds, fields, roles and codes are the vocabulary's. Found before any row is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from datetime import UTC, date, datetime
from typing import Any

from sightline.chronology.kinds import ROLES, FieldErrors, checked, kinds
from sightline.exchange.feeds.cells import known_format
from sightline.exchange.feeds.mapping import Block, Column, Condition, Given, Mapping, Person, Repeat
from sightline.exchange.feeds.people_said import SPOKEN
from sightline.exchange.feeds.values import columns_of, table, words_of
from sightline.exchange.feeds.written import BadMapping, Fault, Place, Written

_SAMPLES: dict[str, Any] = {
    "date": date(2000, 1, 2), "moment": datetime(2000, 1, 2, tzinfo=UTC), "bool": True, "int": 1, "number": 1.5, "text": "\u2042",
}  # fmt: skip
_KIND_OF = {"relationships": "relationship.recorded", "markers": "marker.set"}


def check_mapping(feed: Mapping, written: Written) -> None:
    """Raises BadMapping with every mistake that can be seen without a file."""
    faults = [*_Checker(feed, written).feed_faults()]
    if faults:
        raise BadMapping(written.file, faults)


class _Checker:
    """Walks a mapping with the names that are visible at each place."""

    def __init__(self, feed: Mapping, written: Written) -> None:
        self.feed, self.written = feed, written

    def feed_faults(self) -> Iterator[Fault]:
        outer = {"extracted_at": Column(type="moment"), **self.feed.header.columns}
        for name, place in ((n, ("stated", i)) for i, n in enumerate(self.feed.stated)):
            yield from self.dated(name, place)
        if self.feed.updated:
            yield from self.dated(self.feed.updated, ("updated",))
        if (header := self.feed.extracted.header) and header not in outer:
            yield self.written.fault(("extracted", "header"), f"there is no header column {header}")
        for word in words_of(self.feed.key):
            yield from self.named([word], {**outer, **self.feed.columns}, ("key",))
        yield from self.block(self.feed, outer, set(), ())

    def dated(self, name: str, place: Place) -> Iterator[Fault]:
        column = self.feed.columns.get(name)
        if column is None or column.type not in ("date", "moment"):
            yield self.written.fault(place, f"{name} is no column of dates")

    def block(self, block: Block, outer: Columns, people: set[str], place: Place) -> Iterator[Fault]:
        columns: dict[str, Column] = {**outer, **block.columns}
        if isinstance(block, Repeat):
            columns |= {"n": Column()} if block.numbered else {}
            columns |= {str(place[-1]): Column(codes=block.codes)} if block.each else {}
            yield from self.repeat(block, columns, place)
        for name, column in block.columns.items():
            yield from self.column(column, (*place, "columns", name))
        everyone = people | block.people.keys() | {n for r in block.repeats.values() for n in _people_within(r)}
        for name, person in block.people.items():
            yield from self.person(person, columns, (*place, "people", name))
        yield from self.statements(block, columns, everyone, place)
        for name, repeat in block.repeats.items():
            yield from self.block(repeat, columns, everyone, (*place, "repeats", name))

    def repeat(self, repeat: Repeat, columns: Columns, place: Place) -> Iterator[Fault]:
        if repeat.path and not repeat.key:
            yield self.written.fault(
                place, "needs a key: what tells one of them from another, whatever order they come in"
            )
        if repeat.each:
            yield from self.named([repeat.each], columns, (*place, "each"))
        yield from self.named(words_of(repeat.key), columns, (*place, "key"))
        yield from self.conditions(repeat, columns, place)

    def column(self, column: Column, place: Place) -> Iterator[Fault]:
        for pattern in column.formats:
            if not known_format(pattern):
                yield self.written.fault((*place, "formats"), f"{pattern} is no format that can be read")
        if isinstance(column.codes, str) and column.codes not in self.feed.tables:
            yield self.written.fault((*place, "codes"), f"there is no table {column.codes}")

    def person(self, person: Person, columns: Columns, place: Place) -> Iterator[Fault]:
        yield from self.given(person.key, columns, (*place, "key"))
        plain = {n: g for n, g in person.record.items() if n not in SPOKEN}
        yield from self.fields("person.recorded", plain, columns, (*place, "record"))
        for name in SPOKEN:
            yield from self.given(person.record.get(name), columns, (*place, "record", name))
        yield from self.given(person.at, columns, (*place, "at"))
        yield from self.conditions(person, columns, place)
        for number, where in enumerate(person.address):
            at = (*place, "address", number) if len(person.address) > 1 else (*place, "address")
            given = {
                "lines": where.lines,
                "postcode": where.postcode,
                "kind": where.kind,
                "from": where.from_,
                "until": where.until,
                "handling": where.handling,
            }
            yield from self.fields("address.recorded", given, columns, at)
            yield from self.conditions(where, columns, at)

    def statements(self, block: Block, columns: Columns, people: set[str], place: Place) -> Iterator[Fault]:
        for number, tie in enumerate(block.relationships):
            at = (*place, "relationships", number)
            yield from self.known([tie.subject, tie.of], people, at)
            given = {
                "kind": tie.is_,
                "lives_with": tie.lives_with,
                "cares_for": tie.cares_for,
                "since": tie.since,
                "ended": tie.ended,
                "handling": tie.handling,
            }
            yield from self.fields("relationship.recorded", given, columns, at)
            yield from self.conditions(tie, columns, at)
        for number, standing in enumerate(block.markers):
            at = (*place, "markers", number)
            if bool(standing.of) == bool(standing.place):
                yield self.written.fault(at, "is about a person (of) or a place, one of the two")
            yield from self.known([standing.of] if standing.of else [], people, at)
            yield from self.named(standing.place, columns, (*at, "place"))
            given = {
                "kind": standing.marker,
                "detail": standing.detail,
                "until": standing.until,
                "authority": standing.authority,
                "handling": standing.handling,
            }
            yield from self.fields("marker.set", given, columns, at)
            yield from self.given(standing.holds, columns, (*at, "holds"))
            yield from self.conditions(standing, columns, at)
        yield from self.events(block, columns, people, place)

    def events(self, block: Block, columns: Columns, people: set[str], place: Place) -> Iterator[Fault]:
        refs: set[str] = set()
        for number, event in enumerate(block.events):
            at = (*place, "events", number)
            ref = event.ref or event.event
            if ref in refs:
                yield self.written.fault(at, f"another event here has the ref {ref} already: give each its own")
            refs.add(ref)
            if event.event not in kinds():
                yield self.written.fault((*at, "event"), f"no slice declares an event called {event.event}")
                continue
            for role, names in event.people.items():
                if role not in ROLES:
                    yield self.written.fault((*at, "people", role), "is not a role that a person can have")
                yield from self.known(names, people, (*at, "people", role))
            yield from self.fields(event.event, dict(event.data), columns, (*at, "data"))
            for word in ("at", "recorded_at", "by", "agency"):
                yield from self.given(getattr(event, word), columns, (*at, word))
            yield from self.named([w for t in (event.ref, *event.note) for w in words_of(t)] + event.place, columns, at)
            yield from self.conditions(event, columns, at)

    def known(self, names: Iterable[str], people: set[str], place: Place) -> Iterator[Fault]:
        for name in names:
            if name not in people:
                yield self.written.fault(place, f"there is no person called {name} here")

    def named(self, names: Iterable[str], columns: Columns, place: Place) -> Iterator[Fault]:
        for name in names:
            if name not in columns:
                yield self.written.fault(place, f"there is no column {name} here")

    def given(self, given: Given | None, columns: Columns, place: Place) -> Iterator[Fault]:
        yield from self.named(columns_of(given), columns, place)
        if given is not None and isinstance(given.codes, str) and given.codes not in self.feed.tables:
            yield self.written.fault(place, f"there is no table {given.codes}")

    def conditions(self, part: Any, columns: Columns, place: Place) -> Iterator[Fault]:
        for word in ("when", "unless"):
            when: Condition | None = getattr(part, word)
            names = [] if when is None else [when] if isinstance(when, str) else list(when)
            yield from self.named(names, columns, (*place, word))

    def fields(self, kind: str, given: Map[str, Given | None], columns: Columns, place: Place) -> Iterator[Fault]:
        for field, value in given.items():
            if value is None:
                continue
            wrong = [*self.given(value, columns, (*place, field))]
            yield from wrong
            for possible in () if wrong else self.possible(value, columns):
                try:
                    checked(kind, {field: possible}, asked=False)
                except FieldErrors as error:
                    why = next(iter(error.faults.values()))
                    hint = "text without codes" if possible in ("\u2042", ["\u2042"]) else repr(possible)
                    yield self.written.fault((*place, field), f"{kind} does not take {hint} here: {why}")
                    break

    def possible(self, given: Given, columns: Columns) -> Iterator[Any]:
        """One of each sort of value that a part of the mapping may give."""
        if "value" in given.model_fields_set:
            yield given.value
        elif given.text is not None:
            yield "\u2042"
        elif given.held is not None:
            yield True
        elif given.first is not None:
            yield from (v for part in given.first for v in self.possible(part, columns))
        elif given.all is not None:
            for part in given.all:
                yield from (v if isinstance(v, list) else [v] for v in self.possible(part, columns))
        elif given.column is not None:
            column = columns[given.column]
            codes = table(given.codes, self.feed.tables) or table(column.codes, self.feed.tables)
            values = (
                [v for v in codes.values() if v is not None]
                if codes is not None
                else [_SAMPLES.get(column.type, "\u2042")]
            )
            if given.codes is not None and given.otherwise is not None:
                values.append(given.otherwise)
            yield from ([v] if column.type == "list" else v for v in values)


Columns = Map[str, Column]


def _people_within(repeat: Repeat) -> set[str]:
    return {*repeat.people, *(n for inner in repeat.repeats.values() for n in _people_within(inner))}
