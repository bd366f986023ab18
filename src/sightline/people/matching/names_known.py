"""Names that are one name: spellings carried between languages, and the short forms people go by."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

MOST_FORMS = 4


def _rows(table: str) -> list[list[str]]:
    text = (resources.files(__package__) / "resources" / table).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return [[_plain(name) for name in line.split(",")] for line in lines if line and not line.startswith("#")]


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if "a" <= letter <= "z")


@cache
def spellings() -> dict[str, str]:
    """Every spelling in the table to the one that stands for it; the first line that claims a spelling keeps it."""
    standing: dict[str, str] = {}
    for names in _rows("transliterations.csv"):
        first = standing.setdefault(names[0], names[0])
        for name in names[1:]:
            standing.setdefault(name, first)
    return standing


@cache
def short_forms() -> dict[str, tuple[str, ...]]:
    """A pet name to the given names it may be short for, in the table's order."""
    found: dict[str, list[str]] = {}
    for formal, *pets in _rows("nicknames.csv"):
        for pet in pets:
            names = found.setdefault(pet, [])
            if formal not in names:
                names.append(formal)
    return {pet: tuple(names) for pet, names in found.items()}


@lru_cache(maxsize=200_000)
def spelling(name: str) -> str:
    """The spelling that stands for this name in comparisons (Hussein: hussain); itself when the table has none."""
    return spellings().get(name, name)


@lru_cache(maxsize=200_000)
def forms(name: str) -> tuple[str, ...]:
    """What a given name may be: its standing spelling, then the names it may be short for; at most `MOST_FORMS`."""
    standing = spelling(name)
    found = [standing]
    for formal in (*short_forms().get(name, ()), *short_forms().get(standing, ())):
        full = spelling(formal)
        if full not in found:
            found.append(full)
    return tuple(found[:MOST_FORMS])


@cache
def names_in_use() -> frozenset[str]:
    """Given names that people are known to bear; one that is not here may be a slip of the hand, or new to us."""
    rehearsed = (row for row in _rows("rehearsal_names.csv") if row[2] in {"f", "m"})
    formal = (row[0] for row in _rows("nicknames.csv"))
    return frozenset((*(name for row in rehearsed for name in row[3:]), *formal, *short_forms()))
