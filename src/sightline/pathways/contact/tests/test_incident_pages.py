"""An incident as it is dealt with: who goes, what they must know, whether each child was seen, and what one person alone may not decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer
from scenes import BOY, Boy
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.contact.queries.incident import incident
from sightline.pathways.contact.tests.conftest import opens

pytestmark = pytest.mark.django_db
Take = Callable[..., Any]
SEEN = {"alone": "yes", "spoken_to": "yes", "safe": "yes", "demeanour": "quiet", "views": "I want mum to stop crying",
        "where": "His bedroom", "seen_by": "PC Tom Reeve", "seen_by_agency": "Marsham Police"}  # fmt: skip
CLOSE = {"outcome": "passed_on", "reason": "A concern form was sent for both"}
WHY = "Two units came and found nobody at home"


def newest(kind: str) -> Event:
    """The newest entry of a kind."""
    return Event.objects.filter(kind=kind).latest("id")


def numbers(address: str) -> tuple[int, int]:
    """The person and the entry of an incident's address."""
    person, entry = re.findall(r"\d+", address)
    return int(person), int(entry)


def see_all(client: Client, address: str, take: Take, member: Member) -> None:
    """Each child of an incident is seen."""
    person, first = numbers(address)
    for child in incident(member.viewer(at=timezone.now()), person, first, at=timezone.now()).children:
        assert take(client, f"/person/{child.who.person}/contacts/{first}/", "seen", **SEEN).status_code == 302


@pytest.mark.requirement("FC-09", "FC-08")
def test_each_child_has_a_clock_of_their_own_that_only_a_sighting_stops(
    opened: str, handler: Client, step: Take, call_handler: Member
) -> None:
    page = text(handler.get(opened))
    assert page.count("Not seen, due by") == 2 and "Not yet named" in page, "the boy, and the child whom nobody named"
    assert step(handler, opened, "arrived").status_code == 302
    came = text(handler.get(opened))
    assert "Somebody is there, and this child is not yet seen" in came and came.count("Not seen, due by") == 2
    assert step(handler, opened, "seen", **SEEN).status_code == 302
    one = text(handler.get(opened))
    assert one.count("Not seen, due by") == 1 and "This child has been seen" in one and ", alone" in one
    see_all(handler, opened, step, call_handler)
    assert "Not seen" not in text(handler.get(opened))


@pytest.mark.requirement("FC-08", "FC-11")
def test_an_attendance_that_is_late_says_how_long_why_and_what_the_child_is_facing(
    opened: str, handler: Client, call_handler: Member, step: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, first = numbers(opened)
    now = timezone.now()
    page = incident(call_handler.viewer(at=now), person, first, at=now)
    assert page.attendance.due_at == page.run.first.at + timedelta(minutes=15)
    assert "Nobody has come" not in text(handler.get(opened))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=40))
    late = text(handler.get(opened))
    assert (
        "Nobody has come. It was due 25 minutes ago. The child was reported to be facing: domestic abuse. Nobody has been sent."
        in late
    )
    monkeypatch.undo()
    assert "Say why they will be late" in text(step(handler, opened, "delayed", reason=""))
    assert step(handler, opened, "delayed", reason="The only car is at a collision", expected="").status_code == 302
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=40))
    assert "Whoever goes is delayed, because: The only car is at a collision" in text(handler.get(opened))


@pytest.mark.requirement("FC-10")
def test_nothing_is_closed_lowered_or_stood_down_while_a_child_is_unseen_but_by_an_inspector(
    opened: str, handler: Client, step: Take, inspector: Member, call_handler: Member
) -> None:
    assert step(handler, opened, "seen", **SEEN).status_code == 302
    for name, said in (("close", CLOSE), ("stand-down", {"reason": WHY})):
        refused = step(handler, opened, name, **said)
        assert refused.status_code in (409, 422) and "A child in this has not been seen" in text(refused)
        assert "have an inspector decide" in text(refused), name
    gale = signed_in(inspector)
    assert step(gale, opened, "close", **CLOSE | {"reason": WHY}).status_code == 302
    closed = newest("contact.closed").data
    assert (
        closed["seen"] == "agreed"
        and closed["authorised_by"] == "Duty inspector Edith Gale"
        and closed["reason"] == WHY
    )


@pytest.mark.requirement("FC-10")
def test_where_each_child_was_seen_whoever_took_the_call_closes_it(
    opened: str, handler: Client, step: Take, call_handler: Member
) -> None:
    see_all(handler, opened, step, call_handler)
    assert step(handler, opened, "close", **CLOSE).status_code == 302
    assert newest("contact.closed").data["seen"] == "yes" and "Closed" in text(handler.get(opened))


@pytest.mark.requirement("FC-10", "FC-07")
def test_a_grade_is_raised_by_anybody_and_lowered_by_an_inspector(
    opened: str, handler: Client, step: Take, inspector: Member
) -> None:
    lower = step(handler, opened, "grade", graded="scheduled", reason="Caller rang back to say it is quiet")
    assert lower.status_code == 422 and "cannot be graded lower than immediate" in text(lower)
    assert step(signed_in(inspector), opened, "grade", graded="priority", reason=WHY).status_code == 302
    assert newest("contact.regraded").data["authorised_by"] == "Duty inspector Edith Gale"
    assert step(handler, opened, "grade", graded="immediate", reason="He has come back to the house").status_code == 302
    assert "Graded immediate" in text(handler.get(opened))


@pytest.mark.requirement("FC-06")
def test_a_report_is_malicious_when_a_supervisor_agrees_and_not_before(
    opened: str, handler: Client, step: Take, call_handler: Member, inspector: Member
) -> None:
    assert "Say why" in text(step(handler, opened, "malicious", reason=""))
    assert step(handler, opened, "malicious", reason="Three calls this week were untrue").status_code == 302
    assert "Until a supervisor agrees it is dealt with as any other" in text(handler.get(opened))
    see_all(handler, opened, step, call_handler)
    assert "No supervisor has agreed" in text(step(handler, opened, "close", **CLOSE | {"outcome": "malicious"}))
    assert step(handler, opened, "agree-malicious", agreed="yes", reason="I think so as well").status_code == 403
    gale = signed_in(inspector)
    assert step(gale, opened, "agree-malicious", agreed="yes", reason="I listened to all of them").status_code == 302
    assert "A supervisor agreed that this report is malicious" in text(handler.get(opened))
    assert step(handler, opened, "close", **CLOSE | {"outcome": "malicious"}).status_code == 302


@pytest.mark.requirement("FC-13")
def test_whoever_goes_is_told_of_each_child_as_plainly_as_of_dangers_and_that_is_logged(
    opened: str, handler: Client, step: Take
) -> None:
    said = text(handler.get(f"{opened}relay/"))
    children, dangers = said.split("About the children")[1].split("Dangers to you")
    assert "Subject of a child protection plan" in children and "Dangerous dog" in dangers and "sex offender" in dangers
    assert step(handler, opened, "relay", to="Charlie Two One").status_code == 302
    told = newest("dispatch.relayed").data
    assert told["to"] == "Charlie Two One" and told["children"] >= 1 and told["warnings"] >= 2 and told["rests_on"]
    assert "Charlie Two One" in text(handler.get(opened))


@pytest.mark.requirement("FC-14")
def test_searches_are_logged_by_when_in_the_course_of_it_they_were_made(
    opened: str, handler: Client, step: Take
) -> None:
    assert "Say when this was" in text(step(handler, opened, "checked", systems=["crime"]))
    for stage in ("before_dispatch", "before_arrest_decision", "before_leaving"):
        searched = ["crime", "intelligence", "child_abuse"]
        assert step(handler, opened, "checked", stage=stage, systems=searched).status_code == 302
        assert newest("contact.checked").data["stage"] == stage
    page = text(handler.get(opened))
    assert "before dispatch" in page and "before arrest decision" in page and "before leaving" in page


@pytest.mark.requirement("FC-15", "FC-28")
def test_the_least_at_the_scene_is_ticked_and_the_home_is_described(opened: str, handler: Client, step: Take) -> None:
    home = {
        "parent_intoxicated": "yes",
        "drugs_about": "no",
        "children_unsupervised": "not_known",
        "conditions": "Cold, no food in the fridge",
    }
    left = step(handler, opened, "scene", done=["see_each_child"], **home)
    assert left.status_code == 422 and "Say why the rest was not done" in text(left)
    asked = text(step(handler, opened, "scene"))
    for prompt in (
        "a parent was under the influence",
        "there were drugs about",
        "children were left alone",
        "What is the home like",
    ):
        assert prompt in asked
    assert (
        step(
            handler, opened, "scene", done=["see_each_child"], not_done_because="Called away to another", **home
        ).status_code
        == 302
    )
    page = text(handler.get(f"{opened}door/"))
    assert "Done: See every child" in page and "Not yet recorded: Photograph injuries" in page
    assert "Cold, no food in the fridge" in text(handler.get(opened))


@pytest.mark.requirement("FC-16")
def test_no_arrest_takes_a_reason_in_the_light_of_the_history(opened: str, handler: Client, step: Take) -> None:
    assert "Registered sex offender" in text(handler.get(f"{opened}arrest/"))
    assert "Say why nobody was arrested" in text(step(handler, opened, "arrest", decision="no", reason=""))
    assert (
        step(handler, opened, "arrest", decision="no", reason="He had left before the call, and is sought").status_code
        == 302
    )
    assert newest("arrest.considered").data["decision"] == "no"


@pytest.mark.requirement("FC-17")
def test_a_specialist_is_asked_and_the_question_the_answer_and_the_adviser_are_kept(
    opened: str, handler: Client, step: Take, officer: Client
) -> None:
    assert (
        step(officer, opened, "advice", of="Child abuse on call", question="Do we take clothing tonight?").status_code
        == 302
    )
    assert "Do we take clothing tonight?" in text(handler.get(opened))
    assert step(officer, opened, "advised", text="Yes, in paper bags", adviser="DS Vane").status_code == 302
    page = text(handler.get(opened))
    assert "Yes, in paper bags" in page and "DS Vane" in page and "Record the answer" not in page


@pytest.mark.requirement("FC-24")
def test_a_call_about_a_placed_child_says_where_and_how_often_they_were_missing(
    handler: Client, scene: Boy, step: Take
) -> None:
    said = {
        "source": "social_care",
        "ref": "placed",
        "at": scene.at - timedelta(days=3),
        "data": {"kind": "care_home"},
    }
    record_many([entry("placement.started", {"child": [BOY]}, **said)], feed_viewer(at=scene.at))
    about = opens(handler, scene)
    page = handler.get(about)
    assert "It is about a child who lives in a children’s home" in text(page)
    assert re.search(r"Placed: care home ?; missing 4 times in a year", text(page))
    links = re.findall(rf'href="(/person/{scene.boy}/\?kind=\w+)#chronology"', page.content.decode())
    assert [link.split("=")[1] for link in links] == ["Plan", "Missing"]
    assert "Placement started" in text(handler.get(links[0])) and "Missing reported" in text(handler.get(links[1]))
    from_it = text(handler.get(opens(handler, scene, route="childrens_home", token="token-two")))
    assert "It came from a children’s home" in from_it
    assert "Children’s home: Domestic abuse" in text(handler.get(f"/person/{scene.boy}/"))


def test_two_who_take_a_step_at_once_are_told_and_a_form_sent_twice_is_one_entry(
    opened: str, handler: Client, officer: Client
) -> None:
    page = handler.get(f"{opened}arrived/").content.decode()
    said = {n: page.split(f'name="{n}" value="')[1].split('"')[0] for n in ("token", "seen")}
    assert handler.post(f"{opened}arrived/", said).status_code == 302
    assert handler.post(f"{opened}arrived/", said).status_code == 302
    assert Event.objects.filter(kind="attendance.arrived").count() == 1
    late = officer.post(f"{opened}relay/", {"to": "Sierra Nine", "token": "another", "seen": said["seen"]})
    assert (
        late.status_code == 422
        and "Jo Marsh has added to this" in text(late)
        and "Sierra Nine" in late.content.decode()
    )


def test_an_officer_who_is_sent_reads_it_and_whoever_has_no_part_does_not(
    opened: str, handler: Client, step: Take, constable: Member, ext: Member
) -> None:
    sent = signed_in(constable)
    assert sent.get(opened).status_code == 404 and signed_in(ext).get(opened).status_code == 404
    assert "Nobody of your agency has that user name" in text(
        step(handler, opened, "dispatched", unit="PC Reeve", officer="nobody")
    )
    assert step(handler, opened, "dispatched", unit="PC Reeve", officer="reeve").status_code == 302
    page = text(sent.get(f"{opened}door/"))
    assert "Mohammed Ali Hussein" in page and "Subject of a child protection plan" in page
    looks = AccessEntry.objects.filter(user_id=constable.user.pk, route=f"{opened}door/", outcome="given")
    assert looks.exists()


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("page", ["", "door/", "seen/"])
def test_whoever_was_asked_for_stands_in_the_log_where_there_is_no_such_incident(
    handler: Client, scene: Boy, page: str
) -> None:
    assert handler.get(f"/person/{scene.boy}/contacts/987654321/{page}").status_code == 404
    refused = AccessEntry.objects.filter(outcome="refused").latest("id")
    assert refused.people == [scene.boy], "a log that says only that something was not there names nobody"


@pytest.mark.requirement("VO-16")
def test_how_to_speak_with_a_child_stands_beside_what_is_written_of_seeing_them(handler: Client, opened: str) -> None:
    assert "How to speak with a child: short steps" in handler.get(f"{opened}seen/").content.decode()
    assert "How to speak with a child" not in handler.get(f"{opened}arrived/").content.decode()
