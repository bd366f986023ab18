"""Reading free text in custody by general words. The words stand in words.yaml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list."""
    lists = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text())
    return tuple(plain(word) for word in lists[name])


def plain(text: object) -> str:
    """Lower case, without apostrophes, with everything that is no letter or figure as a space."""
    return " ".join(re.findall(r"[a-z0-9]+", str(text or "").lower().replace("'", "").replace("\u2019", "")))


def says(text: object, *names: str) -> bool:
    """Whether a text has a word or phrase of these lists, at the beginning of a word."""
    found = f" {plain(text)}"
    return any(f" {word}" in found for name in names for word in words(name))


def mentioned(values: object, *names: str) -> tuple[str, ...]:
    """Those of a list of remarks that have a word of these lists, and do not begin by denying it."""
    remarks = tuple(str(v) for v in values) if isinstance(values, list | tuple) else ()
    return tuple(
        v for v in remarks if not plain(v).startswith(("no ", "none", "nil", "not ", "denies")) and says(v, *names)
    )


def left_over(text: object, *names: str) -> int:
    """How many words of a text are not in these lists."""
    allowed = {word for name in names for word in words(name)}
    return len(set(plain(text).split()) - allowed)


def only(text: object, *names: str) -> bool:
    """Whether a text has no words but those of these lists."""
    return not left_over(text, *names)
