"""What was looked at while a rule ran: it need be asked again only where some of that may have changed."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar, Token
from datetime import datetime

ANY = "*"  # read where every kind is looked at


class Reads:
    """What was asked for: of whom which kinds of entry, who lives at which homes, and what the clock said.

    of      kinds of entry by person
    homes   keys of premises: somebody new there may change what was found
    clock   whether the moment itself was looked at
    until   the first birthday after which an answer would have been another; None where none was asked about
    """

    __slots__ = ("clock", "homes", "of", "until")

    def __init__(self) -> None:
        self.of: dict[int, set[str]] = {}
        self.homes: set[int] = set()
        self.clock = False
        self.until: datetime | None = None

    def add(self, person: int, kinds: Iterable[str]) -> None:
        """Entries of these kinds in one person's chronology."""
        held = self.of.get(person)
        if held is None:
            self.of[person] = set(kinds)
        else:
            held.update(kinds)

    def take(self, other: Reads) -> None:
        """What something else read, whose answer was used."""
        for person, kinds in other.of.items():
            self.add(person, kinds)
        self.homes |= other.homes
        self.clock = self.clock or other.clock
        if other.until is not None:
            self.lasts(other.until)

    def lasts(self, until: datetime) -> None:
        """An answer that holds until a moment."""
        if self.until is None or until < self.until:
            self.until = until


_READING: ContextVar[Reads | None] = ContextVar("reading", default=None)


class Reading:
    """Notes what is looked at meanwhile; an outer one does not hear of it unless it takes it."""

    __slots__ = ("_token", "reads")

    def __enter__(self) -> Reads:
        self.reads = Reads()
        self._token: Token[Reads | None] = _READING.set(self.reads)
        return self.reads

    def __exit__(self, *_: object) -> None:
        _READING.reset(self._token)


def read(person: int, kinds: Iterable[str]) -> None:
    """Entries of these kinds in one person's chronology are being looked at."""
    if (held := _READING.get()) is not None:
        held.add(person, kinds)


def read_homes(homes: Iterable[int]) -> None:
    """Who lives at these premises is being looked at."""
    if (held := _READING.get()) is not None:
        held.homes.update(homes)


def read_clock() -> None:
    """The moment itself is being looked at."""
    if (held := _READING.get()) is not None:
        held.clock = True


def read_until(moment: datetime) -> None:
    """Something is being looked at that is the same until a moment."""
    if (held := _READING.get()) is not None:
        held.lasts(moment)


def take(reads: Reads) -> None:
    """An answer kept from before is being used: what it rested on counts as looked at."""
    if (held := _READING.get()) is not None:
        held.take(reads)
