"""What happens as a plan ends, is handed on or is about to begin a second time: nothing is lost, nothing is assumed, and each has its day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cast import Member, entry, feed_viewer, involve
from sightline.access.viewer import viewer_for
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.moments import local
from sightline.pathways.plan.queries.runs import slug_of, standing_of
from sightline.pathways.plan.services import conferences
from sightline.pathways.plan.services.doing import Deed
from sightline.pathways.plan.tests.conftest import (
    CHILD,
    HELD,
    NOW,
    Browser,
    call,
    held,
    say,
    with_action,
    with_plan,
)

pytestmark = pytest.mark.django_db
OFFERED = {
    "way": "step_down",
    "to_plan": "early_help",
    "outcome": "same",
    "evidence": "No incident, and no change",
    "reason": "He has left",
}
ACCEPTED = {
    "contingency": "Ask for a strategy discussion",
    "contingency_owner": "Carys Pugh",
    "review_on": f"{NOW + timedelta(days=20):%d %m %Y}",
}


def newest(kind: str) -> dict[str, object]:
    return dict(Event.objects.filter(kind=kind).latest("id").data)


def from_a_feed(days: int) -> str:
    """The child protection plan that a system of children's services tells of: its page begins."""
    started = entry("plan.started", {"child": [CHILD]}, source="child_protection", ref="p1", at=NOW - timedelta(days=days),
                    data={"kind": "child_protection", "category": "neglect"})  # fmt: skip
    record_many([started], feed_viewer(at=NOW - timedelta(hours=1)), asked=False)
    return slug_of("child_protection:p1")


def called_before(chair: Member, child: int, *, days: int, kind: str = "initial") -> str:
    """A conference that was called some days ago: its page."""
    at = NOW - timedelta(days=days)
    involve(chair, child, at=at)
    viewer = viewer_for(chair.user, at=at, route="test").because("A child of ours")
    said = {"kind": kind, "meeting_at": at + timedelta(days=3), "chair": "Sunita Rao"}
    key = conferences.call(Deed(viewer, standing_of(viewer, child), said, "f" * 32))
    return f"/person/{child}/conference/{slug_of(key)}/"


@pytest.mark.requirement("CP-11", "CP-16", "CP-19")
def test_no_action_is_lost_in_a_step_down_and_what_has_come_of_the_plan_is_what_was_said(
    chair: Member, visitor: Member, child: int
) -> None:
    them, nurse = Browser(chair), Browser(visitor)
    involve(visitor, child, at=NOW)
    plan = with_plan(them, child)
    goes, done, stays = (
        with_action(them, plan, what) for what in ("See Mo at school", "Change the locks", "Group work")
    )
    offered = OFFERED | {"post": str(visitor.post.pk)}
    assert "Say what becomes of this: See Mo at school" in them.send(f"{plan}handover/", 422, **offered)
    unsaid = offered | {f"becomes-{goes}": "carry", f"becomes-{done}": "done", f"becomes-{stays}": "drop"}
    assert "why it does not go on: Group work" in them.send(f"{plan}handover/", 422, **unsaid)
    answers = unsaid | {f"because-{done}": "Done on Monday", f"because-{stays}": "The group has closed"}
    assert "while the child is worse off" in them.send(f"{plan}handover/", 422, **answers | {"outcome": "worse"})
    them.send(f"{plan}handover/", **answers)
    assert newest("action.done")["id"] == done and not Event.objects.filter(kind="action.dropped").exists()
    form = nurse.read(f"{plan}accept/")
    assert "Group work (The group has closed)" in form and "Until now: Legal planning meeting within a week" in form
    mine = {f"owner-{goes}": "Carys Pugh", f"due-{goes}": say(NOW + timedelta(days=9))}
    past = ACCEPTED | mine | {f"due-{goes}": say(NOW - timedelta(days=1))}
    assert "a time that is still to come" in nurse.send(f"{plan}accept/", 422, **past)
    passed = ACCEPTED | mine | {"review_on": f"{NOW - timedelta(days=2):%d %m %Y}"}
    assert "a day that is still to come" in nurse.send(f"{plan}accept/", 422, **passed)
    begun = nurse.read(nurse.send(f"{plan}accept/", **ACCEPTED | mine))
    assert "Look at the plan again" in begun, "early help has a day too on which it is looked at again"
    assert "See Mo at school" in begun and 'data-label="Who">Carys Pugh' in begun and "Ask for a strategy" in begun
    assert "Change the locks" not in begun and "Group work" not in begun and "Legal planning" not in begun
    ended = newest("plan.ended")
    assert (ended["outcome"], ended["evidence"]) == ("same", "No incident, and no change")
    assert (newest("action.dropped")["id"], newest("action.dropped")["authorised_by"]) == (stays, "Sunita Rao")
    assert newest("action.set")["id"] == goes and "Carried over" in them.read(plan)


@pytest.mark.requirement("CP-16")
def test_who_declines_a_plan_leaves_all_of_it_where_it_was(chair: Member, visitor: Member, child: int) -> None:
    them, nurse = Browser(chair), Browser(visitor)
    involve(visitor, child, at=NOW)
    plan = with_plan(them, child)
    action = with_action(them, plan, "Group work")
    said = {f"becomes-{action}": "drop", f"because-{action}": "The group has closed", "post": str(visitor.post.pk)}
    them.send(f"{plan}handover/", **OFFERED | said)
    nurse.send(f"{plan}decline/", reason="We have nobody")
    assert "It is done" in them.read(plan) and not Event.objects.filter(kind="action.dropped").exists()


@pytest.mark.requirement("CP-11")
def test_a_conference_that_ends_a_plan_says_what_came_of_it_and_of_each_action_and_it_ends_wherever_it_was_told_of(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    action = with_action(them, plan, "See Mo at school")
    told = f"/person/{child}/plan/{from_a_feed(20)}/"
    assert "Core group" in them.read(told)
    page = call(them, child, kind="review")
    ends = held(decision="plan_ends", no_longer="He has left and stays away")
    refused = them.send(f"{page}hold/", 422, **ends)
    assert "Choose what has come of the plan" in refused and "Say what becomes of this: See Mo at school" in refused
    came = {"outcome": "unknown", "evidence": "The school has not answered"}
    them.send(f"{page}hold/", **ends | came | {f"becomes-{action}": "done", f"because-{action}": "He talks to her"})
    assert [e.data["outcome"] for e in Event.objects.filter(kind="plan.ended")] == ["unknown", "unknown"]
    assert newest("action.done")["result"] == "He talks to her"
    for one in (plan, told):
        shown = them.read(one)
        assert "Ended" in shown and "Core group" not in shown and "The school has not answered" in shown


@pytest.mark.requirement("CP-11")
def test_a_plan_is_not_ended_over_an_action_of_which_nobody_says_what_became(chair: Member, child: int) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    action = with_action(them, plan, "See Mo at school")
    said = {"outcome": "safer", "no_longer": "He has left", "reason": "Six quiet months"}
    assert "See Mo at school" in them.send(f"{plan}end/", 422, **said)
    them.send(f"{plan}end/", **said, **{f"becomes-{action}": "drop", f"because-{action}": "She moved school"})
    assert newest("action.dropped")["reason"] == "She moved school" and "Ended" in them.read(plan)


def test_no_second_child_protection_plan_begins_while_one_is_in_force(chair: Member, child: int) -> None:
    them = Browser(chair)
    page = call(them, child)
    from_a_feed(20)
    refused = them.send(
        f"/person/{child}/plan/begin/conference/", 422, kind="initial", meeting_at=say(NOW), chair="Sunita Rao"
    )
    assert "call a review of it" in refused
    form = them.read(f"{page}hold/")
    assert "so this is a review of it" in form and "The plan continues" in form and "A plan</label>" not in form
    them.send(f"{page}hold/", 422, **held())
    assert Event.objects.filter(kind="plan.started").count() == 1
    them.send(f"{page}hold/", **held(decision="plan_continues"))
    assert newest("conference.held")["kind"] == "review" and Event.objects.filter(kind="plan.started").count() == 1


def test_the_form_of_a_conference_sent_twice_is_one_conference_and_one_plan(chair: Member, child: int) -> None:
    them = Browser(chair)
    page = call(them, child)
    said = dict(re.findall(r'name="(token|seen)" value="([^"]*)"', them.read(f"{page}hold/"))) | held()
    first, second = (them.client.post(f"{page}hold/", said) for _ in range(2))
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert [Event.objects.filter(kind=k).count() for k in ("conference.held", "plan.started")] == [1, 1]


@pytest.mark.requirement("CP-09")
def test_core_groups_and_reviews_are_counted_from_when_the_conference_was_held_not_from_when_it_was_written_down(
    chair: Member, child: int
) -> None:
    them, met = Browser(chair), NOW - timedelta(days=20)
    page = called_before(chair, child, days=23)
    assert f"{local(met):%-d %m %Y %H:%M}" in them.read(f"{page}hold/"), "filled in as it was called"
    for when, refused in (
        (NOW + timedelta(days=1), "still to come"),
        (NOW - timedelta(days=24), "before it was called"),
    ):
        assert refused in them.send(f"{page}hold/", 422, **HELD, held_at=say(when))
    plan = them.send(f"{page}hold/", **HELD, held_at=say(met))
    started = Event.objects.get(kind="plan.started")
    assert say(started.at) == say(met) == say(Event.objects.get(kind="conference.held").at)
    shown = them.read(plan)
    assert re.search(r"Overdue</strong> <a [^>]*core-group/", shown), "ten working days from the conference have passed"
    review = {"progress": "same", "text": "Nothing new", "child_took_part": "written"}
    for when, refused in (
        (NOW + timedelta(days=1), "still to come"),
        (NOW - timedelta(days=21), "before the plan began"),
    ):
        assert refused in them.send(f"{plan}review/", 422, **review, reviewed_at=say(when))
    them.send(f"{plan}review/", **review, reviewed_at=say(NOW - timedelta(days=2)))
    assert say(Event.objects.get(kind="plan.reviewed").at) == say(NOW - timedelta(days=2))
