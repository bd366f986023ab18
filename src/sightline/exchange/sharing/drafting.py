"""A document as the sharer may see it, part by part, from what their own page of the person shows. For queries that have passed the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sightline.access import policy
from sightline.chronology.handling import code_of
from sightline.chronology.standing import InForce, Standing
from sightline.chronology.view import Happening
from sightline.chronology.wording import line as worded
from sightline.exchange.sharing.document import Document, Line, Section, held_by
from sightline.exchange.sharing.rules import sections
from sightline.kernel.moments import local, say_date, say_moment
from sightline.pathways.identity.queries import PersonPage
from sightline.people.household import Member, Relation
from sightline.people.persons import Person, Said
from sightline.people.premises import as_written
from sightline.people.safe import REACHED
from sightline.people.sight import Stated, codes_of

A_MONTH = timedelta(days=31)
PERMITTED = "permitted"
NOT_GIVEN = ("person.recorded", "address.recorded", "relationship.recorded", "identity.decided", "information.shared")
SEXES = {"F": "Female", "M": "Male", "X": "Neither male nor female"}
FIELDS = {"nhs_number": "NHS number", "pnc_id": "PNC number", "upn": "Pupil number", "gp": "GP"}


def draft(page: PersonPage, chosen: Iterable[str], *, months: int) -> Document:
    """Everything the sharer may see under the parts chosen; what happened over so many months."""
    makes = {
        "identity": _identity, "standing": _standing, "addresses": _addresses, "household": _household, "numbers": _numbers,
        "particulars": _particulars, "phones": _phones,
    }  # fmt: skip
    asked = set(chosen)
    found: list[Section] = []
    for key, title in sections().items():
        if key not in asked:
            continue
        lines = _happened(page, since=page.at - months * A_MONTH) if key == "chronology" else makes[key](page)
        found.append(Section(key, title, tuple(lines)))
    return Document(tuple(s for s in found if s.lines))


def _identity(page: PersonPage) -> Iterable[Line]:
    who = page.person
    for n, said in enumerate(who.names):
        yield Line("Also known as" if n else "Name", said.value, said.sources, "identifying")
    for said in who.born:
        yield Line("Born", _day(said, who), said.sources, "identifying")
    for said in who.sex:
        yield Line("Sex", SEXES.get(said.value, "Not stated"), said.sources, "identifying")


def _day(said: Said, who: Person) -> str:
    return say_date(who.born_on) if who.born_on and said.value == who.born_on.isoformat() else said.value


def _code(of: Stated, codes: Mapping[int, str | None]) -> str:
    return policy.code_of(of.source, codes.get(of.event_id), carries=True)


def ties_coded(ties: Iterable[Relation]) -> dict[tuple[int, str], tuple[str, tuple[Relation, ...]]]:
    """Who is what, by person and word: how it may be handled, and the ties that say so. What one of them leaves free is free."""
    every = list(ties)
    codes = codes_of(t.event_id for t in every)
    words: dict[tuple[int, str], list[Relation]] = {}
    for tie in every:
        words.setdefault((tie.person, tie.relation), []).append(tie)
    return {key: (_freest(_code(t, codes) for t in held), tuple(held)) for key, held in words.items()}


def _freest(codes: Iterable[str]) -> str:
    """How what several entries say may be handled: freely where one of them may be, or where there is none."""
    held = list(codes)
    return "" if not held or any(c in ("", PERMITTED) for c in held) else held[0]


def _standing(page: PersonPage) -> Iterable[Line]:
    yield from _facts(page.standing, "", codes=_codes(page))
    codes = codes_of(hazard.event_id for hazard in page.hazards)
    for hazard in page.hazards:
        place = page.hazard_at.get(hazard.event_id, "")
        says = ": ".join(x for x in (hazard.kind.replace("_", " ").capitalize(), hazard.detail) if x)
        premises = next((a.premises for a in page.person.addresses if a.lines == place), None)
        code = _code(hazard, codes)
        yield Line(
            "At the address", says, (hazard.source,), "standing", premises=premises, event=hazard.event_id, code=code
        )


def _codes(page: PersonPage) -> dict[int, str]:
    return {h.event_id: code_of(h.source, h.kind, h.get("handling")) for h in page.chronology}


def _made_of(said: Standing, codes: Mapping[int, str]) -> str:
    """How a fact may be handled: as the entries it rests on; of entries that are not at hand, by the cautious code of their system."""
    held = [codes.get(event, policy.code_of(said.source, None, carries=True)) for event in said.rests_on]
    return next((code for code in held if code and code != PERMITTED), "")


def _facts(
    facts: Iterable[InForce], whose: str, people: tuple[int, ...] = (), *, codes: Mapping[int, str]
) -> Iterable[Line]:
    for fact in facts:
        for said in fact.says:
            says = f"{said.says}, since {say_date(local(said.since).date())}".lstrip(", ")
            says = says[:1].upper() + says[1:]
            label = f"{whose}: {fact.label}" if whose else fact.label
            yield Line(label, says, (said.source,), "standing", people, code=_made_of(said, codes))


def _addresses(page: PersonPage) -> Iterable[Line]:
    lived = page.person.living_at(local(page.at).date())
    codes = codes_of(a.event_id for a in lived)
    for a in lived:
        said = f"{as_written(a.lines, a.postcode)}, since {say_date(a.since)}"
        yield Line("Address", said, (a.source,), "identifying", premises=a.premises, code=_code(a, codes))


def _household(page: PersonPage) -> Iterable[Line]:
    """Who lives with them. What they are to each other, and that they live together, go by the codes of the entries that say so."""
    ties = ties_coded(page.relations)
    for member, facts in page.at_home:
        held, whom = page.around.get(member.person), (member.person,)
        words = {word: said for (person, word), said in ties.items() if person == member.person}
        free = ", ".join(word for word, (code, _) in words.items() if not code) or "lives at the same address"
        living = _living(page, member)
        age = "age not known" if member.age is None else f"aged {member.age}"
        for said in held.names[:1] if held else ():
            both = tuple(dict.fromkeys(s for s in said.sources if s in member.sources or len(member.sources) == 0))
            yield Line(said.value, f"{free}, {age}", both or said.sources, "identifying", whom, code=living)
            for word, (code, by) in words.items():
                if code:
                    yield Line(said.value, word, tuple(t.source for t in by), "identifying", whom, code=code)
        for line in _facts(facts, member.name, whom, codes=_codes(page)):
            yield replace(line, code=line.code or living)


def _living(page: PersonPage, member: Member) -> str:
    """How it may be handled that somebody lives with them: as the ties that say so, or as the two homes at one address."""
    day = local(page.at).date()
    other = page.around.get(member.person)
    mine, theirs = page.person.living_at(day), other.living_at(day) if other else ()
    ties = [t for t in page.relations if t.person == member.person and t.lives_with]
    rest_on: list[Stated] = [*mine, *theirs, *ties]
    codes = codes_of(x.event_id for x in rest_on)
    homes = [(a, b) for a in mine for b in theirs if a.premises == b.premises]
    at_one = (next((c for x in pair if (c := _code(x, codes)) not in ("", PERMITTED)), "") for pair in homes)
    return _freest((*(_code(t, codes) for t in ties), *at_one))


def _numbers(page: PersonPage) -> Iterable[Line]:
    for field, said in page.person.identifiers:
        yield Line(FIELDS.get(field, field.capitalize()), said.value, said.sources, "sensitive")


def _particulars(page: PersonPage) -> Iterable[Line]:
    for field, said in page.person.particulars:
        yield Line(FIELDS.get(field, field.replace("_", " ").capitalize()), said.value, said.sources, "sensitive")


def _phones(page: PersonPage) -> Iterable[Line]:
    for said in page.person.phones:
        yield Line("Telephone", said.value, said.sources, "sensitive")


def _happened(page: PersonPage, *, since: datetime) -> Iterable[Line]:
    around = {**page.around, page.person.person: page.person}
    for h in reversed(page.chronology.happenings):
        if h.kind in NOT_GIVEN or h.at < since or h.kind in (REACHED, "address.protected", "address.released"):
            continue
        yield _entry(h, page.person, around)


def _entry(h: Happening, who: Person, around: dict[int, Person]) -> Line:
    held = worded(h, who.person, who.born_on, around)
    said = [f"{name}: {value}" for name, value in held.said]
    said += [f"{other.role}: {other.name}" for other in held.others if other.person is not None]
    said += [f"Place: {h.place}"] if h.place and h.place != "home" else []
    said += [h.note] if h.note else []
    when = say_date(local(h.at).date()) if h.precision == "day" else say_moment(h.at)
    if h.pointer:  # whoever gives this may not see it either
        return Line(f"{when}: {held.title}", held_by([h.source]), (h.source,), "free", event=h.event_id)
    code = code_of(h.source, h.kind, h.get("handling"))
    named = tuple(sorted({o.person for o in held.others if o.person is not None}))
    text = ". ".join(s.strip().removesuffix(".") for s in said)
    return Line(f"{when}: {held.title}", text, (h.source,), "sensitive", named, h.premises_key, h.event_id, code)
