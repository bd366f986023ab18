"""Roles, agencies, relations and states against every route and method: what the policy table gives is there, and nothing else is.

Each route is asked by the methods that it has and by one that it has not. Every relation and state meets every route, method and role; beyond
that a sample. In full with SIGHTLINE_ORACLE=full: every role in every kind of agency, 400,000 answers.
"""

from __future__ import annotations

import pytest

from access_proof.routes import METHODS, ROUTES, About
from oracle.drive import asked_by
from oracle.driving import Driven, drive, faults_of, met_in_full
from oracle.extent import HALF, PART, PARTS
from oracle.judge import Judge
from oracle.people import RELATIONS, STATES
from oracle.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def driven(held: Scene, judge: Judge) -> Driven:
    """The first half of all calls, made once."""
    return drive(held, judge, 0)


@pytest.mark.requirement("IS-01", "IS-05", "JD-11", "RF-19")
def test_nothing_is_shown_that_the_table_does_not_give(driven: Driven) -> None:
    assert faults_of(driven.faults, "shown") + faults_of(driven.faults, "taken") == []
    assert driven.showing > 50 // PARTS, "and yet values are shown"


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
    assert len(driven.made) >= HALF
    wanted = held.eyes if PART == 1 else driven.eyes
    assert driven.viewers == {(e.viewer.role, e.viewer.agency) for e in wanted}, "in pairs, everybody"
    met_in_full(held, driven, 0)


@pytest.mark.skipif(PART > 1, reason="of the first part, in which everybody meets everything once")
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
    roles = {e.viewer.role for e in driven.eyes}
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
