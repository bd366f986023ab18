"""What the log, the posts and the records say, as the rules of unusual looks take it. Reads below the gate: for queries that wrote the look down."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sightline.access import wall
from sightline.access.models import AccessEntry, Involvement, OnDuty, Post
from sightline.access.staff import declared_by
from sightline.oversight.access_review.rules import About, Look, plain, street
from sightline.people.anchors import records_of
from sightline.people.models import Address, SourceRecord

LOOKS = ("consultation", "search", "export", "disclosure")
AROUND = (
    "around a person",
    "household at first contact",
    "place",
    "may be the same",
)  # shown along with whom was opened
A_ROTA = timedelta(days=1)  # a team has one at a moment where a turn begins or ends within a day of it


@dataclass
class _Request:
    entry: int
    at: datetime
    user: int
    role: str
    draw: str
    people: set[int] = field(default_factory=set)
    opened: set[int] = field(default_factory=set)


def looks_of(users: Iterable[int], *, since: datetime, until: datetime) -> list[Look]:
    """What these users were given in a time: one look a request, oldest first. Reading the log itself is no look at anybody."""
    rows = AccessEntry.objects.filter(user_id__in=list(users), at__gt=since, at__lte=until, outcome="given")
    held: dict[tuple[int, str], _Request] = {}
    asked = (
        rows.filter(action__in=LOOKS).exclude(people=[]).exclude(fields__contains=["access_log"]).order_by("at", "pk")
    )
    for pk, at, user, role, people, note, ref, salt in asked.values_list(
        "pk", "at", "user_id", "role", "people", "note", "request_ref", "salt"
    ).iterator():
        one = held.setdefault((user or 0, ref or str(pk)), _Request(pk, at, user or 0, role, str(salt)))
        one.people |= set(people)
        if note not in AROUND:
            one.opened |= set(people)
    involved, turns = _Involved(held.values()), _Turns({r.user for r in held.values()})
    return [
        Look(
            r.entry, r.at, r.user, r.role, frozenset(r.people), frozenset(r.opened),
            frozenset(p for p in r.opened if involved.at(r.user, p, r.at)), turns.off(r.user, r.at), r.draw,
        )
        for r in held.values()
    ]  # fmt: skip


class _Involved:
    """Who was involved with whom, at any moment."""

    def __init__(self, requests: Iterable[_Request]) -> None:
        pairs: dict[int, set[int]] = defaultdict(set)
        for r in requests:
            pairs[r.user] |= r.opened
        self._held: dict[tuple[int, int], list[tuple[datetime, datetime | None]]] = defaultdict(list)
        for user, people in pairs.items():
            rows = Involvement.objects.filter(user_id=user, person_id__in=people)
            for person, began, ended in rows.values_list("person_id", "from_at", "until_at"):
                self._held[user, person].append((began, ended))

    def at(self, user: int, person: int, at: datetime) -> bool:
        """Whether an involvement was live."""
        return any(b <= at and (e is None or at < e) for b, e in self._held.get((user, person), ()))


class _Turns:
    """Whose turn of duty it was, in teams that had a rota."""

    def __init__(self, users: set[int]) -> None:
        self._teams: dict[int, set[int]] = defaultdict(set)
        for user, team in Post.objects.filter(user__in=users, team__isnull=False).values_list("user_id", "team_id"):
            if team is not None:
                self._teams[user].add(team)
        teams = {t for held in self._teams.values() for t in held}
        rows = OnDuty.objects.filter(post__team__in=teams).order_by("from_at")
        self._rota: dict[int, list[tuple[datetime, datetime, int]]] = defaultdict(list)
        for team, user, began, ended in rows.values_list("post__team", "post__user", "from_at", "until_at"):
            if team is not None:
                self._rota[team].append((began, ended, user))

    def off(self, user: int, at: datetime) -> bool:
        """Whether a team of theirs had a rota then, and it was not their turn in any."""
        near = [t for team in self._teams.get(user, ()) for t in self._near(self._rota[team], at)]
        return bool(near) and not any(began <= at < ended and who == user for began, ended, who in near)

    def _near(self, rota: list[tuple[datetime, datetime, int]], at: datetime) -> list[tuple[datetime, datetime, int]]:
        last = bisect_right(rota, at + A_ROTA, key=lambda t: t[0])
        return [t for t in rota[:last] if t[1] > at - A_ROTA]


def about_users(users: Iterable[int]) -> dict[int, About]:
    """What users have declared, as it is compared."""
    return {
        user: About(_some(plain(d.surname)), _some(plain(d.postcode)), _some(street(d.lines, d.postcode)))
        for user, d in declared_by(users).items()
    }


@wall.working()
def about_people(people: Iterable[int]) -> dict[int, About]:
    """Surnames, postcodes and streets of people, from every record and at any time."""
    linked = records_of(people)
    whose = {record: person for person, held in linked.items() for record in held}
    names: dict[int, set[str]] = defaultdict(set)
    codes: dict[int, set[str]] = defaultdict(set)
    streets: dict[int, set[str]] = defaultdict(set)
    for record, surname in SourceRecord.objects.filter(pk__in=whose).values_list("pk", "surname"):
        names[whose[record]] |= _some(plain(surname))
    for record, lines, code in Address.objects.filter(record__in=whose).values_list("record_id", "lines", "postcode"):
        codes[whose[record]] |= _some(plain(code))
        streets[whose[record]] |= _some(street(lines, code))
    return {p: About(frozenset(names[p]), frozenset(codes[p]), frozenset(streets[p])) for p in linked}


def _some(text: str) -> frozenset[str]:
    return frozenset({text} if text else ())
