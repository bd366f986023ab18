"""The API does what its own OpenAPI description says, for anything that may be sent to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from tests.cast import LONG_AGO, Member
from tests.scenes import boys_life

from sightline.agencies.models import Agency
from sightline.exchange.api.services import give_key
from sightline.exchange.api.views import api

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(), config=SchemathesisConfig())
KEY_CHECKS = [schemathesis.checks.CHECKS.get_one(name) for name in ("missing_required_header", "ignored_auth")]
schema.app = WSGIHandler()
schema.base_url = "http://testserver"


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests share the test's own connection, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(call_handler: Member) -> str:
    """A calling system's key."""
    return give_key("contract", Agency.objects.get(key="police"), at=LONG_AGO)


@pytest.mark.requirement("JD-28")
@schema.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_its_description(
    case: schemathesis.Case, one_connection: None, key: str, call_handler: Member
) -> None:
    if (
        isinstance(case.body, dict)
        and "on_behalf_of" in case.body
        and case.meta
        and case.meta.generation.mode.is_positive
    ):
        case.body["on_behalf_of"] = call_handler.user.username
    response = case.call(headers={"Authorization": f"Bearer {key}"})
    # The key is put in above whatever was generated; that one is missing or wrong is tried in test_first_contact.
    case.validate_response(
        response,
        excluded_checks=KEY_CHECKS,
    )


@pytest.mark.requirement("JD-28")
def test_an_answer_full_of_people_keeps_to_its_description(
    one_connection: None, key: str, call_handler: Member
) -> None:
    boys_life(timezone.now())
    asked = {"on_behalf_of": call_handler.user.username, "reason": "mother on the line, worried", "name": "Mo Hussein"}
    case = schema["/api/first-contact"]["POST"].Case(
        body=asked | {"postcode": "ZS5 7AB"}, media_type="application/json"
    )
    answer = case.call(headers={"Authorization": f"Bearer {key}"})
    case.validate_response(answer, excluded_checks=KEY_CHECKS)
    said = answer.json()
    assert answer.status_code == 200 and said["found"][0]["household"] and said["found"][0]["suggested"]["raised"]
    assert said["places"] and said["checks"] and said["found"][0]["hazards"]


def test_the_description_says_who_may_ask_and_what_refusals_look_like() -> None:
    described = api.get_openapi_schema()
    operation = described["paths"]["/api/first-contact"]["post"]
    assert described["openapi"].startswith("3.1")
    assert {"200", "401", "403", "409", "422"} <= {str(code) for code in operation["responses"]}
    assert operation["security"] == [{"SystemKey": []}]
    answered = described["components"]["schemas"]["AnswerOut"]
    assert set(answered["required"]) == {"at", "found", "places", "sources", "checks", "at_the_scene"}
    found = described["components"]["schemas"]["FoundOut"]
    assert "suggested" in found["required"]
    for name, model in described["components"]["schemas"].items():
        assert model.get("description"), f"{name} says nothing of what it means"
