"""Event kinds: typed declarations in the slices' `events.py`, checked before anything is written.

A field with no default is asked of a person who enters the event here. A feed that does not hold it leaves it out, and it is then
unknown: never no, never nothing. What is stored holds only what was supplied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Literal, Optional

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from sightline.kernel.discovery import modules
from sightline.kernel.moments import aware


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
Words = Annotated[str, AfterValidator(_no_nul)]
Postcode = Annotated[
    str, Field(max_length=12), AfterValidator(_no_nul)
]  # room for one that is not written as it should be, and no more
Day = date
Moment = Annotated[datetime, AfterValidator(aware)]
Hours = float
Handling = Literal["permitted", "conditions"]  # how a report says that it may be shared: policy.yaml says what follows
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
    fields: dict[str, Any] = {
        field: (kind, Field(default=None, alias=alias)) for field, (kind, alias) in _declared(name).items()
    }
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
            return _field_by_field(name, supplied)
        except (KeyError, TypeError, ValueError):
            pass  # the whole of it says what is wrong, or takes what cannot be told field by field
    data = _checked(name, supplied, asked=asked)
    return data, _ENCODE(data) if data else ""


def _field_by_field(name: str, supplied: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What a feed supplies of an event: nothing is asked of its fields together, and it says the same of each again and again."""
    data: dict[str, Any] = {}
    written: list[str] = []
    _fields(name)  # a kind that nobody declares is refused though nothing is said of it
    for field, value in supplied.items():
        if value is None:
            continue
        if type(value) is list:
            called, held, text = _field(name, field, value)
        else:
            called, held, text = _field_before(name, field, (type(value), value))
        if called in data:
            raise KeyError(field)
        data[called] = held
        written.append(text)
    written.sort()
    return data, f"{{{','.join(written)}}}" if written else ""


@lru_cache(maxsize=50_000)
def _field_before(name: str, field: str, typed: tuple[type, Any]) -> tuple[str, Any, str]:
    """Types are part of the key: True and 1 are not the same."""
    return _field(name, field, typed[1])


def _field(name: str, field: str, value: Any) -> tuple[str, Any, str]:
    """A field's name as it is stored, its value as it is stored, and both as JSON."""
    called, adapter = _fields(name)[field]
    held = adapter.dump_python(adapter.validate_python(value), mode="json", by_alias=True, exclude_unset=True)
    return called, held, f"{_ENCODE(called)}:{_ENCODE(held)}"


@cache
def _fields(name: str) -> dict[str, tuple[str, TypeAdapter[Any]]]:
    """The fields of a kind by either of their names: the one stored, and how what a feed supplies is read."""
    found: dict[str, tuple[str, TypeAdapter[Any]]] = {}
    for field, (kind, alias) in _declared(name).items():
        found[field] = found[alias or field] = (alias or field, TypeAdapter(kind, config=EventKind.model_config))
    return found


@cache
def _declared(name: str) -> dict[str, tuple[Any, str | None]]:
    """The fields of a kind as a feed supplies them: the same types, nothing demanded; with the name each is stored under."""
    found: dict[str, tuple[Any, str | None]] = {}
    for field, declared in kinds()[name].model_fields.items():
        same = Annotated[(declared.annotation, *declared.metadata)] if declared.metadata else declared.annotation
        found[field] = (Optional[same], declared.alias)  # noqa: UP045
    return found


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
