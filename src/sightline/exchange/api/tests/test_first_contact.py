"""A control room's system asks who a caller means: the same answer, gate and log as the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import LONG_AGO, Member, entry, feed_viewer, make_member, person_of, seal, write_person

from sightline.access import gate
from sightline.access.breakglass import break_glass
from sightline.access.models import AccessEntry, Involvement
from sightline.agencies.models import Agency
from sightline.chronology.record import record_many
from sightline.exchange.api.models import CallingSystem
from sightline.exchange.api.services import give_key

WHY = "mother on the line, worried about her son"
BOY = ("crime", "N-1")
Call = Callable[..., Any]


@pytest.fixture
def boy(db: None) -> int:
    """Mohammed Hussein of 12 Mill Lane, on a child protection plan."""
    record = write_person(*BOY, forenames="Mohammed", surname="Hussein", born="2016-03-04", sex="M")
    start = datetime.fromisoformat("2026-05-01T09:00:00+01:00")
    lives = {"lines": "12 Mill Lane, Holm", "postcode": "ZS5 7AB", "kind": "home"}
    plan = {"kind": "child_protection", "category": "neglect"}
    record_many(
        [
            entry("address.recorded", {"child": [BOY]}, source="crime", ref="N-1/address", at=start, data=lives),
            entry(
                "plan.started", {"child": [BOY]}, source="child_protection", ref="P1/plan.started", at=start, data=plan
            ),
        ],
        feed_viewer(),
    )
    return person_of(record)


@pytest.fixture
def call(call_handler: Member) -> Call:
    """The control room's system, speaking for the call handler unless told otherwise."""
    key = give_key("control room", Agency.objects.get(key="police"), at=LONG_AGO)
    client = Client()

    def ask(key: str = key, **terms: str) -> Any:
        body = {"on_behalf_of": call_handler.user.username, "reason": WHY, **terms}
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return client.post("/api/first-contact", json.dumps(body), content_type="application/json", headers=headers)

    return ask


@pytest.mark.requirement("JD-28", "JD-12", "JD-44")
def test_the_right_child_comes_back_with_reasons_and_standing_facts(call: Call, boy: int) -> None:
    answer = call(name="Mo Hussain", age="10", postcode="ZS5")
    assert answer.status_code == 200, answer.content
    first = answer.json()["found"][0]
    assert first["person"] == boy
    assert first["band"] in {"almost certain", "likely", "possible"}
    assert first["addresses"] == ["12 Mill Lane, Holm, ZS5 7AB"]
    assert first["reasons"]
    assert not [r for r in first["reasons"] if "+0.0 bits" in r or "-0.0 bits" in r]
    assert [s["kind"] for s in first["standing"]] == ["child_protection_plan"]


@pytest.mark.requirement("IS-02", "IS-05")
def test_what_somebody_opened_in_an_emergency_at_a_screen_is_not_opened_to_the_system_that_speaks_for_them(
    call: Call, boy: int, call_handler: Member
) -> None:
    now = timezone.now()
    seal(boy)
    break_glass(call_handler.viewer(at=now, reason=WHY), [boy])
    assert gate.readable(call_handler.viewer(at=now), [boy]) == {boy}
    answer = call(name="Mohammed Hussein", age="10", postcode="ZS5")
    assert answer.status_code == 200 and answer.json()["found"] == [] and "Mill Lane" not in answer.content.decode()


@pytest.mark.requirement("JD-11")
def test_silence_of_a_source_is_never_nothing_held(call: Call, boy: int) -> None:
    states = {s["key"]: s["state"] for s in call(name="Mohammed Hussein").json()["found"][0]["sources"]}
    assert states["crime"] == "holds"
    assert states["housing"] == "never_heard"
    assert "nothing_held" not in {states["missing"], states["custody"]}


@pytest.mark.requirement("JD-11")
def test_every_system_is_said_once_over_all_that_is_shown(call: Call, boy: int) -> None:
    answer = call(name="Mohammed Hussein").json()
    held = {s["key"]: (s["state"], s["entries"]) for s in answer["sources"]}
    assert held["child_protection"] == ("holds", 1)
    assert held["crime"][0] == "holds" and held["crime"][1] >= 2
    assert len(held) == len(answer["sources"])
    assert held["housing"] == ("never_heard", 0)


@pytest.mark.requirement("FC-07", "FC-12", "FC-14", "FC-15")
def test_the_answer_advises_a_response_names_the_entry_and_lists_checks_and_actions(call: Call, boy: int) -> None:
    answer = call(name="Mohammed Hussein", postcode="ZS5 7AB").json()
    suggested = answer["found"][0]["suggested"]
    assert suggested["grade"] == "priority"
    assert [(r["rule"], r["standing"]) for r in suggested["raised"]] == [("plan", "local default")]
    because = suggested["raised"][0]["entries"][0]
    assert (because["person"], because["source"], because["at"][:10]) == (boy, "child_protection", "2026-05-01")
    assert answer["checks"][-1]["asked"] == ["name", "postcode"] and answer["checks"][-1]["at"] == answer["at"]
    assert any("alone" in action for action in answer["at_the_scene"])


@pytest.mark.requirement("FC-12")
def test_nothing_that_raises_it_suggests_nothing(call: Call, db: None) -> None:
    write_person("crime", "N-2", forenames="Zadie", surname="Okonjo", born="2014-02-01", sex="F")
    found = call(name="Zadie Okonjo", born="2014-02-01").json()["found"]
    assert found and found[0]["suggested"] == {"grade": None, "raised": []}


@pytest.mark.parametrize("alone", [{"age": "10"}, {"description": "a boy"}, {"postcode": "ZS5"}])
def test_what_finds_nobody_alone_is_refused_and_never_answered_with_nobody(
    call: Call, db: None, alone: dict[str, str]
) -> None:
    answer = call(**alone)
    assert answer.status_code == 409 and "alone finds nobody" in answer.json()["detail"]


@pytest.mark.requirement("IS-03")
def test_the_search_is_logged_with_ids_and_field_names_and_no_values(
    call: Call, boy: int, call_handler: Member
) -> None:
    call(name="Mohammed Hussein", postcode="ZS5 7AB")
    search = AccessEntry.objects.get(action="search")
    assert (search.user_id, search.reason, search.people) == (call_handler.user.pk, WHY, [boy])
    assert "asked:name" in search.fields
    assert "asked:phone" not in search.fields
    assert "hussein" not in " ".join([*search.fields, search.note, search.route]).lower()
    assert Involvement.objects.filter(user=call_handler.user, person_id=boy, why="first_contact").exists()


def test_no_key_a_wrong_key_and_an_ended_key_give_the_same_answer(call: Call, boy: int) -> None:
    answers = [call(key="", name="Hussein"), call(key="wrong", name="Hussein")]
    CallingSystem.objects.update(active_until=LONG_AGO)
    answers.append(call(name="Hussein"))
    assert {a.status_code for a in answers} == {401}
    assert len({a.content for a in answers}) == 1


def test_a_system_speaks_only_for_its_own_agencys_people(call: Call, boy: int) -> None:
    make_member("visitor", "Nia Visitor", "practitioner", "health")
    outside, nobody = call(on_behalf_of="visitor", name="Hussein"), call(on_behalf_of="nobody", name="Hussein")
    assert outside.status_code == nobody.status_code == 403
    assert outside.content == nobody.content


@pytest.mark.requirement("IS-01")
def test_a_role_that_does_not_answer_calls_is_refused_and_the_refusal_logged(call: Call, boy: int) -> None:
    make_member("lister", "Ann Lister", "detective_sergeant", "police")
    assert call(on_behalf_of="lister", name="Hussein").status_code == 403
    assert AccessEntry.objects.filter(action="refusal").exists()
    assert not Involvement.objects.exists()


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"reason": "short"}, "must have at least 10 characters"),
        ({"name": "a\x00b"}, "holds a character that no text has (NUL)"),
        ({"surprise": "x"}, "is no field of this call"),
        ({"name": "x" * 301}, "must have at most 300 characters"),
        ({"postcode": 7}, "must be text"),
    ],
)
def test_what_cannot_be_taken_names_the_field_says_why_and_repeats_no_value(
    call: Call, db: None, terms: dict[str, Any], reason: str
) -> None:
    answer = call(**{"name": "Hussein", **terms})
    assert answer.status_code == 422
    assert {"field": next(iter(terms)), "reason": reason} in answer.json()["fields"]
    assert str(next(iter(terms.values()))) not in answer.content.decode().replace(reason, "")


def test_nothing_to_look_for_is_refused_in_words(call: Call, db: None) -> None:
    answer = call()
    assert answer.status_code == 409
    assert "at least one thing" in answer.json()["detail"]


@pytest.mark.requirement("JD-10")
def test_of_a_child_who_has_died_the_day_is_told_and_the_age_is_that_of_the_day(call: Call) -> None:
    write_person("social_care", "S-9", forenames="Zadie", surname="Okonjo", born="2014-02-01", died="2020-03-04")
    (found,) = call(name="Zadie Okonjo", born="2014-02-01").json()["found"]
    assert (found["died"], found["age"]) == ("2020-03-04", 6)
    assert [(s["kind"], s["says"]) for s in found["standing"]] == [("died", ["4 March 2020"])]
