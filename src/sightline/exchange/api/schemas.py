"""What goes in and out of the API, documented in its OpenAPI description."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from sightline.pathways.contact.events import Answered, Grade, Route

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


Kind = Literal["concern_for_child", "domestic_abuse", "missing", "assault", "sexual_offence", "neglect", "exploitation", "online_abuse",
               "antisocial", "crime", "welfare_check", "disturbance", "other"]  # fmt: skip
Caller = Literal["child", "parent", "ex_partner", "relative", "neighbour", "passer_by", "professional", "anonymous", "other"]  # fmt: skip
Words = Annotated[str, Field(max_length=300, pattern=NO_NUL)]
Few = Annotated[str, Field(max_length=100, pattern=NO_NUL)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
YesNo = Literal["yes", "no"]
YesNoOrNotSaid = Literal["yes", "no", ""]


class InItIn(Schema):
    """Somebody known who is in it, by the number that the first-contact answer gave, and what they are in it."""

    model_config = ConfigDict(extra="forbid")

    person: Number
    part: Literal["child", "adult", "suspect", "reporter"]


class NamedIn(Schema):
    """A child who is named and whom no system knows, or not by this name."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
    age: Annotated[str, Field(max_length=60, pattern=NO_NUL)] = Field(
        "", description="age or date of birth, as it is said"
    )


class ContactIn(Schema):
    """A contact as it is opened: what the page asks, by the same names. Somebody has to be in it; where a child may be part of it, children
    are named or counted."""

    model_config = ConfigDict(extra="forbid")

    on_behalf_of: Annotated[str, Field(min_length=1, max_length=150, pattern=NO_NUL)] = Field(
        description="user name of the person behind the calling system"
    )
    reason: Annotated[str, Field(min_length=10, max_length=1000, pattern=NO_NUL)] = Field(
        description="why they look at those in it"
    )
    token: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")] = Field(
        description="the calling system's own name for this contact: sent again with it, it stays one contact"
    )
    route: Route = Field(description="how it reached whoever took it")
    own_words: Annotated[str, Field(min_length=1, max_length=8000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")] = Field(
        description="what they say, in their own words"
    )
    kind: Kind
    place: Words = Field("", description="an address, or where they are now")
    people: Annotated[list[InItIn], Field(max_length=12)] = Field(default_factory=list)
    children: Annotated[list[NamedIn], Field(max_length=3)] = Field(default_factory=list)
    unnamed: Annotated[int, Field(ge=0, le=6)] = Field(0, description="children in it whom nobody can name")
    suspect_name: Annotated[str, Field(max_length=200, pattern=NO_NUL)] = Field(
        "", description="an adult who may be a danger and whom no system knows"
    )
    children_live_there: Answered
    children_present: Answered
    children_saw_or_heard: Answered
    child_linked_to_adult: Answered = Field(
        description="anybody named lives with, looks after or sees children elsewhere"
    )
    caller_is: Caller
    relationship: Annotated[str, Field(max_length=200, pattern=NO_NUL)] = Field(
        "", description="to the child, as they say it"
    )
    child_said_safe: YesNoOrNotSaid = ""
    recovery: YesNo = Field(description="a child is thought to be at a known address with an adult who may harm them")
    language: Few = ""
    interpreter: YesNoOrNotSaid = ""
    disability: Words = ""
    communication_needs: Words = ""
    graded: Grade
    grade_reason: Annotated[str, Field(max_length=2000, pattern=NO_NUL)] = Field(
        "", description="why, where it is not the least that the rules allow"
    )


class ContactOut(Schema):
    """The contact: on whose pages it is found, and its entry."""

    person: int
    entry: int
    path: str = Field(description="the address of its page")


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
