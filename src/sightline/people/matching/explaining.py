"""A score in words: which fields spoke for one person, which against, and how strongly."""

from __future__ import annotations

from .records import Cleaned
from .scoring import Compared, Scored

_SHOWN = {
    "forename": ("forename", "forename"),
    "surname": ("surname", "surname"),
    "middle_names": ("middle names", "middle"),
    "born": ("born", "dob"),
    "sex": ("sex", "sex"),
    "postcode": ("postcode", "postcode"),
    "nhs_number": ("NHS number", "nhs_number"),
    "pnc_id": ("PNC number", "pnc_id"),
    "upn": ("pupil number", "upn"),
    "phone": ("telephone", "phones"),
}


def _born(person: Cleaned) -> str:
    if person.dob:
        return f"{person.dob[:4]}-{person.dob[4:6]}-{person.dob[6:]}"
    if person.dob_month:
        return f"{person.dob_month[:4]}-{person.dob_month[4:]}"
    if person.born_low is None:
        return "not known"
    return str(person.born_low) if person.born_low == person.born_high else f"{person.born_low} to {person.born_high}"


def _value(person: Cleaned, field: str) -> str:
    if field == "born":
        return _born(person)
    held = getattr(person, _SHOWN[field][1])
    if field == "postcode":
        held = held or person.sector or person.outcode
    if isinstance(held, tuple):
        held = ", ".join(held)
    text = str(held) if held else "not known"
    return text.title() if field in {"forename", "surname", "middle_names"} else text


def _line(left: Cleaned, right: Cleaned, part: Compared) -> str:
    name = _SHOWN[part.field][0]
    one, other = _value(left, part.field), _value(right, part.field)
    values = one if one == other else f"{one} / {other}"
    return f"{name} {part.label}: {values}, {part.bits:+.1f} bits"


def explain(left: Cleaned, right: Cleaned, scored: Scored) -> list[str]:
    """One line a field that was known on both sides, strongest first: "surname sounds the same: ..., +5.1 bits"."""
    told = [part for part in scored.compared if part.label != "not known" and part.bits]
    told.sort(key=lambda part: -abs(part.bits))
    return [_line(left, right, part) for part in told]
