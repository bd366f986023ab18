"""Whose word counts on what a child is said to have suffered: a clinician's who was heard, and nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import hidden, signed_in, text
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.enquiry.queries import other_children, suspicion
from sightline.pathways.enquiry.tests.at_screens import GATE, first, meeting, send, standing

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("SI-03", "SI-31")
def test_nothing_further_of_a_child_said_to_be_hurt_waits_for_a_clinician_and_for_who_holds_the_risk(
    scene: Any,
) -> None:
    client, boy, sister = scene
    path, nothing = f"/person/{boy}/enquiry/hold/", meeting(sister, decision="no_further_action", action_1_what="")
    nothing |= {"action_1_owner": "", "action_1_agency": "", "action_1_due": ""}
    said = text(send(client, path, **nothing))
    assert "say what risk remains" in said and "ask a clinician first" in said
    lay = nothing | GATE | {"attended": f"{nothing['attended']}\nMother: the doctor told her that he fell"}
    assert "ask a clinician first" in text(send(client, path, **lay))
    assert not Event.objects.filter(kind="strategy.held", source="sightline").exists()
    seen = nothing | GATE | {"attended": f"{nothing['attended']}\nHealth: Dr Ann Lee, paediatrician"}
    assert send(client, path, **seen).status_code == 302
    held = Event.objects.get(kind="strategy.held", source="sightline").data
    assert held["risk_held_by"] == "Amina Okoro" and held["way_back_contact"] == "Miss Bell, form tutor"


@pytest.mark.requirement("SI-03")
def test_it_is_closed_only_once_all_is_done_health_was_heard_and_no_layman_explained_an_injury(scene: Any) -> None:
    client, boy, sister = scene
    send(client, f"/person/{boy}/enquiry/hold/", **meeting(sister))
    run = f"/person/{boy}/enquiry/discussions/{first('strategy.held')}/"
    assert standing("health_not_consulted") == 1
    close = {"reason": "Everything was done", "explanation": "explained_by_clinician", "clinician": ""}
    said = text(send(client, run + "close/", **close))
    assert "1 action is neither done nor dropped" in said and "health took no part" in said
    action = f"{run}actions/{first('action.set')}/"
    assert send(client, action, ended="dropped", result="He is on holiday", authorised_by="").status_code == 422
    asked = hidden(client.get(action))
    assert (
        send(client, action, ended="dropped", result="He is on holiday", authorised_by="Peter Lowe").status_code == 302
    )
    assert client.get(action).status_code == 404
    assert client.post(action, asked | {"ended": "done", "result": "Seen at school"}).status_code == 404
    assert "health took no part" in text(send(client, run + "close/", **close))
    send(client, run + "health/", **HEARD)
    assert standing("health_not_consulted") == 0
    assert "Only the explanation of a clinician who was heard counts" in text(send(client, run + "close/", **close))
    assert send(client, run + "close/", **(close | {"clinician": "mum"})).status_code == 422
    assert not Event.objects.filter(kind="strategy.closed").exists()
    assert send(client, run + "close/", **(close | {"clinician": "Dr Ann Lee, paediatrician"})).status_code == 302
    assert Event.objects.get(kind="strategy.closed").data["clinician"] == "Dr Ann Lee, paediatrician"


HEARD = {"role": "paediatrician", "clinician": "Dr Ann Lee", "opinion": "A bruise of a hand, two days old"}


@pytest.mark.requirement("SI-03")
def test_what_a_clinician_says_is_written_by_health_or_by_whoever_leads_and_names_a_clinician(
    scene: Any, constable: Member, health_visitor: Member
) -> None:
    client, boy, sister = scene
    send(client, f"/person/{boy}/enquiry/hold/", **meeting(sister))
    run = f"/person/{boy}/enquiry/discussions/{first('strategy.held')}/"
    involve(constable, boy, at=timezone.now())
    his = signed_in(constable)
    assert "what a clinician says" not in text(his.get(run)) and his.get(run + "health/").status_code == 403
    assert his.post(run + "health/", hidden(client.get(run + "health/")) | HEARD).status_code == 403
    for lay in ({"role": "mother"}, {"clinician": "mum"}, {"clinician": ""}):
        assert send(client, run + "health/", **HEARD | lay).status_code == 422, lay
    assert not Event.objects.filter(kind="health.consulted", source="sightline").exists()
    involve(health_visitor, boy, at=timezone.now())
    hers, said = signed_in(health_visitor), {"role": "health visitor", "opinion": "No injury is to be seen"}
    assert "Carys Pugh" in hers.get(run + "health/").content.decode()
    assert send(hers, run + "health/", clinician="Carys Pugh", **said).status_code == 302
    heard = Event.objects.get(kind="health.consulted", source="sightline").data
    assert (heard["clinician"], heard["role"]) == ("Carys Pugh", "health visitor")


GIRL = {"child": [("social_care", "C2")]}
NOTHING = {"decision": "no_further_action", "abuse_alleged": "no", "offence_possible": "no", "mode_reason": "",
           "action_1_what": "", "action_1_owner": "", "action_1_agency": "", "action_1_due": ""}  # fmt: skip
ENDED = {"nature": "criminal", "finding": "found_not_to_have_happened", "outcome": "not_substantiated", "rationale": "A fall",
         "next": "no_further_action", "accounts_conflict": "no", "child_said": "I fell", "child_changed": "Nothing", "away_from_home": "no",
         "follow_up": "The school looks out for her"}  # fmt: skip


def of_the_girl(kind: str, source: str, ref: str, **data: Any) -> None:
    at = timezone.now() - timedelta(hours=2)
    record_many([entry(kind, GIRL, source=source, ref=ref, at=at, data=data)], feed_viewer(at=timezone.now()))


@pytest.fixture
def pointed(scene: Any, team_manager: Member) -> tuple[Any, int, int]:
    """The girl, of whom nothing says that she was hurt but a crime that the manager may not read; and her brother."""
    client, boy, girl = scene
    involve(team_manager, girl, at=timezone.now())
    of_the_girl("crime.recorded", "crime", "x", offence="Assault", category="violence", child_is="victim")
    return client, girl, boy


def withheld(said: str) -> bool:
    """Whether a page that refuses says nothing of what it rests on."""
    return not any(word in said for word in ("Assault", "abuse is alleged", "said to have suffered"))


@pytest.mark.requirement("SI-03", "SI-31")
def test_nothing_further_waits_for_a_clinician_of_a_crime_too_that_whoever_leads_may_not_read(pointed: Any) -> None:
    client, girl, boy = pointed
    path = f"/person/{girl}/enquiry/hold/"
    said = text(send(client, path, **meeting(boy, **NOTHING, **GATE)))
    assert "ask a clinician first" in said and withheld(said)
    assert not Event.objects.filter(kind="strategy.held", source="sightline").exists()
    of_the_girl("medical.held", "forensics", "m")
    assert send(client, path, **meeting(boy, **NOTHING, **GATE)).status_code == 302


@pytest.mark.requirement("SI-03")
def test_nor_is_it_closed_nor_an_enquiry_ended_as_nothing_without_one(pointed: Any) -> None:
    client, girl, boy = pointed
    send(client, f"/person/{girl}/enquiry/hold/", **meeting(boy, abuse_alleged="no", offence_possible="no"))
    run = f"/person/{girl}/enquiry/discussions/{first('strategy.held')}/"
    send(client, f"{run}actions/{first('action.set')}/", ended="done", result="Seen at school")
    close = {"reason": "Everything was done", "explanation": "no_injury"}
    said = text(send(client, run + "close/", **close))
    assert "ask one first" in said and withheld(said)
    send(client, f"/person/{girl}/enquiry/start/", mode="joint", reason="What the school said", lead="Amina Okoro")
    end = f"/person/{girl}/enquiry/enquiries/{first('enquiry.started')}/complete/"
    why = dict.fromkeys(re.findall(r'name="(duty_\w+)"', client.get(end).content.decode()), "It was not needed")
    said = text(send(client, end, **ENDED, **GATE, **why))
    assert "This cannot be ended yet: ask a clinician first" in said and withheld(said)
    send(client, run + "health/", **HEARD)
    assert send(client, end, **ENDED, **GATE, **why).status_code == 302
    assert send(client, run + "close/", **close | {"explanation": ""}).status_code == 422
    assert send(client, run + "close/", **close).status_code == 302


@pytest.mark.requirement("IS-01")
def test_what_is_suspected_before_anybody_is_asked_rests_on_what_whoever_asks_may_read(
    pointed: Any, team_manager: Member
) -> None:
    _, girl, _ = pointed
    officer = make_member("kay", "Ida Kay", "detective_sergeant", "police")
    involve(officer, girl, at=timezone.now())
    theirs, hers = (suspicion(m.viewer(at=timezone.now()), girl) for m in (officer, team_manager))
    assert theirs.abuse and theirs.offence
    assert not hers.abuse and not hers.offence


@pytest.mark.requirement("IS-01")
def test_whom_an_entry_names_beside_the_child_is_asked_about_by_whoever_may_read_that_entry(
    pointed: Any, team_manager: Member
) -> None:
    _, girl, boy = pointed
    zed = person_of(write_person("social_care", "C7", forenames="Zed", surname="Quarry", born="2016-01-02"))
    both = {"child": [*GIRL["child"], ("social_care", "C7")]}
    at = timezone.now() - timedelta(hours=2)
    seen = entry("crime.recorded", both, source="crime", ref="y", at=at, data={"offence": "Affray"})
    record_many([seen], feed_viewer(at=timezone.now()))
    officer = make_member("kay", "Ida Kay", "detective_sergeant", "police")
    involve(officer, girl, at=timezone.now())
    theirs, hers = (
        {c.person for c in other_children(m.viewer(at=timezone.now()), girl)} for m in (officer, team_manager)
    )
    assert theirs == {boy, zed} and hers == {boy}
