"""The scene is whole: every field that says something of somebody holds a value of its own, and every form of a value is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from oracle.evaluator import OF_MODELS, class_of
from oracle.people import CENTRE, RELATIONS, STATES
from oracle.rows import fields_of, sightline_models
from oracle.scene import Scene
from sightline.chronology.kinds import kinds
from sightline.chronology.models import Event

pytestmark = pytest.mark.django_db
# Fields that say something of somebody and can hold no value of their own, with why. Others of these are told by their type.
_ONE_OF = "one word of a list"
CANNOT = {
    "access.AccessEntry.action": _ONE_OF,
    "access.AccessEntry.outcome": _ONE_OF,
    "access.BreakGlass.outcome": _ONE_OF,
    "access.Involvement.ends": _ONE_OF,
    "access.Involvement.why": _ONE_OF,
    "access.LookReview.outcome": _ONE_OF,
    "alerts.Alert.kind": _ONE_OF,
    "alerts.Told.how": _ONE_OF,
    "alerts.Told.role": _ONE_OF,
    "chronology.EventPerson.role": _ONE_OF,
    "exports.CustodyStep.what": _ONE_OF,
    "exports.Export.form": _ONE_OF,
    "exports.Export.basis": _ONE_OF,
    "people.Address.kind": _ONE_OF,
    "people.Marker.kind": _ONE_OF,
    "people.Relationship.kind": _ONE_OF,
    "retention.Review.outcome": _ONE_OF,
    "retention.Hold.source": "a system's name",
    "people.Candidate.model_version": "the number of a model",
    "people.Link.model_version": "the number of a model",
    "people.Decision.proposed_by": "who had said so first: the same name as decided_by of the entry that this one answers",
    "people.SourceRecord.sex": "one letter of four",
    "people.SourceRecord.source": "a system's name",
    "people.SourceRecord.key": "the fixture's own name of the person, by which rows are found",
    "people.MatchKey.key": "a hash",
}
_NO_VALUE = (
    models.BooleanField,
    models.UUIDField,
    models.AutoField,
    models.ForeignKey,
    models.OneToOneField,
)


def _says(f: Any) -> bool:
    """Whether a field says something in a value of its own: not yes or no, a number of ours, or one of a list."""
    if isinstance(f, _NO_VALUE) or f.choices or f.name.endswith("_id") or f.primary_key:
        return False
    if isinstance(f, ArrayField):
        return not isinstance(f.base_field, models.IntegerField)
    return not isinstance(f, models.DateTimeField | models.IntegerField | models.FloatField)


def _silent(held: Scene) -> Iterator[str]:
    for model in sightline_models():
        for f in fields_of(model):
            name = f"{model._meta.label}.{f.name}"
            if OF_MODELS.get(name, "none") not in ("none", "free") and _says(f) and name not in CANNOT:
                values = model._default_manager.values_list(f.attname, flat=True)
                if not any(held.cage.found_in(str(bytes(v) if isinstance(v, memoryview) else v)) for v in values):
                    yield name


@pytest.mark.requirement("IS-01")
def test_every_classed_field_of_every_table_holds_a_value_of_its_own(held: Scene) -> None:
    assert sorted(_silent(held)) == [], "say in rows.py how these are filled, or here why they can hold no value"


def test_every_field_of_every_kind_of_entry_holds_a_value_of_its_own(held: Scene) -> None:
    found = {c.field for c in held.cage.held}
    stored = {kind: data for kind, data in Event.objects.values_list("kind", "data") if data}
    missing = []
    for kind, declared in kinds().items():
        for name, f in declared.model_fields.items():
            shown = f.alias or name
            if (
                f"{kind}.{shown}" not in found
                and isinstance(stored.get(kind, {}).get(shown), str)
                and _free(f.annotation)
            ):
                missing.append(f"{kind}.{shown}")
    assert missing == []
    assert kinds().keys() - set(Event.objects.values_list("kind", flat=True)) <= {"marker.cleared"}


def _free(annotation: Any) -> bool:
    return "Literal" not in str(annotation) and "bool" not in str(annotation)


def test_no_two_people_share_a_value_and_every_relation_is_there_in_every_state(held: Scene) -> None:
    owners: dict[str, set[str]] = {}
    for c in held.cage.held:
        owners.setdefault(c.value, set()).add(c.owner)
    assert {v: o for v, o in owners.items() if len(o) > 1} == {}
    assert {f"{r}-{s}" for r in RELATIONS for s in STATES} <= held.people.keys()
    assert len(set(held.people.values())) == len(held.people)


@pytest.mark.requirement("IS-01")
def test_every_form_of_a_value_is_found_wherever_it_stands(held: Scene) -> None:
    sample = {(c.field, c.source): c for c in held.cage.held if c.owner == CENTRE}.values()
    missed = [
        (c.field, name, form)
        for c in sample
        for name, form in held.cage.forms(c).items()
        if c not in held.cage.found_in(f"<p>before {form} after</p>")
    ]
    assert missed == []
    assert {n for c in sample for n in held.cage.forms(c)} >= {
        "lower case",
        "by sound",
        "reversed",
        "for an address",
        "last four",
    }
    assert held.cage.found_in("<p>4 July 2021, 14:05, call 101 about person 7123 of 12,345</p>") == frozenset()


def test_every_class_has_values(held: Scene) -> None:
    assert {class_of(c.field) for c in held.cage.held} >= {"identifying", "standing", "sensitive", "trail"}
