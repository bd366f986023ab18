"""A crime is recorded, or a reason why not; and none is cancelled by one person alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cast import Member, make_member, seal
from scenes import Boy
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.chronology.queries import chronologies
from sightline.pathways.contact.rules.offences import unrecorded
from sightline.pathways.contact.tests.conftest import opens

pytestmark = pytest.mark.django_db
Take = Callable[..., Any]


@pytest.mark.requirement("FC-19", "FC-20", "FC-21")
@pytest.mark.parametrize("route", ["call", "agency"])
def test_an_account_of_an_offence_waits_until_a_crime_or_a_reason_is_recorded(
    handler: Client, scene: Boy, step: Take, route: str
) -> None:
    incident_ = opens(handler, scene, route=route, own_words="He hit him with a belt", kind="concern_for_child")

    def waits() -> list[str]:
        return [h.kind for h in unrecorded(chronologies([scene.boy])[scene.boy])]

    assert waits() == ["contact.received"]
    work = text(handler.get("/work/"))
    assert "Record a crime, or why there is none" in work
    name, said = {
        "call": ("crime", {"offence": "Assault", "category": "violence", "child_is": "victim"}),
        "agency": ("no-crime", {"reason": "A paediatrician found a birthmark and no injury"}),
    }[route]
    assert step(handler, incident_, name, **said).status_code == 302
    assert waits() == [] and "Record a crime, or why there is none" not in text(handler.get("/work/"))


@pytest.mark.requirement("FC-20")
def test_a_reviewer_has_a_list_of_what_reads_as_an_offence_and_stands_in_no_crime_record(
    handler: Client, scene: Boy, step: Take
) -> None:
    registrar = signed_in(make_member("orr", "Una Orr", "crime_registrar", "police"))
    told = {"kind": "concern_for_child", "route": "agency", "unnamed": "0"}
    assert "None in that time" in text(registrar.get("/contacts/unrecorded/"))
    opens(handler, scene, own_words="She sounds unhappy", **told)
    incident_ = opens(handler, scene, own_words="He hit him with a belt", token="token-two", **told)
    page = registrar.get("/contacts/unrecorded/")
    assert "1 account, the longest due first" in text(page) and "Hussein" not in text(page) and "belt" not in text(page)
    assert "1 account of the last 28 days" in text(registrar.get("/work/"))
    link = page.content.decode().split('<form method="post" action="')[1].split('"')[0]
    assert handler.post(link).status_code == 403 and handler.get("/contacts/unrecorded/").status_code == 403
    assert registrar.get(f"/person/{scene.boy}/").status_code == 404
    assert registrar.post(f"/contacts/unrecorded/{scene.stranger}/1/").status_code == 404
    assert registrar.post(link).status_code == 302
    assert "He hit him with a belt" in text(registrar.get(f"/person/{scene.boy}/"))
    assert "Mohammed Ali Hussein" in text(registrar.get("/contacts/unrecorded/"))
    named = AccessEntry.objects.filter(note="likely unrecorded offences", fields=["names"], outcome="given")
    assert named.filter(people=[scene.boy]).exists()
    step(handler, incident_, "crime", offence="Assault", category="violence", child_is="victim")
    assert "None in that time" in text(registrar.get("/contacts/unrecorded/"))


@pytest.mark.requirement("IS-05", "IS-03")
def test_a_sealed_child_is_on_no_list_of_likely_offences_and_is_not_there_to_review(
    handler: Client, scene: Boy
) -> None:
    registrar = signed_in(make_member("orr", "Una Orr", "crime_registrar", "police"))
    opens(handler, scene, own_words="He hit him with a belt", kind="concern_for_child", route="agency", unnamed="0")
    page = registrar.get("/contacts/unrecorded/").content.decode()
    link = page.split('<form method="post" action="')[1].split('"')[0]
    seal(scene.boy)
    assert "None in that time" in text(registrar.get("/contacts/unrecorded/"))
    assert registrar.post(link).status_code == 404
    given = AccessEntry.objects.filter(route=link, outcome="given")
    assert given.exists() and not given.filter(people__contains=[scene.boy]).exists(), "nothing was shown of him"


@pytest.mark.requirement("FC-29")
def test_a_crime_is_cancelled_by_somebody_else_on_something_new(
    opened: str, handler: Client, step: Take, inspector: Member
) -> None:
    assert "No crime is recorded in this" in text(
        step(handler, opened, "cancel-crime", reason="It did not happen", evidence="His word")
    )
    step(handler, opened, "crime", offence="Rape of a child", category="sexual", child_is="victim")
    sergeant = signed_in(inspector)
    ask = {"reason": "The place was shut that day", "evidence": "The owner's log"}
    assert step(sergeant, opened, "cancel-crime", **ask).status_code == 302
    review = {"evidence": "The log, and the key-holder's account", "reason": "Nobody could have been there"}
    assert "You asked for this yourself" in text(step(sergeant, opened, "review-crime", new="yes", **review))
    assert step(handler, opened, "review-crime", new="yes", **review).status_code == 403
    other = signed_in(make_member("lisle", "Ann Lisle", "duty_inspector", "police"))
    from_search(other)
    assert "the crime stands" in text(step(other, opened, "review-crime", new="no", **review))
    assert not Event.objects.filter(kind="crime.cancelled").exists()
    assert step(other, opened, "review-crime", new="yes", **review).status_code == 302
    cancelled = Event.objects.filter(kind="crime.cancelled").latest("id").data
    assert (cancelled["asked_by"], cancelled["reviewed_by"]) == ("Edith Gale", "Ann Lisle") and cancelled[
        "evidence"
    ].startswith("The log")


def from_search(client: Client) -> None:
    """They search for the boy, with a reason."""
    asked = {"name": "Mo Hussein", "age": "10", "postcode": "ZS5 7AB", "reason": "Reviewing a crime to be cancelled"}
    client.get(client.post("/first-contact/", asked).headers["Location"])
