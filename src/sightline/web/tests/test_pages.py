"""The pages as a browser gets them: first contact, a person, a place, who looked; and what nobody may learn."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from cast import Member, involve
from scenes import Boy, boys_life
from sightline.access.models import AccessEntry, Restriction

pytestmark = pytest.mark.django_db
REASON = "Mother on the line, worried about her son"
ASKED = {"name": "Mo Hussein", "age": "10", "postcode": "ZS5 7AB", "reason": REASON}


def _signed_in(member: Member) -> Client:
    TOTP.activate(member.user, generate_totp_secret())
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _text(answer) -> str:  # type: ignore[no-untyped-def]
    words = unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+([.,:;)])", r"\1", re.sub(r"\s+", " ", words))


@pytest.fixture
def scene() -> Boy:
    """The boy's life up to now."""
    return boys_life(timezone.now())


@pytest.fixture
def handler(call_handler: Member, scene: Boy) -> Client:
    """Jo Marsh at a screen."""
    return _signed_in(call_handler)


def _answers(handler: Client, **asked: str):  # type: ignore[no-untyped-def]
    return handler.get(handler.post("/first-contact/", ASKED | asked).headers["Location"])


def test_nobody_gets_further_than_signing_in_without_an_account(client: Client, scene: Boy) -> None:
    for path in (
        "/",
        "/first-contact/",
        f"/person/{scene.boy}/",
        f"/address/{scene.premises}/",
        f"/person/{scene.boy}/looked/",
    ):
        assert client.get(path).headers["Location"].startswith("/sign-in/?next=")


def test_the_form_asks_for_a_reason_and_for_something_to_go_on(handler: Client) -> None:
    short = handler.post("/first-contact/", ASKED | {"reason": "because"})
    assert short.status_code == 422
    assert "Say why you are looking, in at least 10 characters" in _text(short)
    assert "Mo Hussein" in short.content.decode(), "what was typed is still there"
    nothing = handler.post("/first-contact/", {"reason": REASON})
    assert "anything else the caller can say" in _text(nothing)
    assert handler.post("/first-contact/", ASKED | {"name": "Mo\x00Hussein"}).status_code == 422


def test_no_name_is_ever_in_an_address(handler: Client) -> None:
    to = handler.post("/first-contact/", ASKED).headers["Location"]
    assert re.fullmatch(r"/first-contact/[\w-]+/", to)


def test_another_session_cannot_open_the_same_search(handler: Client, constable: Member) -> None:
    to = handler.post("/first-contact/", ASKED).headers["Location"]
    assert _signed_in(constable).get(to).status_code == 404


@pytest.mark.requirement("JD-10", "JD-35", "JD-44", "JD-07")
def test_an_answer_says_first_what_must_be_known_at_the_door(handler: Client) -> None:
    said = _text(_answers(handler))
    for fact in (
        "Subject of a child protection plan",
        "Lives there: registered sex offender",
        "At the address: dangerous dog",
    ):
        assert fact in said
    assert said.index("registered sex offender") < said.index("Why this person")


@pytest.mark.requirement("JD-12")
def test_an_answer_gives_the_band_and_the_reasons(handler: Client) -> None:
    said = _text(_answers(handler))
    assert re.search(r"Mohammed Ali Hussein (Almost certain|Likely|Possible) Aged 10", said)
    assert re.search(r"Why this person: .*surname.* the same", said)
    assert "not known;" not in said


@pytest.mark.requirement("JD-11", "JD-25")
def test_four_kinds_of_silence_are_four_different_things(handler: Client) -> None:
    said = _text(_answers(handler))
    assert re.search(r"Down \(1\) Custody Down since", said)
    assert re.search(r"Late \(1\) Education Late: last heard of at", said)
    assert re.search(r"Not asked: never connected \(\d+\)", said)
    assert "Answered, holds something" in said
    assert re.search(r"Answered, nothing held \(\d+\)", said)
    assert "What they hold now is unknown: it is not nothing" in said


@pytest.mark.requirement("JD-11")
def test_what_a_post_may_not_see_says_so_whether_or_not_anything_is_held(scene: Boy, health_visitor: Member) -> None:
    involve(health_visitor, scene.boy, at=timezone.now())
    said = _text(_signed_in(health_visitor).get(f"/person/{scene.boy}/"))
    assert re.search(r"Not permitted \(\d+\)", said)
    assert "Said to run errands" not in said


def test_nobody_found_is_not_said_to_be_nobody_known(handler: Client) -> None:
    said = _text(_answers(handler, name="Zebedee Quill", age="77", postcode=""))
    assert "Nobody was found" in said and "That is not the same as nobody known" in said


@pytest.mark.requirement("FC-14")
def test_the_search_and_what_came_of_it_are_in_the_log(handler: Client, call_handler: Member, scene: Boy) -> None:
    to = handler.post("/first-contact/", ASKED).headers["Location"]
    handler.get(to)
    handler.post(f"{to}none-of-these/")
    searches = AccessEntry.objects.filter(action="search", user_id=call_handler.user.pk).order_by("id")
    assert [e.outcome for e in searches] == ["given", "none of these"]
    first = searches[0]
    assert scene.boy in first.people and first.reason == REASON and "asked:name" in first.fields
    assert "Hussein" not in str(vars(first))


@pytest.fixture
def page(handler: Client, scene: Boy) -> str:
    """The boy's page, after a search has opened it, as text."""
    _answers(handler)
    return _text(handler.get(f"/person/{scene.boy}/"))


@pytest.mark.requirement("JD-10")
def test_the_first_thing_on_a_person_page_is_what_must_be_known(page: str) -> None:
    assert page.index("What you must know now") < page.index("Who lives there") < page.index("Chronology")
    assert page.index("child protection plan") < page.index("Who lives there")


@pytest.mark.requirement("JD-08", "JD-29", "JD-36", "JD-40")
def test_a_chronology_is_oldest_first_from_every_system_and_keeps_what_is_minor(page: str) -> None:
    told = page[page.index("shown of") :]
    assert told.index("Referral made") < told.index("Missing reported") < told.index("Intelligence recorded")
    assert "Cold house" in told


@pytest.mark.requirement("JD-24")
def test_every_entry_says_how_old_the_child_was(page: str, scene: Boy) -> None:
    when = scene.at - timedelta(days=900)
    age = when.year - 2016 - ((when.month, when.day) < (3, 4))
    told = page[page.index("shown of") :]
    assert re.search(rf"Referral made Fact .{{10,60}}, aged {age} ", told)


@pytest.mark.requirement("JD-18")
def test_entries_say_what_kind_of_truth_they_claim(page: str) -> None:
    for said in ("Intelligence recorded Unverified report", "Contact received Allegation", "Plan started Fact"):
        assert said in page


def test_what_a_source_did_not_supply_is_not_taken_for_no(page: str) -> None:
    assert re.search(r"Missing reported Fact .*?Not supplied: reported by, circumstances", page)


@pytest.mark.requirement("JD-04", "JD-05")
def test_a_household_can_be_seen_as_it_was_on_another_day(handler: Client, scene: Boy, page: str) -> None:
    now = page[page.index("Who lives there") : page.index("Related, and living elsewhere")]
    assert "Tariq Al-Hassan" in now and "Fatima" not in now
    then = (scene.at - timedelta(days=1500)).date().isoformat()
    before = _text(handler.get(f"/person/{scene.boy}/?on={then}"))
    there = before[before.index("Who lives there on") : before.index("Who lived there on another day")]
    assert "Fatima Hussein" in there and "Tariq" not in there
    assert handler.get(f"/person/{scene.boy}/?on=not-a-day").status_code == 200


def test_a_chronology_is_narrowed_by_links(handler: Client, scene: Boy, page: str) -> None:
    only = _text(handler.get(f"/person/{scene.boy}/?kind=Missing&years=1&order=newest"))
    told = only[only.index("shown of") :]
    assert "Referral made" not in told and "Plan started" not in told
    assert told.count("Missing reported") == 4
    assert handler.get(f"/person/{scene.boy}/?kind=%00&page=99999&years=x").status_code == 200


@pytest.mark.requirement("JD-19")
def test_two_accounts_of_one_thing_stand_side_by_side(handler: Client, scene: Boy) -> None:
    from cast import entry, feed_viewer, person_of
    from sightline.chronology.record import record_many
    from sightline.people.anchors import anchored
    from sightline.people.models import Link

    about = {"subject": [("crime", "boy")]}
    said = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-04-03"}
    record_many([entry("person.recorded", about, source="crime", ref="boy/person", data=said)], feed_viewer())
    record = anchored([("crime", "boy")], at=scene.at)["crime", "boy"]
    Link.objects.filter(record_id=record, identity_id=person_of(record)).update(identity_id=scene.boy)
    _answers(handler)
    told = _text(handler.get(f"/person/{scene.boy}/"))
    assert re.search(
        r"Systems disagree Date of birth 4 March 2016 Social care .*? 3 April 2016 Crime", told
    ) or re.search(r"Systems disagree Date of birth 3 April 2016 Crime .*? 4 March 2016 Social care", told)


def test_who_looked_shows_who_when_and_why_and_holds_this_look_too(handler: Client, scene: Boy, page: str) -> None:
    said = _text(handler.get(f"/person/{scene.boy}/looked/"))
    assert said.count("Jo Marsh") > 2 and REASON in said and "chronology" in said
    assert AccessEntry.objects.filter(people__contains=[scene.boy], fields=["access_log"]).exists()


@pytest.mark.requirement("JD-07")
def test_a_place_shows_its_hazards_who_lives_there_and_what_happened(handler: Client, scene: Boy, page: str) -> None:
    said = _text(handler.get(f"/address/{scene.premises}/"))
    assert "At the address: dangerous dog" in said and "Loose in the yard" in said
    assert "Tariq Al-Hassan" in said and "Contact received" in said


def test_a_place_does_not_name_those_who_are_not_opened(handler: Client, scene: Boy) -> None:
    said = _text(handler.get(f"/address/{scene.premises}/"))
    assert "3 other people are recorded here" in said and "Hussein" not in said


@pytest.mark.requirement("IS-05")
def test_absent_sealed_and_not_involved_are_the_same_bytes(handler: Client, scene: Boy) -> None:
    _answers(handler)
    Restriction.objects.create(person_id=scene.boy, state="sealed", reason="test", from_at=scene.at - timedelta(days=1))
    paths = (
        f"/person/{scene.boy}/",
        f"/person/{scene.stranger}/",
        "/person/987654321/",
        "/person/9999999999999999999/",
        "/no/such/page/",
    )
    answers = [handler.get(path) for path in paths]
    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1
    assert "ring your control room" in _text(answers[0])
    assert len({tuple(sorted(a.headers.items())) for a in answers[:3]}) == 1


def test_a_sealed_person_is_in_no_answer_no_household_and_no_place(handler: Client, scene: Boy) -> None:
    Restriction.objects.create(
        person_id=scene.stepfather, state="sealed", reason="test", from_at=scene.at - timedelta(days=1)
    )
    for answer in (_answers(handler), handler.get(f"/person/{scene.boy}/"), handler.get(f"/address/{scene.premises}/")):
        assert answer.status_code == 200
        assert "Tariq" not in _text(answer)


def test_the_first_page_lists_who_was_lately_opened_and_that_list_is_logged(
    handler: Client, scene: Boy, call_handler: Member
) -> None:
    assert "Nobody at present" in _text(handler.get("/"))
    _answers(handler)
    assert "Mohammed Ali Hussein" in _text(handler.get("/"))
    listed = AccessEntry.objects.filter(action="list", user_id=call_handler.user.pk).latest("id")
    assert scene.boy in listed.people


def test_a_post_that_does_not_answer_calls_has_no_search(scene: Boy, social_worker: Member) -> None:
    client = _signed_in(social_worker)
    assert "Why are you looking?" not in _text(client.get("/"))
    to = client.post("/first-contact/", ASKED).headers["Location"]
    refused = client.get(to)
    assert refused.status_code == 403 and "Hussein" not in _text(refused)


def test_a_fault_of_ours_never_looks_like_nobody_found(handler: Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*args: object, **kwargs: object) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM access_accessentry")

    monkeypatch.setattr("sightline.web.views.first_contact", broken)
    handler.raise_request_exception = False
    answer = _answers(handler)
    assert answer.status_code == 500
    assert "This is not the same as nothing held" in _text(answer)


def test_no_page_carries_inline_script_or_style(handler: Client, scene: Boy) -> None:
    pages = [
        _answers(handler),
        handler.get("/"),
        handler.get(f"/person/{scene.boy}/"),
        handler.get(f"/address/{scene.premises}/"),
    ]
    for answer in pages:
        html = answer.content.decode()
        assert (
            not re.search(r"<script(?![^>]*\ssrc=)", html)
            and " style=" not in html
            and not re.search(r"\son\w+=", html)
        )
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
