"""Event kinds are the vocabulary's, each declared once; what is not supplied is unknown, never no and never nothing."""

from __future__ import annotations

import os
import types
import typing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from cast import NOW, Member, entry, feed_viewer, involve, person_of, write_person
from sightline.chronology.entries import Became
from sightline.chronology.kinds import FieldErrors, UnknownKind, checked, kinds
from sightline.chronology.models import Event
from sightline.chronology.queries import chronologies
from sightline.chronology.record import record, record_many
from sightline.kernel.discovery import modules

SHARED = Path(os.environ.get("SIGHTLINE_VOCABULARY", Path(__file__).resolve().parents[5] / "shared" / "vocabulary"))
PLAIN = {str: {"str", "text"}, bool: {"bool"}, int: {"int"}, date: {"date"}, datetime: {"datetime"}, float: {"hours"}}


def vocabulary() -> dict[str, dict[str, Any]]:
    path = SHARED / "events.yaml"
    if not path.exists():
        pytest.skip(f"the vocabulary is not beside this checkout ({path.name}); set SIGHTLINE_VOCABULARY to its folder")
    groups = yaml.safe_load(path.read_text())
    return {name: kind for group in groups.values() for name, kind in group.items()}


def said(annotation: Any) -> set[str]:
    """A field's type in the vocabulary's words; several where it has several words for one."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (inner,) = [a for a in typing.get_args(annotation) if a is not type(None)]
        return {f"{word}?" for word in said(inner)}
    if typing.get_origin(annotation) is typing.Annotated:
        return said(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) is list:
        return {f"{word}[]" for word in said(typing.get_args(annotation)[0])}
    if typing.get_origin(annotation) is dict:
        return {"{area: grade}"}
    if typing.get_origin(annotation) is typing.Literal:
        return {"|".join(map(str, typing.get_args(annotation)))}
    return PLAIN[annotation]


def _says_all_of(type_: str, declared: str) -> bool:
    """Whether a field is of the vocabulary's type; of several values it may have more than those, and none less."""
    same_end = type_.endswith("?") == declared.endswith("?")
    return same_end and set(type_.rstrip("?").split("|")) <= set(declared.rstrip("?").split("|"))


def fields(name: str) -> dict[str, set[str]]:
    kind = kinds()[name]
    hints = typing.get_type_hints(kind, include_extras=True)
    return {declared.alias or field: said(hints[field]) for field, declared in kind.model_fields.items()}


@pytest.mark.requirement("JD-01")
def test_every_kind_of_the_vocabulary_is_declared_with_its_fields_as_the_vocabulary_says() -> None:
    wrong = []
    for name, kind in vocabulary().items():
        if name not in kinds():
            wrong.append(f"{name} is not declared")
            continue
        declared = fields(name)
        for field, type_ in (kind.get("data") or {}).items():
            if not any(_says_all_of(str(type_), word) for word in declared.get(field, set())):
                wrong.append(f"{name}.{field}: {type_} declared as {declared.get(field)}")
    assert not wrong, "\n".join(wrong)


def test_fields_beyond_the_vocabulary_are_optional() -> None:
    for name, kind in vocabulary().items():
        beyond = fields(name).keys() - (kind.get("data") or {}).keys()
        demanded = [field for field in beyond if not all(word.endswith("?") for word in fields(name)[field])]
        assert not demanded, f"{name} demands {demanded}, which the vocabulary does not have"


def test_every_kind_is_declared_by_one_slice() -> None:
    declared: dict[str, set[str]] = {}
    for module in modules("events"):
        for value in vars(module).values():
            if isinstance(value, type) and getattr(value, "kind", "") and value.__module__ == module.__name__:
                declared.setdefault(value.kind, set()).add(module.__name__)
    assert declared.keys() == kinds().keys()
    assert not {name: where for name, where in declared.items() if len(where) > 1}


def test_every_kind_says_what_it_means() -> None:
    assert not [name for name, kind in kinds().items() if not kind.means]


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("marker.set", {"kind": "violent", "colour": "red"}, "colour"),
        ("marker.set", {"kind": "sleepy"}, "kind"),
        ("person.recorded", {"forenames": "Ada", "surname": "Byrne", "born": "last spring"}, "born"),
        ("person.recorded", {"forenames": "A\x00da", "surname": "Byrne"}, "forenames"),
        ("relationship.recorded", {"kind": "parent", "lives_with": "sort of"}, "lives_with"),
    ],
)
@pytest.mark.parametrize("asked", [True, False], ids=["entered", "fed"])
def test_what_is_unknown_or_ill_typed_is_refused_with_the_field_named(
    name: str, data: dict[str, Any], field: str, asked: bool
) -> None:
    with pytest.raises(FieldErrors) as error:
        checked(name, data, asked=asked)
    assert field in error.value.faults


def test_an_undeclared_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        checked("person.teleported", {}, asked=False)


def test_a_person_is_asked_for_what_a_feed_may_leave_out() -> None:
    assert checked("person.recorded", {"surname": "Byrne"}, asked=False) == {"surname": "Byrne"}
    with pytest.raises(FieldErrors) as error:
        checked("person.recorded", {"surname": "Byrne"}, asked=True)
    assert "forenames" in error.value.faults


@pytest.mark.parametrize("name", sorted(kinds()))
def test_nothing_supplied_is_stored_as_nothing_for_every_kind(name: str) -> None:
    assert checked(name, {}, asked=False) == {}
    assert checked(name, dict.fromkeys(fields(name)), asked=False) == {}


@pytest.mark.django_db
def test_not_supplied_is_unknown_to_whoever_reads_it_and_no_is_no() -> None:
    about = {"child": [("social_care", "C1")]}
    for ref, data in (("a", {"safe": False}), ("b", {})):
        record_many([entry("child.seen", about, source="social_care", ref=ref, data=data)], feed_viewer())
    person = person_of(write_person("social_care", "C1"))
    seen = {h.ref: h for h in chronologies([person])[person].of_kind("child.seen")}
    assert (seen["a"].get("safe"), seen["b"].get("safe")) == (False, None)
    assert "safe" not in seen["b"].data
    assert Event.objects.get(ref="b").data == {}


@pytest.mark.django_db
@pytest.mark.requirement("IS-17")
def test_an_event_holds_when_it_happened_when_it_was_learnt_and_when_it_was_received(social_worker: Member) -> None:
    involve(social_worker, person_of(write_person("social_care", "C1")))
    earlier = NOW.replace(day=1)
    one = entry(
        "marker.set",
        {"child": [("social_care", "C1")]},
        source="sightline",
        ref="m",
        at=earlier,
        recorded_at=NOW.replace(hour=9),
        data={"kind": "self_harm"},
    )
    held = Event.objects.get(pk=record(one, social_worker.viewer()))
    assert (held.at, held.recorded_at, held.received_at) == (earlier, NOW.replace(hour=9), NOW)


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused() -> None:
    bad = entry(
        "marker.set",
        {"child": [("social_care", "C1")]},
        source="social_care",
        ref="m",
        at=NOW.replace(tzinfo=None),
        data={"kind": "self_harm"},
    )
    with pytest.raises(ValueError, match="zone"):
        record_many([bad], feed_viewer())
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_several_children_of_one_event_have_one_entry_each_and_the_event_is_one() -> None:
    about = {"child": [("social_care", "C1"), ("social_care", "C2")]}
    assert record_many([entry("child.seen", about, source="social_care", ref="a")], feed_viewer()) == [Became.APPLIED]
    people = [person_of(write_person("social_care", key)) for key in ("C1", "C2")]
    held = chronologies(people)
    assert [len(held[p].of_kind("child.seen")) for p in people] == [1, 1]
    assert Event.objects.filter(kind="child.seen").count() == 1
