"""The pages of plans, from the first action to the outcome, each by whoever does it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cast import Member, entry, feed_viewer, involve
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.plan.queries.runs import slug_of
from sightline.pathways.plan.tests.conftest import CHILD, NOW, WORDED, Browser, now, say, with_plan

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("CP-06", "CP-08", "CP-10")
def test_actions_have_an_owner_what_police_can_do_is_gone_through_and_each_review_asks_what_is_different(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    soon = say(NOW + timedelta(hours=5))
    ownerless = them.send(
        f"{plan}action/", 422, what="Move out", owner="", agency="social_care", due=soon, immediate="yes"
    )
    assert "without a named person" in ownerless
    them.send(
        f"{plan}action/", what="Father moves out", owner="Amina Okoro", agency="social_care", due=soon, immediate="yes"
    )
    unsaid = them.send(f"{plan}police/", 422, chosen=["patrol"], owner="Bea Quill", due=soon)
    assert "why the others are not chosen" in unsaid
    them.send(
        f"{plan}police/",
        chosen=["patrol", "bail_checks"],
        owner="Bea Quill",
        due=soon,
        why_not="No order is needed yet",
    )
    shown = them.read(plan)
    assert "Immediate" in shown and "No order is needed yet" in shown and "Patrol and call" in shown
    assert Event.objects.filter(kind="action.set").count() == 3
    for answer in ("unchanged", "worse"):
        said = {"reviewed_at": now(), "progress": "same", "text": "Nothing new", "child_took_part": "written"} | {
            f"difference-{n}": answer for n in range(3)
        }
        them.send(f"{plan}review/", **said)
    shown = them.read(plan)
    assert (
        "Unchanged, then worse: getting worse" in shown
        and "Begin what was agreed in case the plan does not work" in shown
    )
    done = re.search(r"\?id=(\w+)", shown)
    assert done
    them.send(f"{plan}done/", id=done[1], result="He has left")
    them.send(f"{plan}contingency/", what="Legal planning meeting", owner="Sunita Rao", because="It got worse")
    assert "Begin what was agreed" not in them.read(plan).split("What you can do")[0]


@pytest.mark.requirement("CP-11", "CP-16")
def test_a_plan_is_stepped_down_only_to_somebody_who_accepts_and_ends_with_why_the_child_is_safer(
    chair: Member, visitor: Member, officer: Member, child: int
) -> None:
    them, nurse = Browser(chair), Browser(visitor)
    involve(visitor, child, at=NOW)
    involve(officer, child, at=NOW)
    plan = with_plan(them, child)
    unsaid = them.send(f"{plan}end/", 422, outcome="safer", no_longer="", reason="Six months are over")
    assert "does not end without that" in unsaid
    them.send(
        f"{plan}handover/",
        way="step_down",
        post=str(visitor.post.pk),
        to_plan="early_help",
        outcome="safer",
        evidence="Three months without an incident",
        reason="Father has left and stays away",
    )
    shown = them.read(plan)
    assert "Offered to Carys Pugh, who has not accepted yet" in shown and "Amina Okoro stays responsible" in shown
    again = {"contingency": "Ask for a strategy discussion", "contingency_owner": "Carys Pugh"}
    again["review_on"] = f"{NOW + timedelta(days=20):%d %m %Y}"
    Browser(officer).send(f"{plan}accept/", 403, **again)
    assert Event.objects.filter(kind="plan.ended").count() == 0
    assert "if it does not work" in nurse.send(f"{plan}accept/", 422, answer="Yes")
    next_plan = nurse.send(f"{plan}accept/", answer="Yes", **again)
    begun = nurse.read(next_plan)
    assert "Early help plan" in begun and "Carys Pugh" in begun
    assert "Lead practitioner" in begun and "Lead social worker" not in begun
    assert "Ask for a strategy discussion (Carys Pugh)" in begun and "Legal planning meeting" not in begun
    ended = Event.objects.get(kind="plan.ended")
    assert ended.data["no_longer_at_risk_because"] == "Father has left and stays away"
    watched = them.read("/plans/without/")
    assert "Plans that ended in the last year" in watched and "stepped down to Carys Pugh" in watched


@pytest.mark.requirement("CP-13")
def test_the_family_has_its_own_version_in_its_language_and_that_it_was_gone_through_is_recorded(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    assert "Nobody has recorded that the plan was gone through" in them.read(plan)
    them.send(
        f"{plan}police/", chosen=["patrol"], owner="Bea Quill", due=say(NOW + timedelta(days=2)), why_not="Not needed"
    )
    home = {"what": "Aunt collects Mo from school", "owner": "Amina Okoro", "agency": "social_care", "immediate": "no"}
    them.send(f"{plan}action/", **home, due=say(NOW + timedelta(days=2)))
    for version in ("child", "parents"):
        unwritten = them.read(f"{plan}family/?version={version}")
        assert "Nobody has written this plan for" in unwritten and "Hit by an adult" not in unwritten
    explained = {
        "whom": "child",
        "language": "cy",
        "version": "child",
        "understood": "partly",
        "heard": "Will he come back?",
    }
    assert "write it first" in them.send(f"{plan}explain/", 422, **explained)
    assert "what people have promised" in them.send(f"{plan}words/", 422, **WORDED | {"who": ""})
    them.send(f"{plan}words/", **WORDED | {"language": "cy", "why": "Mae pobl yn poeni amdanat ti"})
    them.send(f"{plan}words/", **WORDED | {"version": "parents", "you": "Ring Amina when he comes"})
    parents = them.read(f"{plan}family/")
    assert "Aunt collects Mo" in parents and "Patrol" not in parents and "1 action of the police is left out" in parents
    assert "What we ask of you" in parents and "Ring Amina when he comes" in parents
    welsh = them.read(f"{plan}family/?version=child&language=cy")
    assert "Dy gynllun di, Mo" in welsh and 'lang="cy"' in welsh and "Mae pobl yn poeni amdanat ti" in welsh
    for theirs in ("Hit by an adult at home", "Very likely without change", "Legal planning meeting", "Aunt collects"):
        assert theirs not in welsh, "professionals' words are not the child's"
    english = them.read(f"{plan}family/?version=child&language=en")
    assert "for the child in English" in english and "It is written in" in english
    them.send(f"{plan}explain/", **explained)
    assert "Gone through with the child" in them.read(plan) and "in Cymraeg. Understood: partly" in them.read(plan)


@pytest.mark.requirement("CP-14", "CP-15", "CP-22")
def test_police_begin_a_plan_below_conference_level_with_options_for_harm_outside_the_family(
    officer: Member, child: int
) -> None:
    involve(officer, child, at=NOW)
    them = Browser(officer)
    record_many([entry("risk.assessed", {"child": [CHILD]}, source="child_abuse", ref="a1", at=NOW - timedelta(days=20),
                       data={"tool": "child", "grade": "high", "stage": "secondary", "role": "specialist"})],
                feed_viewer(at=NOW - timedelta(hours=1)), asked=False)  # fmt: skip
    listed = them.read("/plans/without/")
    assert "Mo Hussein" in listed and re.search(r'data-label="Days">20<', listed)
    said = {"kind": "safety", "outside_family": "yes", "agencies": ["police"], "concern": "Taken to flats", "likelihood": "Likely",
            "lead": "Bea Quill", "what": "See Mo at school", "owner": "Bea Quill", "due": say(NOW + timedelta(days=2)),
            "contingency": "Ask for a strategy discussion", "contingency_owner": "Bea Quill",
            "review_on": f"{NOW + timedelta(days=14):%d %m %Y}"}  # fmt: skip
    plan = them.send(f"/person/{child}/plan/begin/plan/", **said)
    options = them.read(f"{plan}outside/")
    assert "adolescent" in options and "Identify and disrupt the adults who exploit" in options
    them.send(
        f"{plan}outside/",
        chosen=["disrupt_adults", "trusted_adult"],
        owner="Bea Quill",
        due=say(NOW + timedelta(days=4)),
        why_not="Later",
    )
    assert "See Mo at school" in them.read(plan) and "Look at the plan again" in them.read(plan)
    assert "Nobody." in them.read("/plans/without/")


@pytest.mark.requirement("CP-17", "CP-18")
def test_a_move_overseas_is_told_to_a_service_body_and_an_enquiry_without_conference_says_what_was_offered(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    record_many([entry("enquiry.completed", {"child": [CHILD]}, source="social_care", ref="q1", at=NOW - timedelta(days=2),
                       data={"outcome": "substantiated_no_ongoing_risk", "rationale": "He left"})], feed_viewer(at=NOW), asked=False)  # fmt: skip
    assert "say what the child was offered" in them.read("/plans/without/")
    assert "or why nothing was" in them.send(f"/person/{child}/plan/begin/followed/", 422)
    them.send(f"/person/{child}/plan/begin/followed/", offered="Young carers group", taken_up="yes")
    assert "Young carers group" in them.read("/plans/without/")
    plan = with_plan(them, child)
    them.send(f"{plan}overseas/", on=f"{NOW + timedelta(days=9):%d %m %Y}", where="Cyprus", service_family="yes")
    assert "Tell the service welfare body" in them.read(plan)
    them.send(f"{plan}tell-service/", body="ssafa", who="Duty officer", what="Plan and lead worker")
    assert Event.objects.get(kind="service_welfare.told").data["body"].startswith("SSAFA")
    assert "Tell the service welfare body</a>:" not in them.read(plan)


def test_the_outcome_is_asked_three_six_and_twelve_months_on_and_shown(chair: Member, child: int) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    assert "Outcome at 3 months" in them.read(plan)
    them.send(f"{plan}outcome/", months="3", outcome="safer", evidence="No incident since")
    assert "Outcome at 6 months" in them.read(plan) and "No incident since" in them.read(plan)


def test_after_a_referral_that_ended_without_a_plan_somebody_looks_whether_the_child_is_safer(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    page = f"/person/{child}/plan/begin/outcome/"
    said = {"months": "3", "outcome": "worse", "evidence": "Two more calls to the home"}
    assert "No referral was decided here" in them.send(page, 422, **said)
    referred = [entry("referral.made", {"child": [CHILD]}, source="sightline", ref="referral/r1", at=NOW - timedelta(days=2),
                      data={"to": "hub", "basis": "s17", "summary": "Cold house"}),
                entry("referral.decided", {"child": [CHILD]}, source="sightline", ref="sightline:referral/r1#referral.decided/1",
                      at=NOW - timedelta(days=1), data={"decision": "no_further_action", "reason": "r"})]  # fmt: skip
    record_many(referred, feed_viewer(at=NOW - timedelta(hours=1)), asked=False)
    assert "Outcome 3 months after the referral" in them.read("/work/")
    assert "Say whether the child is safer since the referral" in them.read(f"/person/{child}/")
    them.send(page, **said)
    held = Event.objects.get(kind="outcome.recorded")
    assert held.data == said | {"months": 3} and held.ref.startswith("sightline:referral/r1#outcome.recorded/")
    assert "Outcome 6 months after the referral" in them.read("/work/")


def test_a_form_sent_twice_is_one_entry_and_the_slower_of_two_keeps_what_was_typed(chair: Member, child: int) -> None:
    them = Browser(chair)
    plan = with_plan(them, child)
    said = {
        "what": "See the GP",
        "owner": "Amina Okoro",
        "agency": "social_care",
        "due": say(NOW + timedelta(days=3)),
        "immediate": "no",
    }
    held = dict(re.findall(r'name="(token|seen)" value="([^"]*)"', them.read(f"{plan}action/")))
    for _ in range(2):
        assert them.client.post(f"{plan}action/", held | said).status_code == 302
    assert Event.objects.filter(kind="action.set").count() == 1
    late = them.client.post(f"{plan}action/", held | said | {"token": "f" * 32, "what": "Ring the school"})
    shown = late.content.decode()
    assert (
        late.status_code == 422
        and "has added to this" in shown
        and "Ring the school" in shown
        and 'name="seen" value="2"' in shown
    )


@pytest.mark.requirement("CP-09")
def test_under_a_plan_from_a_feed_too_a_visit_and_a_core_group_are_recorded_when_they_were(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    started = entry("plan.started", {"child": [CHILD]}, source="child_protection", ref="p1", at=NOW - timedelta(days=20),
                    data={"kind": "child_protection"})  # fmt: skip
    record_many([started], feed_viewer(at=NOW - timedelta(hours=1)), asked=False)
    plan = f"/person/{child}/plan/{slug_of('child_protection:p1')}/"
    assert them.read(plan).count("Overdue") == 2
    for step, field, said in (
        ("visit", "visited_at", {"child_seen": "yes", "alone": "no"}),
        ("core-group", "met_at", {"attended": ["health"]}),
    ):
        for when, refused in (
            (NOW - timedelta(days=30), "before the plan began"),
            (NOW + timedelta(days=1), "still to come"),
        ):
            assert refused in them.send(f"{plan}{step}/", 422, **said, **{field: say(when)})
        them.send(f"{plan}{step}/", **said, **{field: say(NOW - timedelta(days=1))})
    assert "Overdue" not in them.read(plan)
