"""The pages of conferences: called, invited, reported to, held; and the papers for each reader."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cast import Member, involve
from sightline.access.models import Involvement
from sightline.chronology.models import Event
from sightline.pathways.plan.tests.conftest import NOW, Browser, call, held, now, say, with_plan

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("CP-01", "CP-02", "CP-03")
def test_a_conference_is_called_within_its_limit_the_guardian_is_asked_by_itself_and_reports_are_chased(
    chair: Member, officer: Member, visitor: Member, child: int
) -> None:
    them = Browser(chair)
    late = them.send(
        f"/person/{child}/plan/begin/conference/",
        422,
        kind="initial",
        meeting_at=say(NOW + timedelta(days=60)),
        chair="S",
    )
    assert "later than the limit" in late
    page = call(them, child)
    shown = them.read(page)
    assert "15 working days" in shown and "Gwen Guardian" in shown and "Nobody from police is invited" in shown
    involve(visitor, child, at=NOW)
    form = them.read(f"{page}invite/")
    assert "Bea Quill" in form and re.search(rf'value="{visitor.post.pk}" checked', form)
    them.send(
        f"{page}invite/", posts=[str(officer.post.pk), str(visitor.post.pk)], others="parent: Dana Hussein", by="call"
    )
    shown = them.read(page)
    assert shown.count("No report yet") == 2 and "Dana Hussein (parent)" in shown and "Nobody from education" in shown
    assert Involvement.objects.filter(user=officer.user, person_id=child, why="referral").exists()
    Browser(officer).send(f"{page}report/", how="report", report="Two incidents this year", can_do="Patrol")
    shown = them.read(page)
    assert shown.count("No report yet") == 1 and "Two incidents this year" in shown


@pytest.mark.requirement("CP-04", "CP-05")
def test_the_police_report_is_compiled_of_the_child_and_each_of_the_family_and_counts_as_their_contribution(
    chair: Member, officer: Member, child: int
) -> None:
    them, police = Browser(chair), Browser(officer)
    mother = Event.objects.filter(kind="relationship.recorded").exists()
    page = call(
        them,
        child,
        about=[
            str(p)
            for p in Involvement.objects.filter(user=chair.user)
            .exclude(person_id=child)
            .values_list("person_id", flat=True)
        ],
    )
    them.send(f"{page}invite/", posts=[str(officer.post.pk)])
    report = police.read(f"{page}police-report/")
    assert mother and "Cruelty to a child" in report and "Dana Hussein, parent" in report and "1 incident" in report
    them.read(f"{page}police-report/", 403)
    police.send(f"{page}police-report/", how="report", report="Mo (the child): 2 entries", can_do="Check bail daily")
    them.send(f"{page}hold/", **held())
    said = Event.objects.get(kind="conference.held").data
    assert said["police_report"] is True and said["contributed"] == ["health"]
    seen = them.read(page)
    assert "There, and silent" in seen, "social care was there and gave nothing"
    figures = them.read("/plans/contributions/")
    assert "Marsham Police" in figures and "There and silent" in figures
    Browser(officer).read("/plans/contributions/", 403)


@pytest.mark.requirement("CP-07", "CP-12", "CP-19", "VO-12")
def test_a_conference_that_decides_on_a_plan_says_what_a_plan_must_and_too_few_at_it_say_why(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    page = call(them, child)
    refused = them.send(f"{page}hold/", 422, **held(contingency="", likelihood="", attended=["police"]))
    assert (
        "if the plan does not work" in refused
        and "how likely harm is" in refused
        and "say why it went ahead" in refused
    )
    plan = them.send(f"{page}hold/", **held())
    shown = them.read(plan)
    assert (
        "Legal planning meeting within a week (Sunita Rao)" in shown
        and "Very likely without change" in shown
        and "No action yet" in shown
    )
    decided = them.read(page)
    assert (
        "Health wanted neglect" in decided
        and "Through" not in decided
        and "Advocate" in decided
        and "Partly" in decided
    )
    assert Event.objects.get(kind="conference.held").data["quorate"] is True


def test_the_pack_of_another_agency_leaves_out_what_that_agency_may_not_read(
    chair: Member, officer: Member, child: int
) -> None:
    involve(officer, child, at=NOW)
    them = Browser(officer)
    page = call(Browser(chair), child)
    assert "Whispered by a neighbour" in them.read(f"{page}pack/")
    for kind in ("health", "social_care"):
        theirs = them.read(f"{page}pack/?for={kind}")
        assert "Whispered" not in theirs and "left out of this one" in theirs


def test_what_is_owed_is_in_the_work_of_whoever_works_with_the_child(chair: Member, child: int) -> None:
    them = Browser(chair)
    assert "Hold the initial child protection conference" in them.read("/work/")
    with_plan(them, child)
    shown = them.read("/work/")
    assert "Core group" in shown and "Visit the child" in shown
    page = them.read(f"/person/{child}/")
    assert "Conferences and plans" in page and "Child protection plan" in page


@pytest.mark.requirement("CP-03")
def test_a_looked_after_review_has_the_guardian_and_answers_its_own_clock_not_that_of_conferences(
    chair: Member, child: int
) -> None:
    them = Browser(chair)
    page = call(them, child, kind="care_review")
    assert "Gwen Guardian (guardian)" in them.read(page)
    them.send(
        f"{page}hold-planning/",
        held_at=now(),
        attended=["social_care"],
        guardian_came="yes",
        child_took_part="in_person",
        decisions="Stays with her aunt",
    )
    assert Event.objects.get(kind="planning.held").data["guardian_came"] is True
    assert Event.objects.get(kind="care.reviewed").data == {"child_took_part": True}
    assert "Hold the initial child protection conference" in them.read("/work/")
