"""A control room's system asks who a caller means: the same answer, gate and log as the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.cast import LONG_AGO, Member, entry, feed_viewer, make_member, person_of, write_person

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
    assert first["reasons"]
    assert [s["kind"] for s in first["standing"]] == ["child_protection_plan"]


@pytest.mark.requirement("JD-11")
def test_silence_of_a_source_is_never_nothing_held(call: Call, boy: int) -> None:
    states = {s["key"]: s["state"] for s in call(name="Mohammed Hussein").json()["found"][0]["sources"]}
    assert states["crime"] == "holds"
    assert states["housing"] == "never_heard"
    assert "nothing_held" not in {states["missing"], states["custody"]}


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


@pytest.mark.parametrize("terms", [{"reason": "short"}, {"name": "a\x00b"}, {"surprise": "x"}, {"name": "x" * 301}])
def test_what_cannot_be_taken_names_the_field_and_repeats_no_value(call: Call, db: None, terms: dict[str, str]) -> None:
    answer = call(**{"name": "Hussein", **terms})
    assert answer.status_code == 422
    assert next(iter(terms)) in {f["field"].rsplit(".", 1)[-1] for f in answer.json()["fields"]}


def test_nothing_to_look_for_is_refused_in_words(call: Call, db: None) -> None:
    answer = call()
    assert answer.status_code == 409
    assert "at least one thing" in answer.json()["detail"]
