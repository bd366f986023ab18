"""Every field of every model has a class, every exception among the fields of events is there, and the log names only what is classified."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import sightline
from sightline.access import fields
from sightline.access.fields import classes_of, declared, of_event
from sightline.access.policy import Of
from sightline.chronology.kinds import kinds

ROOT = Path(sightline.__file__).parent


def _of_models() -> set[str]:
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
    }


@pytest.mark.requirement("IS-01")
def test_every_field_of_every_model_has_a_class() -> None:
    assert sorted(_of_models() - declared()["models"].keys()) == [], "say in access/fields.yaml what these are"


def test_no_class_is_said_of_a_field_that_is_not_there() -> None:
    events = {f"{kind}.{f.alias or name}" for kind, k in kinds().items() for name, f in k.model_fields.items()}
    assert sorted(declared()["models"].keys() - _of_models()) == []
    assert sorted(declared()["events"].keys() - events) == []


def test_a_field_of_an_event_is_sensitive_unless_it_is_named() -> None:
    assert of_event("concern.notified", "what_happened") is Of.SENSITIVE
    assert of_event("nothing.known", "anything") is Of.SENSITIVE
    assert of_event("person.recorded", "surname") is Of.IDENTIFYING
    assert of_event("intelligence.recorded", "handling") is Of.FREE


def test_what_nobody_classified_needs_the_most() -> None:
    assert classes_of(["names", "something new"]) == {Of.IDENTIFYING, Of.SENSITIVE}
    assert classes_of(["pointer"]) == frozenset()


def test_a_field_is_classified_once_and_by_a_class_of_the_policy() -> None:
    with pytest.raises(ValueError, match="twice"):
        fields._flat({"a.B": {"free": "x", "sensitive": "y x"}})
    with pytest.raises(ValueError, match="secret"):
        fields._flat({"a.B": {"secret": "x"}})


def _named() -> Iterator[str]:
    """Every name by which code asks the gate for fields, and every tuple called FIELDS."""
    for file in sorted(ROOT.rglob("*.py")):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            calls = isinstance(node, ast.Call) and ast.unparse(node.func) in ("gate.look", "look", "write")
            if calls and isinstance(node, ast.Call):
                yield from (s for k in node.keywords if k.arg == "fields" for s in _texts(k.value))
            names = isinstance(node, ast.Assign) and any(ast.unparse(t) in ("FIELDS", "fields") for t in node.targets)
            if names and isinstance(node, ast.Assign) and "gate" in ast.unparse(tree):
                yield from _texts(node.value)


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Tuple | ast.List):
        yield from (e.value for e in value.elts if isinstance(e, ast.Constant) and isinstance(e.value, str))


@pytest.mark.requirement("IS-03")
def test_every_name_that_the_log_is_given_is_classified() -> None:
    known = {name.removeprefix("log.") for name in declared()["looks"]}
    assert sorted(set(_named()) - known - kinds().keys()) == [], (
        "the fields of every kind of entry are classified with it"
    )
    assert len(set(_named()) & known) > 15, "and some are"
