"""Who of those who sign in may be family of somebody held, or lives with them: by surname and postcode, by the address that they declared, or by
whom a system calls kin of somebody who lives there.

For a data guardian to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.models import Exclusion
from sightline.access.roles import May
from sightline.access.spans import live_at
from sightline.access.staff import declared_by, watched_by
from sightline.access.viewer import Viewer
from sightline.oversight.access_review.looks import about_people, about_users
from sightline.oversight.access_review.rules import About
from sightline.people.anchors import identities_of
from sightline.people.household import relations_of
from sightline.people.models import Address
from sightline.people.premises import tidy_postcode


@dataclass(frozen=True)
class Suggested:
    """A user and a person whom nothing keeps apart yet: of one surname and postcode, of one address, or kin of somebody there; `why` says which."""

    user: int
    name: str
    person: int
    why: str


def suggested_conflicts(viewer: Viewer) -> tuple[Suggested, ...]:
    """Users and people who may be family, by number and never by name. For data guardians; nothing of whom they are kept from themselves.

    Raises NotPermitted for other posts.
    """
    gate.require(viewer, May.REVIEW_ACCESS)
    declared = declared_by(watched_by(viewer))
    own = about_users(declared)
    codes = {tidy_postcode(d.postcode) for d in declared.values() if d.postcode}
    with wall.working():
        living = set(Address.objects.filter(premises__postcode__in=codes).values_list("record_id", flat=True))
        kept = set(Exclusion.objects.filter(live_at(viewer.at)).values_list("user_id", "person_id"))
        barred = {person for user, person in kept if user == viewer.user_id}
        held = about_people(set(identities_of(living).values()) - barred)
    found = tuple(
        Suggested(user, str(declared[user].user), person, why)
        for (user, person), why in sorted(_pairs(own, held).items())
        if (user, person) not in kept and person not in barred
    )
    people = {s.person for s in found}
    fields = ("access_log", "same_surname_and_postcode", "relationships")
    write(viewer, Action.CONSULTATION, people=people, fields=fields, note="conflicts")
    return found


def _pairs(own: Mapping[int, About], held: Mapping[int, About]) -> dict[tuple[int, int], str]:
    """Each user and each person who may be theirs, and why."""
    found = {(u, p): why for u, mine in own.items() for p, theirs in held.items() if (why := _alike(mine, theirs))}
    with_them = [(u, p) for u, p in found if own[u].homes & held[p].homes]
    with wall.working():
        kin = relations_of({p for _, p in with_them})
    for user, person in with_them:
        for other in kin[person]:
            found.setdefault(
                (user, other.person), f"{other.relation.capitalize()} of person {person}, who lives at the same address"
            )
    return found


def _alike(one: About, other: About) -> str:
    family = one.surnames & other.surnames and one.postcodes & other.postcodes
    said = [
        *(["same address"] if one.homes & other.homes else []),
        *(["same surname, same postcode"] if family else []),
    ]
    return ", ".join(said).capitalize()
