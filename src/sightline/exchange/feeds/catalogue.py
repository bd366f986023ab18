"""The feeds there are: a folder each, found, not listed. Also one mapping by its path, for whoever writes one."""

from __future__ import annotations

from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from sightline.agencies.systems import systems
from sightline.exchange.feeds.checks import check_mapping
from sightline.exchange.feeds.mapping import Mapping, parse_mapping
from sightline.exchange.feeds.readers import open_extract
from sightline.exchange.feeds.rows import Opener
from sightline.exchange.feeds.scopes import RowFault
from sightline.exchange.feeds.written import BadMapping, read_written
from sightline.kernel.errors import BadInput, Refused
from sightline.people.projections import OURS

FEEDS = Path(__file__).parent / "systems"


@lru_cache(maxsize=200)
def read_mapping(path: Path) -> Mapping:
    """One mapping, checked. Raises BadMapping with every mistake, its line and field."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise BadInput(path.name, 0, "", f"cannot be read: {error}") from error
    written = read_written(text, f"{path.parent.name}/{path.name}")
    mapping = parse_mapping(written)
    if mapping.source not in systems() or mapping.source == OURS:
        raise BadMapping(
            written.file, [written.fault(("source",), f"{mapping.source} is no record system that sends a feed")]
        )
    check_mapping(mapping, written)
    return mapping


def feeds() -> dict[str, list[Path]]:
    """Every feed by its folder's name, with its mappings."""
    folders = (f for f in sorted(FEEDS.iterdir()) if f.is_dir())
    return {folder.name: found for folder in folders if (found := sorted(folder.glob("*.yaml")))}


def mappings_named(name: str) -> list[Mapping]:
    """The mappings of a feed by its name, or the one at a path. Raises Refused where there is none."""
    if name in feeds():
        return [read_mapping(path) for path in feeds()[name]]
    if (path := Path(name)).suffix in (".yaml", ".yml"):
        return [read_mapping(path.resolve())]
    raise Refused(
        f"There is no feed called {name}. There are: {', '.join(feeds())}; or give the path of a mapping (.yaml)."
    )


def mapping_for(file: Path, among: list[Mapping]) -> Mapping | None:
    """The mapping whose file name pattern fits; the only one there is fits every file."""
    fitting = [m for m in among if any(fnmatch(file.name.lower(), pattern.lower()) for pattern in m.files)]
    if len(fitting) > 1:
        fitting = [m for m in fitting if first_line_fits(file, m)]
    if len(fitting) > 1:
        raise Refused(f"{file.name} fits the file names and columns of {len(fitting)} mappings: say which one.")
    return fitting[0] if fitting else among[0] if len(among) == 1 else None


def first_line_fits(file: Path, mapping: Mapping) -> bool:
    """Whether a CSV file's columns are those that a mapping knows: two systems may name their files alike."""
    try:
        extract, rows = open_extract(file, mapping)
        next(rows, None)
        Opener(mapping, extract.columns)
    except (BadInput, RowFault):
        return False
    return True


def every_mapping() -> list[Mapping]:
    """Those of all feeds, for a folder of extracts."""
    return [read_mapping(path) for paths in feeds().values() for path in paths]
