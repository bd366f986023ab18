"""The model's conditions put so that DuckDB need not count edits between texts that are plainly more than one apart.

One edit (a letter more, less, other, or two neighbours swapped) leaves the same beginning or the same end: of two texts
of more than 2k letters the first k or the last k are alike. That is quick to see, and counting edits is slow.
"""

from __future__ import annotations

import copy
import re
from typing import Any

_ONE_EDIT = re.compile(r"damerau_levenshtein\((\w+)_l, \1_r\) <= 1")
# How many letters at either end are looked at first; two where a column is not named.
_ENDS = {"dob": 3, "nhs_number": 4}
ENDS = 2


def _guarded(found: re.Match[str]) -> str:
    column = found[1]
    left, right, ends = f"{column}_l", f"{column}_r", _ENDS.get(column, ENDS)
    return (
        f"((length({left}) <= {2 * ends} OR length({right}) <= {2 * ends} OR left({left}, {ends}) = left({right}, {ends})"
        f" OR right({left}, {ends}) = right({right}, {ends})) AND {found[0]})"
    )


def guarded(condition: str) -> str:
    """A condition that holds for the same pairs, with a look at both ends before edits are counted."""
    return _ONE_EDIT.sub(_guarded, condition)


def with_shortcuts(settings: dict[str, Any]) -> dict[str, Any]:
    """Splink's settings with every condition guarded."""
    settings = copy.deepcopy(settings)
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            level["sql_condition"] = guarded(level["sql_condition"])
    return settings


def without_shortcuts(learnt: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """Settings learnt from guarded ones, under the conditions of the settings that they were made of."""
    for comparison, own in zip(learnt["comparisons"], settings["comparisons"], strict=True):
        for level, original in zip(comparison["comparison_levels"], own["comparison_levels"], strict=True):
            level["sql_condition"] = original["sql_condition"]
    return learnt
