"""`load` and `feed check`: taking extracts in, and saying first what would happen."""

from __future__ import annotations

import getpass
from collections import Counter
from datetime import datetime
from pathlib import Path

import click
from django.utils.timezone import now
from tqdm import tqdm

from sightline.access.viewer import Viewer
from sightline.exchange.feeds import services
from sightline.exchange.feeds.catalogue import every_mapping, feeds, mapping_for, mappings_named
from sightline.exchange.feeds.mapping import Mapping
from sightline.exchange.feeds.models import Load
from sightline.exchange.feeds.outcomes import Outcome, RowOutcome
from sightline.exchange.feeds.queries import foresee
from sightline.kernel.errors import BadInput, Refused
from sightline.kernel.moments import from_local, local

Chosen = tuple[Mapping, Path]
_COLUMNS = ("rows", "applied", "superseded", "unchanged", "quarantined")
_DATED = click.option(
    "--extracted-at",
    metavar="MOMENT",
    help="When the extract was made (2026-03-31 or 2026-03-31T09:30), if it does not say so itself.",
)
SHOWN = 20


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return from_local(datetime.fromisoformat(text))
    except ValueError as error:
        raise Refused(f"--extracted-at {text} is no moment: write 2026-03-31 or 2026-03-31T09:30") from error


def _chosen(words: tuple[str, ...]) -> list[Chosen]:
    """`MAPPING FILE...`, or a folder whose files are told by their names."""
    first = Path(words[0])
    if len(words) == 1 and first.is_dir():
        files, mappings = sorted(f for f in first.iterdir() if f.is_file()), every_mapping()
        found = [(mapping, file) for file in files if (mapping := mapping_for(file, mappings)) is not None]
        unknown = [file.name for file in files if file not in {f for _, f in found}]
        if unknown:
            click.echo(f"Left alone, for no feed knows their names: {', '.join(unknown)}", err=True)
        return found
    if len(words) < 2:
        raise Refused("Say which feed, then which files; or a folder of extracts.")
    mappings = mappings_named(words[0])
    chosen: list[Chosen] = []
    for file in map(Path, words[1:]):
        mapping = mapping_for(file, mappings)
        if mapping is None:
            known = ", ".join(p for m in mappings for p in m.files)
            raise Refused(f"{file.name} fits none of the file names of {words[0]} ({known}).")
        chosen.append((mapping, file))
    return chosen


def _viewer(feed: Mapping, reason: str) -> Viewer:
    return Viewer(
        None,
        f"{getpass.getuser()}, at the command line",
        "feed",
        feed.agency,
        0,
        None,
        now(),
        f"load {feed.source}",
        reason,
    )


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="MAPPING FILE... | FOLDER")
@_DATED
def load(words: tuple[str, ...], extracted_at: str | None) -> None:
    """Take extracts in. MAPPING is a feed's name or a YAML file; a FOLDER's files are told by their names.

    Ends with how it added up: rows = applied + superseded + unchanged + quarantined. Status 1 where a file broke off or was refused.
    """
    moment = _moment(extracted_at)
    done = []
    for feed, file in _chosen(words):
        with tqdm(desc=file.name, unit=" rows", unit_scale=True, disable=None, leave=False) as bar:
            done.append(
                services.load(
                    feed, file, _viewer(feed, f"load of {file.name}"), extracted_at=moment, progress=bar.update
                )
            )
    _reconcile(done)
    if any(held.state != "whole" for held in done):
        raise click.exceptions.Exit(1)


def _reconcile(loads: list[Load]) -> None:
    """The table that adds up, and every quarantined row by name as far as a screen holds."""
    wide = max([len(held.file) for held in loads] + [5])
    click.echo(f"{'file':<{wide}}  " + "  ".join(f"{name:>11}" for name in _COLUMNS) + "  state")
    for held in loads:
        click.echo(
            f"{held.file:<{wide}}  " + "  ".join(f"{getattr(held, c):>11,}" for c in _COLUMNS) + f"  {held.state}"
        )
    totals = [sum(getattr(held, c) for held in loads) for c in _COLUMNS]
    if len(loads) > 1:
        click.echo(f"{'total':<{wide}}  " + "  ".join(f"{total:>11,}" for total in totals))
    if erased := sum(held.erased for held in loads):
        click.echo(f"of the unchanged, {erased:,} say what was erased here: it is not taken again")
    events: Counter[str] = Counter()
    for held in loads:
        events.update(held.events)
        for row in held.quarantine.order_by("row")[:SHOWN]:
            click.echo(f"quarantined: {BadInput(row.file, row.row, row.field, row.reason)}")
        if held.quarantined > SHOWN:
            click.echo(f"quarantined: {held.file}: {held.quarantined - SHOWN:,} more rows")
        if held.state != "whole":
            click.echo(f"{held.state}: {held.reason}", err=True)
    click.echo(
        f"new events: {sum(events.values()):,}"
        + "".join(f"\n  {kind:<28}{n:>10,}" for kind, n in sorted(events.items()))
    )


@click.group()
def feed() -> None:
    """Feeds: which there are, and what one would do with a file."""


@feed.command("list")
def list_feeds() -> None:
    """The feeds there are, and the file names each knows."""
    for name in feeds():
        click.echo(f"{name:<22}{', '.join(p for mapping in mappings_named(name) for p in mapping.files)}")


@feed.command()
@click.argument("mapping")
@click.argument("file", type=click.Path(path_type=Path))
@_DATED
@click.option("--rows", default=SHOWN, show_default=True, help="How many rows to spell out; bad ones always are.")
def check(mapping: str, file: Path, extracted_at: str | None, rows: int) -> None:
    """Say row by row what loading FILE by MAPPING would do. Writes nothing. Status 1 where anything would be quarantined."""
    ((chosen, path),) = _chosen((mapping, str(file)))
    counts: Counter[Outcome] = Counter()
    broken = ""
    try:
        for outcome in foresee(chosen, path, at=now(), extracted_at=_moment(extracted_at)):
            counts[outcome.outcome] += 1
            if outcome.read.row <= rows or outcome.outcome is Outcome.QUARANTINED:
                _spell_out(path, outcome)
    except BadInput as fault:
        broken = str(fault)
        click.echo(f"broken: {broken}" if counts else f"refused: {broken}")
    click.echo(f"{sum(counts.values()):,} rows = " + " + ".join(f"{counts[o]:,} {o}" for o in Outcome))
    if broken or counts[Outcome.QUARANTINED]:
        raise click.exceptions.Exit(1)


def _spell_out(file: Path, outcome: RowOutcome) -> None:
    if outcome.outcome is Outcome.QUARANTINED:
        click.echo(
            f"row {outcome.read.row}: quarantined: {BadInput(file.name, outcome.read.row, outcome.field, outcome.reason)}"
        )
        return
    click.echo(f"row {outcome.read.row}: {outcome.outcome} ({outcome.read.key})")
    for said in outcome.read.said:
        entry = said.entry
        when = f"{local(entry.at):%Y-%m-%d}" if entry.precision == "day" else f"{local(entry.at):%Y-%m-%d %H:%M}"
        people = " ".join(f"{role}={','.join(key for _, key in keys)}" for role, keys in entry.people.items())
        fields = " ".join(f"{name}={value!r}" for name, value in said.data.items())
        click.echo("  " + " ".join(part for part in (when, entry.kind, people, fields) if part))
