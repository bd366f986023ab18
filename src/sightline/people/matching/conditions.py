"""From a level's SQL condition to a test of two cleaned records, meaning the same as it does in DuckDB.

Only the forms listed here are known; any other is refused when the model is loaded, never guessed at. The tests are
written out as Python and compiled once, for a look-up weighs up hundreds of pairs while somebody waits on the line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from sqlglot import exp

from .records import LIST_FIELDS, Cleaned
from .tables import COLUMNS

Chooser = Callable[[Cleaned, Cleaned], int]


class NotCompilable(ValueError):
    """A model's condition that the in-process scorer does not know, so its weights could differ from Splink's."""


def _share(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    for name in left:  # noqa: SIM110 - a generator costs three times as much, and this is asked most of all
        if name in right:
            return True
    return False


_FUNCTIONS = {
    "damerau_levenshtein": "edits",
    "jaro_winkler_similarity": "likeness",
    "list_has_any": "share",
}
_NAMESPACE = {
    "edits": DamerauLevenshtein.distance,
    "likeness": JaroWinkler.similarity,
    "share": _share,
    "abs": abs,
    "len": len,
}
_OPERATORS: dict[type[exp.Expression], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.EQ: "==",
    exp.NEQ: "!=",
    exp.LTE: "<=",
    exp.GTE: ">=",
}


def _column(node: exp.Column) -> str:
    name = node.name.lower()
    field, side = name[:-2], name[-2:]
    if side not in {"_l", "_r"} or field not in COLUMNS:
        raise NotCompilable(f"unknown column {name}")
    return f"{side[1]}.{field}"


def _call(name: str, arguments: Sequence[exp.Expression]) -> str:
    if name not in _FUNCTIONS or len(arguments) != 2:
        raise NotCompilable(f"unknown function {name}")
    return f"{_FUNCTIONS[name]}({_value(arguments[0])}, {_value(arguments[1])})"


def _literal(node: exp.Literal) -> str:
    return repr(node.this) if node.is_string else repr(float(node.this) if "." in node.this else int(node.this))


def _beginning(node: exp.Substring) -> str:
    start, length = node.args.get("start"), node.args.get("length")
    if start is None or length is None or int(start.this) != 1:
        raise NotCompilable(f"only the beginning of a text can be taken: {node.sql()}")
    return f"{_value(node.this)}[:{int(length.this)}]"


def _value(node: exp.Expression) -> str:
    """A value as Python, on the understanding that no column in it is null."""
    if type(node) in _OPERATORS:
        return f"({_value(node.this)} {_OPERATORS[type(node)]} {_value(node.expression)})"
    written: dict[type[exp.Expression], Callable[..., str]] = {
        exp.Paren: lambda part: _value(part.this),
        exp.Column: _column,
        exp.Literal: _literal,
        exp.Abs: lambda part: f"abs({_value(part.this)})",
        exp.Length: lambda part: f"len({_value(part.this)})",
        exp.Substring: _beginning,
        exp.Anonymous: lambda part: _call(part.name.lower(), part.expressions),
        exp.JarowinklerSimilarity: lambda part: _call("jaro_winkler_similarity", (part.this, part.expression)),
        exp.ArrayOverlaps: lambda part: _call("list_has_any", (part.this, part.expression)),
    }
    if type(node) not in written:
        raise NotCompilable(f"cannot compile {node.sql()}")
    return written[type(node)](node)


def _unknown(node: exp.Expression) -> str:
    if not isinstance(node, exp.Is) or not isinstance(node.expression, exp.Null):
        raise NotCompilable(f"cannot compile {node.sql()}")
    if not isinstance(node.this, exp.Column):
        raise NotCompilable(f"only a column can be asked whether it is null: {node.sql()}")
    column = _column(node.this)
    return f"not {column}" if column[2:] in LIST_FIELDS else f"{column} is None"


def _test(node: exp.Expression) -> str:
    """A condition as Python; SQL's unknown counts as not, which holds because NOT is only taken before IS NULL."""
    if isinstance(node, exp.Paren):
        return _test(node.this)
    if isinstance(node, exp.And | exp.Or):
        word = "and" if isinstance(node, exp.And) else "or"
        return f"({_test(node.this)} {word} {_test(node.expression)})"
    if isinstance(node, exp.Is):
        return f"({_unknown(node)})"
    if isinstance(node, exp.Not):
        return f"(not ({_unknown(node.this)}))"
    columns = dict.fromkeys(_column(column) for column in node.find_all(exp.Column))
    known = [column if column[2:] in LIST_FIELDS else f"{column} is not None" for column in columns]
    return f"({' and '.join([*known, _value(node)])})"


def always(condition: str) -> bool:
    """Whether a condition is the one that holds where no other did."""
    return condition.strip().upper() == "ELSE"


def parsed(condition: str) -> exp.Expr:
    """A condition as DuckDB would read it, ELSE as true. Raises: NotCompilable for what is no condition."""
    if always(condition):
        return exp.true()
    try:
        return sqlglot.parse_one(condition, read="duckdb")
    except sqlglot.errors.ParseError as trouble:
        raise NotCompilable(condition) from trouble


def _condition(condition: str) -> str:
    return "True" if always(condition) else _test(parsed(condition))  # type: ignore[arg-type]


def compile_levels(conditions: Sequence[str]) -> Chooser:
    """Which of these conditions, in order, is the first to hold for a pair.

    Raises: NotCompilable for a form this module does not know, or when the last condition is not ELSE.
    """
    if not conditions or not always(conditions[-1]):
        raise NotCompilable("the last level of a comparison must be ELSE")
    lines = [f"    if {_condition(condition)}: return {place}" for place, condition in enumerate(conditions)]
    source = "\n".join(["def choose(l, r):", *lines])
    namespace: dict[str, object] = dict(_NAMESPACE)
    exec(compile(source, "<model>", "exec"), namespace)  # noqa: S102 - only what _test and _value wrote out
    chooser: Chooser = namespace["choose"]  # type: ignore[assignment]
    return chooser
