"""Referring, asking, answering and being told, as those who do it see it: each in their own agency, in a browser's words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cast import Member, seal
from referring import DECIDED, NEW, SAID, WAY_BACK, kinds, page_of, post, refer_new, token, waiting
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("RF-01", "RF-02", "RF-16", "RF-19", "SS-08")
def test_a_school_refers_a_child_nobody_knows_and_the_hub_has_it_at_once(teacher: Client, hub: Client) -> None:
    entry = refer_new(teacher)
    receipt = text(teacher.get(f"/door/sent/{entry}/"))
    assert f"Number {entry}, received by Marsham Safeguarding Hub" in receipt and "Elan Rees" in receipt
    page = text(hub.get(page_of(hub)))
    assert page.index("Specific risk") < page.index("Response asked for") < page.index("What happened")
    assert "stepfather hits him" in page and "A strategy discussion today" in page
    said = Event.objects.get(pk=entry).data
    assert "Children Act 1989 s47" in said["lawful_basis"] and said["necessity"] and said["proportionality"]


@pytest.mark.requirement("RF-02")
def test_the_same_form_sent_twice_is_one_referral(teacher: Client) -> None:
    form = token(teacher, "/refer/") | SAID | NEW
    first, second = (teacher.post("/refer/", form).headers["Location"] for _ in range(2))
    assert first == second and kinds() == ["referral.made"]


@pytest.mark.requirement("RF-16")
@pytest.mark.parametrize("left_out", ["risk", "asked_for"])
def test_no_referral_goes_without_the_risk_and_the_response_asked_for(teacher: Client, left_out: str) -> None:
    answer = teacher.post("/refer/", token(teacher, "/refer/") | SAID | NEW | {left_out: ""})
    assert answer.status_code == 422 and "Elan" in answer.content.decode() and not kinds()


@pytest.mark.requirement("SS-08", "SS-09")
def test_the_partners_door_opens_no_record_and_shows_nothing_of_others(
    teacher: Client, hub: Client, ext: Member
) -> None:
    entry = refer_new(teacher)
    person, _ = waiting(hub)
    assert teacher.get(f"/person/{person}/").status_code == 404
    assert teacher.get(f"/person/{person}/referrals/{entry}/").status_code == 404
    other = signed_in(ext)
    assert "Elan" not in text(other.get("/door/")) and other.get(f"/door/sent/{entry}/").status_code == 404
    assert other.get("/hub/").status_code == 403
    looks = AccessEntry.objects.filter(note="partner's door", outcome="given", people=[person])
    teacher.get("/door/")
    assert looks.filter(action="list").exists()
    seal(person)
    assert "Elan" not in text(teacher.get("/door/")) and teacher.get(f"/door/sent/{entry}/").status_code == 404


@pytest.mark.requirement("RF-07", "RF-08", "RF-15")
def test_a_decision_has_a_reason_an_owner_and_dissent_and_tells_the_referrer_by_itself(
    teacher: Client, hub: Client
) -> None:
    entry = refer_new(teacher)
    page = page_of(hub)
    without = post(hub, f"{page}decide/", **DECIDED | {"owner": ""})
    assert without.status_code == 422 and "referral.decided" not in kinds()
    half = post(hub, f"{page}decide/", **DECIDED | {"dissent_by": "Health"})
    assert half.status_code == 422 and "Say which agency disagrees, and why" in text(half)
    assert (
        post(
            hub, f"{page}decide/", **DECIDED | {"dissent_by": "Health", "dissent": "Wanted a medical first"}
        ).status_code
        == 302
    )
    shown = text(hub.get(page))
    assert (
        "Health: Wanted a medical first" in shown
        and "Amina Okoro" in shown
        and "by Rukhsana Begum" in shown.replace("By Ruk", "by Ruk")
    )
    told = text(teacher.get(f"/door/sent/{entry}/"))
    assert "Section 47 enquiry. Injury and account fit. Next: Visit at four today. Amina Okoro answers for it." in told
    assert kinds()[-2:] == ["referral.decided", "referral.fed_back"] and "Wanted a medical" not in told


@pytest.mark.requirement("VO-02")
def test_a_child_of_whom_nothing_further_comes_has_somebody_to_come_back_to(teacher: Client, hub: Client) -> None:
    refer_new(teacher)
    page = page_of(hub)
    nothing = DECIDED | {"decision": "no_further_action"}
    for half in ({}, {"way_back": "Her office"}, {"way_back_contact": "Ms Cole"}):
        refused = post(hub, f"{page}decide/", **nothing | half)
        assert refused.status_code == 422 and "say whom the child can come back to" in text(refused), half
    assert "referral.decided" not in kinds()
    assert post(hub, f"{page}decide/", **nothing | WAY_BACK).status_code == 302
    assert "The child can come back to Ms Cole: Her office, any break" in text(hub.get(page))
    assert "Explain to the child why nothing more is done" in text(hub.get("/work/"))


@pytest.mark.requirement("RF-14", "SS-08")
def test_each_agency_sees_its_own_request_and_may_hold_nothing(
    teacher: Client, hub: Client, health_visitor: Member
) -> None:
    refer_new(teacher)
    page, nurse = page_of(hub), signed_in(health_visitor)
    asked = {
        "of": ["health", "education"],
        "question": "What do you know of injuries in the last year?",
        "lawful_basis": "Children Act 1989 s47",
    }
    assert post(hub, f"{page}ask/", **asked).status_code == 302
    named = AccessEntry.objects.filter(action="disclosure").order_by("pk")
    assert [(e.fields, e.note) for e in named] == [
        (["born", "information.requested", "names"], f"to {of}") for of in asked["of"]
    ], "that a child was named to an agency is in the log, agency by agency"
    link = re.search(r"/door/asked/(\d+)/", nurse.get("/door/").content.decode())[0]  # type: ignore[index]
    assert "injuries in the last year" in text(nurse.get(link)) and "bruise on his cheek" not in text(nurse.get(link))
    assert teacher.get(link).status_code == 404 and nurse.get(page).status_code == 404
    assert post(nurse, link, how="nothing", text="").status_code == 302
    again = nurse.post(link, {"token": "anothertoken", "how": "held", "text": "Seen on Monday"})
    assert again.status_code == 422 and "answered meanwhile" in text(again)
    shown = text(hub.get(page))
    assert "Nothing held" in shown and "after 0 hours" in shown and "needed by" in shown
    assert kinds().count("information.supplied") == 1
