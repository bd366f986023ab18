"""What the log, the posts and the records say, as the rules of unusual looks take it. Reads below the gate: for queries that wrote the look down."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sightline.access import wall
from sightline.access.models import AccessEntry, Involvement, OnDuty, Post, User
from sightline.access.staff import declared_by
from sightline.kernel.moments import local
from sightline.oversight.access_review.rules import About, Look, plain, street, surnames_in, weights_on
from sightline.people.anchors import records_of
from sightline.people.models import Address, SourceRecord
from sightline.people.premises import premises_key

LOOKS = ("consultation", "search", "export", "disclosure")
AROUND = (
    "around a person",
    "household at first contact",
    "place",
    "may be the same",
)  # shown along with whom was opened
BY_SEARCH = "first_contact"
COMES_OF_A_CALL = ("contact.", "concern.", "incident.", "missing.", "scene.", "referral.")  # kinds of entry
AN_HOUR = timedelta(hours=1)
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
    given = [
        Look(
            r.entry, r.at, r.user, r.role, frozenset(r.people), frozenset(r.opened),
            frozenset(p for p in r.opened if involved.at(r.user, p, r.at)), turns.off(r.user, r.at), r.draw,
            frozenset(p for p in r.opened if involved.by_search(r.user, p, r.at)),
        )
        for r in held.values()
    ]  # fmt: skip
    return sorted([*given, *_refusals(users, since, until)], key=lambda look: (look.at, look.entry))


def _refusals(users: Iterable[int], since: datetime, until: datetime) -> Iterable[Look]:
    """Where a user was refused often within an hour: one look for all of them, by the first."""
    rows = AccessEntry.objects.filter(user_id__in=list(users), at__gt=since, at__lte=until, action="refusal")
    bursts: list[_Request] = []
    asked: dict[int, set[str]] = {}
    for pk, at, user, role, people, ref, salt in (
        rows.order_by("user_id", "at", "pk")
        .values_list("pk", "at", "user_id", "role", "people", "request_ref", "salt")
        .iterator()
    ):
        if not bursts or bursts[-1].user != user or at - bursts[-1].at >= AN_HOUR:
            bursts.append(_Request(pk, at, user or 0, role, str(salt)))
        bursts[-1].people |= set(people)
        asked.setdefault(bursts[-1].entry, set()).add(ref or str(pk))
    for r in bursts:
        if (times := len(asked[r.entry])) >= weights_on(local(r.at).date()).refusals_from:
            nobody: frozenset[int] = frozenset()
            yield Look(r.entry, r.at, r.user, r.role, frozenset(r.people), nobody, nobody, draw=r.draw, refused=times)


class _Involved:
    """Who was involved with whom, at any moment; and whom nothing but a search of their own had opened to them."""

    def __init__(self, requests: Iterable[_Request]) -> None:
        pairs: dict[int, set[int]] = defaultdict(set)
        asked = list(requests)
        for r in asked:
            pairs[r.user] |= r.opened
        self._held: dict[tuple[int, int], list[tuple[datetime, datetime | None]]] = defaultdict(list)
        self._searched: dict[tuple[int, int], list[tuple[datetime, datetime | None]]] = defaultdict(list)
        came_of_it = _CameOfIt(pairs, min((r.at for r in asked), default=None))
        for user, people in pairs.items():
            rows = Involvement.objects.filter(user_id=user, person_id__in=people)
            for person, began, ended, why in rows.values_list("person_id", "from_at", "until_at", "why"):
                alone = why == BY_SEARCH and not came_of_it.about(user, began)
                (self._searched if alone else self._held)[user, person].append((began, ended))

    def at(self, user: int, person: int, at: datetime) -> bool:
        """Whether an involvement was live, other than by a search of which nothing came."""
        return _live(self._held.get((user, person), ()), at)

    def by_search(self, user: int, person: int, at: datetime) -> bool:
        """Whether nothing but such a search had opened this person."""
        return _live(self._searched.get((user, person), ()), at) and not self.at(user, person, at)


def _live(spans: Iterable[tuple[datetime, datetime | None]], at: datetime) -> bool:
    return any(b <= at and (e is None or at < e) for b, e in spans)


class _CameOfIt:
    """Whether the user has recorded a contact, a concern or an incident about anybody of a search since it was made."""

    def __init__(self, users: Iterable[int], since: datetime | None) -> None:
        self._searches: dict[tuple[int, datetime], set[int]] = defaultdict(set)
        lasting = {} if since is None else {"until_at__gt": since}
        searches = Involvement.objects.filter(user_id__in=list(users), why=BY_SEARCH, **lasting)
        for user, began, person in searches.values_list("user_id", "from_at", "person_id"):
            self._searches[user, began].add(person)
        self._recorded: dict[int, list[tuple[datetime, set[int]]]] = defaultdict(list)
        first = min((began for _, began in self._searches), default=None)
        written = (
            AccessEntry.objects.filter(user_id__in=list(users), action="collection", at__gte=first) if first else ()
        )
        for entry in written:
            if entry.user_id and any(f.startswith(COMES_OF_A_CALL) for f in entry.fields):
                self._recorded[entry.user_id].append((entry.at, set(entry.people)))

    def about(self, user: int, began: datetime) -> bool:
        """As the class says, of the search at a moment."""
        shown = self._searches.get((user, began), set())
        return any(at >= began and people & shown for at, people in self._recorded.get(user, ()))


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
    """What users have declared, and the surname that their account's name says, as it is compared."""
    asked = set(users)
    declared = declared_by(asked)
    found = {u.pk: About(surnames_in(u.name) | _some(plain(u.last_name))) for u in User.objects.filter(pk__in=asked)}
    for user, d in declared.items():
        homes = _home(d.lines, d.postcode)
        surnames = found[user].surnames | _some(plain(d.surname))
        found[user] = About(surnames, _some(plain(d.postcode)), _some(street(d.lines, d.postcode)), homes)
    return found


@wall.working()
def about_people(people: Iterable[int], *, living: Iterable[int] | None = None) -> dict[int, About]:
    """Surnames, postcodes, streets and homes of people, from every record and at any time; where they lived of `living` alone, if given."""
    linked = records_of(people)
    whose = {record: person for person, held in linked.items() for record in held}
    asked = set(linked if living is None else living)
    names: dict[int, set[str]] = defaultdict(set)
    codes: dict[int, set[str]] = defaultdict(set)
    streets: dict[int, set[str]] = defaultdict(set)
    homes: dict[int, set[int]] = defaultdict(set)
    for record, surname in SourceRecord.objects.filter(pk__in=whose).values_list("pk", "surname"):
        names[whose[record]] |= _some(plain(surname))
    lived = Address.objects.filter(record__in=[record for record, person in whose.items() if person in asked])
    for record, lines, code in lived.values_list("record_id", "lines", "postcode"):
        codes[whose[record]] |= _some(plain(code))
        streets[whose[record]] |= _some(street(lines, code))
        homes[whose[record]] |= _home(lines, code)
    return {
        p: About(frozenset(names[p]), frozenset(codes[p]), frozenset(streets[p]), frozenset(homes[p])) for p in linked
    }


def _home(lines: str, postcode: str) -> frozenset[int]:
    """The house that an address names; none where it names no number."""
    whole = any(c.isdigit() for c in lines) and postcode
    return frozenset({premises_key(lines, postcode)} if whole else ())


def _some(text: str) -> frozenset[str]:
    return frozenset({text} if text else ())
