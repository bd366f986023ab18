"""The page of what follows a grade: a high one is a list of tasks with owners, nothing is ticked off, and doing nothing is a decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, person_of
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
CHILD, MAN = ("domestic_abuse", "ada"), ("domestic_abuse", "dad")
WHY = "Weighed with his mother, and nothing more would help him today"


def feed(kind: str, ref: str, *, days: float, source: str = "domestic_abuse", people: Any = None, **said: Any) -> None:
    at = timezone.now() - timedelta(days=days)
    record_many(
        [entry(kind, people or {"child": [CHILD]}, source=source, ref=ref, at=at, **said)],
        feed_viewer(at=timezone.now()),
    )


@pytest.fixture
def child() -> int:
    """A child whose risk was graded high twenty days ago by a specialist, with a suspect named."""
    feed(
        "person.recorded",
        "p",
        days=40,
        people={"subject": [CHILD]},
        data={"forenames": "Ada", "surname": "Fenwick", "born": "2018-05-06"},
    )
    said = {"tool": "child", "grade": "high", "stage": "review", "role": "specialist"}
    feed("risk.assessed", "r", days=20, people={"child": [CHILD], "suspect": [MAN]}, data=said)
    feed("marker.set", "m", days=30, people={"subject": [CHILD]}, data={"kind": "self_harm"})
    return person_of(anchored([CHILD], at=timezone.now())[CHILD])


@pytest.fixture
def officer(child: int, constable: Member) -> Member:
    involve(constable, child, at=timezone.now())
    return constable


@pytest.mark.requirement("RA-21", "RA-22")
def test_a_high_grade_is_a_list_of_tasks_with_owners_that_the_facts_end(child: int, officer: Member) -> None:
    screen, page = signed_in(officer), f"/person/{child}/after-grade/"
    said = text(screen.get(page))
    assert "Next look Was due" in said and "Overdue" in said
    for task, whose in (("Strategy discussion", "MASH manager"), ("Safeguarding plan", "Social care manager"),
                        ("Decision whether to arrest", "Detective sergeant"), ("Decision about an order", "Detective inspector")):  # fmt: skip
        assert task in said and f"Whose: {whose} (nobody by name yet)" in said
    soon = (timezone.now() + timedelta(days=3)).date()
    assert screen.post(f"{page}order/give/", {"owner": "DS Hale", "due": "1 1 2020"}).status_code == 422
    assert screen.post(f"{page}order/give/", {"owner": "DS Hale", "due": soon.isoformat()}).status_code == 302
    assert screen.post(f"{page}plan/drop/", {"reason": WHY}).status_code == 302
    feed(
        "strategy.held",
        "s",
        days=0.01,
        data={"attended": ["police"], "decision": "reconvene", "rationale": "more to learn"},
    )
    said = text(screen.get(page))
    assert "Whose: DS Hale. Due" in said and "Safeguarding plan for the child Not needed" in said
    assert "Strategy discussion, or why none is held Done" in said
    assert screen.get(f"{page}strategy/give/").status_code == 404, "what is done is given to nobody"
    panel = text(screen.get(f"/person/{child}/"))
    assert "Decision about an order, notice or bail condition: DS Hale To do" in panel


@pytest.mark.requirement("RA-23")
def test_doing_nothing_takes_reasons_and_a_day_and_is_one_decision_however_often_sent(
    child: int, officer: Member
) -> None:
    screen, page = signed_in(officer), f"/person/{child}/after-grade/nothing/"
    again = (timezone.now() + timedelta(days=30)).date()
    assert "Say why nothing is done" in text(screen.post(page, {"reason": "", "review_on": again.isoformat()}))
    said = {"reason": WHY, "review_on": again.isoformat(), "token": "abc123"}
    assert [screen.post(page, said).status_code for _ in range(2)] == [302, 302]
    held = Event.objects.get(kind="no_action.decided")
    assert (held.data["reason"], held.data["review_on"], held.by) == (WHY, again.isoformat(), "Tom Reeve")
    assert WHY in text(screen.get(f"/person/{child}/after-grade/"))


@pytest.mark.requirement("RA-29")
def test_an_assessment_of_one_agency_names_who_holds_something_and_was_not_asked(child: int, officer: Member) -> None:
    feed("plan.started", "plan", days=15, source="social_care", data={"kind": "child_in_need"})
    feed("information.supplied", "a", days=90, source="education", data={"summary": "away often"})
    page = f"/person/{child}/after-grade/"
    said = text(signed_in(officer).get(page))
    warned = said[said.index("One agency only") :]
    assert (
        "rests on what Police knows" in warned
        and "Social care (Social care)" in warned
        and "Education (Education)" in warned
    )
    feed(
        "information.requested",
        "q",
        days=25,
        data={"of": "education", "purpose": "the risk", "lawful_basis": "public task"},
    )
    warned = text(signed_in(officer).get(page))
    assert "Education (" not in warned and "Social care (" in warned
    feed("information.supplied", "i", days=24, source="social_care", data={"summary": "known since 2019"})
    assert "One agency only" not in text(signed_in(officer).get(page))


@pytest.mark.requirement("RA-30")
def test_a_child_who_is_missing_with_a_known_risk_of_self_harm_is_asked_about_it(child: int, officer: Member) -> None:
    feed("missing.reported", "x", days=0.2, source="missing", data={"graded": "high", "reported_by": "parent"})
    screen, page = signed_in(officer), f"/person/{child}/after-grade/"
    assert "Missing" in text(screen.get(page)) and "Ask now" in text(screen.get(page))
    said = {"occasion": "missing", "finding": "signs_now", "text": "Told a friend that she would not come back"}
    assert screen.post(f"{page}self-harm/", said).status_code == 302
    told = text(screen.get(page))
    assert "asked about or taken in" in told and "(signs now)" in told and "Ask now" not in told


@pytest.mark.requirement("IS-01")
def test_nobody_else_sees_or_decides_any_of_it(child: int, ext: Member) -> None:
    screen = signed_in(ext)
    for page in ("", "nothing/", "self-harm/", "order/give/", "order/drop/"):
        assert screen.get(f"/person/{child}/after-grade/{page}").status_code == 404
    assert AccessEntry.objects.filter(user_id=ext.user.pk, outcome="refused", people=[child]).count() == 5
