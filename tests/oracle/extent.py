"""How much is asked: every pair and a sample, or with SIGHTLINE_ORACLE=full 400,000 calls; and what came of it, said at the end of a run."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from oracle.drive import Costs

FULL = os.environ.get("SIGHTLINE_ORACLE") == "full"
WANTED = int(os.environ.get("SIGHTLINE_ORACLE_ANSWERS", "400000" if FULL else "20000"))
# Of so many parts the how many'th, each a share of those who look: a run in full takes hours, and may be made in as many goes.
PART, PARTS = (int(n) for n in os.environ.get("SIGHTLINE_ORACLE_PART", "1/1").split("/"))
HALF = WANTED // 2 // PARTS  # two processes ask a half each
# Of each who looks, beyond what is asked in pairs: how many calls that read a record, that are refused, and that come by a method a route has not.
SHARES = (
    {Costs.READ: 25, Costs.REFUSED: 1000, Costs.TURNED_AWAY: 20}
    if FULL
    else {Costs.READ: 4, Costs.REFUSED: 25, Costs.TURNED_AWAY: 3}
)
FIGURES: list[str] = []
MET = ".local/oracle-met-{half}-{part}-of-{parts}.json"
# Where they stand too: of several processes none prints what the others found.
KEPT = Path(".local/oracle.txt")


def figure(said: str) -> None:
    """A figure of this run: said at its end, and kept."""
    FIGURES.append(said)
    kept(said)


def kept(said: str) -> None:
    """Kept as it is met: hours before a run ends."""
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M} {said}\n")
