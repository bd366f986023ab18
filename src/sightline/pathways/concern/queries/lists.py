"""The reference lists from which a school, a nursery, a surgery, a health visitor and a social worker are chosen. About no child."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from sightline.access.models import Post
from sightline.access.rota import live_posts
from sightline.agencies.models import Agency
from sightline.kernel.moments import local
from sightline.pathways.concern.models import Listed

KINDS = {
    "school": ("school", "nursery"),
    "gp": ("surgery",),
    "health_visitor": ("health_visitor",),
    "social_worker": ("social_worker",),
}
STAFF = {
    "health_visitor": ("health", ("practitioner",)),
    "social_worker": ("social_care", ("case_owner", "social_care_manager")),
}
PLACES = {"school": ("education", "early_years"), "gp": ("health",)}
OFFERED = 400  # as many as are offered while one types; a longer list is looked up
FOUND = 8
SAYS_LITTLE = {"the", "of", "and", "st", "school", "primary", "junior", "infant", "academy", "nursery", "surgery", "medical", "health",
               "centre"}  # fmt: skip
NUMBERED = re.compile(r"\s*\(([^()]+)\)\s*$")


def lists_of_places(at: datetime) -> dict[str, list[str]]:
    """What is offered for each field while one types: the lists that were loaded, with each one's number.

    Besides, by name alone: agencies known here, and those who hold such a post today, each with where.
    """
    held = Agency.objects.filter(active_until=None).order_by("name").values_list("kind", "name")
    found = {field: [name for kind, name in held if kind in of] for field, of in PLACES.items()}
    for who, (kind, roles) in STAFF.items():
        posts = Post.objects.filter(live_posts(at), agency__kind=kind, role__in=roles)
        rows = posts.order_by("user__name", "agency__name").values_list("user__name", "agency__name")
        found[who] = list(dict.fromkeys(f"{name}, {agency}" for name, agency in rows))
    return {field: _with_listed(field, names, at) for field, names in found.items()}


def _with_listed(field: str, names: list[str], at: datetime) -> list[str]:
    listed = list(_open(field, at).order_by("name")[: OFFERED + 1])
    if len(listed) > OFFERED:
        return names
    theirs = {one.name for one in listed}
    return sorted([*map(str, listed), *(n for n in names if n not in theirs)])


def look_up(field: str, typed: str, at: datetime) -> tuple[Listed, ...]:
    """Those of a list that what was typed may mean: all its words in name, address or postcode; else those with most of them. None once chosen.

    One more than are shown where there are more.
    """
    asked = words_of(typed)
    if not asked or chosen({field: typed}, at):
        return ()
    each = [_has(word) for word in asked]
    if every := list(_open(field, at).filter(*each).order_by("name")[: FOUND + 1]):
        return tuple(every)
    telling = [w for w in asked if w not in SAYS_LITTLE and len(w) > 1]
    some = _open(field, at).filter(reduce(or_, map(_has, telling))) if telling else ()
    return tuple(sorted(some, key=lambda one: (-sum(f" {w}" in one.words for w in telling), one.name))[: FOUND + 1])


def chosen(said: Mapping[str, object], at: datetime) -> dict[str, Listed]:
    """Of each field the one of its list that was chosen: by its number in brackets, or by a name that only one has."""
    found = {}
    for field in KINDS:
        typed = str(said.get(field) or "").strip()
        if not typed:
            continue
        numbered, still = NUMBERED.search(typed), _open(field, at)
        by_number = list(still.filter(reference=numbered[1])) if numbered else []
        held = [one for one in by_number if str(one) == typed] or list(still.filter(name__iexact=typed)[:2])
        if len(held) == 1:
            found[field] = held[0]
    return found


def picked(field: str, reference: str) -> str:
    """What stands in the field once somebody has picked a line of the list by its number. Empty for a number that the list has not."""
    held = Listed.objects.filter(kind__in=KINDS.get(field, ()), reference=reference).first()
    return str(held) if held else ""


def _open(field: str, at: datetime) -> QuerySet[Listed]:
    day = local(at).date()
    return Listed.objects.filter(Q(active_until=None) | Q(active_until__gt=day), kind__in=KINDS[field])


def _has(word: str) -> Q:
    return Q(words__contains=f" {word}")


def words_of(*texts: str) -> list[str]:
    """Words as they are looked up: St Osric's and st osrics are the same."""
    return re.findall(r"[^\W_]+", re.sub(r"['\u2019.]", "", " ".join(texts).lower()))


def numbered(fields: Iterable[tuple[str, object, object]]) -> dict[str, str]:
    """Fields as they stand in a form: (field, name, number in its list) of each."""
    return {field: f"{name} ({number})" if number else str(name) for field, name, number in fields if name}
