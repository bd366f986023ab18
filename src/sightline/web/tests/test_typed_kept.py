"""An idle hour in the middle of a form: nothing typed is lost, nothing is sent by itself, one record; and nobody else is given it."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cast import Member, involve, make_member, sign_in
from referring import NEW, SAID
from scenes import Boy
from screens import search, signed_in, text
from sightline.chronology.models import Event
from sightline.pathways.contact.tests.conftest import OPENS
from sightline.pathways.enquiry.tests.at_screens import meeting
from sightline.web import keeping
from sightline.web.models import Typed

pytestmark = pytest.mark.django_db
BACK = "Nothing you typed is lost"


class Fields(HTMLParser):
    """What a browser would send of the last form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {k: v or "" for k, v in attrs}
        name, kind = held.get("name", ""), held.get("type", "")
        if tag == "form":
            self.said = {}
        elif tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in held):
            self.said.setdefault(name, []).append(held.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.said.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in held:
            self.said.setdefault(self.select, []).append(held.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.said[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area


def fields(answer: Any) -> dict[str, list[str]]:
    """Of a page's form."""
    read = Fields()
    read.feed(answer.content.decode())
    return read.said


def idle(client: Client, hours: float = 1) -> None:
    """Nobody has used this session for so long."""
    session = client.session
    session["last_used_at"] = int(time.time() - hours * 3600)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def away_and_back(client: Client, member: Member, page: str, typed: dict[str, Any], to: str = "") -> Any:
    """The form is typed, an hour goes by, it is sent, its author signs in again, and this is what they are shown."""
    own = fields(client.get(page))
    idle(client)
    ended = client.post(to or page, own | typed, headers={"Referer": f"http://testserver{page}"})
    assert ended.headers["Location"].startswith("/sign-in/?ended=idle&next=")
    assert not any(str(v)[:8] in ended.headers["Location"] for v in typed.values() if len(str(v)) > 8)
    sign_in(client, member)
    return client.get(
        re.sub(r"%([0-9A-F]{2})", lambda m: chr(int(m[1], 16)), ended.headers["Location"].split("next=")[1])
    )


def is_there(page: Any, typed: dict[str, Any]) -> None:
    """Whether everything typed stands in the form again."""
    held = fields(page)
    assert BACK in text(page)
    for name, value in typed.items():
        assert held.get(name) == (value if isinstance(value, list) else [value]), name


@pytest.mark.requirement("IS-15")
def test_a_contact_half_typed_is_there_after_an_hour_with_the_people_it_names(
    handler: Client, call_handler: Member, scene: Boy
) -> None:
    search(handler)
    typed = OPENS | {
        f"part_{scene.boy}": "child",
        "name_2": 'O’Neil "Jay" <b>',
        "own_words": '<script>\n& he said "no"',
        "age_3": "2",
    }
    del typed["token"]
    back = away_and_back(handler, call_handler, f"/contacts/new/?person={scene.boy}", typed, "/contacts/new/")
    is_there(back, typed)
    assert "<script>\n" not in back.content.decode() and re.search(r"<details[^>]* open", back.content.decode())
    assert not Event.objects.filter(kind="contact.received", source="sightline").exists(), "nothing is sent by itself"
    assert handler.post("/contacts/new/", fields(back)).status_code == 302
    made = Event.objects.get(kind="contact.received", source="sightline")
    assert made.data["own_words"] == '<script>\r\n& he said "no"'.replace("\r", "") and not Typed.objects.exists()


@pytest.mark.requirement("IS-15")
def test_a_referral_half_typed_is_there_after_an_hour(db: None) -> None:
    teacher = make_member("bell", "Una Bell", "practitioner", "education")
    make_member("begum", "Nadia Begum", "mash_manager", "hub")
    client = signed_in(teacher)
    typed = SAID | NEW
    back = away_and_back(client, teacher, "/refer/", typed)
    is_there(back, typed)
    assert client.post("/refer/", fields(back)).status_code == 302
    assert Event.objects.filter(kind="referral.made").count() == 1 and not Typed.objects.exists()


@pytest.mark.requirement("IS-15")
def test_a_strategy_discussion_half_written_is_there_after_an_hour(scene: Boy) -> None:
    lead = make_member("rao", "Sunita Rao", "social_care_manager", "social_care")
    involve(lead, scene.boy)
    client = signed_in(lead)
    where = f"/person/{scene.boy}/enquiry/hold/"
    asked = fields(client.get(where))
    typed = {n: v for n, v in meeting(0).items() if not n.startswith("child_")}
    is_there(away_and_back(client, lead, where, typed), typed)
    assert asked["token"] and not Event.objects.filter(kind="strategy.held", source="sightline").exists()


def test_it_is_given_to_its_author_alone_on_its_own_page_for_a_day_and_is_not_readable_where_it_lies(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, other = (make_member(n, n.title(), "practitioner", "education") for n in ("bell", "cole"))
    client = signed_in(teacher)
    away_and_back(client, teacher, "/refer/", SAID | {"password": "hunter2"})
    held = Typed.objects.get()
    address = f"?kept={held.token}"
    assert b"stepfather" not in bytes(held.content) and "password" not in keeping.opened(held)
    assert BACK in text(client.get(f"/refer/{address}")), "as often as the page is opened, until it is sent"
    assert BACK not in text(client.get("/refer/")), "another referral begins empty"
    assert BACK not in text(client.get(f"/hub/{address}")) and BACK not in text(
        signed_in(other).get(f"/refer/{address}")
    )
    Typed.objects.update(author=other.user)
    assert "stepfather hits" not in text(signed_in(other).get(f"/refer/{address}")), "the key is its author's"
    Typed.objects.update(author=teacher.user)
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timezone.timedelta(hours=25))
    assert BACK not in text(signed_in(teacher).get(f"/refer/{address}"))
    assert keeping.throw_away(at=now + timezone.timedelta(hours=25)) == 1


def test_what_has_no_field_any_more_is_shown_beside_the_form(db: None) -> None:
    teacher = make_member("bell", "Una Bell", "practitioner", "education")
    back = text(away_and_back(signed_in(teacher), teacher, "/refer/", SAID | {"own_77": "She walks home alone"}))
    assert "This has no place on the page as it is now" in back and "She walks home alone" in back


def test_another_window_had_ended_the_session_or_signed_in_again(db: None) -> None:
    teacher = make_member("bell", "Una Bell", "practitioner", "education")
    client = sign_in(Client(enforce_csrf_checks=True), teacher)
    form, here = (
        fields(client.get("/refer/")) | SAID,
        {"Referer": "http://testserver/refer/", "Origin": "http://testserver"},
    )
    idle(client)
    client.get("/work/")
    ended = client.post("/refer/", form, headers=here)
    assert "kept%3D" in ended.headers["Location"] and Typed.objects.count() == 1
    assert (
        client.post(
            "/refer/", form | {"csrfmiddlewaretoken": "x"}, headers=here | {"Origin": "http://elsewhere"}
        ).status_code
        == 403
    )
    sign_in(client, teacher)
    stale = form | {"csrfmiddlewaretoken": "stale"}
    led_off = client.post("/refer/", stale, headers=here | {"Referer": "http://testserver//elsewhere.example/refer/"})
    assert led_off.headers["Location"].startswith("/refer/?kept=")
    again = client.post("/refer/", stale, headers=here)
    back = client.get(again.headers["Location"])
    is_there(back, {n: v for n, v in SAID.items() if n != "to"})
    assert "To hub" in text(back).split(BACK)[1], "what it went to is not offered now, and so is said"
    assert not Event.objects.filter(kind="referral.made").exists()
