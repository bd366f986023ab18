"""One child with everything: a record in every system, a family, a sealed sister, a cousin from whom the viewer is excluded. All invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access_proof.canaries import Aviary, Of
from cast import entry, feed_viewer
from sightline.agencies.systems import systems
from sightline.chronology.entries import Entry
from sightline.chronology.kinds import kinds
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored, identities_of
from sightline.people.models import Candidate, Link
from sightline.people.premises import premises_key

ABSENT = 987_654_321
SYSTEMS = tuple(key for key, system in systems().items() if system.about_people)
PROJECTED = (
    "person.recorded",
    "address.recorded",
    "relationship.recorded",
    "marker.set",
    "marker.cleared",
    "identity.decided",
)
STANDING = {
    "plan.started": ("category", "lead"),
    "bail.set": ("conditions", "until"),
    "order.made": ("detail", "until"),
    "placement.started": ("area",),
    "crime.recorded": ("offence",),
    "disruption.used": ("until",),
    "detention.risk_assessed": ("vulnerabilities",),
}
# Whose record is in which system. The child's is in all of them.
FAMILY = {
    "mother": "social_care",
    "stepfather": "offender_management",
    "lodger": "intelligence",
    "grandmother": "health",
    "sister": "social_care",
    "cousin": "social_care",
    "lookalike": "crime",
    "stranger": "crime",
}
NAMES = {
    "child": ("Orlwen", "Tavishmoor"),
    "mother": ("Perrigan", "Halloxby"),
    "stepfather": ("Dunstavel", "Kroyle"),
    "lodger": ("Wexilam", "Bruntorp"),
    "grandmother": ("Ysoldine", "Marchbarrow"),
    "sister": ("Quenthia", "Oddlestrand"),
    "cousin": ("Fennimar", "Jastrowby"),
    "lookalike": ("Orlwenna", "Tavishmere"),
    "stranger": ("Gwythien", "Polzanneth"),
}
HOME = ("17 Zqvhome Rise", "ZQ5 7AB")
REFUGE = ("3 Zqvrefuge Court", "ZQ9 1XY")
COUSINS = ("8 Zqvcousin Yard", "ZQ8 2WW")


@dataclass(frozen=True)
class World:
    """Person ids by part, the places, and every value with whose it is."""

    people: dict[str, int]
    home: int
    refuge: int
    cousins: int
    aviary: Aviary
    at: datetime


def key_of(who: str, source: str = "") -> tuple[str, str]:
    """A system's key for somebody."""
    return (source or FAMILY.get(who, "crime"), who)


More = Callable[[Aviary, datetime], Iterable[Entry]]


def world(at: datetime, *, without: str = "", more: More | None = None) -> World:
    """The whole of it up to a moment; `without` leaves somebody out of everything, as if there were no such person. `more`: entries besides."""
    aviary = Aviary()
    for owner, (lines, _) in (("home", HOME), ("sister", REFUGE), ("cousin", COUSINS)):
        aviary.said(lines.split()[1], owner, "", "place", Of.WHO)
    for owner, both in NAMES.items():
        for name in both:
            aviary.said(name, owner, FAMILY.get(owner, ""), "name", Of.WHO)
    batches = [[*_records(aviary, at), *_homes(aviary, at), *_ties(aviary, at)], list(_happened(aviary, at))]
    batches += [list(more(aviary, at))] if more else []
    there = [who for who in FAMILY if who != without]
    for batch in batches:
        record_many(list(_as_if_none(batch, without)) if without else batch, feed_viewer(at=at))
    found = anchored([key_of("child", s) for s in SYSTEMS] + [key_of(who) for who in there], at=at)
    _one_child(found)
    who = identities_of(found.values())
    people = {name: who[found[key_of(name)]] for name in ("child", *there)}
    _alike(found, there)
    return World(people, premises_key(*HOME), premises_key(*REFUGE), premises_key(*COUSINS), aviary, at)


def _as_if_none(batch: Iterable[Entry], gone: str) -> Iterable[Entry]:
    """The same entries where somebody was never born: those about them alone, or that tie them to somebody, are not there."""
    for said in batch:
        others = {role: tuple(k for k in held if k != key_of(gone)) for role, held in said.people.items()}
        tied = said.kind in ("relationship.recorded", "identity.decided") and others != dict(said.people)
        if not tied and (any(others.values()) or not said.people):
            yield replace(said, people=others)


def _one_child(found: dict[tuple[str, str], int]) -> None:
    """All the child's records are one person; each was somebody of its own before."""
    records = [found[key_of("child", s)] for s in SYSTEMS]
    person = identities_of(records)[found[key_of("child")]]
    Link.objects.filter(record_id__in=records).update(identity_id=person, decided_by="sightline", bits=20.0)


def _alike(found: dict[tuple[str, str], int], there: Iterable[str]) -> None:
    for other in {"lookalike", "sister", "cousin", "stranger"} & set(there):
        left, right = sorted((found[key_of("child")], found[key_of(other)]))
        Candidate.objects.create(
            left_id=left, right_id=right, bits=6.5, model_version="t", why=f"surname: sounds like {len(other)}"
        )


def _records(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    everyone = [("child", source) for source in SYSTEMS] + list(FAMILY.items())
    for n, (who, source) in enumerate(everyone):
        said = _described(aviary, who, source, n)
        about = {"subject": [key_of(who, source)]}
        ref = f"{who}/person"
        yield entry("person.recorded", about, source=source, ref=ref, at=at - timedelta(days=900), data=said)


def _described(aviary: Aviary, who: str, source: str, n: int) -> dict[str, object]:
    own = ("forenames", "surname", "born", "sex", "nhs_number", "phone", "died", "born_text", "aliases")
    said = aviary.fill("person.recorded", who, source, but=own)
    forenames, surname = NAMES[who]
    if who == "child":
        forenames = f"{forenames} {aviary.word(who, source, 'forenames', Of.WHO)}"
    said |= {"forenames": forenames, "surname": surname, "born": _born(aviary, who, source, n), "sex": "F"}
    said["aliases"] = [aviary.word(who, source, "person.recorded.aliases", Of.WHO)]
    return said | {"nhs_number": _nhs(aviary, who, source, n), "phone": [_phone(aviary, who, source, n)]}


def _born(aviary: Aviary, who: str, source: str, n: int) -> str:
    on = date(2014 if who in ("child", "sister", "cousin") else 1979, 1 + n % 12, 1 + n % 27)
    shown = f"{on.day} {on:%B} {on.year}"
    return aviary.said(on.isoformat(), who, source, "born", Of.WHO, shown)


def _nhs(aviary: Aviary, who: str, source: str, n: int) -> str:
    digits = f"999{n * 13 + 100:06d}"
    rest = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
    return aviary.said(f"{digits}{rest % 11 % 10}", who, source, "nhs_number", Of.CONTENT)


def _phone(aviary: Aviary, who: str, source: str, n: int) -> str:
    number = f"07700 {900100 + n}"
    return aviary.said(number, who, source, "phone", Of.CONTENT, number.replace(" ", ""))


def _homes(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    lived = [
        ("child", "social_care", HOME),
        *((who, s, HOME) for who, s in FAMILY.items() if who not in ("stranger", "lookalike")),
    ]
    lived += [(who, FAMILY[who], where) for who, where in (("sister", REFUGE), ("cousin", COUSINS))]
    for n, (who, source, (lines, code)) in enumerate(lived):
        mark = aviary.word(who, source, "address", Of.WHO)
        began = (at - timedelta(days=600 + (30 if lines != HOME[0] else 0))).date().isoformat()
        data = {"lines": f"{lines}, Back of {mark}", "postcode": code, "kind": "home", "from": began}
        about = {"subject": [key_of(who, source)]}
        yield entry("address.recorded", about, source=source, ref=f"{who}/{n}", at=at - timedelta(days=600), data=data)
    for source in SYSTEMS:
        lines = f"{40 + SYSTEMS.index(source)} {aviary.word('child', source, 'address', Of.WHO)} Street"
        data = {"lines": lines, "postcode": "ZQ1 1AA", "kind": "other"}
        about = {"subject": [key_of("child", source)]}
        yield entry("address.recorded", about, source=source, ref="child/other", at=at - timedelta(days=500), data=data)


def _ties(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    kinds_of = {"mother": "parent", "stepfather": "step_parent", "lodger": "lodger", "grandmother": "grandparent",
                "sister": "sibling", "cousin": "cousin"}  # fmt: skip
    for who, kind in kinds_of.items():
        ended = aviary.day(who, FAMILY[who], "relationship.ended").isoformat()
        data = {"kind": kind, "lives_with": True, "ended": ended}
        about = {"subject": [key_of(who)], "other": [key_of("child")]}
        yield entry(
            "relationship.recorded", about, source=FAMILY[who], ref=f"{who}/tie", at=at - timedelta(days=550), data=data
        )


def _happened(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    yield from _every_kind(aviary, at)
    registered = aviary.fill("offender.registered", "stepfather", "offender_management") | {
        "scheme": "registered_sex_offender"
    }
    yield entry("offender.registered", {"offender": [key_of("stepfather")]}, source="offender_management", ref="rso",
                at=at - timedelta(days=300), data=registered)  # fmt: skip
    yield from _markers(aviary, at)
    with_her = [key_of("child"), key_of("cousin"), key_of("sister")]
    yield _event(aviary, "contact.received", {"child": with_her}, "crime", "together", 8, at, ", ".join(HOME))
    yield _event(
        aviary, "contact.received", {"child": [key_of("sister")]}, "crime", "hers", 7, at, ", ".join(HOME), "sister"
    )
    data = {
        "same": False,
        "reason": aviary.word("sister", "crime", "reason"),
        "records": ["crime/child", "social_care/sister"],
    }
    about = {"subject": [key_of("child")], "other": [key_of("sister")]}
    yield entry("identity.decided", about, source="crime", ref="apart", at=at - timedelta(days=6), data=data)
    yield _event(
        aviary,
        "crime.recorded",
        {"victim": [key_of("stranger")]},
        "crime",
        "theirs",
        5,
        at,
        ", ".join(HOME),
        "stranger",
    )


def _every_kind(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    """Each kind of event once, from each system in turn, about the child and some of the family."""
    rest = [k for k in sorted(kinds()) if k not in PROJECTED]
    for n, kind in enumerate(rest):
        source = SYSTEMS[n % len(SYSTEMS)]
        people = {"child": [key_of("child", source)], "suspect": [key_of("child", source), key_of("stranger")]}
        yield _event(aviary, kind, people, source, f"k{n}/{kind}", 30 + n, at)


def _markers(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    for n, source in enumerate(SYSTEMS):
        for who, place in (("child", ""), ("", ", ".join(HOME))):
            data = aviary.fill("marker.set", "child" if who else "home", source, ("detail", "until")) | {
                "kind": "self_harm" if who else "dangerous_dog"
            }
            about = {"subject": [key_of(who, source)]} if who else {}
            days = at - timedelta(days=200 + n)
            yield entry("marker.set", about, source=source, ref=f"mark/{who}", at=days, data=data, place=place)
    data = aviary.fill("marker.set", "sister", "crime") | {"kind": "violent"}
    hers = {"subject": [key_of("sister")]}
    yield entry(
        "marker.set",
        hers,
        source="crime",
        ref="mark/sister",
        at=at - timedelta(days=90),
        data=data,
        place=", ".join(HOME),
    )


def _event(
    aviary: Aviary,
    kind: str,
    people: dict,
    source: str,
    ref: str,
    days: int,
    at: datetime,
    place: str = "",
    owner: str = "child",
) -> Entry:
    more = {"note": aviary.word(owner, source, f"{kind} note"), "by": aviary.word(owner, source, f"{kind} by")}
    where = place or f"{60 + days} {aviary.word(owner, source, f'{kind} place')} Road, ZQ2 2BB"
    data = aviary.fill(kind, owner, source, STANDING.get(kind, ()))
    return entry(kind, people, source=source, ref=ref, at=at - timedelta(days=days), data=data, place=where, **more)
