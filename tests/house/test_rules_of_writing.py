"""The house's own rules, held by a test: sizes, names, what may not be committed, and the order of the schema."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    p
    for top in ("src", "tools", "tests", "benchmarks")
    for p in (ROOT / top).rglob("*.py")
    if "migrations" not in p.parts
)
BANNED = {
    "manager",
    "handler",
    "helper",
    "util",
    "utils",
    "processor",
    "data",
    "info",
    "item",
    "common",
    "base",
    "misc",
}
FOREIGN_NAMES = {
    "digital_forensics_manager",
    "social_care_manager",
    "mash_manager",
    "call_handler",
}  # the vocabulary's own
LAYERS = ["kernel", "agencies", "access", "ui", "people", "chronology", "clocks", "alerts", "pathways", "patterns",
          "oversight", "insight", "exchange", "web"]  # fmt: skip
SLICE_FILES = {
    "__init__",
    "events",
    "clocks",
    "rules",
    "alerts",
    "measures",
    "models",
    "queries",
    "services",
    "forms",
    "views",
    "panels",
    "urls",
}
REGISTRY = re.compile(
    r"https?://[A-Za-z0-9.-]*(" + "|".join(["py" + "pi", "pythonhosted", "npm" + "js", "deb" + "ian"]) + r")[.]"
)
THIS_MACHINE = re.compile("/" + "work/(main|shared|[.]library)|farm" + "-(studio|bench)")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{p.relative_to(ROOT)}:{f.lineno} {f.name} ({f.end_lineno - f.lineno + 1})"
        for p in SOURCES
        for f in functions(ast.parse(p.read_text()))
        if (f.end_lineno or 0) - f.lineno + 1 > 40
    ]
    assert not long, "\n".join(long)


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = [f"{p.relative_to(ROOT)} ({n})" for p in SOURCES if (n := len(p.read_text().splitlines())) > 300]
    assert not long, "\n".join(long)


def test_no_module_class_or_function_has_a_banned_name() -> None:
    found = []
    for path in (p for p in SOURCES if "src" in p.parts and "tests" not in p.parts):
        names = [
            path.stem,
            *(n.name for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef | ast.ClassDef)),
        ]
        for name in names:
            words = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
            if words & BANNED and name not in FOREIGN_NAMES:
                found.append(f"{path.relative_to(ROOT)}: {name}")
    assert not found, "\n".join(found)


def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    found = []
    for name in filter(None, tracked):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".gz", ".ico"}:
            continue
        text = path.read_text(errors="ignore")
        if REGISTRY.search(text) or (THIS_MACHINE.search(text) and path.name != Path(__file__).name):
            found.append(name)
    assert not found, "\n".join(found)


def test_foreign_keys_go_downwards_only() -> None:
    def layer(label: str) -> int:
        config = apps.get_app_config(label).name
        return LAYERS.index(config.split(".")[1]) if config.startswith("sightline.") else -1

    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name.startswith("sightline.")
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and layer(field.related_model._meta.app_label) > layer(model._meta.app_label)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", sorted((ROOT / "src/sightline/pathways").iterdir()), ids=lambda p: p.name)
def test_a_pathway_is_one_folder_of_known_files(folder: Path) -> None:
    if not folder.is_dir() or folder.name.startswith("__"):
        return
    strange = {p.stem for p in folder.glob("*.py")} - SLICE_FILES - {"commands", "tasks"}
    assert not strange, f"{folder.name} holds {strange}: a slice has known files only"


def test_nothing_in_the_declarations_reads_the_clock() -> None:
    clock = re.compile(r"\b(now|today|utcnow)\(\)")
    pure = [
        p
        for p in SOURCES
        if "src" in p.parts and {"rules", "clocks", "alerts", "measures", "events", "patterns"} & {p.stem, *p.parts}
    ]
    assert not [p for p in pure if clock.search(p.read_text())]
