"""Files that are not of families: where whole fields are swapped for others', the weights are learnt from the file.

Among real people a birthday, a surname and an address shared under two given names are twins. In a file of unrelated
people whose fields were replaced at random (test sets are made like that) they are one person and a replaced name. The
two kinds of file can be told apart without knowing who is who: such a file records neither sex nor middle names, has
next to no relatives in it, and in it surnames and dates of birth are replaced as freely as given names are. All of
that must hold before the vetoes that keep twins apart are lifted, and the result says that they were.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from .frequencies import BEHIND, COUNTED, ORDINARY
from .scoring import Model, model_from
from .training import smoothed

FEWEST_RECORDS = 800
LEAST_REPLACED = 0.025
MOST_RELATIVES = 0.25
RECORDED = 0.02
# In a file like this the odds are learnt from the file itself, so what is likelier than not is put together.
JOIN_AT = 1.0

_TWIN_LIKE = {"surname": "the same", "born": "the same date", "postcode": "the same"}
_RENAMED = {"forename": "the same", "born": "the same date", "postcode": "the same"}
_REBORN = {"forename": "the same", "surname": "the same", "postcode": "the same"}


def _count(
    patterns: Mapping[tuple[str, ...], int], fields: list[str], like: Mapping[str, str], field: str, *labels: str
) -> int:
    places = {name: fields.index(name) for name in (*like, field)}
    return sum(
        count
        for pattern, count in patterns.items()
        if pattern[places[field]] in labels and all(pattern[places[name]] == label for name, label in like.items())
    )


def replaced(patterns: Counter[tuple[str, ...]], fields: list[str]) -> tuple[float, float, float]:
    """How often a given name, a surname and a date of birth differ altogether where the other three fields agree.

    `patterns` counts pairs by the label each of `fields` reached.
    """
    whole = _count(patterns, fields, _TWIN_LIKE, "forename", "the same")
    given = _count(patterns, fields, _TWIN_LIKE, "forename", "different")
    surname = _count(patterns, fields, _RENAMED, "surname", "different")
    born = _count(
        patterns, fields, _REBORN, "born", "different", "a generation apart", "the same day, a generation apart"
    )
    total = whole + given + surname + born
    return (given / total, surname / total, born / total) if total else (0.0, 0.0, 0.0)


def _recorded(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of records with a sex or a middle name."""
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE sex IS NOT NULL OR middle IS NOT NULL)::DOUBLE / count(*), count(*) FROM people"
    ).fetchall()[0]
    return 1.0 if row[1] < FEWEST_RECORDS else float(row[0])


def _relatives(connection: duckdb.DuckDBPyConnection) -> float:
    """Pairs of one surname and postcode who differ in given name and year of birth, for each pair of one full name."""
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE a.forename <> b.forename AND abs(a.born_low - b.born_low) > 0)::DOUBLE"
        " / greatest(1, count(*) FILTER (WHERE a.forename = b.forename))"
        " FROM people a JOIN people b ON a.postcode = b.postcode AND a.surname = b.surname AND a.record_id < b.record_id"
    ).fetchall()[0]
    return float(row[0])


def replaced_at_random(
    connection: duckdb.DuckDBPyConnection, patterns: Counter[tuple[str, ...]], fields: list[str]
) -> bool:
    """Whether the table `people` is a file of unrelated people with fields replaced at random; in doubt it is not."""
    given, surname, born = replaced(patterns, fields)
    if min(given, surname, born) < LEAST_REPLACED or given > 4 * surname:
        return False
    return _recorded(connection) < RECORDED and _relatives(connection) < MOST_RELATIVES


def splink_linker(connection: duckdb.DuckDBPyConnection, model: Model) -> Linker:
    """Splink itself over the table `people`, with the model and our shares of each name, date and postcode."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator.from_path_or_dict(model.settings)
    linker = Linker(api.register("people"), settings, log_level=logging.ERROR)
    for column in COUNTED:
        connection.execute(
            f"CREATE OR REPLACE TABLE share_of_{column} AS SELECT {column},"
            f" (count(*) + {BEHIND * ORDINARY[column]!r}) / (sum(count(*)) OVER () + {BEHIND})::DOUBLE AS tf_{column}"
            f" FROM people WHERE {column} IS NOT NULL GROUP BY {column}"
        )
        linker.table_management.register_term_frequency_lookup(api.register(f"share_of_{column}"), column)
    return linker


def reestimated(connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """The model with its chances among matches learnt by expectation maximisation from the table `people` itself."""
    linker = splink_linker(connection, model)
    for rule in (block_on("dob"), block_on("postcode"), block_on("forename", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        linker.misc.save_model_to_json(str(path), overwrite=True)
        learnt: dict[str, Any] = smoothed(json.loads(path.read_text(encoding="utf-8")))
    learnt["sightline_version"] = f"{model.version}, re-estimated on this file"
    return model_from(learnt)
