"""Checks of the source, each as it would be if somebody took it away: found in the source, and put in place of the function that makes it.

A check is a call by which the source asks who may see or do something. Taken away, it gives what it would give somebody to whom nothing is
closed (`opened.py`); or, for a look, it decides and writes no line of the access log.
"""

from __future__ import annotations

import ast
import gc
import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

from access_proof.checks import GATE, SOURCE, functions_in, sources

OPENED = "__opened__"
# The gate's questions, and what cuts a reading to its reader.
ASKED = {
    "look", "readable", "hidden", "unseen", "excluded", "sees", "of_a_place", "behind_a_summary", "require", "in_emergency", "involved",
}  # fmt: skip
CUTS = {"as_permitted", "as_known", "for_standing"}
# What the gate itself is made of: the questions it puts to the tables of who is whom.
WITHIN = {"live_at", "_excluded", "_restricted", "hidden", "require", "worded", "refuse", "sees"}


@dataclass(frozen=True)
class Check:
    """One check: where (`module:function`), the how many'th there, what is called, and how it is taken away."""

    where: str
    number: int
    asks: str
    to: str
    line: int
    column: int

    @property
    def key(self) -> str:
        """Its name; it holds no line number, so that it stays when the file changes elsewhere."""
        return f"{self.where} {self.number} {self.asks}" + (" unlogged" if self.to.endswith("_unlogged") else "")

    @property
    def module(self) -> str:
        """Where its function is declared."""
        return self.where.partition(":")[0]

    @property
    def name(self) -> str:
        """Its function, in its class where it has one."""
        return self.where.partition(":")[2]


def path_of(module: str) -> Path:
    """The file of a module."""
    plain = SOURCE.joinpath(*module.split("."))
    return plain / "__init__.py" if plain.is_dir() else plain.with_suffix(".py")


def every() -> tuple[Check, ...]:
    """Every check that can be taken away, in order."""
    return tuple(c for module, tree in sources() for name, of in functions_in(tree) for c in _checks(module, name, of))


def _checks(module: str, name: str, of: ast.AST) -> Iterator[Check]:
    calls = sorted((n for n in ast.walk(of) if isinstance(n, ast.Call)), key=lambda n: (n.lineno, n.col_offset))
    number = 0
    for call in calls:
        asks, ways = _asked(module, call)
        number += bool(ways)
        for way in ways:
            yield Check(f"{module}:{name}", number, asks, way, call.lineno, call.col_offset)


def _asked(module: str, call: ast.Call) -> tuple[str, tuple[str, ...]]:
    """What a call asks, and the ways to take it away; none for a call that asks nothing of the kind."""
    of = call.func
    right = next((a.attr for a in call.args if isinstance(a, ast.Attribute) and _named(a.value) == "May"), "")
    if isinstance(of, ast.Attribute) and _named(of.value) == "gate" and of.attr in ASKED:
        return f"{of.attr} {right}".strip(), ("look", "look_unlogged") if of.attr == "look" else (of.attr,)
    if isinstance(of, ast.Attribute) and of.attr == "may" and right:
        return f"may {right}", ("may",)
    if isinstance(of, ast.Attribute) and _named(of.value) == "budgets" and of.attr == "within":
        return "budget", ("within",)
    within = module == GATE and _named(of) in WITHIN
    if within or _named(of) in CUTS:
        return _named(of), (_named(of).lstrip("_"),)
    return "", ()


def _named(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


class _Away(ast.NodeTransformer):
    """Puts what is opened in place of one check's call; the arguments stay."""

    def __init__(self, check: Check) -> None:
        self.check = check

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """The call, if it is this one."""
        self.generic_visit(node)
        if (node.lineno, node.col_offset) != (self.check.line, self.check.column) or not _asked(
            self.check.module, node
        )[1]:
            return node
        instead = ast.Attribute(ast.Name(OPENED, ast.Load()), self.check.to, ast.Load())
        return ast.copy_location(ast.Call(instead, node.args, node.keywords), node)


class _Heard(ast.NodeTransformer):
    """Puts a call that asks and keeps whether the answer decided something (`opened.asked`) in place of each of these checks' calls."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.at: dict[tuple[int, int], dict[str, str]] = {}
        for check in checks:
            self.module = check.module
            self.at.setdefault((check.line, check.column), {})[check.key] = check.to

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """The call, if it is one of these."""
        self.generic_visit(node)
        keys = self.at.get((node.lineno, node.col_offset))
        if keys is None or not _asked(self.module, node)[1]:
            return node
        asks = ast.Attribute(ast.Name(OPENED, ast.Load()), "asked", ast.Load())
        said = ast.parse(repr(keys), mode="eval").body
        return ast.copy_location(ast.Call(asks, [said, node.func, *node.args], node.keywords), node)


def code_of(module: str, name: str, changed: Callable[[ast.Module], ast.AST]) -> CodeType:
    """The code of a function of a file that was changed."""
    path = path_of(module)
    tree = ast.fix_missing_locations(changed(ast.parse(path.read_text())))
    return next(c for c in _codes(compile(tree, str(path), "exec", dont_inherit=True)) if c.co_qualname == name)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for held in code.co_consts:
        if isinstance(held, CodeType):
            yield held
            yield from _codes(held)


@cache
def functions() -> dict[str, list[FunctionType]]:
    """The live functions of the checks, whatever wraps them."""
    wanted: dict[str, list[FunctionType]] = {}
    for check in every():
        importlib.import_module(check.module)
        wanted[check.where] = []
    for held in gc.get_objects():
        if (
            type(held) is FunctionType  # asking a lazy object for its class would make it
            and (of := wanted.get(f"{held.__module__}:{held.__code__.co_qualname}")) is not None
        ):
            of.append(held)
    return wanted


@contextmanager
def away(check: Check) -> Iterator[None]:
    """Within this, the check is not made."""
    code = code_of(check.module, check.name, _Away(check).visit)
    with _instead(check.where, code):
        yield


@contextmanager
def _instead(where: str, code: CodeType) -> Iterator[None]:
    held = functions()[where]
    before = [f.__code__ for f in held]
    for f in held:
        f.__globals__[OPENED] = importlib.import_module("mutants.opened")
        f.__code__ = code
    try:
        yield
    finally:
        for f, was in zip(held, before, strict=True):
            f.__code__ = was


def listen() -> None:
    """From now on every check keeps it when what it gives makes a difference (`opened.DECIDED`)."""
    of: dict[str, list[Check]] = {}
    for check in every():
        of.setdefault(check.where, []).append(check)
    for where, checks in of.items():
        code = code_of(checks[0].module, checks[0].name, _Heard(checks).visit)
        for f in functions()[where]:
            f.__globals__[OPENED] = importlib.import_module("mutants.opened")
            f.__code__ = code
