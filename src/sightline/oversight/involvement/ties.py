"""The ties that work opened, with all that says whether that work goes on: read for many children at once, and decided one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from django.db.models import Q, QuerySet

from sightline.access import gate
from sightline.access.casework import ALLOCATED, WORK
from sightline.access.guardians import GUARDIAN
from sightline.access.models import Involvement, Post
from sightline.access.rota import live_posts
from sightline.access.viewer import Viewer, without_post
from sightline.agencies.models import Agency
from sightline.agencies.succession import agency_now
from sightline.alerts.models import Alert
from sightline.alerts.settings import limits
from sightline.chronology.goes_on import work_of
from sightline.chronology.queries import chronologies
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist, several
from sightline.kernel.discovery import declared
from sightline.kernel.once import reading
from sightline.oversight.involvement.rules import (
    HANDED_ON,
    NO_WORK,
    Holder,
    Tie,
    Told,
    ends_at,
    live,
    over_at,
    told_first,
    wrote,
)
from sightline.people.anchors import records_of

ROUTE = "worker involvement"
NOBODY = without_post(None, at=datetime.max.replace(tzinfo=UTC), route=ROUTE)
Key = tuple[int, int]


@dataclass(frozen=True)
class Owing:
    """What somebody's work list says of a child. `theirs`: something for their name, role or agency, however late.

    `due_at`: of what is nobody's in particular, and so on the list of all who work with the child, when the last of it is due: their work
    until then. Whoever must act on it after that is told by its alert.
    """

    theirs: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True)
class Decided:
    """What becomes of one post's ties to one child: their end, or none any more; and why."""

    person: int
    rows: tuple[Involvement, ...]
    until_at: datetime | None = None
    ends: str = ""

    @property
    def changes(self) -> bool:
        """Whether any of the rows says otherwise now."""
        return any(row.until_at != self.until_at for row in self.rows)


def open_ties(at: datetime) -> QuerySet[Involvement]:
    """Ties by work that have no end of their own, of posts that are held."""
    unended = Q(until_at__isnull=True) | (~Q(ends="") & Q(until_at__gt=at))
    posts = Post.objects.filter(live_posts(at)).exclude(role=GUARDIAN)
    return Involvement.objects.filter(unended, why__in=WORK, from_at__lte=at, post__in=posts)


def next_people(at: datetime, *, after: int, most: int) -> list[int]:
    """The next so many people to whom somebody is tied by work, by number."""
    found = open_ties(at).filter(person_id__gt=after).order_by("person_id").values_list("person_id", flat=True)
    return list(found.distinct()[:most])


def decided(people: Iterable[int], *, at: datetime) -> list[Decided]:
    """What becomes of every such tie to these people, the rows held until the transaction ends."""
    with reading():
        return list(_Facts(people, at).decided())


class _Facts:
    """Everything that is asked of these people at one moment, read once."""

    def __init__(self, people: Iterable[int], at: datetime) -> None:
        asked = sorted(set(people))
        self.at, self.limits = at, limits()
        # Where the records went to somebody else the tie went with them; it is there again when they come back.
        self.people = [p for p, held in records_of(asked).items() if held]
        self.known = {p: c.known_by(at) for p, c in chronologies(self.people).items()}
        self.works = {p: work_of(c, at) for p, c in self.known.items()}
        self.told, self.given = _told(self.people, at), _given(self.people, at)
        self.agencies, self.called = _agencies()
        self.rows = self._rows()

    def _rows(self) -> dict[Key, list[Involvement]]:
        held = open_ties(self.at).filter(person_id__in=self.people).order_by("pk").select_for_update(of=("self",))
        found: dict[Key, list[Involvement]] = defaultdict(list)
        for row in held.select_related("user", "post__agency", "post__team"):
            found[row.post_id, row.person_id].append(row)
        return found

    def decided(self) -> Iterator[Decided]:
        """Those of whom the holder may not know are left as they are: nobody could be told of an end."""
        idle: dict[int, set[int]] = defaultdict(set)
        for key, rows in self.rows.items():
            if self._live(rows):
                yield Decided(key[1], tuple(rows))
            else:
                idle[key[0]].add(key[1])
        for post, people in idle.items():
            viewer = self._viewer(self.rows[post, min(people)][0].post)
            for person, owing in sorted(_owing(viewer, people - gate.hidden(viewer, people)).items()):
                rows = self.rows[post, person]
                goes_on = owing.theirs or (owing.due_at is not None and owing.due_at > self.at)
                yield Decided(person, tuple(rows)) if goes_on else self._end(rows, owing)

    def _live(self, rows: list[Involvement]) -> bool:
        holder, (person, post) = self._holder(rows[0]), (rows[0].person_id, rows[0].post_id)
        told = self.told.get((post, person), Told())
        return live(holder, self._tie(rows), self.works[person], told, self.agencies)

    def _end(self, rows: list[Involvement], owing: Owing) -> Decided:
        """An end once set comes no nearer: it goes out where something was done since, and is kept where somebody said why."""
        holder, tie, person = self._holder(rows[0]), self._tie(rows), rows[0].person_id
        own = (h for h in self.known[person].happenings if wrote(holder, h))
        told = self.told.get((rows[0].post_id, person), Told())
        over = over_at(holder, tie, self.works[person], told, own, self.agencies)
        over = max(over, owing.due_at) if owing.due_at and tie.handed_at is None else over
        ends, newest = ends_at(tie, over, self.limits), rows[-1]
        until = [row.until_at for row in rows if row.until_at is not None]
        if len(until) < len(rows):
            ends = told_first(ends, self.limits, self.at)
        elif ends <= max(until):
            return Decided(person, tuple(rows), max(until), newest.ends)
        handed = tie.handed_at is not None and over <= tie.handed_at
        return Decided(person, tuple(rows), ends, HANDED_ON if handed else NO_WORK)

    def _tie(self, rows: list[Involvement]) -> Tie:
        since, post = max(row.from_at for row in rows), rows[0].post
        had = any(row.why == ALLOCATED for row in rows)
        handed = [
            at for to, team, by, at in self.given.get(rows[0].person_id, ())
            if at > since and to != post.pk and (by == post.pk or (had and team is not None and team == post.team_id))
        ]  # fmt: skip
        return Tie(since, max(handed, default=None))

    def _holder(self, row: Involvement) -> Holder:
        post = row.post
        names = self.called.get(post.agency_id, frozenset())
        return Holder(post.pk, row.user_id, str(row.user), names, post.team.key if post.team else "")

    def _viewer(self, post: Post) -> Viewer:
        return Viewer(post.user_id, str(post.user), post.role, post.agency.key, post.pk, post.team_id, self.at, ROUTE,
                      agency_kind=post.agency.kind)  # fmt: skip


def _owing(viewer: Viewer, people: set[int]) -> dict[int, Owing]:
    """What stands on this viewer's own work list about each of these people, as the list itself would say it."""
    found = {person: Owing() for person in people}
    for person, chronology in several(viewer, people).items():
        rows = _rows_of(viewer, chronology)
        anybodys = _rows_of(replace(NOBODY, at=viewer.at), chronology) if rows else {}
        due = max((at for key, at in rows.items() if key in anybodys and at), default=None)
        found[person] = Owing(bool(rows.keys() - anybodys.keys()), due)
    return found


@cache
def _lists() -> tuple[Callable[[Viewer, Chronology, datetime], Iterable[Owed]], ...]:
    return tuple(w.of for w in declared("panels", Worklist) if w.of)


def _rows_of(viewer: Viewer, chronology: Chronology) -> dict[tuple[str, str], datetime | None]:
    return {(o.title, o.href): o.due_at for of in _lists() for o in of(viewer, chronology, viewer.at) if not o.others}


def _told(people: list[int], at: datetime) -> dict[Key, Told]:
    about = Alert.objects.filter(Q(subject_id__in=people) | Q(concerns__overlap=people), first_at__lte=at)
    rows = about.values_list("subject_id", "concerns", "cleared_at", "told__posts")
    found: dict[Key, Told] = {}
    for subject, concerns, cleared, posts in rows:
        stands = cleared is None or cleared > at
        for key in {(post, p) for p in {subject, *concerns} for post in posts or ()}:
            had = found.get(key, Told())
            newest = max((c for c in (had.cleared_at, None if stands else cleared) if c), default=None)
            found[key] = Told(had.stands or stands, newest)
    return found


def _given(people: list[int], at: datetime) -> Mapping[int, list[tuple[int, int | None, int, datetime]]]:
    """Every handing-on: to whom, of which team, by whom, when."""
    handed = Involvement.objects.filter(person_id__in=people, given_by__isnull=False, from_at__lte=at)
    found: dict[int, list[tuple[int, int | None, int, datetime]]] = defaultdict(list)
    for person, *of in handed.values_list("person_id", "post_id", "post__team_id", "given_by", "from_at"):
        found[person].append(tuple(of))  # type: ignore[arg-type]
    return found


def _agencies() -> tuple[frozenset[str], Mapping[int, frozenset[str]]]:
    """What entries may call any organisation by, and each of today's: its own key, name and kind, and those of whom it came after."""
    rows = list(Agency.objects.select_related("succeeded_by"))
    called: dict[int, set[str]] = defaultdict(set)
    for agency in rows:
        names = {agency.key, agency.name, agency.kind}
        called[agency.pk] |= names
        called[agency_now(agency).pk] |= names
    return frozenset(n for held in called.values() for n in held), {pk: frozenset(n) for pk, n in called.items()}
