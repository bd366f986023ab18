"""The partnership's own limits, as the rules take them."""

from __future__ import annotations

from collections.abc import Callable

from sightline.alerts.models import LocalSetting
from sightline.clocks.limits import Limits, LocalLimit
from sightline.clocks.spans import Days, Hours, Minutes, Months, Span, Weeks, WorkingDays
from sightline.kernel.once import once

UNITS: dict[str, Callable[[int], Span]] = {
    "minutes": Minutes,
    "hours": Hours,
    "days": Days,
    "weeks": Weeks,
    "months": Months,
    "working days": WorkingDays,
}
TIMES = "times"


def amount(count: int, unit: str) -> Span | int:
    """A limit as it was typed. Raises ValueError for an unknown unit."""
    if unit == TIMES:
        return count
    if unit not in UNITS:
        raise ValueError(f"no unit called {unit}")
    return UNITS[unit](count)


def unit_of(value: Span | int) -> str:
    """The unit in which a limit is declared."""
    return (
        TIMES if isinstance(value, int) else next(name for name, make in UNITS.items() if type(make(1)) is type(value))
    )


def limits(nation: str = "england") -> Limits:
    """What holds here now: the declared limits, and what the partnership decided about its local ones."""
    return once(("limits", nation), lambda: _limits(nation))


def _limits(nation: str) -> Limits:
    rows = LocalSetting.objects.order_by("from_on", "at", "id")
    own = tuple(LocalLimit(r.name, amount(r.amount, r.unit), r.from_on, r.decided_by, r.reason) for r in rows)
    return Limits(nation=nation, local=own)
