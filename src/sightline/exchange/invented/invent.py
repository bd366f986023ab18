"""Invents a whole force: block after block of people, their histories, every system's extract, and the truth."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sightline.exchange.invented import histories_of, standing_history
from sightline.exchange.invented.deltas import corrections
from sightline.exchange.invented.diary import Diary
from sightline.exchange.invented.extracts import Extracts
from sightline.exchange.invented.families import Neighbourhood
from sightline.exchange.invented.layouts.catalogue import LAYOUTS
from sightline.exchange.invented.people import BLOCK_PEOPLE, Block
from sightline.exchange.invented.recording import Recorder
from sightline.exchange.invented.standing_case import CAST, join
from sightline.exchange.invented.truth import Truth

UNTIL = date(2026, 3, 31)
DAYS_BETWEEN_DELTAS = 7
_SMALLEST_WITH_CASE = 60


@dataclass(frozen=True)
class Invented:
    """What was written: people, and rows by system in the first extracts and in the later ones together."""

    people: int
    rows: dict[str, int]
    delta_rows: dict[str, int]


def blocks_for(people: int) -> list[int]:
    """How many people live in each block of a force of that size."""
    whole, rest = divmod(people, BLOCK_PEOPLE)
    return [BLOCK_PEOPLE] * whole + ([rest] if rest else [])


def block_diary(number: int, seed: int, until: date, people: int = BLOCK_PEOPLE) -> Diary:
    """One block with its people and everything that happened to them: the same whatever came before it."""
    with_case = number == 0 and people >= _SMALLEST_WITH_CASE
    block: Block = Neighbourhood(number, seed, until, people - (CAST if with_case else 0)).build()
    diary = Diary(block, seed)
    histories_of.tell(diary)
    if with_case:
        standing_history.tell(diary, join(block))
    return diary


def invent(people: int, seed: int, out: Path, *, until: date = UNTIL, deltas: int = 0) -> Invented:
    """An invented force of that many people: eighteen extracts at `until`, `deltas` later ones a week apart, the truth beside.

    The same arguments give the same bytes. Holds one block in memory at a time.
    """
    with ExitStack() as stack:
        first = stack.enter_context(Extracts(out, until, LAYOUTS))
        days = [until + timedelta(days=DAYS_BETWEEN_DELTAS * number) for number in range(1, deltas + 1)]
        later = [stack.enter_context(Extracts(out, day, LAYOUTS)) for day in days]
        truth = stack.enter_context(Truth(out / "truth"))
        for number, size in enumerate(blocks_for(people)):
            diary = block_diary(number, seed, until, size)
            recorder = Recorder(seed)
            for row in diary.rows:
                for key, person in first.write(row, recorder):
                    truth.record(row.system, key, person)
            for place, extracts in enumerate(later):
                for row in corrections(diary, days[place], place):
                    for key, person in extracts.write(row, recorder, corrected=True):
                        truth.record(row.system, key, person)
            truth.block(diary.block)
        delta_rows = {system: sum(extracts.rows[system] for extracts in later) for system in LAYOUTS}
        return Invented(people, first.rows, delta_rows)
