"""Training the model with Splink, on invented people whose truth is known. Run again, it writes the same model."""

from __future__ import annotations

import json
import logging
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator

from .cleaning import clean
from .comparisons import BY_HAND, settings
from .damage import rehearse
from .records import Record
from .rehearsal import invent
from .tables import as_table

MODEL = Path(__file__).with_name("model.json")
# A level never seen in training is rare, not impossible.
VERSION = "2026-11-24.1"
LEAST_MATCH = 0.0004
LEAST_CHANCE = 0.0000005


def linker_for(table: pa.Table, model: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> Linker:
    """A Splink linker over cleaned records, quiet about what it does."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connection)
    return Linker(api.register(table), SettingsCreator.from_path_or_dict(model), log_level=logging.ERROR)


def train(records: list[Record], truth: dict[str, str], *, pairs: float, seed: int) -> dict[str, Any]:
    """A trained model: chances among strangers from random pairs, among matches from the records known to be one person.

    `pairs` is how many random pairs to look at. Returns Splink's own JSON model.
    """
    table = as_table(clean(record) for record in records)
    whose = pa.array([truth[record.record_id] for record in records])
    table = table.append_column("person_id", whose)
    with duckdb.connect() as connection:
        linker = linker_for(table, settings(), connection)
        linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=seed, min_count_per_level=None)
        linker.training.estimate_m_from_label_column("person_id")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            linker.misc.save_model_to_json(str(path), overwrite=True)
            trained: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return smoothed(trained)


def smoothed(model: dict[str, Any]) -> dict[str, Any]:
    """The model with no level held to be impossible, and without what only Splink's session needs."""
    model = deepcopy(model)
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            if level.get("is_null_level"):
                continue
            by_hand = BY_HAND.get((comparison["output_column_name"], level["label_for_charts"]))
            if by_hand:
                level["m_probability"], level["u_probability"] = by_hand
            level["m_probability"] = max(level.get("m_probability", 0.0), LEAST_MATCH)
            if not level.get("fix_u_probability"):
                level["u_probability"] = max(level.get("u_probability", 0.0), LEAST_CHANCE)
            level.pop("fix_m_probability", None)
            level.pop("fix_u_probability", None)
    model.pop("linker_uid", None)
    model["sightline_version"] = VERSION
    return model


def rehearsal(count: int = 30_000, seed: int = 7) -> tuple[list[Record], dict[str, str]]:
    """The invented records that the model in the repository was trained on."""
    return rehearse(invent(count, seed), seed + 1)


if __name__ == "__main__":
    rehearsed, whose_each = rehearsal()
    weights = train(rehearsed, whose_each, pairs=4e6, seed=11)
    MODEL.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
