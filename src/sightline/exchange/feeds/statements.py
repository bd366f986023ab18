"""What a row says, as entries of the chronology. Only what the row holds is said; what it does not hold is not supplied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sightline.chronology.entries import Checked, checked_entry
from sightline.chronology.kinds import FieldErrors
from sightline.exchange.feeds.mapping import Given
from sightline.exchange.feeds.scopes import PersonKey, RowFault, Scope
from sightline.exchange.feeds.values import Getter, columns_of
from sightline.kernel.moments import local, start_of

People = Mapping[str, tuple[PersonKey, ...]]
LONGEST_REF, LONGEST_KEY, LONGEST_BY = 300, 200, 200


@dataclass(frozen=True)
class Moments:
    """The dates that stand around a row: the extract's own, and the one its versions are ordered by."""

    extracted_at: datetime | None
    ordered_at: datetime


@dataclass(frozen=True)
class Fields:
    """The fields of an event and where each comes from."""

    getters: tuple[tuple[str, Getter], ...]
    given: Mapping[str, Given]

    def read(self, scope: Scope) -> dict[str, Any]:
        """Those that are supplied."""
        return {name: value for name, get in self.getters if (value := get(scope)) is not None}

    def blame(self, error: FieldErrors) -> RowFault:
        """Which column is at fault for a field that the vocabulary refuses."""
        name, why = next(iter(error.faults.items()))
        columns = columns_of(self.given.get(name.split(".")[0]))
        return RowFault(" and ".join(columns) or name, f"as {error.kind} {name}: {why}")


def moment_of(value: Any, column: str = "") -> tuple[datetime, str]:
    """A value as a moment, and how precise it is: a date is known to the day."""
    if isinstance(value, datetime):
        return value, "minute"
    if isinstance(value, date):
        return start_of(value), "day"
    raise RowFault(column, f"{value!r} is not a date")


def said_of(
    fields: Fields, kind: str, at: datetime, source: str, ref: str, people: People, *, own: bool, **more: Any
) -> Checked:
    """The entry with its fields as they will be stored. Raises RowFault naming the column that is wrong."""
    if len(ref) > LONGEST_REF or len(more.get("by", "")) > LONGEST_BY:
        raise RowFault("", f"gives {kind} a ref or author that is too long: {ref[:80]}")
    try:
        return checked_entry(kind, at, source, ref, people, shared=not own, **more)
    except FieldErrors as error:
        raise fields.blame(error) from error
    except ValueError as error:
        raise RowFault("", f"{kind}: {error}") from error


@dataclass(frozen=True)
class Statement:
    """A part of the mapping that may say something of a scope. `say` gives the entry, or None where it says nothing."""

    applies: Callable[[Scope], bool]
    say: Callable[[Scope, Moments], Iterator[Checked]]


@dataclass(frozen=True)
class Someone:
    """A person of the mapping: whether the row speaks of them, and under which key."""

    name: str
    source: str
    applies: Callable[[Scope], bool]
    key: Getter
    key_columns: str
    named: Getter

    def find(self, scope: Scope) -> None:
        """Puts the person's key into the scope. Raises RowFault for someone with a record and no key."""
        if not self.applies(scope):
            return
        key = self.key(scope)
        if not key:
            if self.named(scope) is not None:
                raise RowFault(self.key_columns, f"is missing, yet the row describes a person there ({self.name})")
            return
        if len(key) > LONGEST_KEY:
            raise RowFault(self.key_columns, "is too long for a key")
        scope.people[self.name] = [(self.source, key)]


@dataclass(frozen=True)
class Plan:
    """A mapping made ready to run, scope by scope."""

    key: Getter
    people: tuple[Someone, ...]
    statements: tuple[Statement, ...]
    inner: Mapping[str, Plan]
    paths: Mapping[str, str] = field(default_factory=dict)

    def _named_as_in_the_file(self, fault: RowFault, scope: Scope) -> RowFault:
        """A fault is told by the file's own name for the field, whatever the mapping calls it."""
        names = [self.paths.get(word, word).replace("{n}", scope.raw.get("n", "")) for word in fault.field.split(" ")]
        return RowFault(" ".join(names), fault.reason)

    def run(self, scope: Scope, moments: Moments) -> list[Checked]:
        """Everything that a row says. Raises RowFault; then nothing of the row is to be taken."""
        self._keys(scope, "")
        self._people(scope, {})
        said = list(self._said(scope, moments))
        _agrees_with_itself(said)
        return said

    def _keys(self, scope: Scope, above: str, root: str = "") -> None:
        own = self.key(scope)
        if not own:
            raise RowFault("", "has nothing to tell it apart: its key is not supplied")
        scope.key = f"{above}/{own}" if above else own
        scope.root = root or scope.key
        for name, plan in self.inner.items():
            for one in scope.within.get(name, ()):
                plan._keys(one, scope.key, scope.root)

    def _people(self, scope: Scope, known: Mapping[str, list[PersonKey]]) -> None:
        """People are known in the scope that names them and within it; outside, all of a repeat's are meant together."""
        scope.people = dict(known)
        try:
            for someone in self.people:
                someone.find(scope)
        except RowFault as fault:
            raise self._named_as_in_the_file(fault, scope) from fault
        here = dict(scope.people)
        for name, plan in self.inner.items():
            for one in scope.within.get(name, ()):
                plan._people(one, here)
                for person, keys in one.people.items():
                    if person not in here:
                        scope.people.setdefault(person, []).extend(keys)
        for name in self.inner:
            for one in scope.within.get(name, ()):
                _tell(one, scope.people)

    def _said(self, scope: Scope, moments: Moments) -> Iterator[Checked]:
        try:
            for statement in self.statements:
                if statement.applies(scope):
                    yield from statement.say(scope, moments)
        except RowFault as fault:
            raise self._named_as_in_the_file(fault, scope) from fault
        for name, plan in self.inner.items():
            for one in scope.within.get(name, ()):
                yield from plan._said(one, moments)


def _tell(scope: Scope, people: Mapping[str, list[PersonKey]]) -> None:
    """Lets a repeat, and all within it, know of the people named in the repeats beside it."""
    scope.people = {**people, **scope.people}
    for inner in scope.within.values():
        for one in inner:
            _tell(one, people)


def _agrees_with_itself(said: list[Checked]) -> None:
    """A row that says two things under one ref cannot be ordered: neither is later."""
    seen: dict[str, Checked] = {}
    for one in said:
        before = seen.setdefault(one.ref, one)
        if before is not one and before.content != one.content:
            raise RowFault("", f"says two different things of {one.kind} under {one.ref}")


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return local(moment).date()
