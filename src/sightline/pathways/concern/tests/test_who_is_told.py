"""Of a form and those around it: who else was there, whose forms are of the same visit, who signs it off, and the look at each child."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access.models import AccessEntry, Involvement
from sightline.chronology.record import record_many
from sightline.kernel.errors import Refused
from sightline.pathways.concern.queries import known_of
from sightline.pathways.concern.services import open_children
from sightline.pathways.concern.tests.test_concern_pages import begun, filled, officer, people

__all__ = ["officer", "people"]
pytestmark = pytest.mark.django_db


def sent(client: Client, people: dict[str, int], *children: str) -> str:
    """A form about these children was sent: the page of the first."""
    answer = client.post(begun(client, people, *children), filled(people, *children, do="send"))
    assert answer.status_code == 302, text(answer)
    return str(answer.headers["Location"])


@pytest.mark.requirement("IS-01")
def test_a_child_of_the_same_incident_is_offered_to_whoever_may_read_them_and_to_nobody_else(
    officer: Client, constable: Member, people: dict[str, int]
) -> None:
    zed = person_of(write_person("crime", "zed", forenames="Zed", surname="Quarry", born="2016-01-02"))
    both = {"child": [("crime", "ana"), ("crime", "zed")]}
    call = entry("contact.received", both, source="command_and_control", ref="c1", at=timezone.now() - timedelta(hours=1),
                 data={"channel": "999", "kind": "domestic_abuse"})  # fmt: skip
    record_many([call], feed_viewer(at=timezone.now()))
    assert "Quarry" not in text(officer.get(f"/person/{people['ana']}/concern/"))
    involve(constable, zed, at=timezone.now())
    assert "Zed Quarry" in text(officer.get(f"/person/{people['ana']}/concern/"))


@pytest.mark.requirement("IS-01")
def test_of_the_forms_of_one_visit_the_writer_is_told_of_those_whose_record_is_still_open_to_them(
    officer: Client, people: dict[str, int]
) -> None:
    where = sent(officer, people, "ana", "ben")
    assert "Of the same visit: Ben Reed" in text(officer.get(where))
    Involvement.objects.filter(person_id=people["ben"]).update(until_at=timezone.now())
    assert "Of the same visit" not in text(officer.get(where))


def test_a_colleague_who_answers_for_nobodys_grades_is_not_asked_to_sign_a_form_off(
    officer: Client, people: dict[str, int]
) -> None:
    where = sent(officer, people, "ana")
    colleague = make_member("lund", "Pia Lund", "response_officer", "police")
    involve(colleague, people["ana"], at=timezone.now())
    hers = signed_in(colleague)
    assert "as the supervisor" not in text(hers.get(where)) and "Look at a concern form" not in text(hers.get("/work/"))


@pytest.mark.requirement("IS-03")
def test_what_a_form_begins_with_is_a_look_at_each_child_that_it_is_about(
    constable: Member, people: dict[str, int]
) -> None:
    involve(constable, people["ana"], people["ben"], at=timezone.now())
    now = timezone.now()
    known_of(constable.viewer(at=now), [people["ana"], people["ben"]], at=now)
    looks = AccessEntry.objects.filter(user_id=constable.user.pk, note="concern form", outcome="given")
    (look,) = looks.filter(fields__contains=["chronology"])
    assert look.people == sorted([people["ana"], people["ben"]])


@pytest.mark.requirement("IS-01")
def test_whoever_answers_no_calls_takes_nobody_into_a_form_whom_they_do_not_work_with(
    social_worker: Member, people: dict[str, int]
) -> None:
    involve(social_worker, people["ana"], at=timezone.now())
    viewer = social_worker.viewer(at=timezone.now(), reason="They were in the same room when it happened")
    with pytest.raises(Refused, match="Search for them first"):
        open_children(viewer, people["ana"], [people["ben"]])
    assert AccessEntry.objects.filter(outcome="refused", note="concern form", people=[people["ben"]]).exists()
    assert not Involvement.objects.filter(user=social_worker.user, person_id=people["ben"]).exists()
