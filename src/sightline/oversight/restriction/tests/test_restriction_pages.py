"""A record is restricted and opened again by those whose right it is; whom a court appointed reads for the span of the appointment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import LONG_AGO, Member, involve, make_member, person_of, sign_in, write_person
from sightline.access import gate
from sightline.access.models import AccessEntry, Exclusion, Involvement, Restriction
from sightline.kernel.errors import NotPermitted
from sightline.oversight.restriction.services import restrict

pytestmark = pytest.mark.django_db
WHY = "Witness in a trial; asked for by the reviewing officer"
CLOSED = {"state": "restricted", "reason": WHY, "ask": "Duty manager, child protection", "review_on": "1 1 2035"}


@pytest.fixture
def child() -> int:
    return person_of(write_person("social_care", "S1", at=LONG_AGO, forenames="Ayaan", surname="Warsame"))


def now() -> datetime:
    return timezone.now()


def known(member: Member, child: int) -> bool:
    return bool(gate.readable(member.viewer(at=now()), [child]))


@pytest.mark.requirement("IS-01")
def test_a_manager_restricts_a_record_they_read_and_lifts_it_again(
    team_manager: Member, call_handler: Member, child: int
) -> None:
    involve(team_manager, child, at=now())
    involve(call_handler, child, why="first_contact", at=now())
    client = sign_in(Client(), team_manager)
    assert known(call_handler, child)
    assert client.post(f"/person/{child}/restriction/", CLOSED).status_code == 302
    assert not known(call_handler, child) and known(team_manager, child)
    (held,) = Restriction.objects.filter(person_id=child)
    assert (held.ask, held.review_on.isoformat(), held.set_by) == (
        CLOSED["ask"],
        "2035-01-01",
        team_manager.user.pk,
    )
    page = client.get(f"/person/{child}/restriction/").content.decode()
    assert WHY in page and CLOSED["ask"] in page
    asks = sign_in(Client(), call_handler).get(f"/person/{child}/").content.decode()
    assert CLOSED["ask"] in asks and WHY not in asks
    lifted = client.post(f"/person/{child}/restriction/{held.pk}/lift/", {"reason": "The trial is over, no danger"})
    assert lifted.status_code == 302 and known(call_handler, child)
    held.refresh_from_db()
    assert (held.lifted_by, held.lifted_why) == (team_manager.user.pk, "The trial is over, no danger")
    notes = AccessEntry.objects.filter(action="administration", people=[child]).order_by("pk")
    assert list(notes.values_list("note", flat=True)) == ["restricted", "restricted lifted"]


@pytest.mark.requirement("IS-05")
def test_a_record_is_sealed_by_the_data_guardian_alone_who_lifts_it_without_reading_it(
    data_guardian: Member, team_manager: Member, child: int
) -> None:
    involve(team_manager, child, at=now())
    with pytest.raises(NotPermitted):
        restrict(
            team_manager.viewer(at=now()),
            child,
            state="sealed",
            reason=WHY,
            ask="x",
            review_on=now().date() + timedelta(3),
        )
    client, manager = sign_in(Client(), data_guardian), sign_in(Client(), team_manager)
    asked = [c.get(f"/person/{child}/restriction/").content.decode() for c in (client, manager)]
    assert ['value="sealed"' in page for page in asked] == [True, False], "nobody is offered what is not theirs"
    assert client.post(f"/person/{child}/restriction/", CLOSED | {"state": "sealed"}).status_code == 302
    absent = manager.get("/person/987654321/restriction/")
    hers = manager.get(f"/person/{child}/restriction/")
    assert (hers.status_code, hers.content) == (404, absent.content)
    assert f"/person/{child}/restriction/" in client.get("/restrictions/").content.decode()
    aunt = make_member("aunt", "Ada Aunt", "data_guardian", "hub")
    Exclusion.objects.create(user=aunt.user, person_id=child, reason="own niece", from_at=LONG_AGO)
    aunts = sign_in(Client(), aunt)
    assert f"/person/{child}/" not in aunts.get("/restrictions/").content.decode()
    hidden, nobody = (aunts.get(f"/person/{n}/restriction/") for n in (child, 987654321))
    assert (hidden.status_code, hidden.content) == (404, nobody.content)
    (held,) = Restriction.objects.filter(person_id=child)
    client.post(f"/person/{child}/restriction/{held.pk}/lift/", {"reason": "No longer hidden from anybody"})
    assert manager.get(f"/person/{child}/restriction/").status_code == 200


def test_what_is_missing_is_said_and_nothing_is_restricted(team_manager: Member, child: int) -> None:
    involve(team_manager, child, at=now())
    answer = sign_in(Client(), team_manager).post(f"/person/{child}/restriction/", {"reason": "short"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "at least 10 characters" in said and "looks at this again" in said
    past = sign_in(Client(), team_manager).post(f"/person/{child}/restriction/", CLOSED | {"review_on": "1 1 2020"})
    assert "still to come" in past.content.decode() and not Restriction.objects.exists()


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("page", ["restriction", "appointment"])
def test_others_are_told_that_there_is_nothing(social_worker: Member, child: int, page: str) -> None:
    involve(social_worker, child, at=now())
    assert sign_in(Client(), social_worker).get(f"/person/{child}/{page}/").status_code == 404


@pytest.mark.requirement("IS-01")
def test_whom_the_court_appointed_reads_until_the_last_day_and_no_longer(team_manager: Member, child: int) -> None:
    guardian = make_member("ellis", "Nia Ellis", "court_appointed_officer", "family_court_advice")
    involve(team_manager, child, at=now())
    client, day = sign_in(Client(), team_manager), timezone.localdate()
    said = {"officer": "ellis", "reason": "Order of the family court at Marsham", "from_on": day.isoformat()}
    wrong = client.post(f"/person/{child}/appointment/", said | {"until_on": "1 1 2020"})
    assert "comes after its first" in wrong.content.decode()
    nobody = client.post(f"/person/{child}/appointment/", said | {"officer": "rao", "until_on": "1 1 2035"})
    assert "Nobody of this user name" in nobody.content.decode() and not known(guardian, child)
    until = day + timedelta(days=20)
    assert client.post(f"/person/{child}/appointment/", said | {"until_on": until.isoformat()}).status_code == 302
    assert known(guardian, child)
    assert "Warsame" in sign_in(Client(), guardian).get(f"/person/{child}/").content.decode()
    assert not gate.readable(guardian.viewer(at=now() + timedelta(days=22)), [child])
    (held,) = Involvement.objects.filter(why="court_appointment")
    ended = client.post(f"/person/{child}/appointment/{held.pk}/end/", {"reason": "Discharged by the court today"})
    assert ended.status_code == 302 and not known(guardian, child)
