"""What was on screen when something was decided: for a supervisor, and of what arrived afterwards nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access import gate
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.chronology.record import record_many

pytestmark = pytest.mark.django_db
CHILD = {"child": [("domestic_abuse", "C1")]}
GRADED = {"tool": "domestic_abuse", "grade": "standard", "stage": "initial", "role": "response"}


def said(kind: str, source: str, ref: str, at: object, data: object, **more: object) -> None:
    record_many([entry(kind, CHILD, source=source, ref=ref, at=at, data=data, **more)], feed_viewer(at=at))


@pytest.mark.requirement("JD-27")
def test_a_supervisor_sees_what_was_held_when_a_grade_was_set_and_what_its_author_could_read_of_it(
    constable: Member, health_visitor: Member
) -> None:
    now = timezone.now()
    graded_at, before = now - timedelta(days=2), now - timedelta(days=3)
    child = person_of(
        write_person("domestic_abuse", "C1", at=before, forenames="Ada", surname="Byrne", born="2016-05-04")
    )
    involve(constable, child, at=before)
    said("missing.reported", "missing", "m1", before, {"graded": "high", "reported_by": "parent"})
    said("risk.assessed", "domestic_abuse", "g1", graded_at, GRADED, by=str(constable.user))
    late = {"graded": "medium", "reported_by": "school"}
    record_many(
        [entry("missing.reported", CHILD, source="missing", ref="m2", at=before, data=late)], feed_viewer(at=now)
    )
    gate.look(constable.viewer(at=graded_at - timedelta(hours=1)), [child], fields=["chronology"])
    supervisor = make_member("sutcliffe", "Dee Sutcliffe", "supervisor", "police")
    involve(supervisor, child, at=now)
    involve(health_visitor, child, at=now)
    screen, grade = signed_in(supervisor), Event.objects.get(kind="risk.assessed")
    at = f"/person/{child}/entries/{grade.pk}/held/"
    assert at in screen.get(f"/person/{child}/").content.decode()
    page = text(screen.get(at))
    assert "by Tom Reeve (response officer)" in page and "1 entry about the time before had not arrived" in page
    assert "Reported by: parent" in page and "Reported by: school" not in page
    assert "Could be read" in page and ": chronology" in page
    assert AccessEntry.objects.filter(user_id=supervisor.user.pk, note="as it stood earlier", people=[child]).exists()
    assert signed_in(constable).get(at).status_code == 403, "nobody answers to a constable"
    assert signed_in(make_member("ext2", "Ext Two", "supervisor", "police")).get(at).status_code == 404
    assert screen.get(f"/person/{child}/entries/987654321/held/").status_code == 404


@pytest.mark.requirement("JD-27")
def test_whoever_could_not_open_the_record_then_could_read_nothing_of_it(constable: Member) -> None:
    now = timezone.now()
    child = person_of(
        write_person("domestic_abuse", "C1", at=now - timedelta(days=3), forenames="Ada", surname="Byrne")
    )
    said("missing.reported", "missing", "m1", now - timedelta(days=3), {"graded": "high", "reported_by": "parent"})
    said("risk.assessed", "domestic_abuse", "g1", now - timedelta(days=2), GRADED, by=str(constable.user))
    supervisor = make_member("sutcliffe", "Dee Sutcliffe", "supervisor", "police")
    involve(supervisor, child, at=now)
    page = text(
        signed_in(supervisor).get(f"/person/{child}/entries/{Event.objects.get(kind='risk.assessed').pk}/held/")
    )
    assert "Not for their post then" in page and "Could be read" not in page


@pytest.mark.requirement("JD-27", "IS-01")
def test_what_their_agency_could_not_read_then_is_said_not_to_have_been_theirs(health_visitor: Member) -> None:
    now = timezone.now()
    before = now - timedelta(days=3)
    child = person_of(write_person("domestic_abuse", "C1", at=before, forenames="Ada", surname="Byrne"))
    involve(health_visitor, child, at=before)
    said("missing.reported", "missing", "m1", before, {"graded": "high", "reported_by": "parent"})
    graded = {"by": str(health_visitor.user), "agency": "health"}
    said("risk.assessed", "health", "g1", now - timedelta(days=2), GRADED, **graded)
    supervisor = make_member("dale", "Kim Dale", "supervisor", "hub")
    involve(supervisor, child, at=now)
    grade = Event.objects.get(kind="risk.assessed")
    page = text(signed_in(supervisor).get(f"/person/{child}/entries/{grade.pk}/held/"))
    told = page[page.index("Missing reported") :]
    assert "Not for their post then" in told and "Could be read" not in told, "missing episodes are not for health"
