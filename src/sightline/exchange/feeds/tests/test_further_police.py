"""Stop and search, what other forces hold, problem profiles, complaints and learning reviews."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import Member, involve, person_of
from screens import signed_in, text
from sightline.chronology.models import Event
from sightline.exchange.feeds.tests.police_extracts import record_of, said_of_row, take_in, told

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("JD-62")
def test_a_stop_and_search_of_a_child_holds_ethnicity_as_said_and_as_seen_and_its_outcome(constable: Member) -> None:
    take_in("stop_search")
    boy = told("stop_search", "SS90010001/stop_search.held")
    assert boy.people == {"child": ["SP90010001"]}
    assert boy.data == {
        "power": "Misuse of Drugs Act 1971 s23", "looking_for": "drugs", "found": False, "outcome": "taken_home",
        "ethnicity_said": "White and Black Caribbean", "ethnicity_seen": "Black", "adult_present": False,
        "intimate_parts_exposed": False,
    }  # fmt: skip
    assert told("stop_search", "SS90010002/stop_search.held").people == {"subject": ["SP90010002"]}, "a grown man"
    girl = told("stop_search", "SS90010003/stop_search.held")
    assert girl.people == {"child": ["SP90010003"]}
    assert girl.data == {"power": "PACE 1984 s1", "looking_for": "stolen_property"}, "the rest was not written down"
    child = person_of(record_of("stop_search", "SP90010001").pk)
    involve(constable, child, at=timezone.now())
    page = text(signed_in(constable).get(f"/person/{child}/"))
    assert "Stop search held" in page and "White and Black Caribbean" in page and "taken home" in page


@pytest.mark.requirement("JD-65")
def test_each_search_of_what_other_forces_hold_each_hit_and_each_use() -> None:
    take_in("cross_force")
    row = said_of_row("cross_force", "XF90010001")
    assert {name: (step.at, step.by, step.data) for name, step in row.items()} == {
        "cross_force.searched": ("2026-03-11 09:10", "DS 2071 Lund",
                                 {"system": "Police National Database", "purpose": "Who the man in the house is", "found": True}),
        "cross_force.hit": ("2026-03-11 09:12", "", {"force": "Eastmoor Police", "about": "Suspected of grooming in 2017"}),
        "cross_force.used": ("2026-03-12 10:00", "DS 2071 Lund", {"use": "Put to the strategy discussion"}),
    }  # fmt: skip
    none = said_of_row("cross_force", "XF90010002")
    assert {name: step.data["found"] for name, step in none.items()} == {"cross_force.searched": False}
    assert {*said_of_row("cross_force", "XF90010003")} == {"cross_force.searched", "cross_force.hit"}, "nobody used it"


@pytest.mark.requirement("JD-74")
def test_a_problem_profile_its_recommendations_and_whether_each_was_acted_on() -> None:
    take_in("analysis")
    profile = told("analysis", "PP26-1/1/profile.published")
    assert profile.data == {
        "title": "Children exploited from hotels",
        "threat": "sexual exploitation",
        "area": "Larkscar",
    }
    made = Event.objects.filter(kind="recommendation.made", source="analysis").order_by("ref")
    assert [(e.data["owner"], e.data["due"]) for e in made] == [
        ("Licensing sergeant", "2026-03-15"), ("Missing coordinator", "2026-04-15"), ("Intelligence manager", "2026-02-01"),
    ]  # fmt: skip
    answers = {
        e.data["id"]: (e.data["acted_on"], e.data["what"]) for e in Event.objects.filter(kind="recommendation.answered")
    }
    assert answers == {
        "PP26-1/1": (True, "Nine hotels visited; staff trained in six."),
        "PP26-1/3": (False, "No post to give."),
    }, "to the second nobody has answered, which is not a no"


@pytest.mark.requirement("JD-75")
def test_a_complaint_is_attached_to_the_childs_case_in_the_familys_words(social_worker: Member) -> None:
    take_in("complaints")
    slow = told("complaints", "CO90010001/complaint.received")
    assert slow.people == {"child": ["KC90010001"], "parent": ["KP90010001"]}
    assert slow.data == {"from": "parent", "about": "delay", "text": "Nobody has rung us in nine weeks."}
    assert (slow.note, slow.by) == ("About crime 26/90010042", "DC 3101 Okafor")
    assert {*said_of_row("complaints", "CO90010001")} == {"complaint.received"}, "it waits for an answer"
    assert told("complaints", "CO90010002/complaint.answered").data["outcome"] == "upheld"
    child = person_of(record_of("complaints", "KC90010001").pk)
    involve(social_worker, child, at=timezone.now())
    page = text(signed_in(social_worker).get(f"/person/{child}/"))
    assert "Complaint received Their own account" in page and "Nobody has rung us in nine weeks" in page


@pytest.mark.requirement("JD-76")
def test_a_learning_review_holds_each_finding_with_what_was_changed_because_of_it() -> None:
    take_in("learning_reviews")
    first = told("learning_reviews", "Child F/1/review.found")
    assert first.data == {
        "review": "Child F", "finding": "Each incident was looked at alone and nobody counted them.", "pattern": "cumulative_harm",
        "policy_changed": "Domestic abuse procedure 4.2", "training_changed": "Response officers' module 3",
    }  # fmt: skip
    assert told("learning_reviews", "Child F/1/recommendation.answered").data["acted_on"] is True
    assert "policy_changed" not in told("learning_reviews", "Child F/2/review.found").data, "nothing was changed"
    assert {*said_of_row("learning_reviews", "Family G/1")} == {"review.found"}
