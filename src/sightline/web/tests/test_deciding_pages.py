"""Somebody decides who is who, at a screen: the same person or not, and records that are somebody else's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.people.models import Candidate

pytestmark = pytest.mark.django_db
WHY = "same boy: his mother confirmed both addresses"
MO = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-05-04", "sex": "M", "nhs_number": "9990001200"}
OTHER = {"forenames": "Mo", "surname": "Khan"}


def two(said: dict[str, str], *members: Member) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two records of two people, each member involved with both; (records, people)."""
    at = timezone.now() - timedelta(days=30)
    records = (write_person("crime", "N1", at=at, **MO), write_person("missing", "N2", at=at, **said))
    people = (person_of(records[0]), person_of(records[1]))
    for member in members:
        involve(member, *people, at=timezone.now())
    return records, people


def decide(client: Client, person: int, other: int, same: str = "yes", reason: str = WHY):  # type: ignore[no-untyped-def]
    """Say whether they are the same, by the number of the other's page."""
    said = {"number": str(other), "same": same, "reason": reason}
    return client.post(f"/person/{person}/records/same/", said)


@pytest.mark.requirement("JD-02")
def test_a_named_person_joins_and_parts_with_a_reason_at_a_screen(team_manager: Member) -> None:
    records, (one, other) = two(MO | {"forenames": "Mo"}, team_manager)
    client = signed_in(team_manager)
    assert decide(client, one, other).headers["Location"] == f"/person/{one}/records/"
    assert person_of(records[1]) == person_of(records[0])
    shown = text(client.get(f"/person/{one}/records/apart/"))
    assert "Missing, N2 Mo Hussein, born 4 May 2016" in shown
    why = "two cousins of one name after all"
    client.post(f"/person/{one}/records/apart/", {"away": ["missing/N2"], "reason": why})
    assert (person_of(records[0]), person_of(records[1])) == (one, other)
    said = [
        (e.data["same"], e.data["reason"], e.by) for e in Event.objects.filter(kind="identity.decided").order_by("id")
    ]
    assert said == [(True, WHY, "Sunita Rao"), (False, why, "Sunita Rao")]


@pytest.mark.requirement("JD-02")
def test_people_who_are_not_much_alike_wait_on_screen_for_a_second_person(team_manager: Member) -> None:
    second = make_member("hale", "Bryn Hale", "mash_manager", "hub")
    records, (one, other) = two(OTHER, team_manager, second)
    first, hers = signed_in(team_manager), signed_in(second)
    decide(first, one, other)
    for client, person, them in ((first, one, other), (hers, other, one)):
        page = text(client.get(f"/person/{person}/records/"))
        assert re.search(rf"Waiting Sunita Rao said that person {them} is .+ too .+: “{WHY}”", page)
    decide(first, one, other)
    assert person_of(records[1]) == other, "the same person saying it twice is one person"
    decide(hers, one, other)
    assert person_of(records[1]) == one
    assert "a second person has to" not in text(hers.get(f"/person/{one}/records/"))


@pytest.mark.requirement("JD-02")
def test_two_people_said_to_be_two_are_asked_about_no_more(team_manager: Member) -> None:
    records, (one, other) = two(OTHER, team_manager)
    left, right = sorted(records)
    Candidate.objects.create(left_id=left, right_id=right, bits=6.5, model_version="t", why="forename: a short form")
    client = signed_in(team_manager)
    listed = text(client.get(f"/person/{one}/records/same/"))
    assert "Mo Khan" in listed and "Forename: a short form. 6.5 bits" in listed
    said = {"other": f"person-{other}", "same": "no", "reason": "the school has both boys in one class"}
    client.post(f"/person/{one}/records/same/", said)
    assert not Candidate.objects.exists()
    assert person_of(records[1]) == other
    assert "Nobody that you may know of is waiting" in text(client.get(f"/person/{one}/records/"))


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"same": "yes", "reason": WHY}, "Choose one person"),
        ({"number": "{other}", "reason": WHY}, "Say whether they are the same person"),
        ({"number": "{other}", "same": "yes", "reason": "twins"}, "Say why, in at least 10 characters"),
        ({"number": "{other}", "same": "yes"}, "Say why: someone may have to undo it"),
        ({"number": "{one}", "same": "yes", "reason": WHY}, "These are already one person"),
        ({"number": "the other boy", "same": "yes", "reason": WHY}, "Enter the number at the end"),
    ],
)
def test_what_makes_no_decision_is_refused_in_words_and_changes_nothing(
    team_manager: Member, said: dict[str, str], why: str
) -> None:
    records, (one, other) = two(MO, team_manager)
    sent = {k: v.format(one=one, other=other) for k, v in said.items()}
    answer = signed_in(team_manager).post(f"/person/{one}/records/same/", sent)
    assert answer.status_code == 422
    assert why in text(answer)
    assert person_of(records[1]) == other
    assert not Event.objects.filter(kind="identity.decided").exists()


def test_taking_out_every_record_is_refused_in_words(team_manager: Member) -> None:
    _, (one, other) = two(MO, team_manager)
    client = signed_in(team_manager)
    decide(client, one, other)
    sent = {"away": ["crime/N1", "missing/N2"], "reason": WHY}
    answer = client.post(f"/person/{one}/records/apart/", sent)
    assert (answer.status_code, "some, and not all" in text(answer)) == (422, True)


@pytest.mark.requirement("JD-02", "IS-01")
def test_a_post_that_does_not_decide_is_told_so_and_refused(constable: Member) -> None:
    records, (one, other) = two(MO, constable)
    client = signed_in(constable)
    page = text(client.get(f"/person/{one}/records/"))
    assert "Your post does not decide who is who" in page and not re.search(r"Say whether|Say that some", page)
    assert {client.get(f"/person/{one}/records/{p}/").status_code for p in ("same", "apart")} == {403}
    assert decide(client, one, other).status_code == 403
    assert person_of(records[1]) == other
    refused = AccessEntry.objects.filter(user_id=constable.user.pk, outcome="refused")
    assert refused.count() == 3


@pytest.mark.requirement("JD-02", "IS-01")
def test_whoever_may_not_be_seen_is_joined_to_nobody_and_the_answer_is_that_of_nobody_there(
    team_manager: Member,
) -> None:
    records, (one, _) = two(MO, team_manager)
    stranger = person_of(write_person("crime", "N9", **OTHER))
    client = signed_in(team_manager)
    seen, absent = decide(client, one, stranger), decide(client, one, 987_654_321)
    assert (seen.status_code, absent.status_code) == (404, 404)
    assert text(seen) == text(absent)
    assert person_of(records[0]) == one


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("reads", ["neither", "one", "other", "both"])
def test_the_number_of_somebody_joined_to_another_leads_on_for_whoever_may_read_both_and_is_nobodys_to_others(
    team_manager: Member, social_worker: Member, reads: str
) -> None:
    _, (one, other) = two(MO, team_manager)
    decide(signed_in(team_manager), one, other)
    open_ = {"neither": (), "one": (one,), "other": (other,), "both": (one, other)}[reads]
    involve(social_worker, *open_, at=timezone.now())
    client = signed_in(social_worker)
    found, nobody = client.get(f"/person/{other}/"), client.get("/person/987654321/")
    if reads == "both":
        assert found.headers["Location"] == f"/person/{one}/"
    else:
        assert (found.status_code, found.content) == (404, nobody.content)
