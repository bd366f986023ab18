"""Reads of the ledger for a replay; each is written to the access log first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.alerts.answering import Able
from sightline.alerts.board import Board
from sightline.alerts.findings import rules
from sightline.alerts.followed import around
from sightline.alerts.settings import limits
from sightline.alerts.stored import able
from sightline.chronology.queries import versions
from sightline.chronology.view import Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import local
from sightline.oversight.replay.ledger import split, steps


def _command(at: datetime, route: str) -> Viewer:
    return Viewer(None, "sightline", "", "", 0, None, at, route)


def replayed(person: int, *, until: datetime, at: datetime) -> Iterator[str]:
    """A person's alerts as they would have been raised and cleared up to a moment, one a line. Names nobody."""
    known = sorted(around(person))
    write(
        _command(at, "command replay"),
        Action.CONSULTATION,
        people=known,
        fields=("chronology", "alerts"),
        note=f"replay of {person}",
    )
    backdrop, happened = split(versions(known))
    held = limits()
    board = Board(rules(), held, *able(until, held))
    board.prepare(backdrop)
    for moment in steps(happened):
        if moment.at <= until:
            board.feed(moment.fresh, moment.at, gone=moment.gone)
    board.run(until)
    about = [r for r in board.alerts.values() if person in r.finding.concerns]
    for raised in sorted(about, key=lambda r: (r.raised_at, r.finding.kind)):
        cleared = f", until {local(raised.cleared_at):%Y-%m-%d %H:%M}" if raised.cleared_at else ""
        yield (
            f"{local(raised.raised_at):%Y-%m-%d %H:%M}{cleared}  {raised.finding.kind}  about {raised.finding.subject}"
            f"  to {raised.finding.recipient}: {raised.finding.why}"
        )
    yield f"{len(about)} alerts, {sum(r.cleared_at is None for r in about)} standing at the end"


def whole_ledger(*, at: datetime, note: str) -> tuple[list[Happening], Limits, Able]:
    """Every entry, the limits in force, and what could be answered here. Written down as one look at everybody."""
    write(_command(at, "command backtest"), Action.CONSULTATION, fields=("chronology",), note=note)
    held = limits()
    return versions(), held, able(at, held)
