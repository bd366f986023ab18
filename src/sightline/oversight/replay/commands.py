"""The command that replays cases."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits
from sightline.oversight.replay.cases import Invalid, read
from sightline.oversight.replay.run import run
from sightline.oversight.replay.saying import json_lines, table


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One alert a line as JSON, then one summary object.")
def replay(files: tuple[Path, ...], as_json: bool) -> None:
    """Replay cases written as timelines: what would have been raised, when, to whom and why.

    Status 0 where every expectation holds, 1 where one does not, 2 where a file is not valid.
    """
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
