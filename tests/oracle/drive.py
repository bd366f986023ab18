"""Every call that can be planned, each made once in a transaction of its own that is taken back: no call changes what the next one meets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from access_proof.bodies import BODIES
from access_proof.canaries import Canary, text_of
from access_proof.routes import METHODS, ROUTES, About, Aim, Route
from access_proof.stage import ask
from oracle.people import CENTRE, RELATIONS, STATES
from oracle.posting import BRINGS, NOBODY, accepted, begun_for, body_of, led_to, named_in
from oracle.scene import BETWEEN, NUMBERED, Eye, Scene, searches
from sightline.access.models import AccessEntry
from sightline.pathways.plan.queries.runs import slug_of

ABSENT, NO_SUCH, NOWHERE = 987_654_321, 987_654_321, 123_456_789
PERSON = "person/<number:person>/"
VARIANTS = ("", "?page=2", "?page=3", "?page=4", "?kind=Records", "?kind=Records&page=2", "?order=newest&on=2026-01-01")


# The kind of entry that begins what an address shows; and whose rows are asked for by their own numbers.
BEGUN = (
    ("grades/", "risk.assessed"), ("escalations/", "escalation.raised"), ("discussions/", "strategy.held"),
    ("enquiries/", "enquiry.started"), ("referrals/", "referral.made"), ("contacts/", "contact.received"), ("concerns/", "concern.notified"),
)  # fmt: skip
# An acceptance of these changes who is who or who may see what: where it leads is no page of the scene as it was.
OPENS = {
    "person/<number:person>/restriction/<number:restriction>/lift/", "break-glass/", "break-glass/<slug:token>/", "first-contact/", "contacts/new/",
    "grades/waiting/<number:person>/<number:entry>/", "escalations/agenda/<number:person>/<number:entry>/",
    "contacts/unrecorded/<number:person>/<number:entry>/", "person/<number:person>/records/proposed/<number:proposal>/",
}  # fmt: skip
RUNS = {"conference": "conference.called", "plan": "plan.started"}
NAMED = (
    CENTRE, "told-open", "never-open", "never-restricted", "work-sealed", "barred-open", "ended-open", "emergency-sealed", "barred_opened-open",
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """A call to be made: which route, by which method, aimed at whom or what (`part`: a part of the scene, a search, or nothing).

    `bare`: a POST that brings a reason and no more, where the form would take a body.
    """

    pattern: str
    method: str
    part: str
    aim: Aim
    query: str = ""
    bare: bool = False

    @property
    def route(self) -> Route:
        """What is called."""
        return ROUTES[self.pattern]

    def key(self, eye: Eye) -> tuple[str, ...]:
        """What makes it another call than all others."""
        return (
            eye.viewer.role,
            eye.viewer.agency,
            self.pattern,
            self.method,
            self.part,
            self.query + " bare" * self.bare,
        )

    def rank(self, place: int, of: int) -> tuple[int, int]:
        """Its place in the sample of one who looks, the `place`th `of` so many: every call comes first for one of them."""
        number = _number("|".join((self.pattern, self.method, self.part, self.query + " bare" * self.bare)))
        return (number + place) % of, number


@lru_cache(maxsize=100_000)
def _number(said: str) -> int:
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True)
class Entry:
    """A line of the access log that a call wrote."""

    action: str
    people: frozenset[int]
    fields: tuple[str, ...]
    outcome: str
    user: int | None
    note: str


@dataclass(frozen=True)
class Answered:
    """A call that was made: its status, what it showed beyond what was typed, and what it wrote to the access log."""

    call: Planned
    eye: Eye
    status: int
    text: str
    shown: dict[str, frozenset[Canary]]
    entries: tuple[Entry, ...]
    named: frozenset[int] = frozenset()  # by number, in what was sent
    accepted: bool = False
    made: bool = False  # by it or what led to it, something: and so perhaps somebody who is nobody of the scene
    then: Answered | None = None  # the page to which an acceptance led, asked for by the same person


@dataclass
class Plan:
    """All calls of one who looks."""

    scene: Scene
    eye: Eye
    tokens: dict[str, str] = field(default_factory=dict)

    def calls(self) -> Iterator[Planned]:
        """Every route by each method that it has and by one that it has not, aimed at everybody and everything there is."""
        for pattern, route in ROUTES.items():
            aimed = self.aims(route)
            for method in asked_by(self.scene, pattern):
                queries = VARIANTS if pattern == PERSON and method in ("GET", "HEAD") else ("",)
                yield from (Planned(pattern, method, part, aim, query) for part, aim in aimed for query in queries)
                if method == "POST" and pattern in BODIES:
                    yield from (Planned(pattern, method, part, aim, bare=True) for part, aim in aimed)

    def aims(self, route: Route) -> list[tuple[str, Aim]]:
        """What a route can be aimed at."""
        s = self.scene
        if route.about is About.PERSON:
            held = [(n, self.at(route, n)) for n in s.people]
            return [*held, (NOBODY, Aim(person=ABSENT, entry=NO_SUCH, **self._behind(route)))]
        if route.about is About.PLACE:
            return [*((n, Aim(premises=h)) for n, h in s.homes.items()), (NOBODY, Aim(premises=NOWHERE))]
        if route.about is About.ALERT:
            return [*((n, Aim(alert=a)) for n, a in s.alerts.items()), (NOBODY, Aim(alert=NO_SUCH))]
        if route.about is About.SEARCH:
            return [(str(said), self._search(route, said)) for said in searches(s)]
        if any(f"{{{name}}}" in route.path for name in (*NUMBERED, *BETWEEN)):
            mine = [(n, Aim(**s.numbers[n], **self._behind(route))) for n in NAMED if s.numbers[n]]
            return [*mine, (NOBODY, Aim(**self._behind(route)))]
        if route.about is About.USER:
            users = {"oneself": self.eye.member.user.pk, "the officer": s.officer.user.pk, NOBODY: NO_SUCH}
            return [(name, Aim(user=u)) for name, u in users.items()]
        return [("", Aim(**self._behind(route)))]

    def at(self, route: Route, part: str) -> Aim:
        """Somebody, and of what is about them that which the route shows: its own entry, its own run, its own row."""
        s, kind = self.scene, next((k for path, k in BEGUN if path in route.path), "")
        begun = s.begun.get((part, kind))
        slugs = {c: slug_of(s.begun[part, k].key) for c, k in RUNS.items() if (part, k) in s.begun}
        action = s.begun.get((part, "action.set"), begun)
        of = {"entry": begun.entry if begun else s.entries[part], "action": action.entry if action else 1}
        return Aim(person=s.people[part], **of, **slugs, **s.numbers[part], **self._behind(route))

    def _behind(self, route: Route) -> dict[str, str]:
        if route.body != "json":
            return {}
        return {"key": self.eye.key, "on_behalf_of": self.eye.member.user.username}

    def _search(self, route: Route, said: dict[str, str]) -> Aim:
        aim = Aim(asked=said, **self._behind(route))
        if "{token}" not in route.path or route.path.startswith("break-glass"):
            return aim
        if str(said) not in self.tokens:
            self.tokens[str(said)] = ask(self.eye.client, aim)
        return replace(aim, token=self.tokens[str(said)])


def made(scene: Scene, eye: Eye, call: Planned, *, begin: bool = False) -> Answered:
    """One call; whatever it wrote is read, and then taken back, so that no call meets what another left.

    `begin`: where the form is a step of something, that is begun first, by the same person.
    """
    client = eye.client
    cookies = client.cookies.copy()
    with transaction.atomic():
        aim = begun_for(scene, eye, call.pattern, call.part, call.aim) if begin else call.aim
        last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() if begin else None
        done = _asked(scene, eye, replace(call, aim=aim), last or scene.last_entry)
        transaction.set_rollback(True)
    client.cookies = cookies
    return done


def _asked(scene: Scene, eye: Eye, call: Planned, after: int, before: Answered | None = None) -> Answered:
    written, brings = Written(), call.method in BRINGS and not call.bare
    body = body_of(scene, eye, call.pattern, call.part) if brings else None
    with connection.execute_wrapper(written):
        answer = call.route.call(eye.client, call.method, replace(call.aim, body=body), call.query)
        entries, last = _entries(after) if written.any else ((), after)
    taken = call.method == "POST" and accepted(answer, call.pattern)
    to = led_to(scene, answer) if taken and call.pattern not in OPENS else None
    text = text_of(answer)
    typed = {c for held in scene.cage.sightings(said).values() for c in held} if (said := _typed(call)) else set()
    shown = {said: held for said, held in scene.cage.sightings(text).items() if not held & typed}
    named = named_in(scene, body) | (before.named | {before.call.aim.person} if before else frozenset())
    done = Answered(call, eye, answer.status_code, text, shown, entries, named, taken, made=taken or before is not None)
    return replace(done, then=_asked(scene, eye, Planned(to[0], "GET", *to[1:]), last, done)) if to else done


def _typed(call: Planned) -> str:
    """What of ours the call itself says: terms of a search, the number of an export in its address."""
    number = call.aim.export if "{export}" in call.route.path else ""
    return f"{call.aim.terms or ''} {number}".strip()


class Written:
    """Notices whether anything is written to the access log."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        """Django's execute wrapper."""
        self.any = self.any or "access_accessentry" in str(sql)[:60]
        return execute(sql, params, many, context)


def _entries(after: int) -> tuple[tuple[Entry, ...], int]:
    """What was written since, and the last of it."""
    rows = AccessEntry.objects.filter(pk__gt=after).order_by("pk")
    held = list(rows.values_list("action", "people", "fields", "outcome", "user_id", "note", "pk"))
    found = tuple(Entry(a, frozenset(p), tuple(f), o, u, n) for a, p, f, o, u, n, _ in held)
    return found, held[-1][-1] if held else after


def asked_by(scene: Scene, pattern: str) -> tuple[str, ...]:
    """The methods by which a route is asked: those that it has, and one to which it answers that there is no such method."""
    own = [m for m in METHODS if (pattern, m) not in scene.turned_away]
    others = sorted((m for m in METHODS if m not in own), key=lambda m: _number(f"{pattern}|{m}"))
    return (*own, *others[:1])


def in_pairs(scene: Scene) -> Iterator[tuple[Eye, Planned]]:
    """Calls in which every relation meets every state, every route about a person, every method and everybody who looks; and so does every
    state. Every route is asked by every one of its methods."""
    about = [p for p, route in ROUTES.items() if route.about is About.PERSON]
    for i, pattern in enumerate(about):
        methods = asked_by(scene, pattern)
        for j, relation in enumerate(RELATIONS):
            part = f"{relation}-{STATES[(i + 2 * j) % len(STATES)]}"
            eye = scene.eyes[(i + 5 * j) % len(scene.eyes)]
            aim = Plan(scene, eye).at(ROUTES[pattern], part)
            yield eye, Planned(pattern, methods[(i + j) % len(methods)], part, aim)
    each = [(p, m) for p in ROUTES for m in asked_by(scene, p)]
    for n, (pattern, method) in enumerate(each):
        eye = scene.eyes[7 * n % len(scene.eyes)]
        aims = Plan(scene, eye).aims(ROUTES[pattern])
        part, aim = aims[n % len(aims)]
        yield eye, Planned(pattern, method, part, aim)


def sample(
    scene: Scene, eye: Eye, most: int, shares: Mapping[Costs, int], costs: Callable[[Planned], Costs]
) -> list[Planned]:
    """So many of the calls of one who looks of each cost, wherever they fall; and where more are wanted, of those that cost least."""
    chosen: dict[Costs, list[Planned]] = {c: [] for c in Costs}
    place, of = scene.eyes.index(eye), len(scene.eyes)
    for call in sorted(Plan(scene, eye).calls(), key=lambda c: c.rank(place, of)):
        if (cost := costs(call)) is not Costs.READ or not call.bare:  # of what reads a record, the whole body alone
            chosen[cost].append(call)
    taken = [c for cost, share in shares.items() for c in chosen[cost][:share]]
    rest = [c for cost in (Costs.REFUSED, Costs.TURNED_AWAY, Costs.READ) for c in chosen[cost][shares.get(cost, 0) :]]
    return sorted([*taken, *rest[: max(0, most - len(taken))]], key=lambda c: "sign-out" in c.pattern)


class Costs(IntEnum):
    """What a call costs: turned away before anything is read; refused; or somebody's record read, a hundred times as much."""

    TURNED_AWAY = 0
    REFUSED = 1
    READ = 2
