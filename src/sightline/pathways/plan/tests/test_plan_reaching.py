"""How a child may be reached and never, and how to speak with them, on the pages of visits, invitations and the family's own version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import Member, entry, feed_viewer
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.plan.queries.runs import slug_of
from sightline.pathways.plan.tests.conftest import CHILD, NOW, WORDED, Browser, call, held, say, with_plan

pytestmark = pytest.mark.django_db


def told_before() -> None:
    """How the child may be reached and never, and what was said at first contact of language and an interpreter."""
    never = {
        "by": "text",
        "detail": "",
        "never_by": "letter",
        "never_at": ["14 Kiln Row"],
        "not_in_front_of": ["Dave Marr"],
    }
    call_ = {
        "language": "Arabic",
        "interpreter": True,
        "channel": "999",
        "kind": "neglect",
        "graded": "priority",
        "caller_is": "parent",
    }
    said = {"source": "social_care", "at": NOW - timedelta(days=2)}
    feed = [entry("contact.preferred", {"subject": [CHILD]}, ref="w1", data=never, **said),
            entry("contact.received", {"child": [CHILD]}, ref="k1", data=call_, **said)]  # fmt: skip
    record_many(feed, feed_viewer(at=NOW - timedelta(days=1)), asked=False)


@pytest.mark.requirement("VO-20", "FC-18")
def test_visits_and_invitations_ask_first_how_the_child_may_be_reached_and_carry_what_the_child_needs(
    chair: Member, child: int
) -> None:
    told_before()
    them = Browser(chair)
    meeting = call(them, child)
    asked = {"posts": [], "others": "child: Mo Hussein\nparent: Dave Marr"}
    assert "how the others are asked" in them.send(f"{meeting}invite/", 422, **asked)
    for wrong in ({"by": "letter", "others": "child: Mo Hussein"}, {"by": "call"}):
        assert "This must not go out so" in them.send(f"{meeting}invite/", 422, **asked | wrong)
    assert not Event.objects.filter(kind="conference.invited", data__part="child").exists()
    them.send(f"{meeting}invite/", **asked | {"by": "call", "others": "child: Mo Hussein"})
    plan = them.send(f"{meeting}hold/", **held())
    form = them.read(f"{plan}plan-visit/")
    assert "<strong>Language:</strong> Arabic" in form and 'value="an interpreter of Arabic"' in form
    visit = {
        "visit_at": say(NOW + timedelta(days=2)),
        "who": "Amina Okoro",
        "where": "Marsh Primary",
        "with_": "an interpreter of Arabic",
    }
    for wrong in ({"where": "14, Kiln Row"}, {"present": "dave marr"}):
        assert "This must not go out so" in them.send(f"{plan}plan-visit/", 422, **visit | wrong)
    them.send(f"{plan}plan-visit/", **visit)
    shown = them.read(plan)
    assert "Make the visit that was planned" in shown and "The child needs: an interpreter of Arabic" in shown
    assert AccessEntry.objects.filter(note="before reaching them", people=[child]).count() == 6


@pytest.mark.requirement("VO-20")
def test_what_happened_in_front_of_the_wrong_people_is_kept_with_what_was_done_about_it(
    chair: Member, child: int
) -> None:
    told_before()
    them = Browser(chair)
    started = entry("plan.started", {"child": [CHILD]}, source="child_protection", ref="p1", at=NOW - timedelta(days=20),
                    data={"kind": "child_protection"})  # fmt: skip
    record_many([started], feed_viewer(at=NOW - timedelta(hours=1)), asked=False)
    plan = f"/person/{child}/plan/{slug_of('child_protection:p1')}/"
    told = {
        "whom": "child",
        "language": "en",
        "version": "child",
        "understood": "yes",
        "present": "Carys Pugh\nDave Marr",
    }
    parents = {"version": "parents", "you": "Ring Amina when he comes"}
    for version in (WORDED, WORDED | parents):
        them.send(f"{plan}words/", **version)
    visit = {"visited_at": say(NOW - timedelta(days=1)), "child_seen": "yes", "where": "14 Kiln Row"}
    for step, kind, said in (("explain", "plan.explained", told), ("visit", "plan.visit", visit)):
        refused = them.send(f"{plan}{step}/", 422, **said)
        assert "say at the end of the page what was done about it" in refused
        assert not Event.objects.filter(kind=kind).exists()
        them.send(f"{plan}{step}/", **said, unsafe="He left; Mo was asked alone at school")
        assert Event.objects.get(kind=kind).data["unsafe"].startswith("He left")
    parent = told | {"whom": "parent", "version": "parents"}
    them.send(f"{plan}explain/", **parent)
    sheet = them.read(f"{plan}family/")
    assert "Before you hand it over" in sheet and "Never in front of Dave Marr" in sheet


@pytest.mark.requirement("VO-16")
def test_how_to_speak_with_a_child_stands_where_a_visit_is_planned_and_written_down(chair: Member, child: int) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    for step, there in (("plan-visit", True), ("visit", True), ("explain", True), ("core-group", False)):
        assert ("How to speak with a child: short steps" in them.read(f"{plan}{step}/")) is there, step
