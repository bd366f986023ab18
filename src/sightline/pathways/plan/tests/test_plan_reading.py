"""Who is offered to call a conference, whom of the family they may choose, and what of a child's conferences and plans they read."""

from __future__ import annotations

import pytest

from cast import Member, involve, make_member
from sightline.access.models import AccessEntry
from sightline.kernel.errors import NotFound
from sightline.pathways.plan.queries.runs import standing_of
from sightline.pathways.plan.tests.conftest import NOW, Browser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "agency", "calls"),
    [
        ("case_owner", "social_care", True),
        ("meeting_chair", "social_care", True),
        ("practitioner", "health", False),
        ("response_officer", "police", False),
    ],
)
def test_a_conference_is_offered_to_whoever_leads_an_enquiry_or_chairs(
    role: str, agency: str, calls: bool, child: int
) -> None:
    member = make_member("lister", "Ann Lister", role, agency)
    involve(member, child, at=NOW)
    shown = Browser(member).read(f"/person/{child}/")
    assert f"/person/{child}/plan/begin/plan/" in shown
    assert (f"/person/{child}/plan/begin/conference/" in shown) is calls


@pytest.mark.requirement("IS-01")
def test_of_the_family_those_are_offered_whose_record_is_open_to_whoever_calls_and_no_other_is_looked_at(
    chair: Member, social_worker: Member, child: int
) -> None:
    involve(social_worker, child, at=NOW)
    asked = f"/person/{child}/plan/begin/conference/"
    assert "Dana Hussein" in Browser(chair).read(asked) and "Dana Hussein" not in Browser(social_worker).read(asked)
    looks = AccessEntry.objects.filter(note="family of a child with a plan")
    assert [e.user_id for e in looks] == [chair.user.pk]


@pytest.mark.requirement("IS-01", "IS-03")
def test_conferences_and_plans_are_there_for_whoever_works_with_the_child_and_each_look_is_written_down(
    chair: Member, ext: Member, child: int
) -> None:
    standing_of(chair.viewer(at=NOW), child)
    with pytest.raises(NotFound):
        standing_of(ext.viewer(at=NOW), child)
    looks = AccessEntry.objects.filter(note="conferences and plans", people=[child]).order_by("id")
    assert [(e.user_id, e.outcome) for e in looks] == [(chair.user.pk, "given"), (ext.user.pk, "refused")]
