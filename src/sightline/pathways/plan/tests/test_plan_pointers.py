"""Child protection plans that an agency is only told are held: what may be done about them rests on what is held, not on what it reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import Member, involve, make_member
from sightline.chronology.models import Event
from sightline.pathways.plan.rules.conferences import ASK_FIRST
from sightline.pathways.plan.services.ending import READ_FIRST
from sightline.pathways.plan.tests.conftest import NOW, Browser, call, held, now, say, with_plan
from sightline.pathways.plan.tests.test_plan_ending import ACCEPTED, OFFERED, from_a_feed

pytestmark = pytest.mark.django_db
ENDS = {"outcome": "safer", "no_longer": "He has left", "reason": "Six quiet months"}


@pytest.fixture
def owner(child: int) -> Member:
    """A case owner of health, whose agency is only told that a child protection plan is held elsewhere."""
    member = make_member("bevan", "Nia Bevan", "case_owner", "health")
    involve(member, child, at=NOW)
    return member


@pytest.fixture
def convenor(child: int) -> Member:
    """Somebody of health who chairs."""
    member = make_member("voss", "Ida Voss", "meeting_chair", "health")
    involve(member, child, at=NOW)
    return member


def ends() -> list[str]:
    return sorted(Event.objects.filter(kind="plan.ended").values_list("ref", flat=True))


@pytest.mark.requirement("CP-11", "CP-16")
@pytest.mark.parametrize("who", ["owner", "convenor"])
def test_a_plan_of_which_one_is_only_told_is_neither_ended_nor_handed_on(
    who: str, visitor: Member, child: int, request: pytest.FixtureRequest
) -> None:
    involve(visitor, child, at=NOW)
    them = Browser(request.getfixturevalue(who))
    plan = f"/person/{child}/plan/{from_a_feed(20)}/"
    offered = OFFERED | {"post": str(visitor.post.pk)}
    for step, said in (("end", ENDS), ("handover", offered), ("handover", offered | {"way": "transfer"})):
        assert READ_FIRST.replace("'", "&#39;") in them.send(f"{plan}{step}/", 422, **said), step
    assert ends() == [] and not Event.objects.filter(kind="handover.offered").exists()


@pytest.mark.requirement("CP-11")
def test_nobody_ends_a_plan_here_while_another_system_holds_the_same_where_they_may_not_read_it(
    chair: Member, convenor: Member, child: int
) -> None:
    plan = with_plan(Browser(chair), child)
    from_a_feed(20)
    assert READ_FIRST.replace("'", "&#39;") in Browser(convenor).send(f"{plan}end/", 422, **ENDS)
    Browser(chair).send(f"{plan}end/", **ENDS)
    assert len(ends()) == 2


@pytest.mark.requirement("CP-16")
def test_a_plan_that_is_accepted_ends_in_the_systems_too_that_whoever_accepts_is_only_told_of(
    chair: Member, visitor: Member, child: int
) -> None:
    involve(visitor, child, at=NOW)
    them, nurse = Browser(chair), Browser(visitor)
    plan = with_plan(them, child)
    from_a_feed(20)
    them.send(f"{plan}handover/", **OFFERED | {"post": str(visitor.post.pk)})
    nurse.send(f"{plan}accept/", **ACCEPTED)
    here, elsewhere = ends()[1], ends()[0]
    assert elsewhere.startswith("child_protection:p1#") and here.startswith("sightline:plan/")


@pytest.mark.requirement("CP-16")
def test_a_child_protection_plan_is_handed_to_another_authority_as_something_less_by_whoever_chairs_alone(
    chair: Member, social_worker: Member, visitor: Member, child: int
) -> None:
    for member in (social_worker, visitor):
        involve(member, child, at=NOW)
    plan, them = with_plan(Browser(chair), child), Browser(social_worker)
    moved = OFFERED | {"way": "transfer", "post": str(visitor.post.pk)}
    them.send(f"{plan}handover/", 403, **moved)
    them.send(f"{plan}handover/", **moved | {"to_plan": "child_protection"})


@pytest.mark.requirement("CP-07")
def test_no_second_plan_begins_and_none_is_called_initial_where_the_one_in_force_is_only_told_of(
    convenor: Member, child: int
) -> None:
    them, asked = Browser(convenor), ASK_FIRST.replace("'", "&#39;")
    page = call(them, child, late_because="The first day on which all can come")
    from_a_feed(20)
    for decision in ({"decision": "plan"}, {"decision": "no_plan", "no_longer": "He has left"}):
        assert asked in them.send(f"{page}hold/", 422, **held(**decision))
    said = {"meeting_at": say(NOW + timedelta(days=6)), "chair": "Ida Voss"}
    begin = f"/person/{child}/plan/begin/conference/"
    assert asked in them.send(begin, 422, kind="initial", **said)
    review = them.send(begin, kind="review", **said)
    gone = {"decision": "plan_ends", "no_longer": "He has left", "outcome": "safer", "evidence": "School says so"}
    assert READ_FIRST.replace("'", "&#39;") in them.send(f"{review}hold/", 422, **held(**gone))
    them.send(f"{review}hold/", **held(decision="plan_continues") | {"held_at": now()})
    assert Event.objects.get(kind="conference.held").data["kind"] == "review" and ends() == []
    assert Event.objects.filter(kind="plan.started").count() == 1


@pytest.mark.requirement("CP-16")
def test_a_transfer_is_answered_by_whoever_it_was_offered_to_or_chairs_there_and_by_no_colleague(
    chair: Member, visitor: Member, owner: Member, convenor: Member, child: int
) -> None:
    involve(visitor, child, at=NOW)
    plan = with_plan(Browser(chair), child)
    Browser(chair).send(f"{plan}handover/", **OFFERED | {"way": "transfer", "post": str(visitor.post.pk)})
    Browser(owner).send(f"{plan}decline/", 403, reason="We have nobody")
    assert not Event.objects.filter(kind="handover.declined").exists()
    Browser(convenor).send(f"{plan}decline/", reason="We have nobody")
    assert Event.objects.filter(kind="handover.declined").count() == 1
