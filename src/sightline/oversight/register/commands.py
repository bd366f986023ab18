"""`register`: the register as a table; with cases that have known answers, their results are written beside the rules."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
import yaml

from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits
from sightline.oversight.register.rules import HERE, registered, slice_of, version_of
from sightline.oversight.replay.cases import read
from sightline.oversight.replay.run import run


@click.command()
@click.option(
    "--test",
    "files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A case, or a folder of them, as for replay.",
)
def register(files: tuple[Path, ...]) -> None:
    """Every rule and model: version, owner, test results, retirement. With --test the results are found anew and kept."""
    if files:
        found = results([c for f in files for c in (sorted(f.glob("*.yaml")) if f.is_dir() else [f])])
        (HERE / "results.yaml").write_text(found, encoding="utf-8")
    for it in registered():
        said = (
            f"{it.tested.met} met, {it.tested.missed} missed, {it.tested.forbidden} forbidden"
            if it.tested
            else "no case"
        )
        click.echo(
            f"{it.name:60}{it.version:12}{it.owner:30}{it.retires_on}  {said}{'' if it.as_tested or not it.tested else ' (earlier version)'}"
        )


def results(files: list[Path]) -> str:
    """What the cases show, by kind of alert, as results.yaml has it."""
    met: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    forbidden: Counter[str] = Counter()
    for file in files:
        case = read(file)
        done = run(case, rules(), Limits(nation=case.nation))
        for expected, how in done.fared:
            (met if how == "met" else missed)[expected.alert] += 1
        forbidden.update(r.finding.kind for r in done.forbidden)
    day = datetime.now(UTC).date()
    versions = {rule.kind: version_of(slice_of(rule)) for rule in rules()}
    kinds = {
        kind: {
            "met": met[kind],
            "missed": missed[kind],
            "forbidden": forbidden[kind],
            "version": versions[kind],
            "on": day,
        }
        for kind in sorted(met.keys() | missed.keys() | forbidden.keys())
    }
    head = f"# Written by ./sightline register --test: {len(files)} cases with known answers.\n"
    return head + yaml.safe_dump({"kinds": kinds}, sort_keys=True)
