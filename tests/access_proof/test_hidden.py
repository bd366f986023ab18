"""A sealed child, and one from whom the viewer is excluded, are nowhere: no name, no entry, no count, no dot in a picture."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import transaction

from access_proof.stage import Called, every_page, insider
from access_proof.world import World, world

pytestmark = pytest.mark.django_db
WHO = [("response_officer", "police"), ("data_guardian", "hub")]


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize(("role", "agency"), WHO)
def test_every_page_is_as_if_the_sealed_child_had_never_been_recorded(
    db: None, at: datetime, role: str, agency: str
) -> None:
    without, with_her = _pages(role, agency, at, sister=False), _pages(role, agency, at, sister=True)
    assert without.keys() == with_her.keys()
    unlike = {
        page: _first_difference(without[page], with_her[page]) for page in without if without[page] != with_her[page]
    }
    assert unlike == {}


def _pages(role: str, agency: str, at: datetime, *, sister: bool) -> dict[tuple[str, ...], str]:
    """Every page about those who are not sealed, in a world that is taken back afterwards; our own numbers taken out."""
    with transaction.atomic():
        scene = world(at, sister=sister)
        calls = list(every_page(insider(role, agency, scene), scene))
        names = {str(number): name for name, number in scene.people.items()}
        pages = {(*_named(c, scene), str(n)): _anonymous(c, names) for n, c in enumerate(_comparable(calls, scene))}
        transaction.set_rollback(True)
    return pages


def _comparable(calls: list[Called], scene: World) -> list[Called]:
    return [c for c in calls if c.aim.person != scene.people.get("sister") or not c.aim.person]


def _named(called: Called, scene: World) -> tuple[str, ...]:
    who = next((n for n, p in scene.people.items() if p == called.aim.person), "")
    return (called.route, called.method, who, str(called.aim.premises), str(called.aim.terms or ""))


def _anonymous(called: Called, names: dict[str, str]) -> str:
    text = called.answer.content.decode()
    text = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|first-contact/[\w-]+/|again=[\w-]+|entry-\d+|[A-Z2-7]{32}|data:image/[^"]+',
        "",
        text,
    )
    return re.sub(r'(/person/|person-|Person |"person": ?)(\d+)', lambda m: m[1] + names.get(m[2], "another"), text)


def _first_difference(one: str, other: str) -> tuple[str, str]:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, at - 80) : at + 120], other[max(0, at - 80) : at + 120]
