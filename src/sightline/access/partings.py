"""Two people were taken for one, and are two again: who was shown the page meanwhile, each told, and listed for those who answer for it.

What is told names nobody: whoever is told may no longer know of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sightline.access import gate
from sightline.access.guardians import Guardians
from sightline.access.log import Action, write
from sightline.access.models import AccessEntry, Parting, ToldOfParting, User
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound

WROTE = ("collection", "alteration")
DECIDED = ["identity.decided"]  # who is who, and nothing about them


def tell(
    by: Viewer, event: int | None, joined: Iterable[int], now: Iterable[int], *, since: datetime, at: datetime
) -> Parting:
    """Write down that `joined` is `now` two people again, and tell everybody who was shown it since they were one, save who parted them.

    Without an account and a decision it is the matcher's own doing, and any data guardian answers for it.
    """
    people = sorted({*joined, *now})
    given = {"event_id": event, "joined": sorted(set(joined)), "people": people, "joined_at": since, "parted_at": at}
    parting = Parting.objects.create(**given, user_id=by.user_id, post_id=by.post_id or None)
    seen: dict[int, list[datetime]] = {}
    for user, moment in _given(parting).exclude(user_id=by.user_id).order_by("at", "pk").values_list("user_id", "at"):
        seen.setdefault(user or 0, []).append(moment)
    known = set(User.objects.filter(pk__in=seen).values_list("pk", flat=True))
    ToldOfParting.objects.bulk_create(
        ToldOfParting(parting=parting, user_id=user, parted_by=parting.user_id or 0, first_at=held[0], last_at=held[-1])
        for user, held in sorted(seen.items())
        if user in known
    )
    return parting


def any_shown(people: Iterable[int]) -> set[int]:
    """Those of these people of whom somebody who signs in was ever given anything."""
    asked = set(people)
    lines = AccessEntry.objects.filter(people__overlap=sorted(asked), outcome="given", user_id__isnull=False)
    return {p for held in lines.values_list("people", flat=True).iterator() for p in held if p in asked}


def _given(parting: Parting) -> QuerySet[AccessEntry]:
    """The log's lines by which anybody was given anything of whom they were as one."""
    during = {"at__gte": parting.joined_at, "at__lte": parting.parted_at}
    return AccessEntry.objects.filter(people__overlap=parting.joined, outcome="given", user_id__isnull=False, **during)


def unread(viewer: Viewer) -> tuple[ToldOfParting, ...]:
    """What this viewer has been told of and not yet said that they have checked, oldest first. Names nobody."""
    held = ToldOfParting.objects.filter(user_id=viewer.user_id or 0, read_at=None, parting__parted_at__lte=viewer.at)
    found = tuple(held.order_by("parting__parted_at", "pk"))
    if found:
        write(viewer, Action.LIST, fields=("wrong_joins",), note="told of people who were taken for one")
    return found


@dataclass(frozen=True)
class ShownTo:
    """Somebody who was shown two people as one: how often, from when to when, whether they wrote anything, and whether they have checked it."""

    name: str
    role: str
    agency: str
    first_at: datetime
    last_at: datetime
    times: int
    wrote: bool
    parted_them: bool
    told: bool
    read_at: datetime | None


@dataclass(frozen=True)
class PartingPage:
    """What a viewer may know of a parting: `told` what they themselves were shown; `shown_to` everybody, for those who answer for it."""

    parting: int
    joined_at: datetime
    parted_at: datetime
    told: ToldOfParting | None
    mine: tuple[tuple[datetime, str], ...]
    open_to_me: tuple[int, ...]
    answers: bool
    people: tuple[int, ...]
    shown_to: tuple[ShownTo, ...]


def parting_page(viewer: Viewer, number: int) -> PartingPage:
    """One parting, for who was shown it, who parted them, and their data guardian. Raises NotFound for everybody else, the refusal written down."""
    parting, told, answers = _parting(viewer, number)
    open_to_me = tuple(sorted(gate.readable(viewer, parting.people)))
    about = parting.people if answers else open_to_me
    write(viewer, Action.CONSULTATION, people=about, fields=("access_log", "links"), note=f"parting {number}")
    own = _given(parting).filter(user_id=viewer.user_id).order_by("at", "pk").values_list("at", "action")
    minutes = dict.fromkeys((at.replace(second=0, microsecond=0), action) for at, action in own)
    return PartingPage(
        parting.pk, parting.joined_at, parting.parted_at, told, tuple(minutes), open_to_me, answers,
        tuple(parting.people) if answers else (), _shown_to(parting) if answers else (),
    )  # fmt: skip


def _parting(viewer: Viewer, number: int) -> tuple[Parting, ToldOfParting | None, bool]:
    parting = Parting.objects.select_related("post").filter(pk=number, parted_at__lte=viewer.at).first()
    told = ToldOfParting.objects.filter(parting_id=number, user_id=viewer.user_id or 0).first()
    answers = parting is not None and _answers(viewer, parting, Guardians(viewer.at))
    if parting is None or not (told or answers):
        gate.refuse(viewer, note=f"parting {number}")
        raise NotFound(gate.NOT_FOUND)
    return parting, told, answers


def _answers(viewer: Viewer, parting: Parting, circle: Guardians) -> bool:
    """Who parted them while they may know of both, and who reviews what they did; never somebody kept from one of them."""
    agency = parting.post.agency_id if parting.post else None
    guards = circle.reviewers(agency, of=parting.user_id or 0, people=parting.people)
    if viewer.user_id in guards:
        return True
    return viewer.user_id is not None and viewer.user_id == parting.user_id and not gate.hidden(viewer, parting.people)


def _shown_to(parting: Parting) -> tuple[ShownTo, ...]:
    held: dict[int, list[AccessEntry]] = {}
    for entry in _given(parting).order_by("at", "pk"):
        held.setdefault(entry.user_id or 0, []).append(entry)
    names = {u.pk: str(u) for u in User.objects.filter(pk__in=held)}
    told = {t.user_id: t for t in parting.told.all()}
    return tuple(
        ShownTo(
            names.get(user, "an account that is gone"), role_name(lines[-1].role), lines[-1].agency, lines[0].at, lines[-1].at,
            len({e.request_ref or e.pk for e in lines}), any(e.action in WROTE and e.fields != DECIDED for e in lines), user == parting.user_id,
            user in told, told[user].read_at if user in told else None,
        )
        for user, lines in held.items()
    )  # fmt: skip


def partings(viewer: Viewer) -> tuple[tuple[Parting, int, int], ...]:
    """Partings that this viewer answers for, newest first: each with how many were told, and how many have yet to check. Written down as a list."""
    circle = Guardians(viewer.at)
    held = Parting.objects.filter(parted_at__lte=viewer.at).select_related("post", "user").order_by("-parted_at", "-pk")
    mine = [p for p in held.prefetch_related("told") if _answers(viewer, p, circle)]
    write(viewer, Action.LIST, people={x for p in mine for x in p.people}, fields=("links",), note="partings")
    return tuple((p, len(p.told.all()), sum(t.read_at is None for t in p.told.all())) for p in mine)


def checked(viewer: Viewer, number: int) -> None:
    """The viewer has checked what they wrote and passed on from what they were shown. Raises NotFound for whoever was not told."""
    _, told, _ = _parting(viewer, number)
    if told is None:
        gate.refuse(viewer, note=f"parting {number}")
        raise NotFound(gate.NOT_FOUND)
    if told.read_at is None:
        write(viewer, Action.REVIEW, fields=("wrong_joins",), note=f"checked what was shown, parting {number}")
        told.read_at = viewer.at
        told.save(update_fields=["read_at"])
