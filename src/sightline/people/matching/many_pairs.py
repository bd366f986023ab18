"""A model's SQL conditions asked of many pairs at once, meaning the same as they do in DuckDB and for one pair.

`conditions` does this for one pair while somebody waits on the line; here the pairs are arrays, each part of a condition
is asked only of the pairs that its other parts leave open, and edits are counted last.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from rapidfuzz.process import cpdist
from sqlglot import exp

from .columns import Array, Columns, Vocabulary
from .conditions import NotCompilable, parsed
from .records import LIST_FIELDS, YEAR_FIELDS

# More than two ways of reckoning a likeness can differ by.
ROUNDING = 1e-9

Test = Callable[[Columns, Array, Array], Array]
Value = Callable[[Columns, Array, Array], Array]

_COMPARE: dict[type[exp.Expr], Callable[[Array, Array], Array]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LTE: operator.le,
    exp.GTE: operator.ge,
}
_RECKON: dict[type[exp.Expr], Callable[[Array, Array], Array]] = {exp.Add: operator.add, exp.Sub: operator.sub}


def _named(node: exp.Expr) -> tuple[str, bool]:
    """A column's name without its side, and whether the side is the left."""
    if not isinstance(node, exp.Column) or node.name[-2:] not in {"_l", "_r"}:
        raise NotCompilable(f"no column of either side: {node.sql()}")
    return node.name[:-2], node.name.endswith("_l")


def _is_edits(node: exp.Expr) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.lower() == "damerau_levenshtein"


def is_dear(node: exp.Expr) -> bool:
    """Whether letters have to be compared to answer it."""
    return any(_is_edits(part) or isinstance(part, exp.JarowinklerSimilarity) for part in node.walk())


def groups_of(conditions: Iterable[str]) -> list[frozenset[str]]:
    """Columns that these conditions compare for equality, directly or through others, each in one group with itself."""
    groups: dict[str, frozenset[str]] = {}
    for condition in conditions:
        node = parsed(condition)
        for column in node.find_all(exp.Column):
            name = _named(column)[0]
            groups.setdefault(name, frozenset({name}))
        for part in node.find_all(exp.EQ, exp.NEQ, exp.ArrayOverlaps):
            names = {_named(column)[0] for column in part.find_all(exp.Column)}
            joined = frozenset().union(*(groups[name] for name in names))
            groups.update(dict.fromkeys(joined, joined))
    return sorted(set(groups.values()), key=sorted)


def test_of(node: exp.Expr) -> Test:
    """Which pairs a condition holds for, given as two arrays of record numbers; SQL's unknown counts as not.

    Raises: NotCompilable for a form this module does not know.
    """
    if isinstance(node, exp.Paren):
        return test_of(node.this)
    if isinstance(node, exp.Boolean):
        return lambda _people, left, _right: np.full(len(left), node.this)
    if isinstance(node, exp.And | exp.Or):
        # The order changes no answer, so what is dear to ask comes last.
        parts = [test_of(part) for part in sorted(node.flatten(), key=is_dear)]
        return _all_of(parts) if isinstance(node, exp.And) else _any_of(parts)
    if isinstance(node, exp.Not):
        inner = _unknown(node.this)
        return lambda people, left, right: ~inner(people, left, right)
    if isinstance(node, exp.Is):
        return _unknown(node)
    if isinstance(node, exp.ArrayOverlaps):
        return _shared(node)
    if type(node) in _COMPARE:
        return _compared(node)
    raise NotCompilable(f"cannot compile {node.sql()}")


def _all_of(parts: Sequence[Test]) -> Test:
    def test(people: Columns, left: Array, right: Array) -> Array:
        rows = np.flatnonzero(parts[0](people, left, right))
        for part in parts[1:]:
            rows = rows[part(people, left[rows], right[rows])]
        holds = np.zeros(len(left), dtype=bool)
        holds[rows] = True
        return holds

    return test


def _any_of(parts: Sequence[Test]) -> Test:
    def test(people: Columns, left: Array, right: Array) -> Array:
        holds = parts[0](people, left, right)
        for part in parts[1:]:
            rows = np.flatnonzero(~holds)
            holds[rows] = part(people, left[rows], right[rows])
        return holds

    return test


def _unknown(node: exp.Expr) -> Test:
    if not isinstance(node, exp.Is) or not isinstance(node.expression, exp.Null):
        raise NotCompilable(f"cannot compile {node.sql()}")
    name, on_left = _named(node.this)

    def test(people: Columns, left: Array, right: Array) -> Array:
        records = left if on_left else right
        if name in LIST_FIELDS:
            return people.lists[name].marks[records] == 0
        return (people.years if name in YEAR_FIELDS else people.codes)[name][records] < 0

    return test


def _shared(node: exp.ArrayOverlaps) -> Test:
    (one, one_left), (other, other_left) = _named(node.this), _named(node.expression)

    def test(people: Columns, left: Array, right: Array) -> Array:
        here, there = people.lists[one], people.lists[other]
        first, second = left if one_left else right, left if other_left else right
        rows = np.flatnonzero(here.marks[first] & there.marks[second])
        first, second = first[rows], second[rows]
        hit = np.zeros(len(rows), dtype=bool)
        theirs = [there.member(second, place) for place in range(there.longest(second))]
        for place in range(here.longest(first)):
            own = here.member(first, place)
            known = own >= 0
            for their in theirs:
                hit |= known & (own == their)
        holds = np.zeros(len(left), dtype=bool)
        holds[rows[hit]] = True
        return holds

    return test


def _compared(node: exp.Expr) -> Test:
    one, other = node.this, node.expression
    if _is_edits(one) and isinstance(node, exp.LTE) and isinstance(other, exp.Literal):
        return _few_edits(one.expressions, int(other.this))
    if isinstance(one, exp.JarowinklerSimilarity) and isinstance(node, exp.GTE) and isinstance(other, exp.Literal):
        return _alike(one, float(other.this))
    values, compare = (_value(one), _value(other)), _COMPARE[type(node)]
    columns = [_named(column) for column in node.find_all(exp.Column)]

    def test(people: Columns, left: Array, right: Array) -> Array:
        holds = compare(values[0](people, left, right), values[1](people, left, right))
        for name, on_left in columns:
            held = (people.years if name in YEAR_FIELDS else people.codes)[name]
            holds &= held[left if on_left else right] >= 0
        return holds

    return test


def _value(node: exp.Expr) -> Value:
    """A number for each pair that stands for the value; what it is where a column is not known does not matter."""
    if isinstance(node, exp.Paren):
        return _value(node.this)
    if isinstance(node, exp.Literal) and not node.is_string:
        return lambda _people, _left, _right: int(node.this)
    if type(node) in _RECKON:
        reckon, one, other = _RECKON[type(node)], _value(node.this), _value(node.expression)
        return lambda people, left, right: reckon(one(people, left, right), other(people, left, right))
    if isinstance(node, exp.Abs):
        inner = _value(node.this)
        return lambda people, left, right: abs(inner(people, left, right))
    if isinstance(node, exp.Substring) and int(node.args["start"].this) == 1:
        length = int(node.args["length"].this)
        return _by_code(node.this, lambda people, name: people.vocabulary[name].beginnings(length))
    if isinstance(node, exp.Length):
        return _by_code(node.this, lambda people, name: people.vocabulary[name].lengths)
    name, on_left = _named(node)
    if name in LIST_FIELDS:
        raise NotCompilable(f"a list can only be asked what it shares: {node.sql()}")
    return lambda people, left, right: (people.years if name in YEAR_FIELDS else people.codes)[name][
        left if on_left else right
    ]


def _by_code(node: exp.Expr, of_text: Callable[[Columns, str], Array]) -> Value:
    name, on_left = _named(node)
    return lambda people, left, right: of_text(people, name)[people.codes[name][left if on_left else right]]


def _known(people: Columns, sides: list[tuple[str, bool]], left: Array, right: Array) -> tuple[Array, Array, Array]:
    """Which pairs have both texts, and the two texts' codes for those."""
    (one, one_left), (other, other_left) = sides
    first = people.codes[one][left if one_left else right]
    second = people.codes[other][left if other_left else right]
    rows = np.flatnonzero((first >= 0) & (second >= 0))
    return rows, first[rows], second[rows]


def _few_edits(columns: Sequence[exp.Expr], most: int) -> Test:
    sides = [_named(column) for column in columns]

    def test(people: Columns, left: Array, right: Array) -> Array:
        rows, first, second = _known(people, sides, left, right)
        here, there = (people.vocabulary[name] for name, _ in sides)
        # An edit changes the length by one at most, and takes away and brings in one letter at most.
        near = abs(here.lengths[first] - there.lengths[second]) <= most
        near &= np.bitwise_count(here.letters[first] ^ there.letters[second]) <= 2 * most
        rows, first, second = rows[near], first[near], second[near]
        edits = cpdist(
            here.texts[first],
            there.texts[second],
            scorer=DamerauLevenshtein.distance,
            score_cutoff=most,
            dtype=np.int32,
        )
        holds = np.zeros(len(left), dtype=bool)
        holds[rows[edits <= most]] = True
        return holds

    return test


def _alike(node: exp.JarowinklerSimilarity, least: float) -> Test:
    sides = [_named(node.this), _named(node.expression)]

    def test(people: Columns, left: Array, right: Array) -> Array:
        rows, first, second = _known(people, sides, left, right)
        here, there = (people.vocabulary[name] for name, _ in sides)
        near = _most_alike(here, there, first, second) >= least - ROUNDING
        rows, first, second = rows[near], first[near], second[near]
        likeness = cpdist(here.texts[first], there.texts[second], scorer=JaroWinkler.similarity, dtype=np.float64)
        holds = np.zeros(len(left), dtype=bool)
        holds[rows[likeness >= least]] = True
        return holds

    return test


def _most_alike(here: Vocabulary, there: Vocabulary, first: Array, second: Array) -> Array:
    """No less than the Jaro-Winkler likeness of texts: what it would be if every letter that both hold were in place."""
    one, other = here.letters[first], there.letters[second]
    lengths = here.lengths[first], there.lengths[second]
    shared = np.minimum(
        lengths[0] - np.bitwise_count(one & ~other).astype(np.int64),
        lengths[1] - np.bitwise_count(other & ~one).astype(np.int64),
    )
    jaro = (shared / np.maximum(lengths[0], 1) + shared / np.maximum(lengths[1], 1) + 1) / 3
    return jaro + np.where(here.firsts[first] == there.firsts[second], 0.4, 0.0) * (1 - jaro)
