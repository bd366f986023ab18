"""What those to whom others answer see of recording: figures of their own agency, over forms and cases, and of nobody by name."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cast import NOW, Member, make_member
from screens import signed_in, text
from sightline.kernel.errors import NotPermitted
from sightline.oversight.recording_effort.models import Recording
from sightline.oversight.recording_effort.queries import FEWEST, effort_page
from sightline.oversight.recording_effort.services import record_effort

pytestmark = pytest.mark.django_db


def sent(
    member: Member,
    form: str,
    *,
    case: str = "",
    keyed: int = 10,
    offered: int = 0,
    minutes: float = 2,
    at: datetime = NOW,
) -> Recording:
    """One form, sent by somebody of an agency."""
    return record_effort(
        member.viewer(at=at), form, case=case, shown_at=at - timedelta(minutes=minutes), keyed=keyed, offered=offered, kept=offered,
        sent_back=0, at=at,
    )  # fmt: skip


@pytest.fixture
def inspector(db: None) -> Member:
    """Inspector Dawn Hale, in charge of response."""
    return make_member("hale", "Dawn Hale", "duty_inspector", "police")


@pytest.mark.requirement("JD-14")
def test_keystrokes_and_minutes_for_each_form_and_each_case(inspector: Member, constable: Member) -> None:
    now = timezone.now()  # the page is read today, of the last weeks
    for number in range(FEWEST):
        sent(constable, "grade", case=f"person {number}", keyed=40 + number, offered=21, minutes=3, at=now)
        sent(constable, "alert_answer", case=f"person {number}", keyed=8, minutes=1, at=now)
    page = effort_page(inspector.viewer(at=now))
    assert [(e.form, e.count, e.keyed, e.offered, e.minutes) for e in page.forms] == [
        ("grade", 5, 42, 21, 3.0), ("alert_answer", 5, 8, 0, 1.0),
    ]  # fmt: skip
    assert page.forms[0].kept_percent == 33
    assert (page.cases.count, page.cases.keyed, page.cases.minutes) == (5, 50, 4.0)
    said = text(signed_in(inspector).get("/recording/"))
    assert "Grade 5 42 33% 3.0 0" in said
    assert "Each case, all its forms together 5 50 30% 4.0 0" in said


@pytest.mark.requirement("JD-14")
def test_too_few_are_no_figure_another_agencys_are_not_ours_and_old_ones_are_gone(
    inspector: Member, constable: Member, social_worker: Member
) -> None:
    sent(constable, "grade", keyed=900)
    for _ in range(FEWEST):
        sent(social_worker, "alert_answer")
    long_ago = sent(constable, "same_person")
    Recording.objects.filter(pk=long_ago.pk).update(sent_at=NOW - timedelta(days=29), shown_at=NOW - timedelta(days=29))
    page = effort_page(inspector.viewer())
    assert [(e.form, e.count, e.keyed) for e in page.forms] == [("grade", 1, None)]


def test_nobody_else_sees_it(constable: Member, ext: Member) -> None:
    for member in (constable, ext):
        with pytest.raises(NotPermitted):
            effort_page(member.viewer())
        assert signed_in(member).get("/recording/").status_code == 403


def test_a_case_is_told_from_another_and_leads_back_to_nobody(constable: Member) -> None:
    one, again, other = (sent(constable, "grade", case=c) for c in ("person 17", "person 17", "person 18"))
    assert one.case == again.case != other.case
    assert one.case != "17" and len(one.case) == 32
