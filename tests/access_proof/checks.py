"""Every check that the source makes, by where: read from the source, so that one that goes is a line that goes from checks.yaml.

`PYTHONPATH=tests:src python -m access_proof.checks` writes the file anew, to be read by a second person like any change of who may see what.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

SOURCE = Path(__file__).resolve().parents[2] / "src"
GATE = "sightline.access.gate"
FILE = Path(__file__).with_name("checks.yaml")
# The questions of the gate whose answer decides what is given. What only writes a line (`refuse`) is looked at by other tests.
ASKED = {"look", "readable", "hidden", "unseen", "excluded", "sees", "of_a_place", "require", "open_first_contact", "in_emergency"}  # fmt: skip


def found() -> dict[str, list[str]]:
    """The checks of each function, in order: `sightline.access.handing:hand` to `look`, `require CHAIR` and so on."""
    every: dict[str, list[str]] = {}
    for module, tree in sources():
        for name, function in functions_in(tree) if module != GATE else ():
            if checks := [said for call in ast.walk(function) if (said := _check(call))]:
                every[f"{module}:{name}"] = checks
    return every


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the source but its tests, by name, read."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" not in path.parts:
            module = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
            yield module, ast.parse(path.read_text())


def functions_in(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """The functions of a module, and those of its classes, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{m.name}", m) for m in node.body if isinstance(m, ast.FunctionDef))


def _check(call: ast.AST) -> str:
    if not isinstance(call, ast.Call):
        return ""
    of = call.func
    if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) and of.value.id == "gate" and of.attr in ASKED:
        right = next((a.attr for a in call.args[1:2] if isinstance(a, ast.Attribute)), "")
        return f"{of.attr} {right}".strip() if of.attr == "require" else of.attr
    if isinstance(of, ast.Attribute) and of.attr == "may" and call.args and isinstance(call.args[0], ast.Attribute):
        return f"may {call.args[0].attr}"
    return ""


def written() -> dict[str, list[str]]:
    """What the file holds."""
    held = yaml.safe_load(FILE.read_text())
    return {where: said.split(", ") for where, said in held.items()}


if __name__ == "__main__":
    lines = [
        "# Every check that the source makes, by where. How it is written: access_proof/checks.py. A line that goes is a check that went."
    ]
    lines += [f"{where}: {', '.join(checks)}" for where, checks in found().items()]
    FILE.write_text("\n".join(lines) + "\n")
    sys.stdout.write(f"{len(lines) - 1} functions\n")
