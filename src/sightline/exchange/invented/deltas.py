"""Later extracts: rows that a system put right or took further after the first one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from sightline.exchange.invented.diary import Cell, Diary, Row
from sightline.exchange.invented.people import seeded

_CHANGED = 0.01  # of the rows of a system that keeps people, each week
_Change = Callable[[dict[str, Cell], datetime, Random], None]


def _crime(cells: dict[str, Cell], at: datetime, rng: Random) -> None:
    if not cells.get("OUTCOME"):
        cells["OUTCOME"], cells["FINALISED"] = rng.choice(("15", "16", "18")), at.date()


def _missing(cells: dict[str, Cell], at: datetime, rng: Random) -> None:
    if not cells.get("found"):
        cells["found"], cells["found_by"] = at, rng.choice(("Police", "Self"))
    elif cells.get("rhi_offered") and not cells.get("rhi_held"):
        cells["rhi_accepted"], cells["rhi_held"] = True, at.date()


def _plan(cells: dict[str, Cell], at: datetime, rng: Random) -> None:
    if cells.get("PlanStart") and not cells.get("PlanEnd"):
        cells["LastVisitDate"], cells["LastVisitSeen"] = at.date(), rng.random() < 0.9


def _social_care(cells: dict[str, Cell], at: datetime, rng: Random) -> None:
    if cells.get("status") != "CLOSED" and rng.random() < 0.5:
        cells["status"], cells["closed"], cells["closure_reason"] = "CLOSED", at.date(), "RC8"


def _health(cells: dict[str, Cell], at: datetime, rng: Random) -> None:  # noqa: ARG001 - every change has the same shape
    cells["safeguarding_flag"] = cells.get("safeguarding_flag") or rng.random() < 0.1


_CHANGES: Mapping[str, _Change] = {
    "crime": _crime,
    "missing": _missing,
    "child_protection": _plan,
    "social_care": _social_care,
    "health": _health,
}


def corrections(diary: Diary, day: date, place: int) -> Iterator[Row]:
    """The rows of a block that changed in the week before this extract, superseding what was sent before."""
    rng = seeded(diary.seed, "delta", place, diary.block.number)
    for row in diary.rows:
        if rng.random() >= _CHANGED:
            continue
        at = datetime.combine(day, time(8)) - timedelta(hours=rng.randrange(9, 150))
        cells = dict(row.cells)
        change = _CHANGES.get(row.system)
        if change is not None:
            change(cells, at, rng)
        yield replace(row, cells=cells, updated=at)
