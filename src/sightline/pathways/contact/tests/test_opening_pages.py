"""A contact opened from any route: the same questions, the least grade, and nobody lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member
from scenes import Boy
from screens import ASKED, search, signed_in, text
from sightline.access.models import Involvement
from sightline.alerts.settings import limits
from sightline.chronology.models import Event
from sightline.chronology.needs import needs_of
from sightline.chronology.queries import chronologies
from sightline.clocks.limits import SEARCH_OPENS
from sightline.pathways.contact.forms.opening import ROUTES
from sightline.pathways.contact.tests.conftest import OPENS, opens

pytestmark = pytest.mark.django_db


def held() -> Event:
    """The newest contact opened here."""
    return Event.objects.filter(kind="contact.received", source="sightline").latest("id")


@pytest.mark.requirement("FC-01")
def test_a_contact_is_opened_from_every_route_in_the_same_record(handler: Client, scene: Boy) -> None:
    for route, _ in ROUTES:
        address = opens(handler, scene, route=route, token=f"by-{route}")
        assert held().data["route"] == route
    page = text(handler.get(address))
    assert "Incident: domestic abuse" in page and "Nobody has been sent yet" in page
    assert Event.objects.filter(kind="contact.received", source="sightline").count() == len(ROUTES)


def test_what_was_asked_at_first_contact_is_carried_over(handler: Client, scene: Boy) -> None:
    answer = search(handler, description="boy crying at the window", address="14 Kiln Row").content.decode()
    form = answer.split('action="/contacts/new/"')[1].split("</form>")[0]
    fields = {f.split('"')[0]: f.split('value="')[1].split('"')[0] for f in form.split('name="')[1:] if 'value="' in f}
    assert str(scene.boy) in fields["people"].split(",") and fields["place"] == "14 Kiln Row, ZS5 7AB"
    page = handler.post("/contacts/new/", fields).content.decode()
    assert "boy crying at the window" in page and "What is Mohammed Ali Hussein in this?" in page
    assert "There is a problem" not in page
    nobody = search(handler, name="Zebedee Quill", age="77", postcode="").content.decode()
    assert 'name="name_1" value="Zebedee Quill"' in nobody and ASKED["name"] not in nobody


@pytest.mark.requirement("FC-02")
def test_children_are_asked_about_whatever_it_is_called_about(handler: Client) -> None:
    answers = dict.fromkeys(
        ("children_live_there", "children_present", "children_saw_or_heard", "child_linked_to_adult"), ""
    )
    for kind in ("antisocial", "crime", "missing"):
        said = text(handler.post("/contacts/new/", OPENS | answers | {"kind": kind}))
        for asked in (
            "whether children live there",
            "a child is there now",
            "a child saw or heard it",
            "to do with children elsewhere",
        ):
            assert asked in said


@pytest.mark.requirement("FC-03")
def test_a_child_is_affected_by_what_it_is_about_and_not_by_its_label(handler: Client, scene: Boy) -> None:
    no = dict.fromkeys(
        ("children_live_there", "children_present", "children_saw_or_heard", "child_linked_to_adult"), "no"
    )
    for kind in ("domestic_abuse", "missing", "crime", "antisocial", "welfare_check"):
        nobody = handler.post(
            "/contacts/new/", OPENS | no | {"kind": kind, "unnamed": "0", "suspect_name": "Ivor Pike"}
        )
        assert nobody.status_code == 422 and "at least 1" in text(nobody)
        opens(handler, scene, kind=kind, token=f"about-{kind}", **no)
        assert held().data["child_affected"] is True


@pytest.mark.requirement("FC-04")
def test_the_words_to_say_are_respectful_and_the_callers_own_words_are_kept(handler: Client, scene: Boy) -> None:
    assert "Thank you for telling us. You have done the right thing" in text(handler.get("/contacts/new/"))
    assert "He is shouting and the little one is crying" in text(handler.get(opens(handler, scene)))


@pytest.mark.requirement("FC-05", "FC-07", "FC-12")
def test_who_calls_never_lowers_a_grade_and_the_rule_that_holds_it_up_is_shown(handler: Client, scene: Boy) -> None:
    about = {"people": str(scene.boy), f"part_{scene.boy}": "child"}
    for caller in ("child", "parent", "ex_partner", "anonymous", "professional"):
        low = handler.post(
            "/contacts/new/", OPENS | about | {"graded": "scheduled", "caller_is": caller, "relationship": "her ex"}
        )
        assert low.status_code == 422
        assert (
            "cannot be graded lower than immediate: somebody who lives with a child is known as a danger to children"
            in text(low)
        )
    spite = handler.post("/contacts/new/", OPENS | about | {"grade_reason": "The caller is a bitter ex-partner"})
    assert "is no reason for a lower grade" in text(spite)
    page = text(handler.get(opens(handler, scene, relationship="her mum’s ex")))
    assert "What they are to the child her mum’s ex" in page
    assert "Because Immediate: somebody who lives with a child is known as a danger to children" in page
    assert "Priority: domestic abuse is reported where a child may be" in page


@pytest.mark.requirement("FC-18")
def test_language_and_what_helps_are_asked_first_and_stand_wherever_the_child_is_dealt_with(
    handler: Client, scene: Boy
) -> None:
    incident = opens(handler, scene)
    for page in (incident, f"{incident}door/", f"{incident}seen/", f"/person/{scene.boy}/"):
        assert "Arabic" in text(handler.get(page)) and "Short sentences" in text(handler.get(page)), page
    assert needs_of(chronologies([scene.boy])[scene.boy], timezone.now()) == {
        "language": "Arabic", "interpreter": "yes", "communication_needs": "Short sentences",
    }  # fmt: skip
    assert not {"Arabic", "yes"} & set(
        needs_of(chronologies([scene.stepfather])[scene.stepfather], timezone.now()).values()
    )
    where = f"/person/{scene.boy}/concern/"
    form = handler.post(where, {"children": [scene.boy], "token": "draftone"}, follow=True)
    assert 'value="Arabic"' in form.content.decode() and "Interpreter needed: yes" in text(form)
    later = opens(handler, scene, token="token-two", language="Kurdish", interpreter="")
    assert "Kurdish" in text(handler.get(later)) and "Interpreter needed: yes" in text(handler.get(later))


@pytest.mark.requirement("FC-23")
def test_a_neighbours_worry_is_kept_though_nobody_goes(handler: Client) -> None:
    about = {
        "kind": "concern_for_child",
        "graded": "no_attendance",
        "own_words": "Baby cries at night",
        "children_saw_or_heard": "no",
    }
    answer = handler.post("/contacts/new/", OPENS | about)
    page = text(handler.get(answer.headers["Location"]))
    assert "A worry for the chronology: nobody was to go" in page and "Baby cries at night" in page
    assert Event.objects.filter(kind="contact.received", data__low_level=True).count() == 1


@pytest.mark.requirement("FC-25")
def test_a_child_thought_to_be_with_a_risky_adult_takes_an_address(handler: Client, scene: Boy) -> None:
    lacking = handler.post("/contacts/new/", OPENS | {"recovery": "yes", "place": ""})
    assert "Enter the address where the child is thought to be" in text(lacking)
    opens(handler, scene, recovery="yes", place="2 Fennel Court, ZS2 1QT", kind="other")
    assert held().data["recovery"] is True and held().place == "2 Fennel Court, ZS2 1QT"


def test_the_same_form_sent_twice_is_one_contact_and_one_unnamed_child(handler: Client, scene: Boy) -> None:
    assert opens(handler, scene) == opens(handler, scene)
    assert Event.objects.filter(kind="contact.received", source="sightline").count() == 1
    assert Event.objects.filter(kind="person.recorded", source="sightline").count() == 1


@pytest.mark.requirement("IS-01")
def test_whoever_records_somebody_new_reads_them_for_as_long_as_whoever_searches(handler: Client, scene: Boy) -> None:
    opens(handler, scene)
    tie = Involvement.objects.get(why="recorded")
    assert tie.until_at == limits().due(SEARCH_OPENS.name, tie.from_at)


def test_whoever_does_not_answer_calls_opens_none_and_nobody_is_carried_over_whom_one_may_not_read(
    social_worker: Member, handler: Client, scene: Boy
) -> None:
    assert signed_in(social_worker).get("/contacts/new/").status_code == 403
    page = handler.get(f"/contacts/new/?person={scene.stranger}")
    assert page.status_code == 200 and "Pritchard" not in text(page), "the form is there, and they are not in it"
