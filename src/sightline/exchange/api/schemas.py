"""What goes in and out of the API, documented in its OpenAPI description."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

NO_NUL = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=300, pattern=NO_NUL)]


class FirstContactIn(Schema):
    """What the caller says, who is asking and why. At least one thing to look for is needed."""

    model_config = ConfigDict(extra="forbid")

    on_behalf_of: Annotated[str, Field(min_length=1, max_length=150, pattern=NO_NUL)] = Field(
        description="user name of the person behind the calling system"
    )
    reason: Annotated[str, Field(min_length=10, max_length=1000, pattern=NO_NUL)] = Field(
        description="why they are looking"
    )
    name: Line = ""
    born: Line = Field("", description="a date, a year and month, or a year")
    age: Line = ""
    address: Line = ""
    postcode: Line = ""
    phone: Line = ""
    description: Line = ""


class StandingOut(Schema):
    """A standing fact in force, and each source that says so."""

    kind: str
    label: str
    says: list[str]
    sources: list[str]
    since: datetime
    disagreement: str


class HazardOut(Schema):
    """A standing fact about a place."""

    kind: str
    detail: str
    since: datetime
    source: str


class MemberOut(Schema):
    """Someone in the household."""

    person: int
    name: str
    relation: str
    standing: list[StandingOut]


class EntryOut(Schema):
    """One entry of the chronology."""

    kind: str
    at: datetime
    source: str
    means: str


class SourceOut(Schema):
    """A record system and what may be said of it. Only `nothing_held` means that nothing is held."""

    key: str
    name: str
    state: str
    says: str
    entries: int
    latest_at: datetime | None


class FoundOut(Schema):
    """A person who may be meant."""

    person: int
    band: str
    bits: float
    reasons: list[str]
    name: str
    other_names: list[str]
    born: str | None
    age: int | None
    sex: str | None
    addresses: list[str]
    standing: list[StandingOut]
    hazards: list[HazardOut]
    household: list[MemberOut]
    latest: list[EntryOut]
    sources: list[SourceOut]


class PlaceOut(Schema):
    """A place asked about."""

    premises: int
    lines: str
    residents: int
    hazards: list[HazardOut]


class AnswerOut(Schema):
    """Up to five people in bands, best first; the places asked about; every source's state."""

    at: datetime
    found: list[FoundOut]
    places: list[PlaceOut]
    sources: list[SourceOut]


class Problem(Schema):
    """Why there is no answer."""

    detail: str


class FieldProblem(Schema):
    """What is wrong in one field."""

    field: str
    reason: str


class InvalidOut(Schema):
    """Fields that cannot be taken as they stand."""

    detail: str
    fields: list[FieldProblem]
