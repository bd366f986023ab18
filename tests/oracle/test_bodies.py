"""Every form of the house takes what its table of bodies says, from somebody of the scene who may; and whatever is answered then is judged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from access_proof.bodies import BODIES
from access_proof.not_accepted import NOT_ACCEPTED
from access_proof.routes import ROUTES, About
from oracle.drive import Answered, Plan, Planned, made
from oracle.extent import figure
from oracle.judge import Judge
from oracle.scene import Eye, Scene

pytestmark = pytest.mark.django_db
# Who has everything, for what aims at an entry or a run; and who has little, and is quick.
CHILD, THIN = "work-open", "free_again-open"
TAKEN: set[str] = set()


def calls(held: Scene, pattern: str) -> Iterator[tuple[Eye, Planned]]:
    """Those who may send a form, each role in its first agency here, with the form aimed at a child."""
    body, route = BODIES[pattern], ROUTES[pattern]
    part = body.part or (THIN if route.path.count("{") < 2 or body.entry or body.row else CHILD)
    for eye in (e for role in body.by for e in held.of_role(role)[:1]):
        aims = dict(Plan(held, eye).aims(route))
        named = part if part in aims else CHILD if CHILD in aims else next(iter(aims))
        yield eye, Planned(pattern, "POST", named, aims[named])


def sent(held: Scene, pattern: str) -> tuple[Answered | None, list[str]]:
    """The first acceptance, or what each of them was answered instead."""
    refused = []
    for eye, call in calls(held, pattern):
        answer = made(held, eye, call, begin=True)
        if answer.accepted:
            return answer, []
        refused.append(f"{eye.name}: {answer.status}")
    return None, refused


def test_every_route_that_takes_a_form_has_a_body_or_a_reason() -> None:
    takes = {p for p, route in ROUTES.items() if route.body}
    assert takes - BODIES.keys() - NOT_ACCEPTED.keys() == set(), "a body in bodies.py, or why there is none"
    assert (BODIES.keys() | NOT_ACCEPTED.keys()) - takes == set()


@pytest.mark.requirement("IS-01", "IS-03")
@pytest.mark.parametrize("pattern", [p for p in BODIES if p not in NOT_ACCEPTED])
def test_a_form_is_accepted_from_somebody_who_may_and_what_follows_is_judged(
    held: Scene, judge: Judge, pattern: str
) -> None:
    answer, refused = sent(held, pattern)
    assert answer is not None, refused
    TAKEN.add(pattern)
    assert judge.faults(answer) == []
    assert answer.then is None or answer.then.status == 200, "where it leads is there for whoever sent it"


@pytest.mark.parametrize("pattern", [p for p in NOT_ACCEPTED if p in BODIES])
def test_what_is_named_as_not_accepted_is_not(held: Scene, pattern: str) -> None:
    answer, _ = sent(held, pattern)
    assert answer is None, "take it off the list"


def test_how_many_forms_are_accepted_is_said() -> None:
    takes = sum(bool(route.body) for route in ROUTES.values())
    figure(
        f"{len(TAKEN)} of {takes} forms accepted from somebody who may; {len(NOT_ACCEPTED)} named as not, each with why"
    )
    people = [p for p in TAKEN if ROUTES[p].about is About.PERSON]
    assert len(people) > 30
