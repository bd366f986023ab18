"""The mapping language: what a feed's YAML file may say. MAPPING.md explains it to whoever writes one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from sightline.exchange.feeds.written import BadMapping, Written

Scalar = str | bool | None
Codes = Annotated[
    dict[str, Scalar | list[str]],
    BeforeValidator(lambda written: {str(w): str(w) for w in written} if isinstance(written, list) else written),
]
Named = str | Codes


class Strict(BaseModel):
    """A part of the language: a word it does not know is a mistake, never passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(Strict):
    """Where a value comes from: one of the words below; `codes` and `otherwise` recode what a column holds."""

    column: str | None = None
    value: Any = None
    text: str | None = None
    first: list[Value] | None = None
    all: list[Value] | None = None
    held: str | None = None
    codes: Named | None = None
    otherwise: Scalar = None

    @model_validator(mode="after")
    def _one_of(self) -> Given:
        said = [w for w in ("column", "text", "first", "all", "held") if getattr(self, w) is not None]
        if "value" in self.model_fields_set:
            said.append("value")
        if len(said) != 1:
            raise ValueError("needs exactly one of column, value, text, first, all, held")
        if self.codes is not None and self.column is None:
            raise ValueError("codes go with a column")
        return self


def _shorthand(written: Any, many: str) -> Any:
    if isinstance(written, str):
        return {"text": written} if "{" in written else {"column": written}
    if isinstance(written, list):
        return {many: written}
    if isinstance(written, bool):
        return {"value": written}
    return written


Value = Annotated[Given, BeforeValidator(lambda written: _shorthand(written, "all"))]
FirstOf = Annotated[Given, BeforeValidator(lambda written: _shorthand(written, "first"))]
Given.model_rebuild()

Condition = str | list[str] | dict[str, Scalar | list[Scalar]]
Kind = Literal["text", "date", "moment", "bool", "int", "number", "list"]


class Column(Strict):
    """One column or element of the extract: what it is called there, and how it is read."""

    type: Kind = "text"
    path: str = ""
    required: bool = False
    formats: list[str] = []
    codes: Named | None = None
    separator: str = ""


ColumnWord = Annotated[
    Column, BeforeValidator(lambda written: {"type": written} if isinstance(written, str) else written or {})
]


class Where(Strict):
    """An address of a person: `ref` tells apart several of one kind; the address itself does so when it is left out."""

    lines: Value | None = None
    postcode: Value | None = None
    kind: Value = Given(value="home")
    from_: Value | None = Field(default=None, alias="from")
    until: Value | None = None
    handling: Value | None = None
    at: FirstOf | None = None
    when: Condition | None = None
    unless: Condition | None = None
    ref: str = ""


class Person(Strict):
    """Someone a row speaks of, under the system's own key; what they did in it is said by the events."""

    key: FirstOf
    record: dict[str, Value] = {}
    address: Annotated[list[Where], BeforeValidator(lambda w: w if isinstance(w, list) else [w])] = []
    at: FirstOf | None = None
    recorded_at: FirstOf | None = None
    when: Condition | None = None
    unless: Condition | None = None


class Tie(Strict):
    """That one person is the <kind> of another: `is` may be a column of codes."""

    subject: str
    is_: Value = Field(alias="is")
    of: str
    lives_with: Value | None = None
    cares_for: Value | None = None
    since: Value | None = None
    ended: Value | None = None
    handling: Value | None = None
    at: FirstOf | None = None
    when: Condition | None = None
    unless: Condition | None = None


class Standing(Strict):
    """A standing fact about a person or a place. `holds`: a yes sets it, a no clears it, not supplied says nothing."""

    marker: Value
    of: str = ""
    place: list[str] = []
    holds: Value | None = None
    detail: Value | None = None
    until: Value | None = None
    authority: Value | None = None
    handling: Value | None = None
    at: FirstOf | None = None
    when: Condition | None = None
    unless: Condition | None = None
    ref: str = ""


class Happened(Strict):
    """An event: its kind, when it happened, who was in it in which role, and what the extract says of it."""

    event: str
    at: FirstOf
    ref: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    recorded_at: FirstOf | None = None
    precision: Literal["minute", "day"] | None = None
    people: dict[str, Annotated[list[str], BeforeValidator(lambda w: w if isinstance(w, list) else [w])]] = {}
    place: list[str] = []
    data: dict[str, Value] = {}
    note: Annotated[list[str], BeforeValidator(lambda w: [w] if isinstance(w, str) else w)] = []
    by: FirstOf | None = None
    agency: FirstOf | None = None


class Block(Strict):
    """What is said of one scope: the row, or one of the things that repeat within it."""

    columns: dict[str, ColumnWord] = {}
    ignored: list[str] = []
    people: dict[str, Person] = {}
    relationships: list[Tie] = []
    markers: list[Standing] = []
    events: list[Happened] = []
    repeats: dict[str, Repeat] = {}


class Repeat(Block):
    """Something that stands several times in a row: nested elements, numbered columns, or the parts of a list."""

    path: str = ""
    numbered: list[str] = []
    each: str = ""
    codes: Named | None = None
    key: str = ""
    when: Condition | None = None
    unless: Condition | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Repeat:
        if sum(map(bool, (self.path, self.numbered, self.each))) != 1:
            raise ValueError("needs exactly one of path, numbered, each")
        return self


Block.model_rebuild()


class Bools(Strict):
    """How the system writes yes, no and not known."""

    yes: list[str] = ["true", "1"]
    no: list[str] = ["false", "0"]
    unknown: list[str] = []


class Csv(Strict):
    """How a CSV file is written."""

    delimiter: str = Field(default=",", min_length=1, max_length=1)
    encoding: str = "utf-8-sig"
    quote: str = Field(default='"', min_length=1, max_length=1)


class Header(Strict):
    """What an XML file says before its rows. Its columns can be used in every row."""

    columns: dict[str, ColumnWord] = {}
    ignored: list[str] = []


class Extracted(Strict):
    """Where the extract's own date is found: a header column, or the file's name (a pattern with one group, and its format)."""

    header: str = ""
    file_name: str = ""
    format: str = "%Y%m%d"


class Mapping(Block):
    """One extract of one record system. See MAPPING.md."""

    source: str
    agency: str = ""
    form: Literal["csv", "jsonl", "xml"]
    files: list[str] = Field(min_length=1)
    csv: Csv = Csv()
    encoding: str = "utf-8"
    row: str = ""
    header: Header = Header()
    extracted: Extracted = Extracted()
    undated: bool = False
    updated: str = ""
    stated: list[str] = []
    key: str
    date_formats: list[str] = ["%Y-%m-%d"]
    moment_formats: list[str] = ["%Y-%m-%dT%H:%M:%S"]
    bools: Bools = Bools()
    not_supplied: list[str] = []
    tables: dict[str, Codes] = {}

    @model_validator(mode="after")
    def _rows_named(self) -> Mapping:
        if (self.form == "xml") != bool(self.row):
            raise ValueError("row names the repeating element of an XML file, and of nothing else")
        return self


def parse_mapping(written: Written) -> Mapping:
    """The mapping as the language reads it. Raises BadMapping naming each line and field."""
    try:
        return Mapping.model_validate(written.content)
    except ValidationError as error:
        faults = [written.fault(_place(e["loc"]), _said(e)) for e in error.errors()]
        raise BadMapping(written.file, faults) from error


def _place(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return tuple(part for part in loc if not (isinstance(part, str) and ("[" in part or "(" in part)))


def _said(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "is not a word of the mapping language"
    return str(error["msg"]).removeprefix("Value error, ")
