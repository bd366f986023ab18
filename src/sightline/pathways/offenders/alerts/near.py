"""A person who poses a risk turns up beside a child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.alerts.ties import PARENTS, homes_on
from sightline.chronology.view import Happening
from sightline.kernel.moments import local
from sightline.pathways.offenders.alerts.risk import MANAGERS, everyone, known_risk
from sightline.pathways.offenders.clocks import guidance
from sightline.people.premises import premises_key

TOGETHER = (
    "contact.received", "contact.checked", "attendance.arrived", "child.seen", "crime.recorded", "concern.notified", "intelligence.recorded",
    "suspect.identified", "suspect.arrested", "missing.reported", "missing.enquiry", "missing.located", "missing.returned",
    "exploitation.indicated", "property.found", "return_interview.held",
)  # fmt: skip
BESIDE = ("suspect", "adult", "partner", "parent", "carer", "offender", "subject", "other", "reporter")
ON = (*TOGETHER, "relationship.recorded", "address.recorded")

Link = tuple[int, Happening]  # who, and the entry that links the child to them


def offender_near_child(case: Case) -> Iterable[Finding]:
    """Somebody recorded as a risk to children is named with a child, lives with one, or lives where the child was found."""
    if not case.is_child():
        return
    first: dict[int, tuple[Happening, Happening]] = {}
    harmless = {case.subject}
    for man, link in _links(case):
        if man in first or man in harmless:
            continue
        if not case.chronology_of(man).of_kind("marker.set", "offender.registered"):
            harmless.add(man)
            continue
        risk = known_risk(case.chronology_of(man), link.at)
        if risk is not None:
            first[man] = (link, risk)
    for man, (link, risk) in first.items():
        if _already_known(case, man):
            continue
        cause = max(link, risk, key=lambda h: h.recorded_at)
        yield case.finding(
            "offender_near_child",
            cause,
            case.at_once(cause),
            "Somebody recorded as posing a risk to children is linked to this child.",
            step="Find out what contact there is, and decide today what the child, the family and the manager of the risk are told.",
            rests_on=(link, risk),
            concerns=(man,),
        )


def _links(case: Case) -> Iterator[Link]:
    """Everybody whom an entry puts beside the child, oldest entry first; then those of the household."""
    for entry in case.of(*TOGETHER):
        for role in BESIDE:
            yield from ((p, entry) for p in entry.people.get(role, ()))
        yield from _where(case, entry)
    yield from _household(case)


def _where(case: Case, entry: Happening) -> Iterator[Link]:
    """Those whose home is the place of an entry about the child, or where it says the child was."""
    said = entry.place or _address(entry)
    key = entry.premises_key or (premises_key(said) if said else None)
    if key is not None:
        living = case.world.sharing_home(frozenset({key}))
        yield from (
            (p, entry) for p in sorted(living) if key in homes_on(case.chronology_of(p), local(entry.at).date())
        )


def _address(entry: Happening) -> str:
    """Where an entry says that the child was, if that is an address: one has a number."""
    said = str(entry.get("where") or "")
    return said if any(c.isdigit() for c in said) else ""


def _household(case: Case) -> Iterator[Link]:
    """Those who live with or care for the child, or are a parent's partner, or share the child's home."""
    for tie in case.ties:
        if (tie.lives_with or tie.cares_for) and tie.ended is None:
            yield tie.other, tie.entry
        if tie.kind in PARENTS and tie.lives_with:
            beyond = case.other(tie.other)
            yield from ((t.other, t.entry) for t in beyond.ties if t.kind == "partner" and t.ended is None)
    held = case.homes()
    for person in sorted(case.world.sharing_home(held)) if held else ():
        own = case.chronology_of(person)
        address = own.latest("address.recorded")
        if person != case.subject and address and held & case.other(person).homes():
            yield person, address


def _already_known(case: Case, man: int) -> bool:
    """Whether those who manage the risk have themselves recorded the two together."""
    return any(
        h.source in MANAGERS or (h.kind == "investigation.opened" and h.get("team") == "offender_management")
        for h in case.own.everything()
        if man in everyone(h)
    )


RULES = [
    Rule(
        "offender_near_child",
        ON,
        offender_near_child,
        guidance("MAPPA guidance", "identifying children at risk; MP-16"),
        "Somebody who poses a risk to children, named with a child, living with one, or living where a child was found.",
        roles=("child", "subject", "other"),
        around=True,
    )
]
