"""What social care, conferences, placements and the MARAC say of a child, and what stands of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.exchange.feeds.tests.police_extracts import altered, record_of, said_of_row, standing, take_in, told
from sightline.people.models import Address, Relationship, SourceRecord

pytestmark = pytest.mark.django_db
SPRING = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.requirement("JD-41")
def test_a_marac_case_holds_who_came_what_was_shared_the_actions_their_owners_and_the_review() -> None:
    take_in("marac")
    said = said_of_row("marac", "MRC90000001")
    meeting = said["meeting.held"]
    assert meeting.at == "2026-02-12 10:30"
    assert meeting.people == {"child": ["M90000003", "M90000004"], "suspect": ["M90000002"], "victim": ["M90000001"]}
    assert meeting.data == {
        "kind": "marac", "attended": ["police", "social_care", "idva"], "history_supplied": False, "children_listed": 2,
        "decisions": "Locks to be changed; school to be told.",
    }  # fmt: skip
    assert "To be reviewed on 07-May-2026" in meeting.note
    assert "Heard within the twelve months before: yes" in meeting.note
    action = said["action/1/action.set"]
    assert action.people["child"] == ["M90000003", "M90000004"]
    assert {k: v for k, v in action.data.items() if k != "due"} == {
        "id": "MRC90000001/1", "what": "Visit the children at school.", "owner": "Dana Marsh", "agency": "social_care",
    }  # fmt: skip
    assert action.data["due"].startswith("2026-02-19")
    assert (said["action/1/action.done"].at, said["action/1/action.done"].data) == (
        "2026-02-18",
        {"id": "MRC90000001/1"},
    )
    assert said["action/2/action.set"].data["agency"] == "police"
    assert "action/2/action.done" not in said


@pytest.mark.requirement("JD-41")
def test_whom_a_marac_discussed_is_a_standing_fact_of_the_victim_the_other_adult_and_each_child() -> None:
    take_in("marac")
    assert standing("marac", "M90000001", at=SPRING).keys() == {"marac", "domestic_abuse_victim"}
    assert standing("marac", "M90000002", at=SPRING).keys() == {"marac", "domestic_abuse_perpetrator"}
    assert standing("marac", "M90000004", at=SPRING) == {"marac": ["Child of a case heard at Harrowmere MARAC"]}


def test_a_marac_row_that_holds_little_says_little() -> None:
    take_in("marac")
    said = said_of_row("marac", "MRC90000002")
    assert said.keys() == {"meeting.held"}
    assert said["meeting.held"].data == {"kind": "marac", "children_listed": 0}
    assert said["meeting.held"].people == {"victim": ["M90000011"]}
    assert record_of("marac", "M90000011").sex == ""
    assert record_of("marac", "M90000001").born_text == "1988"
    assert not Relationship.objects.filter(source="marac").exists()


@pytest.mark.requirement("JD-43")
def test_a_referral_to_social_care_is_followed_from_the_police_to_the_enquirys_end() -> None:
    take_in("social_care")
    said = said_of_row("social_care", "R90000001")
    made = said["referral.made"]
    assert (made.at, made.by) == ("2026-02-15 09:10", "police")
    assert made.people == {"child": ["90000001"], "parent": ["90000002", "90000003"], "sibling": ["90000004"]}
    assert made.data == {
        "to": "social_care", "consent": "not_sought", "summary": "Burn that does not fit the account; father named.",
    }  # fmt: skip
    assert made.note == "Primary need: abuse or neglect"
    assert said["referral.decided"].data == {"decision": "strategy_discussion", "reason": "Threshold met."}
    assert (said["assessment.started"].at, said["assessment.started"].by) == ("2026-02-15", "Hana Marsh")
    assert said["assessment.completed"].data["factors"] == [
        "domestic abuse of a parent or carer", "physical abuse by an adult", "another factor",
    ]  # fmt: skip
    assert (said["strategy.held"].at, said["enquiry.started"].at) == ("2026-02-16", "2026-02-16")
    assert (said["strategy.held"].data, said["enquiry.started"].data) == ({}, {})
    assert said["enquiry.completed"].data == {"outcome": "concern_substantiated_ongoing_risk"}


@pytest.mark.requirement("JD-43")
def test_case_status_closure_and_worker_are_received() -> None:
    take_in("social_care")
    assert standing("social_care", "90000001", at=SPRING) == {"child_protection_plan": ["lead worker Hana Marsh"]}
    assert standing("social_care", "90000031", at=SPRING) == {"child_in_need": ["social worker Jo Tolland"]}
    assert standing("social_care", "90000041", at=SPRING) == {"looked_after": ["social worker Tunde Stead"]}
    closed = said_of_row("social_care", "R90000002")
    assert (closed["plan.started"].at, closed["plan.ended"].at) == ("2025-07-10", "2025-12-01")
    assert closed["child_in_need/marker.cleared"].data == {
        "kind": "child_in_need",
        "reason": "special guardianship order",
    }
    assert "child_in_need" in standing("social_care", "90000011", at=datetime(2025, 8, 1, tzinfo=UTC))
    assert standing("social_care", "90000011", at=SPRING) == {}


def test_an_older_referral_put_right_later_does_not_clear_what_a_newer_one_says(tmp_path: Path) -> None:
    older = ('"person_id": "90000011"', '"person_id": "90000001"')
    late = ('"modified": "2025-12-01T16:00:00Z"', '"modified": "2026-03-28T16:00:00Z"')
    take_in("social_care", altered("social_care", tmp_path, older, late))
    assert standing("social_care", "90000001", at=SPRING) == {"child_protection_plan": ["lead worker Hana Marsh"]}


def test_an_anonymous_referral_not_yet_decided_leaves_everything_else_unknown() -> None:
    take_in("social_care")
    said = said_of_row("social_care", "R90000003")
    assert said.keys() == {"referral.made"}
    assert said["referral.made"].by == "anonymous"
    assert said["referral.made"].data["consent"] == "not_safe_to_seek"
    assert standing("social_care", "90000021", at=SPRING) == {}


def test_a_childs_people_are_held_with_who_lives_with_the_child() -> None:
    take_in("social_care")
    child = record_of("social_care", "90000001")
    assert (child.forenames, child.surname, str(child.born), child.sex) == (
        "Mohammed Ali",
        "Hussain",
        "2016-09-09",
        "M",
    )
    assert (child.aliases, child.upn) == (["Mo Hussain", "Mohammed Akhtar"], "H990000090001")
    assert child.nhs_number.startswith("999")
    assert (child.details["disability"], child.details["ethnicity"]) == (["autism"], "Pakistani")
    ties = Relationship.objects.filter(other=child).values_list("subject__key", "kind", "lives_with")
    assert {*ties} == {("90000002", "parent", True), ("90000003", "parent", False), ("90000004", "sibling", None)}
    assert Relationship.objects.get(other__key="90000011").kind == "grandparent"
    assert record_of("social_care", "90000011").sex == ""


@pytest.mark.requirement("JD-44")
def test_a_child_protection_plan_is_a_yes_with_category_start_and_lead_worker() -> None:
    take_in("child_protection")
    said = said_of_row("child_protection", "CPC90000001")
    assert said["conference.held"].data == {
        "kind": "initial", "attended": ["social_care", "police", "education"], "police_report": True, "decision": "plan",
        "category": "physical", "child_views_heard": False,
    }  # fmt: skip
    assert said["conference.held"].people == {
        "child": ["CP90000001"],
        "parent": ["CP90000002"],
        "adult": ["CP90000003"],
    }
    assert (said["plan.started"].at, said["plan.started"].data) == (
        "2026-03-09",
        {"kind": "child_protection", "category": "physical", "lead": "Hana Marsh", "allows_contact_with": ["mother", "grandmother"]},
    )  # fmt: skip
    assert (said["coregroup.held"].at, said["visit/2026-03-24/plan.visit"].data) == (
        "2026-03-19",
        {"seen": True, "alone": False},
    )
    assert standing("child_protection", "CP90000001", at=SPRING) == {
        "child_protection_plan": ["category physical, lead worker Hana Marsh"]
    }


@pytest.mark.requirement("JD-44")
def test_a_plan_that_ended_is_a_no_and_its_reviews_are_held() -> None:
    take_in("child_protection")
    said = said_of_row("child_protection", "CPC90000003")
    assert said["review/1/conference.held"].data == {"kind": "review", "decision": "plan_continues"}
    assert (said["review/2/conference.held"].at, said["review/2/conference.held"].data["decision"]) == (
        "2024-06-03",
        "plan_ends",
    )
    assert (said["plan.ended"].at, said["plan.ended"].data) == ("2024-06-03", {"reason": "Now looked after."})
    assert "child_protection_plan" in standing("child_protection", "CP90000021", at=datetime(2024, 5, 1, tzinfo=UTC))
    assert standing("child_protection", "CP90000021", at=SPRING) == {}
    unborn = said_of_row("child_protection", "CPC90000002")
    assert unborn.keys() == {"conference.held"}
    assert unborn["conference.held"].data == {"kind": "pre_birth", "decision": "no_plan"}


def test_a_visit_in_the_next_extract_is_added_to_the_one_before(tmp_path: Path) -> None:
    take_in("child_protection")
    group = "<CoreGroupDate>2026-03-19</CoreGroupDate>\n    "
    visited = (f"{group}<LastVisitDate>2026-03-24<", f"{group}<LastVisitDate>2026-03-31<")
    take_in(
        "child_protection",
        altered("child_protection", tmp_path, visited, ("2026-03-25T10:00:00", "2026-04-01T10:00:00")),
    )
    visits = {ref for ref in said_of_row("child_protection", "CPC90000001") if ref.endswith("plan.visit")}
    assert visits == {"visit/2026-03-24/plan.visit", "visit/2026-03-31/plan.visit"}


@pytest.mark.requirement("JD-45")
def test_a_placement_holds_legal_status_authority_plan_and_the_homes_missing_procedure() -> None:
    take_in("placements")
    placed = told("placements", "PLC90000001/placement.started")
    assert (placed.at, placed.people) == ("2025-11-10", {"child": ["LA90000001"]})
    assert placed.data == {"kind": "care_home", "area": "placed by Eastmoor Council, of another force area"}
    assert placed.place == "40 Sycamore Close, Hoylethorpe, ZD23 1AE"
    for line in (
        "Legal status: full care order", "Home or carers: Heron House", "Placement plan held: yes",
        "When missing: Ring the child and friends, search the park, report within the hour.",
    ):  # fmt: skip
        assert line in placed.note.split("\n")
    review = told("placements", "PLC90000001/review/2026-01-20/care.reviewed")
    assert (review.at, review.data) == ("2026-01-20", {"child_took_part": False})


@pytest.mark.requirement("JD-45")
def test_a_move_ends_one_placement_and_the_child_stays_looked_after() -> None:
    take_in("placements")
    ended = told("placements", "PLC90000002/placement.ended")
    assert (ended.at, ended.data) == ("2025-11-10", {"reason": "Carers asked for a move."})
    assert standing("placements", "LA90000001", at=SPRING)["looked_after"] == [
        "care home, placed by Eastmoor Council, of another force area"
    ]
    child = SourceRecord.objects.get(key="LA90000001")
    lived = Address.objects.filter(record=child).order_by("since").values_list("kind", "since", "until")
    assert [(kind, str(since), str(until)) for kind, since, until in lived] == [
        ("foster", "2024-06-03", "2025-11-10"), ("care_home", "2025-11-10", "None"),
    ]  # fmt: skip
    kinds = {
        key: told("placements", f"{key}/placement.started").data["kind"]
        for key in ("PLC90000003", "PLC90000004", "PLC90000005")
    }
    assert kinds == {"PLC90000003": "semi_independent", "PLC90000004": "secure", "PLC90000005": "other"}
