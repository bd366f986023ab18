"""The registry of routes is whole: what nobody has thought about is not open."""

from __future__ import annotations

from access_proof.routes import ROUTES, About, patterns
from sightline.exchange.api.views import api


def test_every_route_is_registered_and_none_is_gone() -> None:
    found = list(patterns())
    assert sorted(found) == sorted(set(found)), "two routes of one pattern: the second is never reached"
    assert set(found) - ROUTES.keys() == set(), "say in routes.py what these are about and how they are called"
    assert ROUTES.keys() - set(found) == set()


def test_every_operation_of_the_api_is_registered_with_its_method() -> None:
    said = {(method, path) for path, held in api.get_openapi_schema()["paths"].items() for method in held}
    assert said == {("post", "/" + route.path) for route in ROUTES.values() if route.body == "json"}


def test_an_address_that_takes_an_argument_is_about_somebody_a_place_a_search_an_alert_a_limit_a_file_or_a_user() -> (
    None
):
    for pattern, route in ROUTES.items():
        if "<" in pattern:
            about = (About.PERSON, About.PLACE, About.SEARCH, About.ALERT, About.RULES, About.USER, About.EXPORT)
            assert route.about in about, pattern
