"""Pages that are seldom seen and must serve on the worst day: no database, a sealed record, nobody meant, a child not yet named, a death."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils import timezone

from cast import entry, feed_viewer, involve, person_of
from scenes import HOME, boys_life
from sightline.access.models import Restriction
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
sizes = pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
REASON = "Mother on the line, worried about her son"


def unnamed_child(at):  # type: ignore[no-untyped-def]
    """A baby at the boy's address whom a call handler was told of and nobody has named; gives the person."""
    baby = ("command_and_control", "baby")
    about = {"subject": [baby]}
    home = {"lines": HOME, "postcode": "ZS5 7AB", "kind": "home"}
    said = [("person.recorded", {"forenames": "", "surname": ""}), ("address.recorded", home)]
    record_many(
        [entry(k, about, source=baby[0], ref=f"baby/{k}", at=at - timedelta(hours=2), data=d) for k, d in said],
        feed_viewer(at=at),
    )
    return person_of(anchored([baby], at=at)[baby])


@pytest.mark.requirement("IS-19")
@sizes
def test_with_the_database_down_the_page_says_that_nothing_was_looked_up(
    visit, call_handler, size, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    one = visit(**size).sign_in(call_handler)

    def down(self, params):  # type: ignore[no-untyped-def]
        raise OperationalError("connection refused")

    with monkeypatch.context() as m:
        m.setattr(DatabaseWrapper, "get_new_connection", down)
        answer = one.page.goto("/")
        assert answer is not None
        assert answer.status == 503
        one.check()
        assert "not the same as nothing held" in one.page.inner_text("main")


@pytest.mark.requirement("IS-19", "IS-05")
@sizes
def test_a_sealed_record_and_one_that_is_not_there_get_the_same_page(visit, call_handler, size) -> None:  # type: ignore[no-untyped-def]
    scene = boys_life(timezone.now())
    Restriction.objects.create(
        person_id=scene.boy, state="sealed", from_at=timezone.now() - timedelta(days=1), reason="moved for safety"
    )
    one = visit(**size).sign_in(call_handler)
    said = []
    for person in (scene.boy, 999_999_999):
        answer = one.page.goto(f"/person/{person}/")
        assert answer is not None and answer.status == 404
        one.check()
        said.append(answer.body())
    assert said[0] == said[1]
    assert "Ring your control room" in one.page.inner_text("main")


@pytest.mark.requirement("IS-19")
@sizes
def test_nobody_shown_is_meant_and_nobody_is_found(visit, call_handler, size) -> None:  # type: ignore[no-untyped-def]
    boys_life(timezone.now())
    one = visit(**size).sign_in(call_handler)
    page = one.page
    for name, end in (("Mo Hussein", "none"), ("Zebedee Quix", "nobody")):
        page.goto("/first-contact/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Postcode").fill("ZS5 7AB" if end == "none" else "ZS9 9ZZ")
        page.get_by_label("Why are you looking?").fill(REASON)
        page.get_by_label("Why are you looking?").press("Enter")
        if end == "none":
            page.get_by_role("button", name="It is none of these").click()
            page.get_by_role("heading", name="It is none of these").wait_for()
        else:
            page.get_by_role("heading", name="Nobody was found").wait_for()
        one.check()


@pytest.mark.requirement("JD-06", "IS-19")
@sizes
def test_a_child_not_yet_named_has_a_page(visit, social_worker, size) -> None:  # type: ignore[no-untyped-def]
    now = timezone.now()
    scene = boys_life(now)
    baby = unnamed_child(now)
    involve(social_worker, baby, scene.boy, at=now)
    one = visit(**size).sign_in(social_worker)
    one.page.goto(f"/person/{baby}/")
    one.check()
    one.page.get_by_text("Find out who this is by").wait_for()
    one.page.goto(f"/person/{scene.boy}/")
    one.check()


@pytest.mark.requirement("IS-19")
@sizes
def test_a_child_who_has_died_has_a_page(visit, social_worker, size) -> None:  # type: ignore[no-untyped-def]
    now = timezone.now()
    scene = boys_life(now - timedelta(hours=1))
    about = {"subject": [("social_care", "boy")]}
    data = {"forenames": "Mohammed Ali", "surname": "Hussein", "born": "2016-03-04", "sex": "M", "died": "2026-01-02"}
    record_many(
        [entry("person.recorded", about, source="social_care", ref="boy/person", at=now, data=data)],
        feed_viewer(at=now),
    )
    involve(social_worker, scene.boy, at=now)
    one = visit(**size).sign_in(social_worker)
    one.page.goto(f"/person/{scene.boy}/")
    one.check()
    one.page.get_by_text("Died 2 January 2026, aged 9").wait_for()
