"""All calls of a run, made in two halves that two processes share, and what came of them."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from access_proof.routes import METHODS, ROUTES, About
from oracle.drive import Answered, Costs, Plan, Planned, asked_by, in_pairs, made, sample
from oracle.evaluator import reads
from oracle.extent import FULL, HALF, MET, PART, PARTS, SHARES, figure, kept
from oracle.judge import Fault, Judge
from oracle.people import RELATIONS, STATES
from oracle.scene import OUTSIDE, Eye, Scene


def faults_of(faults: Counter[str], what: str) -> list[str]:
    """Faults of a kind."""
    return [f for f in faults if f.startswith(what)]


@dataclass
class Driven:
    """What came of the calls of a half, and who made them."""

    eyes: list[Eye]
    made: set[tuple[str, ...]] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    showing: int = 0
    accepted: set[tuple[str, str, str]] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    broken: set[tuple[str, str]] = field(default_factory=set)
    viewers: set[tuple[str, str]] = field(default_factory=set)

    def take(self, a: Answered, faults: list[Fault]) -> None:
        """One answer more."""
        self.made.add(a.call.key(a.eye))
        self.viewers.add((a.eye.viewer.role, a.eye.viewer.agency))
        self.statuses[a.status] += 1
        self.showing += bool(a.shown)
        if a.accepted:
            self.accepted.add((a.call.pattern, a.eye.name, a.call.part))
        self.faults.update(map(str, faults))
        for fault in faults:
            kept(str(fault))
        if a.status >= 500 or (a.then and a.then.status >= 500):
            self.broken.add((a.call.pattern, a.call.method))


def drive(held: Scene, judge: Judge, half: int) -> Driven:
    """What every other one who looks is asked, in the first half with all calls in pairs besides. No call is in both halves."""
    done, began = Driven(held.eyes[half::2][PART - 1 :: PARTS]), time.monotonic()
    held.turned_away = turned_away(held)
    for eye, call in planned(held, half, done.eyes):
        if call.key(eye) not in done.made:
            answered = made(held, eye, call)
            done.take(answered, judge.faults(answered))
    posts = f"{len(done.made):,} answers to {len(done.viewers)} posts in {time.monotonic() - began:.0f} s"
    came = f"{done.showing:,} show a value, {len(done.accepted)} forms accepted, {done.faults.total()} faults"
    figures = f"part {PART} of {PARTS} of half {half + 1}: {posts}: {dict(done.statuses)}; {came}"
    figure(figures)
    return done


def planned(held: Scene, half: int, eyes: list[Eye]) -> Iterator[tuple[Eye, Planned]]:
    """The calls of a half: those in pairs, and of the rest of each who looks as many as make up what is wanted."""
    pairs = list(in_pairs(held))
    in_first = {call.key(eye) for eye, call in pairs}
    first = [] if PART > 1 else pairs
    begun = first if half == 0 else [(e, call) for e, call in _each_relation(held, eyes) if call.key(e) not in in_first]
    yield from begun
    each = -(-(HALF - len(begun)) // len(eyes))
    for eye in eyes:
        own = sum(key[:2] == (eye.viewer.role, eye.viewer.agency) for key in in_first)
        chosen = sample(held, eye, each + own, SHARES, costing(held, eye))
        yield from ((eye, call) for call in chosen if call.key(eye) not in in_first)


def _each_relation(held: Scene, eyes: list[Eye]) -> Iterator[tuple[Eye, Planned]]:
    """Everybody of these meets every relation, and through them every state, by one route after another."""
    about = [p for p, route in ROUTES.items() if route.about is About.PERSON]
    for i, eye in enumerate(eyes):
        for j, relation in enumerate(RELATIONS):
            pattern, part = about[(5 * i + 3 * j) % len(about)], f"{relation}-{STATES[(i + j) % len(STATES)]}"
            aims = dict(Plan(held, eye).aims(ROUTES[pattern]))
            methods = asked_by(held, pattern)
            yield eye, Planned(pattern, methods[(i + j) % len(methods)], part, aims[part])


def turned_away(held: Scene) -> set[tuple[str, str]]:
    """The routes and methods to which the answer is that there is no such method, whoever asks and whether or not they are signed in."""
    eye = next(e for e in held.eyes if e.viewer.role == OUTSIDE[0])
    plan = Plan(held, eye)
    tried = (Planned(p, m, *plan.aims(route)[-1]) for p, route in ROUTES.items() for m in METHODS)
    return {(c.pattern, c.method) for c in tried if made(held, eye, c).status == 405}


def costing(scene: Scene, eye: Eye) -> Callable[[Planned], Costs]:
    """What each call of one who looks costs, as far as can be known beforehand."""
    viewer = eye.viewer
    read = {name for name, person in scene.people.items() if reads(viewer, person, scene.facts)}
    searches = viewer.may("search_at_first_contact")

    def costs(call: Planned) -> Costs:
        about = call.route.about
        if (call.pattern, call.method) in scene.turned_away:
            return Costs.TURNED_AWAY
        if viewer.role in OUTSIDE[:3]:
            return Costs.REFUSED
        if about in (About.PERSON, About.ALERT) and call.part in scene.people:
            return Costs.READ if call.part in read else Costs.REFUSED
        asked = about in (About.SEARCH, About.PLACE) and searches
        return Costs.READ if asked or about is About.SIGNED_IN else Costs.REFUSED

    return costs


def met_in_full(held: Scene, driven: Driven, half: int) -> None:
    """In full, once the last part is made, every relation in every state is met by every route about a person, and by everybody who looks."""
    if not FULL:
        return
    people = [p for p, route in ROUTES.items() if route.about is About.PERSON]
    cells = {f"{r}-{s}" for r in RELATIONS for s in STATES}
    mine = {(c, x) for key in driven.made for c in {*key} & cells for x in (key[0], key[2])}
    Path(MET.format(half=half, part=PART, parts=PARTS)).write_text(json.dumps(sorted(mine)))
    files = [Path(MET.format(half=half, part=n + 1, parts=PARTS)) for n in range(PARTS)]
    if all(file.exists() for file in files):
        met = {tuple(pair) for file in files for pair in json.loads(file.read_text())}
        assert {(c, p) for c in cells for p in people} - met == set(), "every relation in every state by every route"
        assert {(c, e.viewer.role) for e in held.eyes[half::2] for c in cells} - met == set(), (
            "every role in every relation"
        )
