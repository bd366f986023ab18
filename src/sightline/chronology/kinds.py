"""Event kinds: typed declarations in the slices' `events.py`, checked before anything is written.

A field with no default is asked of a person who enters the event here. A feed that does not hold it leaves it out, and it is then
unknown: never no, never nothing. What is stored holds only what was supplied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Optional

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from sightline.kernel.discovery import modules
from sightline.kernel.moments import aware


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
Words = Annotated[str, AfterValidator(_no_nul)]
Day = date
Moment = Annotated[datetime, AfterValidator(aware)]
Hours = float
ROLES = (
    *("child", "parent", "carer", "sibling", "partner", "suspect", "victim", "reporter", "adult", "worker", "offender"),
    *("subject", "other"),
)


class UnknownKind(ValueError):
    """No slice declares an event of this name."""


class EventKind(BaseModel):
    """A declaration: subclass with `kind` (the vocabulary's name) and `means` (what it says to a practitioner)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)
    kind: ClassVar[str] = ""
    means: ClassVar[str] = ""

    def __init_subclass__(cls, *, kind: str = "", means: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if kind:
            cls.kind, cls.means = kind, means

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Takes the two words of the declaration, so that pydantic does not see them."""


@cache
def kinds() -> dict[str, type[EventKind]]:
    """Every declared kind by name; two slices that declare one name is a fault in the house and raises."""
    found: dict[str, type[EventKind]] = {}
    for module in modules("events"):
        for value in vars(module).values():
            if not (isinstance(value, type) and issubclass(value, EventKind) and value.kind):
                continue
            if found.setdefault(value.kind, value) is not value:
                raise UnknownKind(f"{value.kind} is declared twice")
    return found


@cache
def _unasked(name: str) -> type[BaseModel]:
    """The kind's twin for feeds: the same types, nothing demanded."""
    model = kinds()[name]
    fields: dict[str, Any] = {}
    for field, declared in model.model_fields.items():
        same = Annotated[(declared.annotation, *declared.metadata)] if declared.metadata else declared.annotation
        fields[field] = (Optional[same], Field(default=None, alias=declared.alias))  # noqa: UP045
    return create_model(f"{model.__name__}Unasked", __config__=model.model_config, **fields)


def checked(name: str, supplied: Mapping[str, Any], *, asked: bool) -> dict[str, Any]:
    """The event's own fields as they are stored (JSON types, only what was supplied).

    `asked`: entered by a person, so every field without a default must be there.
    Raises UnknownKind, or FieldErrors naming each field.
    """
    return checked_and_written(name, supplied, asked=asked)[0]


def checked_and_written(name: str, supplied: Mapping[str, Any], *, asked: bool) -> tuple[dict[str, Any], str]:
    """The same, and the fields as JSON with its keys in order; nothing is said as an empty text."""
    if not asked:
        try:
            data, text = _checked_before(name, tuple([(k, type(v), v) for k, v in supplied.items()]))
            return dict(data), text
        except TypeError:  # a list among the fields
            pass
    data = _checked(name, supplied, asked=asked)
    return data, _ENCODE(data) if data else ""


@lru_cache(maxsize=20_000)
def _checked_before(name: str, supplied: tuple[tuple[str, type, Any], ...]) -> tuple[dict[str, Any], str]:
    """Feeds say the same few things of an event again and again. Types are part of the key: True and 1 are not the same."""
    data = _checked(name, {field: value for field, _, value in supplied}, asked=False)
    return data, _ENCODE(data) if data else ""


def _checked(name: str, supplied: Mapping[str, Any], *, asked: bool) -> dict[str, Any]:
    if name not in kinds():
        raise UnknownKind(f"no slice declares an event called {name}")
    model: type[BaseModel] = kinds()[name] if asked else _unasked(name)
    held = {k: v for k, v in supplied.items() if v is not None}
    try:
        return model.model_validate(held).model_dump(mode="json", by_alias=True, exclude_unset=True)
    except ValidationError as error:
        raise FieldErrors(name, error) from error


class FieldErrors(ValueError):
    """Fields that are unknown or of the wrong type: `faults` maps each field to why."""

    def __init__(self, kind: str, error: ValidationError) -> None:
        self.kind = kind
        self.faults = {".".join(str(p) for p in e["loc"]): e["msg"] for e in error.errors()}
        super().__init__(f"{kind}: " + "; ".join(f"{field}: {why}" for field, why in self.faults.items()))
