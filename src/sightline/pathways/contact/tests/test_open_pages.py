"""The pages that are open to all: how to raise a concern, and a young person's own report."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from cast import Member
from screens import signed_in, text
from sightline.access.models import Involvement
from sightline.agencies.models import Agency
from sightline.chronology.models import Event

pytestmark = pytest.mark.django_db
WRITES = {
    "own_words": "My stepdad hits me with a belt", "called": "Sky", "age": "14", "place": "9 Far Street", "now": "not_known", "how": "text",
    "reach": "07700 900999", "when": "After 4pm, say it is the dentist", "watched": "yes", "token": "from-a-phone",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_wrote_before() -> None:
    cache.clear()


@pytest.mark.requirement("FC-27")
def test_anybody_sees_without_an_account_how_to_raise_a_concern_and_to_whom(client: Client) -> None:
    for kind, name in (
        ("police", "Marsham Police"),
        ("social_care", "Marsham Children's Services"),
        ("health", "Marsham Health"),
    ):
        Agency.objects.create(key=kind, kind=kind, name=name)
    page = client.get("/raise-a-concern/")
    said = text(page)
    assert page.status_code == 200 and "sign-in" not in page.content.decode()
    assert (
        "Marsham Police: for a danger now" in said
        and "Marsham Children's Services: for a worry" in said
        and "Marsham Health" not in said
    )
    for known in ("What to look out for", "ring 999", "What to say", "What comes next"):
        assert known in said


@pytest.mark.requirement("FC-22", "FC-01")
def test_a_young_persons_report_is_a_contact_that_says_how_they_can_be_answered(
    client: Client, call_handler: Member
) -> None:
    assert client.post("/tell-us/", WRITES).headers["Location"] == "/tell-us/sent/"
    said = Event.objects.get(kind="contact.received")
    assert (said.source, said.data["channel"], said.data["caller_is"], said.data["graded"]) == (
        "sightline",
        "online",
        "child",
        "immediate",
    )
    person = Involvement.objects.get(user=call_handler.user).person_id
    page = text(signed_in(call_handler).get(f"/person/{person}/contacts/{said.pk}/"))
    assert "My stepdad hits me with a belt" in page
    assert "Answer them only so: Text me. 07700 900999. After 4pm, say it is the dentist" in page
    assert "Somebody they fear may see their messages. Do not leave one" in page


@pytest.mark.requirement("FC-22")
def test_the_page_tells_nobody_who_looks_at_it_and_shows_nobodys_record(client: Client) -> None:
    page = client.get("/tell-us/")
    held = page.content.decode()
    assert "<title>Messages - Sightline</title>" in held and "no-store" in page.headers["Cache-Control"]
    assert (
        held.count("Leave this page now") == 2 and 'rel="nofollow noreferrer"' in held and 'autocomplete="off"' in held
    )
    client.post("/tell-us/", WRITES)
    sent = text(client.get("/tell-us/sent/"))
    assert not [w for w in ("belt", "Sky", "07700", "dentist") if w in sent]
    asked = text(client.post("/tell-us/", WRITES | {"reach": "", "own_words": ""}))
    assert "Tell us what is happening, in your own words" in asked and "Enter a number, an email or a school" in asked


def test_what_is_sent_twice_is_one_report_and_a_flood_from_one_place_is_turned_away_with_a_number_to_ring(
    client: Client,
) -> None:
    for _ in range(10):
        assert client.post("/tell-us/", WRITES).status_code == 302
    assert Event.objects.filter(kind="contact.received").count() == 1
    busy = client.post("/tell-us/", WRITES)
    assert busy.status_code == 429 and "0800 1111" in text(busy) and "It was not sent" in text(busy)
    assert client.post("/tell-us/", WRITES, REMOTE_ADDR="10.1.2.3").status_code == 302
