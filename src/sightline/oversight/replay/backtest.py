"""What a changed limit would have raised, to whom, how often and about whom, on the ledger as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sightline.alerts.board import Board, Raised
from sightline.alerts.settings import amount
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import LocalLimit, limits_declared
from sightline.kernel.law import Standing
from sightline.oversight.replay.ledger import split, steps
from sightline.oversight.replay.reading import Reader, Written

GROUPS = ("district", "sex", "ethnicity")


class Changes(Reader):
    """The limits of a file: a list of mappings with limit, amount, unit, and from (a date)."""

    def read(self, rows: Iterable[object]) -> tuple[LocalLimit, ...]:
        """Every change. Raises Invalid, naming file, line and field; law and guidance cannot be changed."""
        return tuple(self._one(row) for row in rows if isinstance(row, Written))

    def _one(self, row: Written) -> LocalLimit:
        self.only(row, "limit", "amount", "unit", "from", "why")
        name, unit = self.need(row, "limit", str), self.need(row, "unit", str)
        declared = limits_declared().get(name)
        if not declared:
            raise self.fault(row, "limit", f"no limit called {name}")
        if any(v.source.standing is not Standing.LOCAL for v in declared):
            raise self.fault(row, "limit", f"{name} is law or guidance: a partnership may not change it")
        try:
            value = amount(self.need(row, "amount", int), unit)
        except ValueError as error:
            raise self.fault(row, "unit", str(error)) from error
        return LocalLimit(name, value, self.typed(row, "from", date, date.min), "backtest", str(row.get("why", "")))


@dataclass(frozen=True)
class Tried:
    """One run over a span of time: what was raised in it, and whose it was."""

    raised: tuple[Raised, ...]
    days: float
    about: Callable[[int], Chronology]

    def count(self, by: Callable[[Raised], str]) -> Counter[str]:
        """How many by something."""
        return Counter(by(r) for r in self.raised)

    def group(self, name: str, raised: Raised) -> str:
        """The district or group of whom an alert is about; unknown where nobody supplied it."""
        own = self.about(raised.finding.subject)
        if name == "district":
            said = [e for e in own.of_kind("address.recorded") if e.get("postcode")]
            return str(said[-1].get("postcode")).split()[0] if said else "unknown"
        told = [e.get(name) for e in own.of_kind("person.recorded") if e.get(name)]
        return str(told[-1]) if told else "unknown"


def tried(
    known: Sequence[Happening], board: Board, since: datetime, until: datetime, step: Callable[[int], None]
) -> Tried:
    """The whole ledger up to a moment, on a board with some limits; what was first raised from `since` on is kept."""
    backdrop, happened = split(list(known))
    board.prepare(backdrop)
    for moment in steps(happened):
        if moment.at > until:
            break
        board.feed(moment.fresh, moment.at, gone=moment.gone)
        step(len(moment.fresh))
    board.run(until)
    kept = tuple(r for r in board.alerts.values() if since <= r.raised_at < until)
    return Tried(kept, (until - since) / timedelta(days=1), board.ledger.chronology)


def compared(before: Tried, after: Tried) -> Iterable[str]:
    """Both side by side: by kind and role, and by district and group."""
    yield f"{'':44}{'now':>8}{'changed':>9}{'a day now':>11}{'changed':>9}"
    yield from _rows("kind and role", before.count(_kind_and_role), after.count(_kind_and_role), before.days)
    for name in GROUPS:
        one = before.count(lambda r, n=name: before.group(n, r))  # type: ignore[misc]
        other = after.count(lambda r, n=name: after.group(n, r))  # type: ignore[misc]
        yield from _rows(name, one, other, before.days)


def _kind_and_role(raised: Raised) -> str:
    return f"{raised.finding.kind} to {raised.finding.recipient}"


def _rows(title: str, before: Counter[str], after: Counter[str], days: float) -> Iterable[str]:
    yield title
    changed = [k for k in sorted(before.keys() | after.keys()) if before[k] != after[k]]
    for key in changed:
        yield f"  {key:42}{before[key]:>8}{after[key]:>9}{before[key] / days:>11.2f}{after[key] / days:>9.2f}"
    same = sum(before[k] for k in before if k not in changed)
    yield f"  {'all others, unchanged':42}{same:>8}{same:>9}"


def read_changes(file: Path, rows: Iterable[object]) -> tuple[LocalLimit, ...]:
    """The changes of a file. Raises Invalid."""
    return Changes(file).read(rows)
