"""How much of a form was keyed, by comparing what came back with what was offered. Pure functions; no JavaScript counts anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

LEFT_STANDING = 4  # letters that two texts share in a shorter stretch were typed anew: any two names share some


def keyed(before: str, after: str) -> int:
    """The characters of `after` that did not stand in `before`; what was taken out costs nothing, and what was left costs nothing."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    was, now = before[head : len(before) - tail], after[head : len(after) - tail]
    if not was or not now:
        return len(now)
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    return len(now) - sum(block.size for block in blocks if block.size >= LEFT_STANDING)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def keyed_in_form(before: Mapping[str, str], after: Mapping[str, str], chosen: Iterable[str]) -> int:
    """Over a whole form. In `chosen` fields something is picked from a list: a choice that is another is one keystroke."""
    picked = set(chosen)
    return sum(
        int(before.get(field, "") != said) if field in picked else keyed(before.get(field, ""), said)
        for field, said in after.items()
    )
