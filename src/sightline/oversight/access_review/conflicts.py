"""Who of those who sign in may be family of somebody held, or lives with them: by surname and postcode, or by the address that they declared.

For a data guardian to decide.
"""

from __future__ import annotations

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
from sightline.people.models import Address
from sightline.people.premises import tidy_postcode


@dataclass(frozen=True)
class Suggested:
    """A user and a person of the same surname and postcode, or of the same address, whom nothing keeps apart yet; `why` says which."""

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
        held = about_people(set(identities_of(living).values()))
        kept = set(Exclusion.objects.filter(live_at(viewer.at)).values_list("user_id", "person_id"))
    found = tuple(
        Suggested(user, str(declared[user].user), person, why)
        for user in sorted(own)
        for person in sorted(held)
        if (why := _alike(own[user], held[person])) and not {(user, person), (viewer.user_id or 0, person)} & kept
    )
    people = {s.person for s in found}
    write(
        viewer, Action.CONSULTATION, people=people, fields=("access_log", "same_surname_and_postcode"), note="conflicts"
    )
    return found


def _alike(one: About, other: About) -> str:
    family = one.surnames & other.surnames and one.postcodes & other.postcodes
    said = [
        *(["same address"] if one.homes & other.homes else []),
        *(["same surname, same postcode"] if family else []),
    ]
    return ", ".join(said).capitalize()
