"""First contact as a browser gets it: the form, the answers, the first page; and what nobody may learn."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from cast import Member, seal
from scenes import Boy
from screens import ASKED, REASON, boys_age, search, signed_in, text
from sightline.access.models import AccessEntry

pytestmark = pytest.mark.django_db


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
    assert "Say why you are looking, in at least 10 characters" in text(short)
    assert "Mo Hussein" in short.content.decode(), "what was typed is still there"
    nothing = handler.post("/first-contact/", {"reason": REASON})
    assert "anything else the caller can say" in text(nothing)
    assert handler.post("/first-contact/", ASKED | {"name": "Mo\x00Hussein"}).status_code == 422


def test_no_name_is_ever_in_an_address(handler: Client) -> None:
    to = handler.post("/first-contact/", ASKED).headers["Location"]
    assert re.fullmatch(r"/first-contact/[\w-]+/", to)


def test_another_session_cannot_open_the_same_search(handler: Client, constable: Member) -> None:
    to = handler.post("/first-contact/", ASKED).headers["Location"]
    assert signed_in(constable).get(to).status_code == 404


@pytest.mark.requirement("JD-10", "JD-35", "JD-44", "JD-07")
def test_an_answer_says_first_what_must_be_known_at_the_door(handler: Client) -> None:
    said = text(search(handler))
    for fact in (
        "Subject of a child protection plan",
        "Lives there: registered sex offender",
        "At the address: dangerous dog",
    ):
        assert fact in said
    assert said.index("registered sex offender") < said.index("Why this person")


@pytest.mark.requirement("JD-12")
def test_an_answer_gives_the_band_and_the_reasons(handler: Client) -> None:
    said = text(search(handler))
    assert re.search(rf"Mohammed Ali Hussein (Almost certain|Likely|Possible) Aged {boys_age()}\b", said)
    assert re.search(r"Why this person: .*surname Hussein", said)
    assert "not known;" not in said
    told = re.findall(r"Why this person: [^.]*\.", said)
    assert told and not [t for t in told if "bits" in t], "the weights stand in a detail"
    assert "How sure, in figures" in said


@pytest.mark.requirement("FC-07", "FC-12")
def test_an_answer_suggests_a_response_and_says_which_entry_raised_it(handler: Client) -> None:
    said = text(search(handler))
    assert re.search(r"Suggested response: Immediate somebody goes now", said)
    assert re.search(
        r"Because somebody who lives with a child is known as a danger to children: Registered sex offender: "
        r"Tariq Al-Hassan \(step-parent\)\. Offender management, \d+ \w+ \d{4}, \d years ago",
        said,
    )
    assert "It is never a reason to go later" in said and "local default" in said


@pytest.mark.requirement("FC-15")
def test_an_answer_lists_the_least_that_is_done_at_the_scene_whoever_was_found(handler: Client) -> None:
    for asked in ({}, {"name": "Zebedee Quill", "age": "77", "postcode": ""}):
        said = text(search(handler, **asked))
        there = said[said.index("At the scene, for every child") : said.index("Checks run")]
        for least in ("See every child", "alone", "safe", "evidence", "Photograph injuries", "suspected", "arrest"):
            assert least in there


@pytest.mark.requirement("FC-14")
def test_the_checks_run_are_on_the_answer_with_their_times_as_the_log_holds_them(handler: Client, scene: Boy) -> None:
    search(handler)
    handler.get(f"/person/{scene.boy}/")
    said = text(search(handler, name="", age="", phone="07700 900123"))
    checks = said[said.index("Checks run") : said.index("What each system answered About")]
    when = r"\d+ \w+ \d{4}, \d\d:\d\d"
    assert re.search(rf"{when}: Searched by age, name and postcode", checks)
    assert re.search(rf"{when}: Opened the record of Mohammed Ali Hussein|{when}: Opened a record", checks)
    assert re.search(rf"{when}: Searched by phone number and postcode, \d+ of \d+ systems answering", checks)


@pytest.mark.requirement("JD-13", "FC-14")
def test_an_officers_opening_on_a_phone_is_in_the_log_as_theirs(scene: Boy, constable: Member) -> None:
    phone = signed_in(constable)
    search(phone)
    summary = phone.get(f"/person/{scene.boy}/", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 15) Mobile"})
    assert "What you must know now" in text(summary)
    opened = AccessEntry.objects.filter(action="consultation", route=f"/person/{scene.boy}/").latest("id")
    assert (opened.user_id, opened.role, opened.outcome) == (constable.user.pk, "response_officer", "given")
    assert scene.boy in opened.people and opened.reason == REASON


@pytest.mark.requirement("JD-11")
def test_what_each_system_answered_is_about_everybody_shown_and_where_they_live(handler: Client) -> None:
    said = text(search(handler))
    said = said[said.index("What each system answered About") :]
    holds = said[said.index("Answered, holds something") : said.index("Answered, nothing held about them")]
    for system in ("Offender management", "Intelligence", "Child protection", "Command and control"):
        assert re.search(rf"{system}: \d+ entr", holds), "the stepfather's, the boy's, and the dog's at the address"
    assert re.search(r"Missing: 8 entries", holds)


def test_one_person_alone_is_never_said_to_be_the_one(handler: Client) -> None:
    said = text(search(handler, name="Layla Hussein", age="", born="1990-07-12"))
    assert "Only one person fits well enough to show. It may still be somebody else" in said or "may be meant" in said


def test_what_finds_nobody_by_itself_is_not_taken_for_a_search(handler: Client) -> None:
    for alone in ({"age": "10"}, {"postcode": "ZS5"}, {"description": "a boy in a red coat"}):
        answer = handler.post("/first-contact/", {"reason": REASON, **alone})
        assert answer.status_code == 422 and "finds nobody alone" in text(answer)


@pytest.mark.requirement("JD-12")
def test_an_address_alone_shows_who_lives_there_and_its_dangers_once(handler: Client) -> None:
    said = text(search(handler, name="", age="", address="14 Kiln Row"))
    assert "3 people live there, as far as is known: Tariq Al-Hassan, aged 4" in said
    assert said.count("At the address: dangerous dog") == 1
    assert said.count("Suggested response:") == 1
    assert "Lives there: registered sex offender" in said


def test_a_phone_number_alone_finds_whose_it_is(handler: Client) -> None:
    said = text(search(handler, name="", age="", postcode="", phone="07700900123"))
    assert "Layla Hussein" in said and "a phone number in common" in said


@pytest.mark.requirement("JD-11", "JD-25")
def test_four_kinds_of_silence_are_four_different_things(handler: Client) -> None:
    said = text(search(handler))
    assert re.search(r"Down \(1\) Custody Down since", said)
    assert re.search(r"Late \(1\) Education Late: last heard of at", said)
    assert re.search(r"Not asked: never connected \(\d+\)", said)
    assert "Answered, holds something" in said
    assert re.search(r"Answered, nothing held about them \(\d+\)", said)
    assert "What they hold now is unknown: it is not nothing" in said


def test_nobody_found_is_not_said_to_be_nobody_known(handler: Client) -> None:
    said = text(search(handler, name="Zebedee Quill", age="77", postcode=""))
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


@pytest.mark.requirement("IS-05")
def test_absent_sealed_and_not_involved_are_the_same_bytes(handler: Client, scene: Boy) -> None:
    search(handler)
    seal(scene.boy, since=scene.at - timedelta(days=1))
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
    assert "ring your control room" in text(answers[0])
    assert len({tuple(sorted(a.headers.items())) for a in answers[:3]}) == 1


def test_a_sealed_person_is_in_no_answer_no_household_and_no_place(handler: Client, scene: Boy) -> None:
    seal(scene.stepfather, since=scene.at - timedelta(days=1))
    for answer in (search(handler), handler.get(f"/person/{scene.boy}/"), handler.get(f"/address/{scene.premises}/")):
        assert answer.status_code == 200
        assert "Tariq" not in text(answer)


def test_the_first_page_lists_who_was_lately_opened_and_that_list_is_logged(
    handler: Client, scene: Boy, call_handler: Member
) -> None:
    assert "Nobody at present" in text(handler.get("/"))
    search(handler)
    assert "Mohammed Ali Hussein" in text(handler.get("/"))
    listed = AccessEntry.objects.filter(action="list", user_id=call_handler.user.pk).latest("id")
    assert scene.boy in listed.people


def test_a_post_that_does_not_answer_calls_has_no_search(scene: Boy, social_worker: Member) -> None:
    client = signed_in(social_worker)
    assert "Why are you looking?" not in text(client.get("/"))
    to = client.post("/first-contact/", ASKED).headers["Location"]
    refused = client.get(to)
    assert refused.status_code == 403 and "Hussein" not in text(refused)


def test_a_fault_of_ours_never_looks_like_nobody_found(handler: Client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*args: object, **kwargs: object) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM access_accessentry")

    monkeypatch.setattr("sightline.web.views.first_contact", broken)
    handler.raise_request_exception = False
    answer = search(handler)
    assert answer.status_code == 500
    assert "This is not the same as nothing held" in text(answer)


def test_no_page_carries_inline_script_or_style(handler: Client, scene: Boy) -> None:
    pages = [
        search(handler),
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


def test_searching_again_nobody_types_twice_what_the_caller_said(handler: Client, constable: Member) -> None:
    answer = search(handler)
    (again,) = set(re.findall(r'href="(/first-contact/\?again=[^"]+)"', answer.content.decode()))
    form = handler.get(again).content.decode()
    for said in ("Mo Hussein", "ZS5 7AB", REASON):
        assert f'value="{said}"' in form and said.replace(" ", "%20") not in again
    assert "Mo Hussein" not in handler.get("/first-contact/").content.decode()
    assert "Mo Hussein" not in signed_in(constable).get(again).content.decode(), "nobody else's session holds it"
