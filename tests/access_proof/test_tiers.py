"""What each agency sees of each system is what the partnership's table says, on every page and in the API."""

from __future__ import annotations

import re
from html import unescape

import pytest

from access_proof.canaries import Canary, Of
from access_proof.stage import INSIDERS, every_page, insider
from access_proof.world import SYSTEMS, World
from cast import Member
from sightline.access.policy import Tier, tier
from sightline.agencies.systems import systems

pytestmark = pytest.mark.django_db


def beyond(scene: World, member: Member, found: set[Canary]) -> set[tuple[str, str, str]]:
    """Values that reached somebody whose agency may not see them."""
    of = {system: tier(member.viewer(), system) for system in SYSTEMS}
    no = {c for c in found if of.get(c.source) is Tier.NO}
    held_back = {c for c in found if of.get(c.source) is Tier.POINTER and c.what is Of.CONTENT}
    return {(of[c.source].value, c.source, c.field) for c in no | held_back}


@pytest.mark.requirement("JD-11", "IS-01", "IS-08")
@pytest.mark.parametrize(("role", "agency"), INSIDERS)
def test_full_is_shown_a_pointer_says_that_something_is_held_and_no_says_not_permitted(
    scene: World, role: str, agency: str
) -> None:
    member = insider(role, agency, scene)
    calls = list(every_page(member, scene))
    found = {x for c in calls for x in scene.aviary.leaks(c.answer) - scene.aviary.found_in(str(c.aim.terms))}
    assert beyond(scene, member, found) == set()
    of = {system: tier(member.viewer(), system) for system in SYSTEMS}
    due = {c for c in scene.aviary.held if of.get(c.source) is Tier.FULL and c.owner == "child"}
    assert {(c.source, c.field) for c in due - found} == set(), "what the agency may see is there"
    page = next(c for c in calls if c.aim.person == scene.people["child"] and c.route == "person/<number:person>/")
    _says_of_each(_text(page.answer.content.decode()), of)


def _says_of_each(said: str, of: dict[str, Tier]) -> None:
    for system, held in of.items():
        name = re.escape(systems()[system].name)
        if held is Tier.NO:
            assert re.search(rf"Not permitted \(\d+\) .*{name} Not permitted for your post", said), system
        if held is Tier.POINTER:
            assert re.search(rf"Something is held\. What it says is not shown to your agency: ask {name}", said), system


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.requirement("JD-35")
def test_a_registered_offender_at_the_address_is_known_at_the_door_and_the_file_is_not(scene: World) -> None:
    member = insider("response_officer", "police", scene)
    calls = [c for c in every_page(member, scene) if c.aim.terms]
    answers = [c for c in calls if scene.people["child"] and b"Orlwen" in c.answer.content]
    assert answers
