"""Free text, read only for general words that stand in `words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from sightline.chronology.view import Happening


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    held = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text())
    return {name: re.compile("|".join(f"(?:{x})" for x in said), re.IGNORECASE) for name, said in held.items()}


def says(what: str, text: object) -> bool:
    """Whether a text says something of a kind in the word list; what was not supplied says nothing."""
    return bool(text) and _patterns()[what].search(str(text)) is not None


def texts(happening: Happening, fields: Iterable[str]) -> str:
    """What an entry says in some of its fields, and its note, as one text."""
    said = (happening.note, *(happening.get(f) for f in fields))
    return " . ".join(str(x) for x in said if x)
