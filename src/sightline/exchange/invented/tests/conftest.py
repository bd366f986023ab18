"""One small invented force for all tests of this folder, and readers of its extracts that share no code with its writers."""

import csv
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sightline.exchange.invented.invent import Invented, invent
from sightline.exchange.invented.layouts.catalogue import LAYOUTS

Rows = list[dict[str, object]]


@dataclass(frozen=True)
class WrittenForce:
    """Where it was written, what the writer says, and how to read an extract."""

    out: Path
    done: Invented
    rows: Callable[[str, str], Rows]
    truth: Callable[[str], list[dict[str, str]]]


def read_extract(path: Path) -> Rows:
    """The rows of an extract as plain mappings, whatever kind of file it is."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return [dict(row) for row in csv.DictReader(stream)]
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{cell.tag: cell.text or "" for cell in element} for element in ET.parse(path).getroot()]  # noqa: S314 - our own file


@pytest.fixture(scope="session")
def force(tmp_path_factory: pytest.TempPathFactory) -> WrittenForce:
    """Three thousand people, with one later extract."""
    out = tmp_path_factory.mktemp("ashmoor")
    done = invent(3000, 5, out, deltas=1)

    def rows(system: str, day: str = "2026-03-31") -> Rows:
        return read_extract(out / f"{system}_{day}.{LAYOUTS[system].form}")

    def truth(name: str) -> list[dict[str, str]]:
        with (out / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return WrittenForce(out, done, rows, truth)
