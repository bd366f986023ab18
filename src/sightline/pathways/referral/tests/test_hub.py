"""What the hub does with referrals: quality, early help, repeats, the queue, figures; and who else is told."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from referring import DECIDED, NEW, NOTHING_MORE, SAID, page_of, post, refer_new, token, waiting
from scenes import boys_life
from screens import signed_in, text
from sightline.access.models import AccessEntry, Involvement, Restriction
from sightline.agencies.models import Agency
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.record import record_many
from sightline.pathways.referral.services.referring import due_at_school
from sightline.pathways.referral.services.schools import tell_schools

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("RF-12")
def test_a_scant_form_gets_questions_and_a_grave_one_is_never_given_back(teacher: Client, hub: Client) -> None:
    refer_new(teacher, child_said="")
    page = page_of(hub)
    shown = text(hub.get(page))
    assert "How much it says: 5 of 6" in shown and "What did the child say or want" in shown
    back = post(hub, f"{page}decide/", **DECIDED | {"decision": "returned_for_information"})
    assert back.status_code == 422 and "A referral of high risk is not given back" in text(back)
    assert (
        post(
            hub, f"{page}ask/", of=["education"], question="What did he say?", lawful_basis="Children Act 1989 s47"
        ).status_code
        == 302
    )
    assert "What did he say?" in text(teacher.get("/door/"))
    assert post(hub, f"{page}decide/", **DECIDED).status_code == 302, "an open question holds nothing up"


@pytest.mark.requirement("FC-18")
def test_what_helps_the_child_understand_stands_on_the_referral_and_its_forms(teacher: Client, hub: Client) -> None:
    made, page = refer_new(teacher), page_of(hub)
    assert "Interpreter needed:" not in text(hub.get(page)), "nobody has said"
    child = EventPerson.objects.get(event_id=made, role="child").record
    said = {"forenames": "Mo", "language": "Arabic", "interpreter": True}
    who = {"subject": [(child.source, child.key)]}
    record_many(
        [entry("person.recorded", who, source=child.source, ref="n", at=timezone.now(), data=said)],
        feed_viewer(at=timezone.now()),
    )
    pages = [text(hub.get(f"{page}{form}")) for form in ("", "ask/", "decide/")]
    assert all("Language: Arabic. Interpreter needed: yes." in shown for shown in pages)


@pytest.mark.requirement("RF-12")
def test_one_that_is_not_grave_is_given_back_answered_and_decided(teacher: Client, hub: Client) -> None:
    entry = refer_new(teacher, basis="s17", urgency="routine")
    page = page_of(hub)
    post(
        hub,
        f"{page}decide/",
        **DECIDED | {"decision": "returned_for_information", "reason": "Which school does he go to?"},
    )
    assert "They ask: Which school does he go to?" in text(teacher.get(f"/door/sent/{entry}/"))
    assert (
        post(teacher, f"/door/sent/{entry}/", outcome="answer", text="Holm Lane Academy, year four").status_code == 302
    )
    assert "received; waits for a decision" in text(hub.get(page)).lower()


@pytest.mark.requirement("RF-22")
def test_early_help_keeps_it_open_until_the_family_is_engaged_or_it_comes_back(teacher: Client, hub: Client) -> None:
    refer_new(teacher, basis="early_help", urgency="routine")
    page = page_of(hub)
    post(hub, f"{page}decide/", **DECIDED | {"decision": "early_help"})
    assert "Early help: engage the family or give it back" in text(hub.get("/hub/"))
    post(hub, f"{page}step/", page, outcome="back", text="The family did not answer three visits")
    assert "did not answer three visits" in text(hub.get(page)) and "waits for a decision" in text(hub.get(page))
    post(hub, f"{page}decide/", **DECIDED | {"decision": "early_help"})
    post(hub, f"{page}step/", page, outcome="engaged", text="Lena Hart")
    assert "Nothing waits here" in text(hub.get("/hub/"))


@pytest.mark.requirement("RF-21")
def test_both_authorities_are_told_and_one_owns_the_response(
    hub: Client, team_manager: Member, constable: Member
) -> None:
    entry = refer_new(signed_in(constable), also="social_care")
    made = Event.objects.filter(kind="referral.made").order_by("id")
    assert [m.data["to"] for m in made] == ["hub", "social_care"] and {m.data["response_by"] for m in made} == {"hub"}
    other = signed_in(team_manager)
    assert "Who owns the response Marsham Safeguarding Hub" in text(other.get(page_of(other)))
    assert waiting(hub)[1] == entry


@pytest.mark.requirement("RF-26")
def test_an_adult_who_poses_a_risk_is_referred_without_a_child(hub: Client, constable: Member) -> None:
    refer_new(signed_in(constable), about="adult", forenames="Rhodri", surname="Vane", born="")
    assert "Rhodri Vane" in text(hub.get("/hub/"))
    assert set(Event.objects.get(kind="referral.made").people.values_list("role", flat=True)) == {"adult"}


@pytest.mark.requirement("RF-23")
def test_a_school_is_told_before_its_next_day_and_its_lead_confirms(
    teacher: Client, lead: Client, hub: Client, constable: Member
) -> None:
    scene = boys_life(timezone.now())
    involve(constable, scene.boy, at=timezone.now())
    officer = signed_in(constable)
    told = "Police came to his home last night; he saw it. He may be tired and quiet"
    assert post(officer, f"/person/{scene.boy}/school/", of="education", told=told).status_code == 302
    link = re.search(r"/door/asked/(\d+)/", teacher.get("/door/").content.decode())[0]  # type: ignore[index]
    assert told in text(teacher.get(link)) and "14 Kiln Row" not in text(teacher.get(link))
    page = text(officer.get(f"/person/{scene.boy}/"))
    assert "School or nursery told: education Sent; its designated lead has not opened it yet" in page
    assert post(teacher, link, text="I tell our lead").status_code == 302
    assert "Read there; its designated lead has not read it yet" in text(officer.get(f"/person/{scene.boy}/"))
    assert "Sam Ward, practitioner, has read this" in text(lead.get(link))
    assert post(lead, link, text="Breakfast and a quiet word").status_code == 302
    assert "Read by the designated lead" in text(officer.get(f"/person/{scene.boy}/"))


@pytest.mark.requirement("RF-23")
def test_a_school_is_told_of_an_incident_that_police_went_to_without_anybodys_press_and_once(teacher: Client) -> None:
    now = timezone.now()
    Agency.objects.filter(key="education").update(name="Holm Lane Academy")
    for key, school in (("C1", "Holm Lane Academy"), ("C2", "Another School"), ("C3", "Holm Lane Academy")):
        who = write_person("social_care", key, forenames=key, surname="Hussein", born="2017-03-04", school=school)
    Restriction.objects.create(
        person_id=person_of(who), state="sealed", reason="A relative works there", from_at=now - timedelta(days=9)
    )
    children = {"child": [("social_care", key) for key in ("C1", "C2", "C3")]}
    came, went = now - timedelta(hours=9), now - timedelta(hours=8)
    said = {"kind": "domestic_abuse", "channel": "999"}
    record_many(
        [entry("contact.received", children, source="command_and_control", ref="I1", at=came, data=said)],
        feed_viewer(at=came),
    )
    assert tell_schools(now) == 0, "nobody has been there yet"
    record_many(
        [entry("attendance.arrived", children, source="command_and_control", ref="I1/a", at=went, data={})],
        feed_viewer(at=went),
    )
    assert (tell_schools(now), tell_schools(now)) == (1, 0)
    told = Event.objects.get(kind="setting.told")
    assert told.data["of"] == "education" and told.data["called"] == "C1 Hussein, born 4 March 2017"
    assert (
        datetime.fromisoformat(told.data["needed_by"]) == due_at_school(now)
        and "Victims and Prisoners Act" in told.data["lawful_basis"]
    )
    page = text(teacher.get(f"/door/asked/{told.pk}/"))
    assert "Police went to a domestic incident" in page and "C1 Hussein" in page


@pytest.mark.requirement("RF-03")
@pytest.mark.parametrize(
    ("basis", "means", "decided"),
    [
        ("s47", "is likely to suffer significant harm", "enquiry"),
        ("s17", "will not reach or keep a reasonable standard", "child_in_need_assessment"),
        ("early_help", "needs more than one service", "early_help"),
    ],
)
def test_in_need_significant_harm_and_early_help_are_told_apart_with_the_reason(
    teacher: Client, hub: Client, basis: str, means: str, decided: str
) -> None:
    assert teacher.post("/refer/", token(teacher, "/refer/") | SAID | NEW | {"basis": ""}).status_code == 422
    assert (
        teacher.post("/refer/", token(teacher, "/refer/") | SAID | NEW | {"basis": basis, "risk": ""}).status_code
        == 422
    )
    made = refer_new(teacher, basis=basis, urgency="next_day")
    assert Event.objects.get(pk=made).data["basis"] == basis
    page = page_of(hub)
    shown = text(hub.get(page))
    assert means in shown and SAID["risk"] in shown
    assert post(hub, f"{page}decide/", **DECIDED | {"decision": decided, "reason": ""}).status_code == 422
    assert post(hub, f"{page}decide/", **DECIDED | {"decision": decided}).status_code == 302
    held = Event.objects.get(kind="referral.decided").data
    assert (held["decision"], held["reason"]) == (decided, DECIDED["reason"])


@pytest.mark.requirement("RF-06")
def test_an_urgent_one_reaches_whoever_is_on_call_and_the_social_workers_on_any_day(
    hub: Client, teacher: Client, social_worker: Member
) -> None:
    on_call = make_member("night", "Nia Night", "on_call_specialist", "police")
    refer_new(teacher, urgency="routine", basis="s17", to="social_care", surname="Routine")
    assert not Involvement.objects.filter(user=on_call.user).exists()
    refer_new(teacher, to="social_care")
    for member in (on_call, social_worker):
        assert Involvement.objects.filter(user=member.user, why="referral").exists()


@pytest.mark.requirement("RF-11", "RF-04", "RF-25")
def test_the_queue_is_by_risk_and_age_and_one_family_is_one_picture(teacher: Client, hub: Client) -> None:
    refer_new(teacher, forenames="Ann", urgency="routine", basis="s17", lines="1 Elm Rise", postcode="ZS9 2AA")
    refer_new(teacher, forenames="Bryn", urgency="next_day", basis="s17", lines="2 Elm Rise", postcode="ZS9 2AB")
    refer_new(teacher, forenames="Cai")
    refer_new(teacher, forenames="Dai")
    Event.objects.filter(kind="referral.made").first()
    said = text(hub.get("/hub/"))
    assert said.index("Cai Rees") < said.index("Dai Rees") < said.index("Bryn Rees") < said.index("Ann Rees")
    assert "One family: 2 children, 2 notifications" in said and "4 children referred in 3 families" in said
    assert "Next: The hub: look at it" in said


@pytest.mark.requirement("RF-13", "RF-18")
def test_the_funnel_counts_children_and_below_threshold_is_by_team(teacher: Client, hub: Client) -> None:
    for name in ("Ann", "Bryn"):
        refer_new(teacher, forenames=name, lines="")
    page = page_of(hub)
    post(hub, f"{page}decide/", **NOTHING_MORE)
    post(hub, f"{page_of(hub)}decide/", **DECIDED)
    said = text(hub.get("/hub/outcomes/?span=week"))
    assert "education team 1 2 s47 asked for, no further action (1)" in said, said
    assert "Referrals 0 2 Accepted 0 1" in said, (
        "neither began with a concern form; by any way two were referred and one accepted"
    )


@pytest.mark.requirement("RF-18", "RF-05")
def test_figures_are_for_those_who_decide(ext: Member) -> None:
    screen = signed_in(ext)
    for path in ("/hub/flow/", "/hub/outcomes/"):
        assert screen.get(path).status_code == 403


@pytest.mark.requirement("RF-20")
def test_an_authority_asks_its_own_questions_on_the_one_form(teacher: Client, hub: Client) -> None:
    make_member("other", "Olwen Other", "mash_manager", "holm-hub")
    Agency.objects.filter(key="holm-hub").update(kind="hub", name="Holm Hub")
    asks = "Has the family had an early help assessment here in the last year?"
    assert asks in text(teacher.get("/refer/"))
    entry = refer_new(teacher, to="holm-hub", own_0="No")
    assert Event.objects.get(pk=entry).data["form"] == [f"{asks} No"]
    assert "form" not in Event.objects.get(pk=refer_new(teacher, own_0="No", surname="Other")).data


@pytest.mark.requirement("RF-09", "RF-17")
def test_what_led_to_nothing_stays_an_open_question_with_who_has_the_child_until_explained(hub: Client) -> None:
    at, who = timezone.now() - timedelta(days=40), {"child": [("sightline", "q1")]}
    key = "sightline:referral/q1"
    decided = {"decision": "no_further_action", "reason": "Low", "owner": "Holm Lane Academy", "next_step": "None"}
    steps = [
        entry("person.recorded", {"subject": who["child"]}, source="sightline", ref="q1/person", at=at, data={"forenames": "Non", "surname": "Bell"}),
        entry("referral.made", who, source="sightline", ref="referral/q1", at=at, data={"to": "hub", "basis": "s17", "summary": "x"}),
        entry("referral.decided", who, source="sightline", ref=f"{key}#referral.decided/1", at=at, data=decided),
        entry("referral.fed_back", who, source="sightline", ref=f"{key}#referral.fed_back/1", at=at, data={"outcome": "None"}),
    ]  # fmt: skip
    record_many(steps, feed_viewer())
    page = hub.get("/hub/outcomes/")
    assert "Non Bell, referred" in text(page) and "Who has the child now: Holm Lane Academy" in text(page)
    link = re.search(r"/person/\d+/referrals/\d+/", page.content.decode())[0]  # type: ignore[index]
    listed = AccessEntry.objects.get(action="list", note="referrals that led to nothing", outcome="given")
    assert listed.people == [int(link.split("/")[2])]
    post(hub, f"{link}step/", link, outcome="explain", text="The family moved abroad and their new authority was told")
    assert "Non Bell" not in text(hub.get("/hub/outcomes/"))
