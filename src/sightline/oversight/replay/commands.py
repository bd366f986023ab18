"""The commands that replay cases, a child's own record, and the ledger under changed limits."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from sightline.alerts.board import Board
from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits
from sightline.kernel.moments import from_local
from sightline.oversight.replay.cases import Invalid, read
from sightline.oversight.replay.reading import written_list
from sightline.oversight.replay.run import run
from sightline.oversight.replay.saying import json_lines, table

DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"])


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One alert a line as JSON, then one summary object.")
@click.option("--person", type=int, help="Instead of files: a person's own record, by their number here.")
@click.option("--until", type=DAY, help="With --person: up to this local time; now, where it is left out.")
def replay(files: tuple[Path, ...], as_json: bool, person: int | None, until: datetime | None) -> None:
    """Replay cases written as timelines, or a person's record: what would have been raised, when, to whom and why.

    Status 0 where every expectation holds, 1 where one does not, 2 where a file is not valid.
    """
    if (person is None) is not bool(files):
        raise click.UsageError("Name files, or --person with a number.")
    if person is not None:
        _replay_person(person, from_local(until) if until else datetime.now(UTC))
        return
    try:
        cases = [read(file) for file in files]
    except Invalid as error:
        click.echo(f"sightline: {error}", err=True)
        sys.exit(2)
    outcomes = [run(case, rules(), Limits(nation=case.nation)) for case in cases]
    for line in json_lines(outcomes) if as_json else table(outcomes):
        click.echo(line)
    if not all(o.holds for o in outcomes):
        sys.exit(1)


def _replay_person(person: int, until: datetime) -> None:
    from sightline.oversight.replay.queries import replayed  # noqa: PLC0415 - needs the database, which files do not

    for line in replayed(person, until=until, at=datetime.now(UTC)):
        click.echo(line)


@click.command()
@click.option(
    "--rules", "file", required=True, type=click.Path(path_type=Path), help="A list of limit, amount, unit, from."
)
@click.option("--from", "since", required=True, type=DAY)
@click.option("--until", required=True, type=DAY)
def backtest(file: Path, since: datetime, until: datetime) -> None:
    """What changed limits would have raised: how many, to whom, a day, and for which districts and groups."""
    from sightline.oversight.replay import backtest as trying  # noqa: PLC0415 - needs the database
    from sightline.oversight.replay.queries import whole_ledger  # noqa: PLC0415

    try:
        changes = trying.read_changes(file, written_list(file))
    except Invalid as error:
        click.echo(f"sightline: {error}", err=True)
        sys.exit(2)
    known, held, able = whole_ledger(at=datetime.now(UTC), note=f"backtest {file.name}")
    runs = []
    for name, limits in (("as it is", held), ("changed", held.changed(changes))):
        with click.progressbar(length=len(known), label=name, file=sys.stderr) as bar:
            board = Board(rules(), limits, *able)
            runs.append(trying.tried(known, board, from_local(since), from_local(until), bar.update))
    for line in trying.compared(*runs):
        click.echo(line)


@click.command()
@click.option(
    "--days", type=int, help="Only those to whom something happened in so many days; everybody, where it is left out."
)
def alerts(days: int | None) -> None:
    """Bring the alerts that stand in step with what is known: after a first load, or when the rules have changed."""
    from sightline.alerts.services import settle_everybody, settle_lately  # noqa: PLC0415 - needs the database

    at = datetime.now(UTC)
    done = settle_everybody(at=at) if days is None else settle_lately(at=at, since=at - timedelta(days=days))
    click.echo(f"{done:,} people looked at")
