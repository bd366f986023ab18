"""What reviewers of access read: emergency openings, the looks of a user, and the queue of unusual looks. Each is itself a look, written down.

Ids and names of fields, never a value about a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet

from sightline.access import breakglass, gate
from sightline.access.log import Action, write
from sightline.access.models import AccessEntry, BreakGlass, Exclusion, LookReview, User
from sightline.access.roles import May, role_name
from sightline.access.spans import live_at
from sightline.access.staff import watched_by
from sightline.access.transparency.dating import written_apart
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local, say_date, say_moment
from sightline.oversight.access_review.clocks import REVIEWED
from sightline.oversight.access_review.looks import about_people, about_users, looks_of
from sightline.oversight.access_review.rules import Scored, queue, weights_on

A_PAGE = 25
MOST = 200
GIVEN = ("consultation", "search", "export", "disclosure", "list", "break_glass", "alteration", "combination")


@dataclass(frozen=True)
class Notice:
    """What is told at once of an emergency opening: no word of whose record it is."""

    opening: int
    at: datetime
    role: str
    agency: str
    conflict: bool
    found: bool
    review_by: str
    overdue: bool
    outcome: str
    mine: bool  # the viewer reviews it


class Reviewing:
    """By when openings are reviewed, at one moment. The limits are read once, and only where there is an opening to ask about."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @cached_property
    def _limits(self) -> Limits:
        return limits()

    def by(self, row: BreakGlass) -> datetime:
        """By when an opening is reviewed: by the limit emergency.review from when it was made."""
        return self._limits.due(REVIEWED.name, row.from_at)

    def overdue(self, row: BreakGlass) -> bool:
        """Whether nobody has reviewed it in time."""
        return row.reviewed_at is None and self.by(row) <= self.at


def by_when(moment: datetime) -> str:
    """As one says it: `the end of 26 November 2026` for midnight, else the moment."""
    at = local(moment)
    whole_days = (at.hour, at.minute) == (0, 0)
    return f"the end of {say_date((at - timedelta(days=1)).date())}" if whole_days else say_moment(moment)


def _notice(row: BreakGlass, reviewing: Reviewing, *, mine: bool) -> Notice:
    return Notice(
        row.pk, row.from_at, role_name(row.post.role), row.post.agency.name, row.conflict, row.person_id is not None,
        by_when(reviewing.by(row)), reviewing.overdue(row), breakglass.OUTCOMES.get(row.outcome, ""), mine,
    )  # fmt: skip


def notices(viewer: Viewer) -> tuple[Notice, ...]:
    """What this viewer is told of emergency openings: those they review, conflicts first, then the overdue; then those of records of theirs."""
    reviewing = Reviewing(viewer.at)
    waiting = breakglass.to_review(viewer, reviewing.overdue)
    theirs = {row.pk for row in waiting}
    own = [row for row in breakglass.told_to(viewer) if row.pk not in theirs]
    found = [_notice(row, reviewing, mine=True) for row in waiting]
    found += [_notice(row, reviewing, mine=False) for row in own]
    if found:
        write(viewer, Action.LIST, fields=("emergency_openings",), note="notices of emergency openings")
    return tuple(found)


@dataclass(frozen=True)
class Entry:
    """One line of the log as a reviewer reads it; `written` where it was written down at another time than it says."""

    entry: int
    at: datetime
    written: datetime | None
    role: str
    agency: str
    action: str
    outcome: str
    reason: str
    route: str
    people: tuple[int, ...]
    fields: tuple[str, ...]


def _entry(e: AccessEntry, *, people: bool = True) -> Entry:
    named = tuple(e.people) if people else ()
    apart = written_apart(e.at, e.written_at)
    return Entry(e.pk, e.at, apart, e.role, e.agency, e.action, e.outcome, e.reason, e.route, named, tuple(e.fields))


@dataclass(frozen=True)
class OpeningPage:
    """One emergency opening: who, why, when, who was told, what they then looked at of that person, and what the review found."""

    row: BreakGlass
    who: str
    role: str
    review_by: str
    overdue: bool
    told: tuple[str, ...]
    looks: tuple[Entry, ...]
    outcome: str
    reviewed_by: str


def opening_page(viewer: Viewer, number: int) -> OpeningPage:
    """One opening, for whoever reviews it or did. Raises NotFound for everybody else, the refusal written down."""
    reviewing = Reviewing(viewer.at)
    row = breakglass.opening(viewer, number, reviewing.overdue)
    about = [row.person_id] if row.person_id is not None else []
    write(
        viewer, Action.CONSULTATION, people=about, fields=("access_log", "emergency_opening"), note=f"opening {row.pk}"
    )
    entries = AccessEntry.objects.filter(
        user_id=row.user_id, people__overlap=about, at__gte=row.from_at, at__lt=row.until_at
    )
    names = {u.pk: str(u) for u in User.objects.filter(pk__in=row.told)}
    return OpeningPage(
        row, str(row.user), role_name(row.post.role), by_when(reviewing.by(row)), reviewing.overdue(row),
        tuple(names[u] for u in row.told if u in names), tuple(_entry(e) for e in entries.order_by("at", "pk")[:MOST]),
        breakglass.OUTCOMES.get(row.outcome, ""), str(row.reviewed_by or ""),
    )  # fmt: skip


def waiting_and_done(viewer: Viewer) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """The openings that wait for this viewer's review, and those that they have reviewed."""
    reviewing = Reviewing(viewer.at)
    waiting = breakglass.to_review(viewer, reviewing.overdue)
    write(viewer, Action.LIST, fields=("emergency_openings",), note="emergency openings to review")
    waits, done = (
        tuple(_notice(row, reviewing, mine=True) for row in rows) for rows in (waiting, breakglass.reviewed(viewer))
    )
    return waits, done


@dataclass(frozen=True)
class UserPage:
    """What somebody who signs in looked at, newest first; `more` is whether there is still more than is shown."""

    user: int
    name: str
    entries: tuple[Entry, ...]
    page: int
    more: bool


def barred_from(viewer: Viewer) -> set[int]:
    """The people from whom a conflict of interest keeps this viewer: what others did about them is for another reviewer."""
    return set(
        Exclusion.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0).values_list("person_id", flat=True)
    )


def user_page(viewer: Viewer, user: int, *, page: int = 1) -> UserPage:
    """What a user looked at, for a data guardian of their agency. Raises NotFound for another's, and for nobody, in the same words."""
    gate.require(viewer, May.REVIEW_ACCESS)
    who = User.objects.filter(pk=user).first()
    if who is None or user not in watched_by(viewer):
        gate.refuse(viewer, note=f"what user {user} looked at")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.CONSULTATION, fields=("access_log",), note=f"what user {user} looked at")
    held = _less_barred(AccessEntry.objects.filter(user_id=user), barred_from(viewer))
    return _user_page(who, held, page, refused_people=True)


def _less_barred(held: QuerySet[AccessEntry], barred: set[int]) -> QuerySet[AccessEntry]:
    """Without every line of a request that was about one of these people, or was refused them."""
    if not barred:
        return held
    theirs = held.filter(people__overlap=sorted(barred))
    left = held.exclude(pk__in=theirs.values("pk")).exclude(
        request_ref__in=theirs.exclude(request_ref="").values("request_ref")
    )
    for person in barred:
        left = left.exclude(route__contains=f"/person/{person}/")
    return left


def my_looks(viewer: Viewer, *, page: int = 1) -> UserPage:
    """What the viewer looked at themselves. Of what was refused it says only what was asked for: not whether anybody is there."""
    who = User.objects.get(pk=viewer.user_id or 0)
    write(viewer, Action.LIST, fields=("access_log",), note="what I looked at")
    return _user_page(who, AccessEntry.objects.filter(user_id=viewer.user_id), page, refused_people=False)


def _user_page(who: User, held: QuerySet[AccessEntry], page: int, *, refused_people: bool) -> UserPage:
    first = (max(1, page) - 1) * A_PAGE
    rows = list(held.order_by("-at", "-pk")[first : first + A_PAGE + 1])
    entries = tuple(_entry(e, people=refused_people or e.outcome == "given") for e in rows[:A_PAGE])
    return UserPage(who.pk, str(who), entries, max(1, page), len(rows) > A_PAGE)


@dataclass(frozen=True)
class QueuedLook:
    """A look in the queue, with whose it was."""

    scored: Scored
    who: str
    role: str


def review_queue(viewer: Viewer) -> tuple[QueuedLook, ...]:
    """Looks to review, the most unusual first, then those drawn at random. For data guardians; never their own looks.

    Raises NotPermitted for other posts. Worked out from the log each time it is asked.
    """
    gate.require(viewer, May.REVIEW_ACCESS)
    write(viewer, Action.CONSULTATION, fields=("access_log",), note="looks to review")
    found = _scored(viewer)
    done = set(LookReview.objects.filter(entry_id__in=[s.look.entry for s in found]).values_list("entry_id", flat=True))
    waiting = [s for s in found if s.look.entry not in done]
    names = {u.pk: str(u) for u in User.objects.filter(pk__in={s.look.user for s in waiting})}
    return tuple(QueuedLook(s, names.get(s.look.user, ""), role_name(s.look.role)) for s in waiting)


def _scored(viewer: Viewer) -> tuple[Scored, ...]:
    users, since = watched_by(viewer), viewer.at - timedelta(days=weights_on(local(viewer.at).date()).looks_back_days)
    barred, looks = barred_from(viewer), looks_of(users, since=since, until=viewer.at)
    own = about_users(users)
    watched = {p for look in looks for p in look.people}
    near = {p for look in looks if own[look.user].postcodes or own[look.user].streets for p in look.people}
    found = queue(looks, own, about_people(watched, living=near))
    return tuple(s for s in found if not s.look.people & barred)


@dataclass(frozen=True)
class LookPage:
    """One look: its reasons and all the log's lines of that request."""

    look: QueuedLook
    entries: tuple[Entry, ...]
    review: LookReview | None


def look_page(viewer: Viewer, number: int) -> LookPage:
    """One look of the queue, or one reviewed. Raises NotFound for any other, NotPermitted for posts that review no access."""
    gate.require(viewer, May.REVIEW_ACCESS)
    scored = next((s for s in _scored(viewer) if s.look.entry == number), None)
    if scored is None:
        gate.refuse(viewer, note=f"look {number}")
        raise NotFound(gate.NOT_FOUND)
    write(viewer, Action.CONSULTATION, people=scored.look.people, fields=("access_log",), note=f"look {number}")
    first = AccessEntry.objects.get(pk=number)
    rows = _lines_of(scored, first)
    barred = barred_from(viewer)
    who = User.objects.get(pk=first.user_id or 0)
    return LookPage(
        QueuedLook(scored, str(who), role_name(scored.look.role)),
        tuple(_entry(e) for e in rows if not barred & set(e.people)),
        LookReview.objects.select_related("reviewed_by").filter(entry_id=number).first(),
    )


def _lines_of(scored: Scored, first: AccessEntry) -> list[AccessEntry]:
    """All the log's lines of the look's request; or of the hour in which so much was refused."""
    theirs = AccessEntry.objects.filter(user_id=first.user_id)
    if scored.look.refused:
        hour = theirs.filter(action="refusal", at__gte=first.at, at__lt=first.at + timedelta(hours=1))
        return list(hour.order_by("at", "pk"))
    of = theirs.filter(request_ref=first.request_ref, at=first.at)
    return list(of.order_by("pk")) if first.request_ref else [first]


def grouped(looks: Iterable[QueuedLook]) -> tuple[tuple[QueuedLook, ...], tuple[QueuedLook, ...]]:
    """Those with a reason, and those drawn at random."""
    of: dict[bool, list[QueuedLook]] = defaultdict(list)
    for look in looks:
        of[look.scored.drawn].append(look)
    return tuple(of[False]), tuple(of[True])
