"""Keeping an address safe, and how somebody can be reached: recorded with whom it is kept from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from sightline.access.viewer import Viewer
from sightline.chronology.entries import PersonKey
from sightline.chronology.record import record_many
from sightline.chronology.stepping import entry_here, every_record
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import worded
from sightline.pathways.identity.queries import person_page
from sightline.people.persons import Lived, Person
from sightline.people.premises import as_written
from sightline.people.safe import safe_places

WAYS = ("call", "text", "email", "letter", "in_person", "through_somebody")


@dataclass(frozen=True)
class SafePage:
    """Somebody's current addresses, which of them are kept safe, and those around them from whom one may be kept."""

    person: Person
    addresses: tuple[Lived, ...]
    safe: dict[int, str]
    around: tuple[Person, ...]


def safe_page(viewer: Viewer, person: int) -> SafePage:
    """What may be kept safe, and from whom. Raises NotFound as the person's page does; Refused where it is kept from the viewer."""
    page = person_page(viewer, person, at=viewer.at)
    if page.person.kept_safe:
        raise Refused("Where they live is kept from you. Whoever works with the child decides about it.")
    around = sorted(page.around.values(), key=lambda p: (p.name, p.person))
    # As their own records write it: the place itself may be written as the record of somebody else who lives there has it.
    own = {a.premises: as_written(a.lines, a.postcode) for a in page.person.addresses}
    safe = {premises: own.get(premises, lines) for premises, lines in safe_places([person], viewer.at).items()}
    return SafePage(page.person, page.person.living_at(local(viewer.at).date()), safe, tuple(around))


def protect(
    viewer: Viewer, person: int, premises: int, *, kept_from: Iterable[int], reason: str, until: date | None = None
) -> None:
    """An address of this person is given out to nobody, and hidden from whoever is linked to those it is kept from.

    Raises NotFound as the person's page does, Refused for an address that isn't theirs, for nobody it is kept from, or for no reason.
    """
    page = safe_page(viewer, person)
    lived = next((a for a in page.addresses if a.premises == premises), None)
    if lived is None:
        raise Refused("Choose one of their addresses.")
    risky = _named(page, kept_from)
    said: dict[str, Any] = {"reason": worded(reason)} | ({"until": until.isoformat()} if until else {})
    place = as_written(lived.lines, lived.postcode)
    _record(viewer, "address.protected", page.person, risky, said, place)


def stop_protecting(viewer: Viewer, person: int, premises: int, *, reason: str) -> None:
    """An address need no longer be kept safe. Raises Refused where it is not."""
    page = safe_page(viewer, person)
    if premises not in page.safe:
        raise Refused("This address is not kept safe.")
    _record(viewer, "address.released", page.person, {}, {"reason": worded(reason)}, page.safe[premises])


def prefer(
    viewer: Viewer,
    person: int,
    *,
    by: str,
    detail: str = "",
    never_by: str = "",
    never_at: Iterable[str] = (),
    not_in_front_of: Iterable[str] = (),
    kept_from: Iterable[int] = (),
) -> None:
    """How somebody wants to be reached, and how never. Where it is kept from anybody, it is hidden from whoever is linked to them."""
    page = safe_page(viewer, person)
    if by not in WAYS:
        raise Refused("Choose how they can be reached.")
    never, absent = ([w.strip() for w in words if w.strip()] for words in (never_at, not_in_front_of))
    more = {"detail": detail.strip(), "never_by": never_by.strip(), "never_at": never, "not_in_front_of": absent}
    asked = list(kept_from)
    risky = _named(page, asked) if asked else {}
    said = {"by": by} | {k: v for k, v in more.items() if v}
    _record(viewer, "contact.preferred", page.person, risky, said, "")


def _named(page: SafePage, people: Iterable[int]) -> dict[int, Person]:
    asked = set(people)
    found = {p.person: p for p in page.around if p.person in asked}
    if not found or found.keys() != asked:
        raise Refused("Choose from whom it is kept: one or more of those around them.")
    return found


def _record(viewer: Viewer, kind: str, who: Person, risky: dict[int, Person], said: dict[str, Any], place: str) -> None:
    """Those it is kept from need not be open to the viewer: they are around somebody who is."""
    keys = every_record({who.person, *risky})
    people: dict[str, tuple[PersonKey, ...]] = {"subject": keys[who.person]}
    if risky:
        people["adult"] = tuple(key for person in risky for key in keys[person])
    ref = f"{kind}/{uuid4().hex}"
    entry = entry_here(viewer, kind, ref, people, said, viewer.at, place=place)
    with transaction.atomic():
        record_many([entry], viewer, asked=True)
