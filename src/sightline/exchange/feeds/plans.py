"""A mapping compiled: each part of it as a function that says something of a scope, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sightline.chronology.entries import Checked
from sightline.exchange.feeds.mapping import Block, FirstOf, Given, Happened, Person, Repeat, Standing, Tie, Where
from sightline.exchange.feeds.mapping import Mapping as Feed
from sightline.exchange.feeds.people_said import spell_out
from sightline.exchange.feeds.scopes import RowFault, Scope
from sightline.exchange.feeds.statements import (
    Fields,
    Moments,
    People,
    Plan,
    Someone,
    Statement,
    day_of,
    moment_of,
    said_of,
)
from sightline.exchange.feeds.values import Getter, applies, columns_of, getter, template
from sightline.people.foreseen import place_of


def plan_of(feed: Feed) -> Plan:
    """The mapping, ready to run on rows that its shape has opened."""
    return _Compiler(feed).block(feed, feed.key)


class _Compiler:
    """Holds what every part of one mapping shares: its source, its tables, and when what it states was so."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.stated = [
            getter(Given(column=name), feed.tables)
            for name in (*feed.stated, *([feed.updated] if feed.updated else []))
        ]

    def block(self, block: Block, key: str) -> Plan:
        statements = [
            *(s for name, person in block.people.items() for s in self.person(name, person)),
            *(self.tie(tie) for tie in block.relationships),
            *(self.standing(standing) for standing in block.markers),
            *(self.happened(happened) for happened in block.events),
        ]
        people = tuple(self.someone(name, person) for name, person in block.people.items())
        inner = {name: self.block(repeat, _key_of(name, repeat)) for name, repeat in block.repeats.items()}
        paths = {name: column.path for name, column in block.columns.items() if column.path and column.path != name}
        return Plan(template(key, raw=True), people, tuple(statements), inner, paths)

    def get(self, given: FirstOf | None, *, raw: bool = False) -> Getter:
        return _nothing if given is None else getter(given, self.feed.tables, raw=raw)

    def fields(self, given: dict[str, Given | None]) -> Fields:
        held = {name: g for name, g in given.items() if g is not None}
        return Fields(tuple((name, self.get(g)) for name, g in held.items()), held)

    def someone(self, name: str, person: Person) -> Someone:
        named = self.get(
            Given(all=list(person.record.values()) + [g for w in person.address for g in (w.lines, w.postcode) if g])
        )
        columns = " or ".join(columns_of(person.key))
        return Someone(
            name, self.feed.source, applies(person.when, person.unless), self.get(person.key, raw=True), columns, named
        )

    def when(self, at: Getter, scope: Scope, moments: Moments) -> tuple[Any, str]:
        """When something stated was so: its own date, else the row's, else the extract's."""
        for get in (at, *self.stated):
            if (value := get(scope)) is not None:
                return moment_of(value)
        if moments.extracted_at is None:
            raise RowFault("", "bears no date, and neither does its file: say when it was extracted")
        return moments.extracted_at, "minute"

    def shared(
        self, fields: Fields, kind: str, ref: str, people: People, when: tuple[Any, str], moments: Moments, **more: Any
    ) -> Checked:
        """What is said of somebody whom other rows may describe too."""
        return said_of(
            fields, kind, when[0], self.feed.source, ref, people, own=False, extracted_at=moments.ordered_at, precision=when[1],
            agency=self.feed.agency, **more,
        )  # fmt: skip

    def person(self, name: str, person: Person) -> Iterator[Statement]:
        fields, at, learnt = self.fields(dict(person.record)), self.get(person.at), self.get(person.recorded_at)
        formats = tuple(self.feed.date_formats)

        def say(scope: Scope, moments: Moments) -> Iterator[Checked]:
            for key in scope.people.get(name, ()):
                if not (said := fields.read(scope)):
                    continue
                when = self.when(at, scope, moments)
                recorded = learnt(scope)
                record = spell_out(said, on=day_of(when[0]), formats=formats)
                yield self.shared(
                    fields, "person.recorded", f"person/{key[1]}/{name}", {"subject": (key,)}, when, moments, data=record,
                    recorded_at=moment_of(recorded)[0] if recorded is not None else None,
                )  # fmt: skip

        if person.record:
            yield Statement(applies(person.when, person.unless), say)
        for where in person.address:
            yield self.where(name, where, at)

    def where(self, name: str, where: Where, at: Getter) -> Statement:
        fields = self.fields(
            {
                "lines": where.lines,
                "postcode": where.postcode,
                "kind": where.kind,
                "from": where.from_,
                "until": where.until,
                "handling": where.handling,
            }
        )
        own_at, ref = self.get(where.at), template(where.ref, raw=True)

        def say(scope: Scope, moments: Moments) -> Iterator[Checked]:
            said = fields.read(scope)
            lines, code = str(said.get("lines", "")), str(said.get("postcode", ""))
            for key in scope.people.get(name, ()) if lines or code else ():
                tail = ref(scope) if where.ref else f"{place_of(lines, code).key & (2**64 - 1):016x}"
                own = own_at(scope)
                when = moment_of(own) if own is not None else self.when(at, scope, moments)
                yield self.shared(
                    fields,
                    "address.recorded",
                    f"address/{key[1]}/{tail}",
                    {"subject": (key,)},
                    when,
                    moments,
                    data=said,
                )

        return Statement(applies(where.when, where.unless), say)

    def tie(self, tie: Tie) -> Statement:
        given = {
            "kind": tie.is_,
            "lives_with": tie.lives_with,
            "cares_for": tie.cares_for,
            "since": tie.since,
            "ended": tie.ended,
            "handling": tie.handling,
        }
        fields, at = self.fields(given), self.get(tie.at)

        def say(scope: Scope, moments: Moments) -> Iterator[Checked]:
            said = fields.read(scope)
            for subject in scope.people.get(tie.subject, ()) if "kind" in said else ():
                for other in scope.people.get(tie.of, ()):
                    if subject != other:
                        ref = f"relationship/{subject[1]}/{other[1]}"
                        people = {"subject": (subject,), "other": (other,)}
                        when = self.when(at, scope, moments)
                        yield self.shared(fields, "relationship.recorded", ref, people, when, moments, data=said)

        return Statement(applies(tie.when, tie.unless), say)

    def standing(self, standing: Standing) -> Statement:
        more = {name: getattr(standing, name) for name in ("detail", "until", "authority", "handling")}
        fields, at, holds = (
            self.fields({"kind": standing.marker, **more}),
            self.get(standing.at),
            self.get(standing.holds),
        )
        place, ref = _joined(standing.place), template(standing.ref, raw=True)

        def say(scope: Scope, moments: Moments) -> Iterator[Checked]:
            said, held, where = fields.read(scope), holds(scope), place(scope)
            keys = scope.people.get(standing.of, []) if standing.of else [None] if where else []
            if "kind" not in said or (standing.holds is not None and held is None):
                return
            for key in keys:
                about = key[1] if key else f"place/{place_of(where).key & (2**64 - 1):016x}"
                tail = ref(scope) if standing.ref else said["kind"]
                kind = "marker.cleared" if held is False else "marker.set"
                stated = {"kind": said["kind"]} if held is False else said
                people = {"subject": (key,)} if key else {}
                when = self.when(at, scope, moments)
                ref_of = f"marker/{about}/{tail}"
                yield self.shared(fields, kind, ref_of, people, when, moments, data=stated, place=where or "")

        return Statement(applies(standing.when, standing.unless), say)

    def happened(self, event: Happened) -> Statement:
        fields, at, learnt = self.fields(dict(event.data)), self.get(event.at), self.get(event.recorded_at)
        place, notes = _joined(event.place), [template(line) for line in event.note]
        named = " or ".join(columns_of(event.at))
        by, agency, name = self.get(event.by), self.get(event.agency), template(event.ref or event.event, raw=True)
        source, default = self.feed.source, self.feed.agency

        def say(scope: Scope, moments: Moments) -> Iterator[Checked]:
            if (when := at(scope)) is None:
                return
            moment, precision = moment_of(when, named)
            tail = name(scope)
            if tail is None:
                raise RowFault("", f"does not hold what tells {event.event} apart: {event.ref}")
            recorded = learnt(scope)
            people = {
                role: tuple(k for n in names for k in scope.people.get(n, ())) for role, names in event.people.items()
            }
            yield said_of(
                fields,
                event.event,
                moment,
                source,
                f"{scope.root}{tail}" if tail.startswith("/") else f"{scope.key}/{tail}",
                {role: keys for role, keys in people.items() if keys},
                own=True,
                data=fields.read(scope),
                recorded_at=moment_of(recorded)[0] if recorded is not None else None,
                extracted_at=moments.ordered_at,
                precision=event.precision or precision,
                agency=str(agency(scope) or default),
                by=str(by(scope) or ""),
                place=place(scope) or "",
                note="\n".join([line for note in notes if (line := note(scope))]) if notes else "",
            )

        return Statement(applies(event.when, event.unless), say)


def _key_of(name: str, repeat: Repeat) -> str:
    return repeat.key or ("{n}" if repeat.numbered else f"{{{name}}}")


def _nothing(_: Scope) -> None:
    """Not supplied."""


def _joined(columns: list[str]) -> Getter:
    return lambda scope: ", ".join(str(scope.values[c]) for c in columns if c in scope.values) or None
