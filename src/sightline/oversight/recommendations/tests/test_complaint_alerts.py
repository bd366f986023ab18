"""What a child or a family complains of reaches a supervisor, and stays until somebody has looked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from alarms import Entries, case, raised, standing
from cast import make_member, person_of
from sightline.alerts.models import Alert, Told
from sightline.alerts.services import settle_everybody
from sightline.exchange.feeds.tests.police_extracts import record_of, take_in

entry = Entries(source="complaints")
COMPLAINT = entry("2014-03-04 10:00", "complaint.received", "{from: parent, about: delay, text: nobody rings}")


@pytest.mark.requirement("JD-75", "VO-09")
def test_a_complaint_is_told_to_the_supervisor_at_once() -> None:
    assert raised(case(COMPLAINT), "complaint_unseen") == [("complaint_unseen", "child", "2014-03-04 10:03")]


@pytest.mark.requirement("JD-75", "VO-09")
@pytest.mark.parametrize(
    ("later", "count"),
    [
        (entry("2014-03-05 09:00", "supervision.held", "{reflective: true}"), 0),
        (
            entry(
                "2014-03-05 09:00", "investigation.reviewed", "{by_role: sergeant, satisfied: false}", source="crime"
            ),
            0,
        ),
        (entry("2014-03-03 09:00", "supervision.held", "{reflective: true}"), 1),
        (entry("2014-03-05 09:00", "child.seen", "{alone: true, spoken_to: true}"), 1),
    ],
)
def test_it_stands_until_a_supervisor_has_looked_at_the_case_since(later: str, count: int) -> None:
    assert len(standing(case(COMPLAINT, later), "complaint_unseen")) == count


@pytest.mark.django_db
@pytest.mark.requirement("JD-75")
def test_of_two_complaints_of_an_extract_the_one_nobody_answered_is_told() -> None:
    make_member("greave", "Ann Greave", "supervisor", "police")
    take_in("complaints")
    settle_everybody(at=timezone.now())
    (alert,) = Alert.objects.filter(kind="complaint_unseen", cleared_at=None)
    assert alert.subject_id == person_of(record_of("complaints", "KC90010001").pk)
    assert "supervisor" in Told.objects.filter(alert=alert).values_list("role", flat=True)
