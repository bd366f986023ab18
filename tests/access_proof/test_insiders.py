"""Those who work with the child see what their agency may, no more; and every look of theirs is in the log."""

from __future__ import annotations

import re
from html import unescape

import pytest

from access_proof.canaries import Canary, Of
from access_proof.routes import REASON, ROUTES, About
from access_proof.stay import Stay, unlogged
from access_proof.world import SYSTEMS
from cast import Member
from sightline.access.policy import Tier, tier
from sightline.agencies.systems import systems

pytestmark = pytest.mark.django_db


def beyond(member: Member, found: frozenset[Canary]) -> set[tuple[str, str, str]]:
    """Values that reached somebody whose agency may not see them. Of a pointer: who somebody is, and standing facts, may."""
    of = {system: tier(member.viewer(), system) for system in SYSTEMS}
    no = {c for c in found if of.get(c.source) is Tier.NO}
    held_back = {c for c in found if of.get(c.source) is Tier.POINTER and c.what is Of.CONTENT}
    return {(of[c.source].value, c.source, c.field) for c in no | held_back}


@pytest.mark.requirement("IS-05", "IS-01")
def test_nothing_said_of_the_sealed_or_the_excluded_reaches_those_who_see_the_family(visit: Stay) -> None:
    assert {
        (*s.where, c.owner, c.field) for s in visit.seen for c in s.shown if c.owner in ("sister", "cousin", "")
    } == set()
    assert len([c for c in visit.shown if c.owner == "child"]) > 30, "and yet they see the child"


@pytest.mark.requirement("IS-01", "JD-11")
def test_what_an_agency_may_not_see_of_a_system_reaches_it_by_no_page(visit: Stay) -> None:
    assert beyond(visit.member, visit.shown) == set()


@pytest.mark.requirement("IS-01")
def test_what_an_agency_may_see_is_there(visit: Stay) -> None:
    full = {system for system in SYSTEMS if tier(visit.member.viewer(), system) is Tier.FULL}
    due = {c for c in visit.scene.aviary.of("child") if c.source in full}
    assert {(c.source, c.field) for c in due - visit.shown} == set()


@pytest.mark.requirement("JD-11", "IS-08")
def test_a_pointer_says_that_something_is_held_and_what_is_not_permitted_says_so(visit: Stay) -> None:
    pages = [s.called for s in visit.seen if s.where == ("person/<number:person>/", "GET")]
    said = " ".join(_text(c.answer.content.decode()) for c in pages if c.aim.person == visit.scene.people["child"])
    for system in SYSTEMS:
        name = re.escape(systems()[system].name)
        match tier(visit.member.viewer(), system):
            case Tier.NO:
                assert re.search(rf"Not permitted \(\d+\)(?:(?!Answered|Down|Late).)*{name}", said), system
            case Tier.POINTER:
                assert re.search(rf"not shown to your agency: ask {name}", said), system
            case _:
                pass


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.requirement("IS-03")
def test_whoever_is_shown_is_named_in_the_log_by_the_same_request(visit: Stay) -> None:
    assert {(*s.where, who) for s in visit.seen for who in unlogged(visit.scene, visit.member, s)} == set()
    assert len([s for s in visit.seen if s.shown]) > 5


@pytest.mark.requirement("IS-03", "IS-01")
def test_the_log_holds_who_in_which_post_and_why(visit: Stay) -> None:
    for s in visit.seen:
        for e in s.entries:
            assert (e.user_id, e.role, e.agency) == (
                visit.member.user.pk,
                visit.member.post.role,
                visit.member.post.agency.key,
            )
            if e.outcome == "given" and e.people and ROUTES[s.called.route].about is About.SEARCH:
                assert e.reason == REASON, s.where
            if e.outcome == "given" and ROUTES[s.called.route].about is About.PERSON:
                assert e.reason in ("works with them", REASON, ""), s.where


def test_no_log_no_address_and_nobody_elses_session_holds_a_value(visit: Stay) -> None:
    found_in = visit.scene.aviary.found_in
    assert found_in(visit.log) == found_in(visit.lines) == found_in(visit.sessions) == frozenset()
    assert {link for s in visit.seen for link in s.links() if found_in(link)} == set()
    assert "'asked'" not in visit.sessions


@pytest.mark.requirement("JD-35")
def test_an_offender_who_lives_there_is_known_at_the_door_and_the_file_is_not(visit: Stay) -> None:
    searches = visit.member.post.role in ("response_officer", "mash_manager")
    answers = [s for s in visit.seen if s.called.route == "first-contact/<slug:token>/" and s.where[1] == "GET"]
    told = [s for s in answers if "Lives there: registered sex offender" in _text(s.called.answer.content.decode())]
    assert bool(told) == searches
    assert not {c for s in told for c in s.shown if c.source == "offender_management" and c.what is Of.CONTENT}
