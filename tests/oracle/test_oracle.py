"""Roles, agencies, relations and states against every route and method: what the policy table gives is there, and nothing else is.

Each route is asked by the methods that it has and by one that it has not. Every relation and state meets every route, method and role; beyond
that a sample. In full with SIGHTLINE_ORACLE=full: every role in every kind of agency, 400,000 answers.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from access_proof.routes import METHODS, ROUTES, About
from oracle.drive import Answered, Costs, Plan, Planned, asked_by, in_pairs, made, sample
from oracle.due import KEEN, keen, missing
from oracle.evaluator import reads
from oracle.extent import FIGURES, FULL, SHARES, WANTED
from oracle.judge import Fault, Judge
from oracle.people import RELATIONS, STATES
from oracle.scene import OUTSIDE, Eye, Scene

pytestmark = pytest.mark.django_db


def faults_of(faults: Counter[str], what: str) -> list[str]:
    """Faults of a kind."""
    return [f for f in faults if f.startswith(what)]


@dataclass
class Driven:
    """What came of all the calls."""

    made: set[tuple[str, ...]] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    showing: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    broken: set[tuple[str, str]] = field(default_factory=set)
    viewers: set[tuple[str, str]] = field(default_factory=set)

    def take(self, a: Answered, faults: list[Fault]) -> None:
        """One answer more."""
        self.made.add(a.call.key(a.eye))
        self.viewers.add((a.eye.viewer.role, a.eye.viewer.agency))
        self.statuses[a.status] += 1
        self.showing += bool(a.shown)
        self.faults.update(map(str, faults))
        if a.status >= 500:
            self.broken.add((a.call.pattern, a.call.method))


@pytest.fixture(scope="package")
def driven(held: Scene, judge: Judge) -> Driven:
    """All the calls, made once."""
    done, began = Driven(), time.monotonic()
    held.turned_away = turned_away(held)
    for eye, call in in_pairs(held):
        answered = made(held, eye, call)
        done.take(answered, judge.faults(answered))
    each = -(-(WANTED - len(done.made)) // len(held.eyes))
    for eye in held.eyes:
        for call in sample(held, eye, each, SHARES, costing(held, eye)):
            if call.key(eye) not in done.made:
                answered = made(held, eye, call)
                done.take(answered, judge.faults(answered))
    posts = f"{len(done.made):,} answers to {len(done.viewers)} posts in {time.monotonic() - began:.0f} s"
    figures = f"{posts}: {dict(done.statuses)}; {done.showing:,} show a value, {done.faults.total()} faults"
    FIGURES.append(figures)
    return done


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


@pytest.mark.requirement("IS-01", "IS-05", "JD-11", "RF-19")
def test_nothing_is_shown_that_the_table_does_not_give(driven: Driven) -> None:
    assert faults_of(driven.faults, "shown") == []
    assert driven.showing > 50, "and yet values are shown"


@pytest.mark.requirement("IS-03")
def test_every_look_is_in_the_log(driven: Driven) -> None:
    assert faults_of(driven.faults, "not logged") + faults_of(driven.faults, "refusal not logged") == []


@pytest.mark.requirement("IS-03")
def test_every_line_of_the_log_is_a_look(driven: Driven) -> None:
    assert faults_of(driven.faults, "no look") == []


def test_no_call_breaks_anything(driven: Driven) -> None:
    assert driven.broken == set()


@pytest.mark.requirement("IS-01")
def test_so_many_calls_were_made_and_no_two_alike(driven: Driven, held: Scene) -> None:
    assert len(driven.made) >= WANTED
    assert driven.viewers == {(e.viewer.role, e.viewer.agency) for e in held.eyes}
    if not FULL:
        return
    people = [p for p, route in ROUTES.items() if route.about is About.PERSON]
    cells = [f"{r}-{s}" for r in RELATIONS for s in STATES]
    met = {(a, b) for key in driven.made for a in key for b in key}
    assert {(c, p) for c in cells for p in people} - met == set(), "every relation in every state by every route"
    assert {(e.viewer.role, c) for e in held.eyes for c in cells} - met == set(), "every role in every relation"


@pytest.mark.requirement("IS-01")
def test_everything_that_decides_an_answer_has_met_everything_else(driven: Driven, held: Scene) -> None:
    met: set[tuple[str, str]] = set()
    for role, _, pattern, method, part, _ in driven.made:
        met |= {(pattern, method)}
        if part in held.parts and "-" in part:
            of = (*part.rsplit("-", 1), role, pattern, method)
            met |= {(a, b) for a in of for b in of}
    about = [p for p, route in ROUTES.items() if route.about is About.PERSON]
    methods = {m for p in about for m in METHODS if (p, m) not in held.turned_away}
    roles = {e.viewer.role for e in held.eyes}
    for name, ones, others in (
        ("relation by state", RELATIONS, STATES),
        ("relation by route", RELATIONS, about),
        ("relation by method", RELATIONS, methods),
        ("relation by role", RELATIONS, roles),
        ("state by route", STATES, about),
        ("state by method", STATES, methods),
        ("state by role", STATES, roles),
    ):
        assert {(a, b) for a in ones for b in others} - met == set(), name
    assert {(p, m) for p in ROUTES for m in asked_by(held, p)} - met == set(), "every route by every method that it has"


@pytest.mark.requirement("IS-01", "JD-11")
@pytest.mark.parametrize("part", KEEN)
def test_nothing_is_missing_that_the_table_gives(held: Scene, judge: Judge, part: str) -> None:
    lacking = {(e.name, *what) for e in keen(held, part) for what in missing(held, judge, e, part)}
    assert lacking == set()
