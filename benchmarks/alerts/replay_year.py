"""The ledger of the demonstration's force replayed from nothing, twice: how fast, the same alerts, how many for whom, how long they stand.

./sightline demo --no-serve
.venv/bin/python benchmarks/alerts/replay_year.py [DAYS]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import timedelta
from statistics import median

from sightline.web.command import prepare

prepare()

from sightline.alerts.board import Board, Raised  # noqa: E402 - after Django is ready
from sightline.alerts.findings import rules  # noqa: E402
from sightline.alerts.settings import limits  # noqa: E402
from sightline.chronology.queries import versions  # noqa: E402
from sightline.chronology.view import Happening  # noqa: E402
from sightline.oversight.replay.ledger import split, steps  # noqa: E402

A_HUNDRED_THOUSAND = 100_000


def replay(known: list[Happening]) -> tuple[Board, float, float]:
    """The board at the end; wall and processor seconds."""
    began, busy = time.perf_counter(), time.process_time()
    backdrop, happened = split(known)
    board = Board(rules(), limits(), frozenset(h.kind for h in known))
    board.prepare(backdrop)
    for step in steps(happened):
        board.feed(step.fresh, step.at, gone=step.gone)
    board.run(max(h.recorded_at for h in happened))
    return board, time.perf_counter() - began, time.process_time() - busy


def said(board: Board) -> list[tuple[object, ...]]:
    """Everything that was raised, to compare."""
    return sorted((k, r.raised_at, r.cleared_at, r.finding.why) for k, r in board.alerts.items())


def stood(raised: Raised) -> float | None:
    """Hours for which an alert stood; None where it still does."""
    return (raised.cleared_at - raised.raised_at) / timedelta(hours=1) if raised.cleared_at else None


def main() -> None:
    """Print the figures."""
    known = versions()
    people = len({p for h in known for held in h.people.values() for p in held})
    runs = [replay(known) for _ in range(2)]
    for board, wall, busy in runs:
        print(f"{len(known):,} entries of {people:,} people in {wall:.0f} s, {busy:.0f} s of processor time:"
              f" {len(known) / wall:,.0f} entries a second, {len(known) / busy:,.0f} a processor second; {len(board.alerts):,} alerts")  # fmt: skip
    print("twice the same:", said(runs[0][0]) == said(runs[1][0]))
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 365
    end = max(h.recorded_at for h in known)
    year = [r for r in runs[0][0].alerts.values() if r.raised_at >= end - timedelta(days=days)]
    share = A_HUNDRED_THOUSAND / people / days
    print(f"\nin the last {days} days, a day per 100,000 people, by role")
    for role, count in Counter(r.finding.recipient for r in year).most_common():
        print(f"  {role:32}{count * share:8.1f}")
    print(f"\n{'by kind':34}{'a day per 100,000':>18}{'raised':>8}{'cleared by itself':>19}{'stood, hours':>14}")
    for kind, count in Counter(r.finding.kind for r in year).most_common():
        times = [t for r in year if r.finding.kind == kind and (t := stood(r)) is not None]
        middle = f"{median(times):.0f}" if times else "-"
        print(f"  {kind:32}{count * share:18.1f}{count:8}{len(times) / count:19.0%}{middle:>14}")


if __name__ == "__main__":
    main()
