"""Whom an alert reaches: the holder of the role who has the child, else whoever the record names, else the district's team on duty, else all.

Worked out from facts each time it is asked, so that posts, turns of duty and children may change hands. Reads below the gate: it shows nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sightline.access.models import Exclusion, Involvement, Post
from sightline.access.roles import roles
from sightline.access.rota import live_posts, on_duty
from sightline.access.spans import HAS, live_at
from sightline.agencies.systems import systems
from sightline.alerts.models import Alert
from sightline.alerts.shown import people_of
from sightline.chronology.models import Event, EventPerson
from sightline.people.anchors import records_of
from sightline.people.models import Address

ONLY_FROM_FACTS = ("practitioner",)  # so many hold it that it is nobody's unless the child is theirs
NEARBY = ("supervisor", "case_owner", "action_owner_supervisor", "practitioner")  # of the agency whose record it is
# Relative roles: in which entries about the child the record names whoever it is, or whoever they supervise.
NAMED = {
    "designated_officer_police": {"protection.designated": "officer"},
    "offender_manager": {"offender.visited": "by"},
    "meeting_chair": {"meeting.held": "by", "conference.held": "by", "strategy.held": "by"},
    "case_owner": {"plan.started": "by", "assessment.started": "by", "enquiry.started": "by"},
}
SUPERVISED = {
    "detective_sergeant": {"investigation.allocated": "officer"},
    "detective_inspector": {"investigation.allocated": "officer"},
    "offender_manager_supervisor": {"offender.visited": "by"},
    "action_owner_supervisor": {"action.set": "owner"},
    "supervisor": {},
}


class How(StrEnum):
    """By what an alert found whom it reaches."""

    HAS = "has this child"
    NAMED = "named in the record"
    SUPERVISES = "supervises who has this child"
    DISTRICT = "on duty where the child lives"
    POST = "on duty in this post"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Reached:
    """The posts that an alert reaches in one role, and how it found them."""

    how: How
    posts: frozenset[int]


@dataclass(frozen=True)
class _Holder:
    post: int
    user: int
    names: frozenset[str]
    team: int | None
    areas: frozenset[str]
    kind: str


class Reach:
    """Whom these alerts reach in one role at a moment."""

    def __init__(self, role: str, alerts: Iterable[Alert], at: datetime) -> None:
        self.role, self.at, self.alerts = role, at, list(alerts)
        self._holders = _holders(role, at)
        self._people = {p for a in self.alerts for p in people_of(a)} if self._holders else set()
        self._barred = _barred({h.user for h in self._holders}, self._people, at) if self._people else set()
        self._single = len(self._holders) == 1 and role not in ONLY_FROM_FACTS
        if self._holders and not self._single:
            self._load()

    def _load(self) -> None:
        subjects = {a.subject_id for a in self.alerts}
        self._duty = on_duty({h.post for h in self._holders}, at=self.at)
        self._having = _having(self._people, self.at)
        self._district = _districts(subjects, self.at) if any(h.areas for h in self._holders) else {}
        kinds = NAMED.get(self.role) or SUPERVISED.get(self.role) or {}
        self._said = _said(subjects, kinds, self.at) if kinds else {}
        rests = self.role in (*NEARBY, "supervisor")
        self._causes = _causes(self.alerts) if rests else {}
        names = {n for held in self._said.values() for n in held} | {by for by, _ in self._causes.values()}
        users = {u for held in self._having.values() for u in held}
        self._teams = _teams(names, users, self.at) if self.role in SUPERVISED else {}

    def of(self, alert: Alert) -> Reached:
        """Whom one of them reaches. Somebody excluded from the child it is named for is passed over."""
        pool = [h for h in self._holders if (h.user, alert.subject_id) not in self._barred]
        if self._single or not pool:
            return _reached(How.POST, pool)
        for person in people_of(alert):
            if found := [h for h in pool if h.user in self._having.get(person, ())]:
                return _reached(How.HAS, found)
        if relative := self._relative(alert, pool):
            return relative
        if self.role in ONLY_FROM_FACTS:
            return _reached(How.POST, [])
        return self._on_duty(alert, self._nearby(alert, pool))

    def _nearby(self, alert: Alert, pool: list[_Holder]) -> list[_Holder]:
        kind = self._causes.get(alert.pk, ("", ""))[1] if self.role in NEARBY else ""
        return [h for h in pool if h.kind == kind] or pool

    def _relative(self, alert: Alert, pool: list[_Holder]) -> Reached | None:
        names = self._said.get(alert.subject_id, set())
        if self.role in SUPERVISED:
            if self.role == "supervisor":
                names = names | {self._causes.get(alert.pk, ("", ""))[0]}
            whose: set[object] = names | self._having.get(alert.subject_id, set())
            teams = {t for who in whose for t in self._teams.get(who, ())}
            found = [h for h in pool if h.team in teams]
            return _reached(How.SUPERVISES, self._turn(found)) if found else None
        found = [h for h in pool if h.names & names]
        return _reached(How.NAMED, found) if found else None

    def _on_duty(self, alert: Alert, pool: list[_Holder]) -> Reached:
        district = self._district.get(alert.subject_id, "")
        there = [h for h in pool if district and district in h.areas]
        return _reached(How.DISTRICT, self._turn(there)) if there else _reached(How.POST, self._turn(pool))

    def _turn(self, pool: list[_Holder]) -> list[_Holder]:
        """Of each team those whose turn it is; all of a team that has nobody on duty, so that nothing waits for a rota."""
        turning = {h.team for h in pool if h.post in self._duty}
        return [h for h in pool if h.post in self._duty or h.team not in turning]


def _reached(how: How, found: Sequence[_Holder]) -> Reached:
    return Reached(how if found else How.NOBODY, frozenset(h.post for h in found))


def _holders(role: str, at: datetime) -> list[_Holder]:
    declared = roles().get(role)
    held = Post.objects.filter(live_posts(at), role=role).select_related("user", "team", "agency").order_by("pk")
    return [
        _Holder(p.pk, p.user_id, _names(p), p.team_id, _areas(p), p.agency.kind)
        for p in held
        if declared and declared.agency in ("any", p.agency.kind)
    ]


def _names(post: Post) -> frozenset[str]:
    return frozenset({post.user.username.casefold(), str(post.user).casefold()})


def _areas(post: Post) -> frozenset[str]:
    return frozenset(post.team.area.upper().replace(",", " ").split()) if post.team else frozenset()


def _barred(users: set[int], people: set[int], at: datetime) -> set[tuple[int, int]]:
    held = Exclusion.objects.filter(live_at(at), user__in=users, person_id__in=people)
    return set(held.values_list("user_id", "person_id"))


def _having(people: set[int], at: datetime) -> dict[int, set[int]]:
    """The users who have each of these people."""
    found: dict[int, set[int]] = defaultdict(set)
    held = Involvement.objects.filter(live_at(at), person_id__in=people, why__in=HAS)
    for person, user in held.values_list("person_id", "user_id"):
        found[person].add(user)
    return found


def _districts(people: set[int], at: datetime) -> dict[int, str]:
    """The postcode district in which each of these people lives, as far as a current address says."""
    whose = {record: person for person, held in records_of(people).items() for record in held}
    said = Address.objects.filter(record__in=whose, since__lte=at).exclude(until__lte=at).exclude(postcode="")
    rows = said.order_by("since", "event_id").values_list("record_id", "postcode")
    return {whose[record]: postcode.upper().split()[0] for record, postcode in rows}


def _said(people: set[int], kinds: dict[str, str], at: datetime) -> dict[int, set[str]]:
    """Whom the newest entry of each kind about these people names."""
    whose = {record: person for person, held in records_of(people).items() for record in held}
    rows = EventPerson.objects.filter(
        record__in=whose, event__kind__in=kinds, event__at__lte=at, event__superseded__isnull=True
    ).order_by("event__at", "event_id")
    newest: dict[tuple[int, str], str] = {}
    for record, kind, by, said in rows.values_list("record_id", "event__kind", "event__by", "event__data"):
        name = by if kinds[kind] == "by" else str(said.get(kinds[kind]) or "")
        newest[whose[record], kind] = name.casefold()
    found: dict[int, set[str]] = defaultdict(set)
    for (person, _), name in newest.items():
        found[person] |= {name} - {""}
    return found


def _causes(alerts: Iterable[Alert]) -> dict[int, tuple[str, str]]:
    """By alert: who recorded its cause, and the kind of agency whose record it is."""
    held = list(alerts)
    rows = Event.objects.filter(pk__in={e for a in held for e in a.rests_on}).values_list("source", "ref", "by")
    by = {f"{source}:{ref}": name.casefold() for source, ref, name in rows}
    owners = {key: system.owner for key, system in systems().items()}
    return {a.pk: (by.get(a.cause, ""), owners.get(a.cause.split(":")[0], "")) for a in held}


def _teams(names: set[str], users: set[int], at: datetime) -> dict[object, set[int]]:
    """The teams of these users and of those called so, by user id and by name."""
    found: dict[object, set[int]] = defaultdict(set)
    for post in Post.objects.filter(live_posts(at), team__isnull=False).select_related("user"):
        for who in (post.user_id, *_names(post)):
            if post.team_id and (who in users or who in names):
                found[who].add(post.team_id)
    return found
