"""Each fact is asked once and offered again; what had to be keyed all the same, and how long it took, is counted on the server."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member
from scenes import Boy
from screens import REASON, search, signed_in
from sightline.oversight.recording_effort.models import Recording
from sightline.web import keying
from sightline.web.forms import FirstContactForm
from sightline.web.glass import EmergencyForm

pytestmark = pytest.mark.django_db
CALL = {"name": "Mo Hussein", "age": "10", "postcode": "ZS5 7AB", "reason": REASON}


def fields_of(answer: object) -> dict[str, str]:
    """What a page's form would send as it stands, hidden fields too."""
    page = answer.content.decode()  # type: ignore[attr-defined]
    inputs = [dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", page)]
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    held = {
        i["name"]: i.get("value", "") for i in inputs if i.get("name") and i.get("type") not in ("radio", "checkbox")
    }
    return {k: unescape(v) for k, v in (held | dict(areas)).items() if k != "csrfmiddlewaretoken"}


@pytest.fixture
def handler(scene: Boy, call_handler: Member) -> Client:
    return signed_in(call_handler)


@pytest.mark.requirement("JD-14")
def test_a_search_counts_what_was_typed_and_how_long_it_took_and_holds_none_of_it(
    handler: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = fields_of(handler.get("/first-contact/"))
    shown = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: shown + timedelta(minutes=4))
    handler.post("/first-contact/", form | CALL)
    (one,) = Recording.objects.all()
    assert (one.form, one.keyed, one.offered, one.kept) == ("first_contact", sum(map(len, CALL.values())), 0, 0)
    assert timedelta(minutes=3, seconds=58) < one.sent_at - one.shown_at < timedelta(minutes=4, seconds=2)
    kept = " ".join(str(getattr(one, f.name)) for f in Recording._meta.fields)
    assert not [said for said in CALL.values() if len(said) > 2 and said in kept]


@pytest.mark.requirement("JD-14")
def test_searching_again_keys_only_what_is_new(handler: Client) -> None:
    first = handler.post("/first-contact/", fields_of(handler.get("/first-contact/")) | CALL).headers["Location"]
    again = fields_of(handler.get(f"/first-contact/?again={first.rstrip('/').split('/')[-1]}"))
    assert {k: again[k] for k in CALL} == CALL, "nobody enters it twice"
    handler.post("/first-contact/", again | {"phone": "07700 900123"})
    newest = Recording.objects.latest("pk")
    assert (newest.keyed, newest.offered, newest.kept) == (12, sum(map(len, CALL.values())), newest.offered)


@pytest.mark.requirement("JD-14")
def test_what_was_said_in_a_search_is_offered_where_an_emergency_asks_the_same(handler: Client) -> None:
    where = handler.post("/first-contact/", fields_of(handler.get("/first-contact/")) | CALL).headers["Location"]
    form = fields_of(handler.get("/break-glass/", headers={"Referer": f"https://testserver{where}"}))
    assert (form["name"], form["reason"]) == (CALL["name"], CALL["reason"])
    handler.post("/break-glass/", form)
    newest = Recording.objects.latest("pk")
    assert (newest.form, newest.keyed, newest.kept) == ("emergency", 0, len(CALL["name"] + CALL["reason"]))
    elsewhere = fields_of(
        handler.get("/break-glass/", headers={"Referer": "https://testserver/first-contact/another/"})
    )
    assert (elsewhere["name"], elsewhere["reason"]) == ("", "")


@pytest.mark.requirement("JD-14")
def test_a_form_that_comes_back_goes_on_counting_and_says_that_it_came_back(handler: Client) -> None:
    form = fields_of(handler.get("/first-contact/"))
    back = handler.post("/first-contact/", form | {"age": "10", "reason": REASON})
    assert back.status_code == 422
    handler.post("/first-contact/", fields_of(back) | {"name": "Mo"})
    (one,) = Recording.objects.all()
    assert (one.keyed, one.sent_back) == (len("10" + REASON + "Mo"), 1)


@pytest.mark.requirement("JD-14")
def test_the_search_box_of_the_first_page_counts_too_and_the_same_again_later(handler: Client) -> None:
    for _ in range(2):
        handler.post("/first-contact/", fields_of(handler.get("/")) | CALL)
    assert [r.keyed for r in Recording.objects.all()] == [sum(map(len, CALL.values()))] * 2


def test_a_form_of_which_the_beginning_is_not_held_is_taken_and_not_counted(handler: Client) -> None:
    assert search(handler).status_code == 200
    assert handler.post("/first-contact/", CALL | {"recording": "made up"}).status_code == 302
    assert not Recording.objects.exists()


@pytest.mark.requirement("JD-14")
def test_one_fact_goes_by_one_name_in_every_form() -> None:
    said = dict.fromkeys((*FirstContactForm.base_fields, "unheard_of"), "x")
    assert {*keying.offered(EmergencyForm, said)} == {"name", "born", "reason"}
    assert keying.offered(EmergencyForm, None) == {} == keying.offered(EmergencyForm, {"name": ""})
