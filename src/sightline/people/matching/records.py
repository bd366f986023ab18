"""What one system says about a person, and the same once cleaned for comparing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Record:
    """One system's account of a person, as it was typed; every field but the id may be empty.

    `approx_age` is whole years as somebody judged it on `as_of`. `born` is free text: a year, a year and month,
    a date, an age, or anything else. `postcode` is the newest, `other_postcodes` are further ones ever recorded.
    """

    record_id: str
    forenames: str = ""
    surname: str = ""
    middle_names: str = ""
    aliases: tuple[str, ...] = ()
    born: str = ""
    sex: str = ""
    postcode: str = ""
    other_postcodes: tuple[str, ...] = ()
    nhs_number: str = ""
    pnc_id: str = ""
    upn: str = ""
    phone: tuple[str, ...] = ()
    approx_age: float | None = None
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The same account in comparable form; None (or an empty tuple) is "not known", never "none".

    `dob` holds eight digits, YYYYMMDD, even where no such day exists, so that a mistyped date still resembles the
    right one; `dob_firm` leaves out 1 January, which often stands for "year known, day made up". `born_low` and
    `born_high` bound the year of birth. `name_in_use` is the forename where it is one that people are known to bear,
    so that two of them a letter apart are more likely two people than one and a slip of the hand.
    """

    record_id: str
    forename: str | None
    surname: str | None
    name_in_use: str | None
    forename_forms: tuple[str, ...]
    surname_forms: tuple[str, ...]
    given: tuple[str, ...]
    middle: tuple[str, ...]
    middle_initials: tuple[str, ...]
    forename_sound: str | None
    surname_sound: str | None
    dob: str | None
    dob_firm: str | None
    dob_swapped: str | None
    dob_month: str | None
    dob_day: str | None
    born_low: int | None
    born_high: int | None
    sex: str | None
    postcode: str | None
    postcodes: tuple[str, ...]
    sector: str | None
    outcode: str | None
    nhs_number: str | None
    pnc_id: str | None
    upn: str | None
    phones: tuple[str, ...]


LIST_FIELDS = frozenset(
    {"forename_forms", "surname_forms", "given", "middle", "middle_initials", "postcodes", "phones"}
)
YEAR_FIELDS = frozenset({"born_low", "born_high"})
