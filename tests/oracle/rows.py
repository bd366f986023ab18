"""Rows about everybody in every other table: found by walking the models, so that a new one joins by itself or is named by a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cast import Member
from oracle.cage import Cage
from oracle.evaluator import OF_MODELS
from oracle.people import Part, spells
from sightline.access.models import AccessEntry, BreakGlass, Exclusion, Involvement, Restriction
from sightline.alerts.models import Alert
from sightline.people.models import Link

# Written by the entries themselves, or by the scene where it says what holds between people and viewers.
BY_ENTRIES = {
    *("people.SourceRecord", "people.Identity", "people.Link", "people.Decision", "people.MatchKey", "people.Premises"),
    *("people.Relationship", "people.Address", "people.Marker", "people.Candidate"),
    *("chronology.Event", "chronology.EventPerson", "chronology.Superseded", "chronology.SaidAgain", "alerts.Touched"),
}
BY_SCENE = {
    "access.User",
    "access.Post",
    "access.Involvement",
    "access.Restriction",
    "access.Exclusion",
    "access.BreakGlass",
}
# Values that a table demands, where any other would mean something else or be refused.
FIXED: dict[str, Any] = {
    "retention.Hold.source": lambda rows: rows.source,
    "retention.Hold.lifted_by": lambda rows: rows.officer.user.pk,
    "retention.Hold.lifted_at": lambda rows: rows.at,
    "retention.Review.outcome": "dispose",
    "retention.Review.decided_by": lambda rows: rows.officer.user.pk,
    "retention.Review.decided_at": lambda rows: rows.at,
    "retention.Review.agreed": False,
    "retention.Review.second_by": lambda rows: rows.second.user.pk,
    "retention.Review.second_at": lambda rows: rows.at,
    "exports.Export.form": "document",
    "exports.Export.basis": "public_task",
    "exports.CustodyStep.what": "agreed",
    "alerts.Alert.kind": "child_not_seen",
    "alerts.Alert.to_role": "case_owner",
    "alerts.Told.role": "nobody_has_this_role",
    "alerts.Told.how": "",
    "access.AccessEntry.outcome": "given",
    "access.AccessEntry.action": "consultation",
    "access.LookReview.outcome": "in_order",
    "feeds.Load.state": "whole",
}


@dataclass
class Rows:
    """Fills tables about one person after another."""

    cage: Cage
    at: Any
    officer: Member
    second: Member
    made: dict[tuple[str, str], models.Model] = field(default_factory=dict)
    source: str = ""

    def about(self, part: Part, person: int, known: Mapping[str, int], source: str) -> None:
        """A row about somebody in every table that says something of people. `known`: their record, an entry, their home.

        `source`: the system of that entry, and so of an alert that rests on it.
        """
        self.source = source
        for model in sightline_models():
            if self.speaks_of_people(model) and model._meta.label not in BY_ENTRIES | BY_SCENE:
                self._row(model, part, {"person": person, **known})

    def speaks_of_people(self, model: type[models.Model]) -> bool:
        """Whether any field of a table is classed as saying something of somebody."""
        return any(OF_MODELS.get(f"{model._meta.label}.{f.name}", "none") != "none" for f in fields_of(model))

    def _row(self, model: type[models.Model], part: Part, known: Mapping[str, int]) -> models.Model:
        if (held := self.made.get((model._meta.label, part.name))) is not None:
            return held
        said = {f.attname: value for f in fields_of(model) if (value := self._value(f, part, known)) is not LEFT_OUT}
        (row,) = model._default_manager.bulk_create([model(**said)])
        self.made[model._meta.label, part.name] = row
        return row

    def _value(self, f: Any, part: Part, known: Mapping[str, int]) -> Any:
        name = f"{f.model._meta.label}.{f.name}"
        if name in FIXED:
            return FIXED[name](self) if callable(FIXED[name]) else FIXED[name]
        if isinstance(f, models.AutoField) or getattr(f, "db_default", models.NOT_PROVIDED) is not models.NOT_PROVIDED:
            return LEFT_OUT
        if f.is_relation:
            return self._related(f, part, known)
        if f.name == "entry_id":
            return self._row(AccessEntry, part, known).pk
        if (plain := self._plain(f, known)) is not None:
            return plain
        if OF_MODELS.get(name, "none") == "none":
            return self._neutral(f)
        return self._canary(f, name, part)

    def _related(self, f: Any, part: Part, known: Mapping[str, int]) -> Any:
        ours = {"people.SourceRecord": known["record"], "people.Identity": known["person"], "people.Premises": known["premises"],
                "chronology.Event": known["event"], "access.User": self.officer.user.pk, "access.Post": self.officer.post.pk,
                "agencies.Agency": self.officer.post.agency_id, "agencies.Team": self.officer.post.team_id}  # fmt: skip
        to = f.related_model
        if f.null:
            return None
        if to._meta.label in ours:
            return ours[to._meta.label]
        return self._row(to, part, known).pk

    def _plain(self, f: Any, known: Mapping[str, int]) -> Any:
        by_name = {
            "person_id": "person",
            "subject_id": "person",
            "record_id": "record",
            "event_id": "event",
            "premises_key": "premises",
        }
        if f.name in by_name:
            return known[by_name[f.name]]
        if f.name in ("people", "concerns"):
            return [known["person"]]
        if f.name in ("user_id", "account", "set_by"):
            return self.officer.user.pk
        return None

    def _neutral(self, f: Any) -> Any:
        if f.has_default() or f.null:
            return LEFT_OUT
        if f.choices:
            return f.choices[0][0]
        if isinstance(f, models.DateTimeField):
            return self.at - timedelta(days=3)
        if isinstance(f, models.DateField):
            return (self.at - timedelta(days=3)).date()
        if isinstance(f, models.UUIDField):
            return uuid4()
        if isinstance(f, ArrayField):
            return ["one", "two"]
        if isinstance(f, models.BinaryField):
            return b"none"
        if isinstance(f, models.BooleanField):
            return True
        if isinstance(f, models.IntegerField | models.FloatField):
            return 1
        return f"o{uuid4().hex[: min(f.max_length or 30, 30) - 1]}"

    def _canary(self, f: Any, name: str, part: Part) -> Any:
        if f.choices or isinstance(f, models.BooleanField | models.UUIDField | models.DateTimeField):
            return self._neutral(f)
        by = (part.name, self.source if name.startswith("alerts.Alert.") else "", name)
        if isinstance(f, ArrayField):
            return [] if isinstance(f.base_field, models.IntegerField) else [self.cage.word(*by)]
        if isinstance(f, models.BinaryField):
            return f"a file about {self.cage.word(*by)}".encode()
        if isinstance(f, models.JSONField):
            return {self.cage.word(*by): self.cage.word(*by)}
        if isinstance(f, models.DateField):
            return self.cage.day(*by)
        if isinstance(f, models.IntegerField | models.FloatField | models.DecimalField):
            return self.cage.number(*by)
        word = self.cage.word(*by)
        return f"It was {word} then" if isinstance(f, models.TextField) else word


LEFT_OUT = object()


def sightline_models() -> list[type[models.Model]]:
    """Every table of ours, in an order in which each comes after those it points at where there is one."""
    return [m for config in apps.get_app_configs() if config.name.startswith("sightline.") for m in config.get_models()]


def fields_of(model: type[models.Model]) -> Iterator[Any]:
    """The columns of a table."""
    return (f for f in model._meta.concrete_fields if not isinstance(f, models.CompositePrimaryKey))


def linked_with_words(cage: Cage, part: Part, records: Mapping[str, int]) -> None:
    """Who said that a record is this person, and why, in words of their own."""
    for source, record in records.items():
        said = {n: cage.word(part.name, source, f"people.Link.{n}") for n in ("decided_by", "reason")}
        Link.objects.filter(record_id=record, until_at=None).update(**said)


def between(cage: Cage, part: Part, person: int, members: list[Member], at: Any) -> None:
    """What holds between one person and every viewer, as rows; the reason in it is one value for all."""
    if part.state != "open":
        _closed(cage, part, person, at)
    for what, since, until in spells(part, at):
        of: dict[str, Any] = {"person_id": person, "from_at": since, "until_at": until}
        if what == "excluded":
            why = cage.word(part.name, "", "access.Exclusion.reason")
            Exclusion.objects.bulk_create(Exclusion(user=m.user, reason=why, **of) for m in members)
            continue
        why = cage.word(part.name, "", "access.Involvement.reason")
        mine = [{"user": m.user, "post": m.post, "reason": why, **of} for m in members]
        Involvement.objects.bulk_create(Involvement(why=what, **row) for row in mine)
        if what == "break_glass":
            word = cage.word(part.name, "", "access.BreakGlass.reason")
            note = cage.word(part.name, "", "access.BreakGlass.note")
            more = {
                "conflict": "barred" in part.name,
                "sealed": part.state == "sealed",
                "note": note,
                "outcome": "justified",
            }
            more |= {"reviewed_at": at - timedelta(minutes=1), "reason": word}
            BreakGlass.objects.bulk_create(
                BreakGlass(**{**row, **more}, reviewed_by=_guardian(members, row, n)) for n, row in enumerate(mine)
            )


def _closed(cage: Cage, part: Part, person: int, at: Any) -> None:
    """The record is restricted or sealed, as it was once before, until that was lifted with a reason."""
    reason, why = (cage.word(part.name, "", f"access.Restriction.{name}") for name in ("reason", "lifted_why"))
    of: dict[str, Any] = {"person_id": person, "state": part.state, "reason": reason}
    review_on = cage.day(part.name, "", "access.Restriction.review_on")
    Restriction.objects.create(**of, from_at=at - timedelta(days=300), review_on=review_on)
    before = {"from_at": at - timedelta(days=500), "until_at": at - timedelta(days=400)}
    Restriction.objects.create(**of, **before, lifted_why=why)


def _guardian(members: list[Member], row: Mapping[str, Any], turn: int) -> Any:
    """Whoever reviewed an opening: one of those who do, in turn, and never whoever opened it."""
    held = [m.user for m in members if m.post.role == "data_guardian" and m.user != row["user"]]
    return held[turn % len(held)]


def alert_of(rows: Rows, part: Part) -> Alert:
    """The alert about somebody."""
    return rows.made["alerts.Alert", part.name]  # type: ignore[return-value]
