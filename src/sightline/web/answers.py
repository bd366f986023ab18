"""One answer as the page shows it: why each of these people in a call handler's words, and what was checked, when and by what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sightline.chronology.standing import InForce
from sightline.chronology.wording import line
from sightline.kernel.moments import local, say_date
from sightline.pathways.contact.queries import LIVES_THERE, Answer, Found
from sightline.pathways.contact.queries.checks import Check
from sightline.pathways.contact.rules import Suggestion
from sightline.people.household import Member

_REASON = re.compile(r"^(?P<what>[^:]+)(?:: (?P<values>.*?))?(?:, (?P<bits>[+\-−][0-9.]+) bits)?$", re.DOTALL)
_CODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})\b")
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
FIELDS = {
    "forename": "first name", "surname": "surname", "middle names": "middle name", "born": "date of birth", "sex": "sex",
    "postcode": "postcode", "NHS number": "NHS number", "PNC number": "PNC number", "pupil number": "pupil number",
    "telephone": "phone number",
}  # fmt: skip
ASKED = {"name": "name", "age": "age", "born": "date of birth", "address": "address", "postcode": "postcode", "phone": "phone number",
         "description": "description"}  # fmt: skip
# By field where the field says it better, else by the level alone. {field}, {asked} and {held} are put in.
SAID = {
    "born the same date": "the same date of birth",
    "born the age fits": "the age fits: born {held}",
    "born the age nearly fits": "the age nearly fits: born {held}",
    "born day and month swapped": "date of birth with day and month the other way round: {held}",
    "sex the same": "the sex is as said",
    "sex different": "the sex is not as said",
    "postcode the same": "the same postcode",
    "postcode one held in common": "a postcode where they have lived",
    "telephone one in common": "a phone number in common",
    "forename swapped with the surname": "first name and surname the other way round",
    "forename swapped with a surname much alike": "first name and surname the other way round, or nearly",
    "the same": "{field} {held}",
    "a form of the same name": "“{asked}” is a form of {held}",
    "one letter different": "“{asked}” is one letter from {held}",
    "sounds the same": "“{asked}” sounds like {held}",
    "much alike": "“{asked}” is much like {held}",
    "another name much like it": "“{asked}” is like {held}, which is another name",
    "a little alike": "“{asked}” is only a little like {held}",
    "initial only": "the initial fits {held}",
    "among the other given names": "“{asked}” is another of their given names",
    "among the given names": "“{asked}” is one of their given names",
    "the same district, as far as known": "the same postcode district: {held}",
    "the same sector, as far as known": "the same part of the postcode: {held}",
    "the same sector": "a postcode close by: {held}",
    "the same district": "the same postcode district, but not close by: {held}",
    "different": "the {field} is not the same: said {asked}, held {held}",
}
CHECKS_SHOWN = 5
WITHOUT_VALUES = "{field}: {level}"


@dataclass(frozen=True)
class Why:
    """One reason in words; whether it speaks against; and its weight, where the system that says it may be read."""

    says: str
    against: bool
    bits: str


def reasons(told: tuple[str, ...]) -> list[Why]:
    """Each reason that says something, strongest first, what speaks against among them; what neither side knows is left out."""
    return [_why(r) for r in told if not r.endswith("not known")]


def why(told: tuple[str, ...]) -> str:
    """The reasons as one sentence. The weights stand beside them in a detail."""
    return "; ".join(f"but {w.says}" if w.against else w.says for w in reasons(told)) or "nothing beyond the place"


def _why(reason: str) -> Why:
    if reason.startswith("but: "):
        return Why(reason.removeprefix("but: "), True, "")
    what, values, bits = _REASON.match(reason).group("what", "values", "bits")  # type: ignore[union-attr]
    field = next((f for f in FIELDS if what.startswith(f)), "")
    if not field:
        return Why(reason, False, "")
    level = what.removeprefix(field).strip()
    asked, _, held = _as_read(values or "").partition(" / ")
    form = SAID.get(what) or SAID.get(level) or "{field} {level}: said {asked}, held {held}"
    if (not values and "{held}" in form) or (not values and "{asked}" in form):
        form = WITHOUT_VALUES
    words = form.format(field=FIELDS[field], level=level, asked=asked, held=held or asked)
    return Why(words, (bool(bits) and bits[0] != "+") or level == "different", bits or "")


def _as_read(values: str) -> str:
    """Dates in words, postcodes in two halves."""
    return _CODE.sub(r"\1 \2", _ISO.sub(lambda m: _day(m[0]), values))


def _day(text: str) -> str:
    try:
        return say_date(date.fromisoformat(text))
    except ValueError:
        return text


def asked_words(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed, with what it was typed as."""
    return [(ASKED[field], said[field]) for field in ASKED if said.get(field)]


def check_words(check: Check, found: tuple[Found, ...]) -> str:
    """What one check was."""
    if check.asked:
        asked = [ASKED.get(f, f) for f in check.asked]
        return "Searched by " + (" and ".join([", ".join(asked[:-1]), asked[-1]]) if len(asked) > 1 else asked[0])
    name = next((f.person.name for f in found if f.person.person == check.opened and not f.pointer), "")
    return f"Opened the record of {name}" if name else "Opened a record, or a place"


def shown(answer: Answer) -> dict[str, Any]:
    """What the page needs beyond the answer itself."""
    lines = {f.person.person: [line(h, f.person.person, f.person.born_on, {}) for h in f.latest] for f in answer.found}
    checks = [(c.at, check_words(c, answer.found)) for c in answer.checks[-CHECKS_SHOWN:]]
    found = {"lines": lines, "why": why, "reasons": reasons, "checks": checks}
    return found | {"there": living_there(answer), "there_response": gravest(answer)}


def living_there(answer: Answer) -> list[tuple[Member, tuple[InForce, ...]]]:
    """Everybody of the address asked about, once, where the answer is who lives there; else nobody."""
    held: dict[int, tuple[Member, tuple[InForce, ...]]] = {}
    day = local(answer.at).date()
    for f in answer.found:
        if f.band == LIVES_THERE:
            who = f.person
            held[who.person] = (Member(who.person, who.name, who.age_on(day), "lives there", ()), f.standing)
            for member, facts in f.household:
                held.setdefault(member.person, (replace(member, relation="lives there"), facts))
    return sorted(held.values(), key=lambda m: (-(m[0].age if m[0].age is not None else 200), m[0].name, m[0].person))


def gravest(answer: Answer) -> Suggestion:
    """The gravest response suggested by anybody shown."""
    graded = [f.suggested for f in answer.found if f.suggested.grade]
    return min(graded, key=lambda s: s.grade.rank if s.grade else 0, default=Suggestion(None, ()))
