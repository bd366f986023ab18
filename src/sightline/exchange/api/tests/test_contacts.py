"""A control room's system opens a contact: the same contact as the page opens, once, by the same rules and for those only who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import LONG_AGO, Member, make_member, person_of, seal, write_person
from tests.scenes import Boy, boys_life
from tests.screens import signed_in, text

from sightline.access.models import AccessEntry, Involvement
from sightline.agencies.models import Agency
from sightline.chronology.models import Event, EventPerson
from sightline.exchange.api import schemas
from sightline.exchange.api.services import give_key
from sightline.pathways.contact.forms.opening import CALLERS, KINDS, ROUTES

pytestmark = pytest.mark.django_db
WHY = "A neighbour rang and hears a child scream"
SAID = {
    "reason": WHY, "token": "cad-20260304-17", "route": "call", "own_words": "He is shouting and the little one is crying", "kind": "domestic_abuse",
    "place": "14 Kiln Row, ZS5 7AB", "children_live_there": "yes", "children_present": "yes", "children_saw_or_heard": "not_known",
    "child_linked_to_adult": "no", "unnamed": 1, "caller_is": "neighbour", "recovery": "no", "graded": "immediate",
    "children": [{"name": "Lily Hussein", "age": "about 4"}],
}  # fmt: skip
Call = Callable[..., Any]


@pytest.fixture
def scene() -> Boy:
    """The boy's life up to now."""
    return boys_life(timezone.now())


@pytest.fixture
def call(call_handler: Member, scene: Boy) -> Call:
    """The control room's system, speaking for the call handler; who has searched for the boy."""
    key, client = give_key("control room", Agency.objects.get(key="police"), at=LONG_AGO), Client()

    def ask(path: str = "contacts", key: str = key, **said: Any) -> Any:
        body = json.dumps({"on_behalf_of": call_handler.user.username, **said})
        return client.post(
            f"/api/{path}", body, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
        )

    assert ask("first-contact", reason=WHY, name="Mo Hussein", postcode="ZS5 7AB").status_code == 200
    return ask


@pytest.mark.requirement("FC-01")
def test_it_opens_the_contact_that_the_page_opens_and_once(call: Call, scene: Boy, call_handler: Member) -> None:
    people = [{"person": scene.boy, "part": "child"}, {"person": scene.stepfather, "part": "suspect"}]
    first, again = (call(**SAID, people=people) for _ in range(2))
    assert first.status_code == 200, first.content
    assert first.json() == again.json() and first.json()["person"] == scene.boy
    made = Event.objects.get(kind="contact.received", source="sightline")
    assert made.pk == first.json()["entry"] and made.by == "Jo Marsh" and made.data["account"] == call_handler.user.pk
    assert made.data["channel"] == "999" and made.data["child_affected"] is True and made.data["floor"] == "immediate"
    assert EventPerson.objects.filter(event=made, role="child").count() == 3
    page = text(signed_in(call_handler).get(first.json()["path"]))
    assert "Lily Hussein" in page and page.count("Not seen, due by") == 3
    look = AccessEntry.objects.filter(note="contact opened", reason=WHY, people__contains=[scene.boy]).latest("id")
    assert look.user_id == call_handler.user.pk and "control room" in look.route
    other = give_key("another room", Agency.objects.get(key="police"), at=LONG_AGO)
    assert call(key=other, **SAID, people=people).json()["entry"] != made.pk, "another system's token is its own"


@pytest.mark.requirement("FC-01", "FC-07")
def test_what_does_not_go_together_or_is_graded_too_low_is_refused_in_the_pages_words(call: Call, scene: Boy) -> None:
    nobody = call(**SAID | {"children": [], "unnamed": 0})
    assert nobody.status_code == 409 and "say how many children nobody can name" in nobody.json()["detail"]
    assert "Enter the address" in call(**SAID | {"recovery": "yes", "place": ""}).json()["detail"]
    boy = [{"person": scene.boy, "part": "child"}]
    low = call(**SAID | {"graded": "scheduled"}, people=boy)
    assert low.status_code == 409 and "cannot be graded lower than immediate" in low.json()["detail"]
    wrong = call(**SAID | {"kind": "weather", "own_words": " "})
    assert wrong.status_code == 422 and {f["field"] for f in wrong.json()["fields"]} == {"kind", "own_words"}
    assert not Event.objects.filter(kind="contact.received", source="sightline").exists()


@pytest.mark.requirement("IS-01", "FC-01")
def test_nobody_opens_a_contact_by_it_who_may_not_nor_about_somebody_they_have_not_opened(
    call: Call, scene: Boy
) -> None:
    make_member("lister", "Ann Lister", "missing_coordinator", "police")
    assert call(**SAID | {"on_behalf_of": "lister"}).status_code == 403
    assert call(**SAID | {"on_behalf_of": "lister", "children": [], "unnamed": 0}).status_code == 403, (
        "whatever it says"
    )
    assert call(key="wrong", **SAID).status_code == 401
    stranger = person_of(write_person("crime", "X-1", forenames="Zadie", surname="Okonjo", born="2014-02-01"))
    hidden = call(**SAID, people=[{"person": stranger, "part": "child"}])
    seal(stranger)
    answers = [hidden, *(call(**SAID, people=[{"person": p, "part": "child"}]) for p in (stranger, 987_654_321))]
    assert {a.status_code for a in answers} == {404} and len({a.content for a in answers}) == 1
    assert not Event.objects.filter(kind="contact.received", source="sightline").exists()
    assert not Involvement.objects.filter(person_id=stranger).exists()


def test_it_asks_by_the_pages_own_answers() -> None:
    for held, asked in ((ROUTES, schemas.Route), (KINDS, schemas.Kind), (CALLERS, schemas.Caller)):
        assert {key for key, _ in held} == set(get_args(asked))
