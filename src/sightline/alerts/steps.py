"""An alert's next step as a viewer may read it: whoever must act is told what to do, and nothing of what they may not read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from functools import cache
from inspect import getsource

from sightline.alerts.findings import rules
from sightline.chronology.pointers import owner_words


def next_step(step: str, rule: str, withheld: Iterable[str], *, own_words: bool) -> str:
    """The step as it is where the alert's own words may be read. Elsewhere only a sentence that the rule holds ready for anybody.

    Of any other, which may say something of the child, whom to ask takes the place.
    """
    if own_words or step in _ready(rule):
        return step
    owners = dict.fromkeys(map(owner_words, withheld))
    return f"Ask {' and '.join(owners)} what this rests on, and act on what you know." if owners else ""


@cache
def _ready(rule: str) -> frozenset[str]:
    """Every sentence that stands in a rule's own file as it is, with nothing to be filled in; none for a rule no longer in use."""
    return frozenset(s for r in rules() if r.name == rule for s in _sentences(r.find.__module__))


@cache
def _sentences(module: str) -> frozenset[str]:
    tree = ast.parse(getsource(sys.modules[module]))
    filled_in = {id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in ast.walk(n)}
    return frozenset(
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in filled_in
    )
