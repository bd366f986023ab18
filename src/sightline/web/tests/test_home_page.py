"""The first page: what it offers each post, and of those whom somebody was lately involved with only whom they may read now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from cast import Member, involve, make_member, seal
from scenes import Boy
from screens import search, signed_in, text
from sightline.access.models import AccessEntry
from sightline.access.policy import table
from sightline.access.roles import roles

pytestmark = pytest.mark.django_db
SEARCH, GUARDS, KEEPS, REGRADES, FILES = (
    *("Who is it about?", "Reviewing access", "Retention: what is due for review"),
    *("Low grades set under pressure", "Files of records"),
)
OFFERED: dict[tuple[str, str], set[str]] = {
    ("call_handler", "police"): {SEARCH, FILES},
    ("practitioner", "health"): {FILES},
    ("supervisor", "social_care"): {REGRADES, FILES},
    ("data_guardian", "hub"): {GUARDS, KEEPS, FILES},
    ("partner_lead", "social_care"): {KEEPS, FILES},
    ("administrator", "hub"): set(),
}


@pytest.mark.parametrize(("role", "agency"), OFFERED)
def test_a_post_is_offered_what_it_may_do_and_nothing_else(role: str, agency: str) -> None:
    said = text(signed_in(make_member("who", "Some Body", role, agency)).get("/"))
    every = (SEARCH, GUARDS, KEEPS, REGRADES, FILES)
    assert {offered for offered in every if offered in said} == OFFERED[role, agency]


def test_a_post_that_does_not_search_is_given_no_form_to_search_with(ext: Member, call_handler: Member) -> None:
    told, form = "Your post does not search at first contact", 'name="reason"'
    for member, searches in ((ext, False), (call_handler, True)):
        page = signed_in(member).get("/first-contact/")
        assert (told not in text(page), form in page.content.decode()) == (searches, searches)


@pytest.fixture
def opens_no_contact(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A partnership whose call handlers search, and leave it to others to open a contact."""
    monkeypatch.setitem(table()["rights"], "call_handler", ["read_when_involved", "search_at_first_contact"])
    roles.cache_clear()
    yield
    roles.cache_clear()


def test_an_answer_offers_a_contact_to_whoever_opens_one(scene: Boy, call_handler: Member) -> None:
    assert "Open a contact" in text(search(signed_in(call_handler)))


def test_an_answer_offers_no_contact_to_whoever_opens_none(
    opens_no_contact: None, scene: Boy, call_handler: Member
) -> None:
    said = text(search(signed_in(call_handler)))
    assert "Mohammed Ali Hussein" in said and "Open a contact" not in said


@pytest.mark.requirement("IS-03")
def test_whom_somebody_was_lately_involved_with_is_named_and_the_look_is_written_down(
    scene: Boy, social_worker: Member
) -> None:
    involve(social_worker, scene.boy, at=timezone.now())
    assert "Mohammed Ali Hussein" in text(signed_in(social_worker).get("/"))
    assert AccessEntry.objects.filter(note="home", people=[scene.boy], user_id=social_worker.user.pk).exists()


@pytest.mark.requirement("IS-05")
def test_somebody_who_was_sealed_since_is_not_among_them(scene: Boy, social_worker: Member) -> None:
    involve(social_worker, scene.boy, scene.mother, at=timezone.now())
    seal(scene.boy)
    page = signed_in(social_worker).get("/")
    said = text(page)
    assert page.status_code == 200 and "Layla Hussein" in said and "Mohammed" not in said
