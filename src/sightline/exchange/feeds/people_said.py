"""Names and births as systems write them, as the fields of a person's record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sightline.exchange.feeds.cells import read_date
from sightline.people.matching.dates import read_born, years_of_age

SPOKEN = ("full_name", "reversed_name", "born_or_age", "age")
_REMARKED = re.compile(r"[^\w\s'’.-]|\d")


def spell_out(said: dict[str, Any], *, on: date, formats: tuple[str, ...]) -> dict[str, Any]:
    """The record with `full_name`, `reversed_name`, `born_or_age` and `age` turned into its own fields.

    An age was true on a day: it becomes the years in which the person may have been born, with the age as it was said.
    """
    if not any(name in said for name in SPOKEN):
        return said
    record = {name: value for name, value in said.items() if name not in SPOKEN}
    if "full_name" in said:
        record |= _in_order_said(str(said["full_name"]))
    if "reversed_name" in said:
        surname, _, forenames = str(said["reversed_name"]).partition(",")
        record |= {
            name: part.strip() for name, part in (("surname", surname), ("forenames", forenames)) if part.strip()
        }
    for name in ("born_or_age", "age"):
        if name in said and not {"born", "born_text"} & record.keys():
            record |= _born(str(said[name]).strip(), on, formats)
    return record


def _in_order_said(name: str) -> dict[str, str]:
    """The last word is the family's, unless there are remarks in it: then it is kept whole, for the matcher to read."""
    words = name.split()
    if len(words) < 2 or _REMARKED.search(name):
        return {"forenames": name}
    return {"forenames": " ".join(words[:-1]), "surname": words[-1]}


def _born(text: str, on: date, formats: tuple[str, ...]) -> dict[str, Any]:
    try:
        return {"born": read_date(text, formats)}
    except ValueError:
        born = read_born(text)
    if born.age_low is None or born.age_high is None:
        return {"born_text": text}
    low, high = years_of_age(born.age_low, born.age_high, on)
    return {"born_text": f"{low} to {high}: said to be “{text}”"}
