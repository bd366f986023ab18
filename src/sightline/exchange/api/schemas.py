"""What goes in and out of the API, documented in its OpenAPI description."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

NO_NUL = r"^[^\x00]*$"
State = Literal["holds", "nothing_held", "not_asked", "not_permitted", "late", "down", "never_heard"]
Graded = Annotated[
    str, Field(description="a response grade of the partnership's table: immediate, priority, scheduled as shipped")
]
Line = Annotated[str, Field(max_length=300, pattern=NO_NUL)]


class FirstContactIn(Schema):
    """What the caller says, who is asking and why. At least one thing to look for is needed: a name, a date of birth, an address, a whole
    postcode or a phone number; an age, a description or half a postcode alone finds nobody and is refused."""

    model_config = ConfigDict(extra="forbid")

    on_behalf_of: Annotated[str, Field(min_length=1, max_length=150, pattern=NO_NUL)] = Field(
        description="user name of the person behind the calling system"
    )
    reason: Annotated[str, Field(min_length=10, max_length=1000, pattern=NO_NUL)] = Field(
        description="why they are looking"
    )
    name: Line = Field("", description="all or part of it, as it sounds, in any order")
    born: Line = Field("", description="a date, a year and month, or a year")
    age: Line = Field("", description="as it is said: 9, nine or ten, 8 months")
    address: Line = Field("", description="all or part of it")
    postcode: Line = Field("", description="whole; its first half helps beside a name")
    phone: Line = Field("", description="the caller's, or one of the family")
    description: Line = Field("", description="a boy, a girl; helps to tell people apart")


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
    """A record system and what may be said of it. Only `nothing_held` means that it answered and holds nothing; `late` and `down` may
    hold entries already, and what they have learnt since is unknown."""

    key: str
    name: str
    state: State
    says: str
    entries: int
    latest_at: datetime | None


class BecauseOut(Schema):
    """An entry that raised the suggested response: a standing fact or an event, whose (nobody's: the address's), by whose word, since when."""

    label: str
    person: int | None
    source: str
    at: datetime


class RaisedOut(Schema):
    """A rule that fired, the grade it raises to, and the entries it rests on."""

    rule: str
    grade: Graded
    because: str
    entries: list[BecauseOut]
    instrument: str
    standing: str = Field(description="law, guidance, or local default")


class SuggestedOut(Schema):
    """The least response that what is held suggests, as advice. Null: nothing held raises it, which is no sign of safety. It never lowers
    a grade that the call itself calls for."""

    grade: Graded | None
    raised: list[RaisedOut]


class AskOut(Schema):
    """A post that has a restricted record: in which role, of which team and agency."""

    role: str
    team: str
    agency: str


class RestrictedOut(Schema):
    """A record that is there and is not permitted for this user: when it was last added to, and whom to ask. Its content is empty, and
    that is not the same as nothing held."""

    last_on: date | None
    ask: list[AskOut]


class FoundOut(Schema):
    """A person who may be meant. `sources` are about this person alone."""

    person: int
    band: str = Field(description="almost certain, likely, possible; or lives at this address, where no name was given")
    bits: float = Field(description="how much speaks for this person; 0 where they are shown for living at the address")
    reasons: list[str] = Field(description="field by field, strongest first; fields of no weight are left out")
    name: str
    other_names: list[str]
    born: str | None
    age: int | None = Field(description="whole years; of somebody who has died, at their death")
    died: date | None = Field(description="the day of death, where a system gives one")
    sex: str | None
    addresses: list[str]
    standing: list[StandingOut]
    hazards: list[HazardOut]
    household: list[MemberOut]
    latest: list[EntryOut]
    sources: list[SourceOut]
    suggested: SuggestedOut
    restricted: RestrictedOut | None = Field(None, description="null where the record is open to this user")


class PlaceOut(Schema):
    """A place asked about."""

    premises: int
    lines: str
    residents: int
    hazards: list[HazardOut]


class CheckOut(Schema):
    """One check that the access log holds: a search, and by which fields; or the opening of a person's record."""

    at: datetime
    asked: list[str]
    person: int | None


class AnswerOut(Schema):
    """Up to five people in bands, best first; the places asked about; what to do at the scene; the person's own checks about these people
    while a search opens records; and every system once, over those shown, those they live with and where they live."""

    at: datetime
    found: list[FoundOut]
    places: list[PlaceOut]
    sources: list[SourceOut]
    checks: list[CheckOut]
    at_the_scene: list[str]


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
