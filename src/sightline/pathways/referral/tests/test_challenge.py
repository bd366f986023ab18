"""Whoever referred challenges what came of it: it reaches somebody who did not decide, and only they answer."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import make_member
from referring import DECIDED, NOTHING_MORE, page_of, post, refer_new
from screens import signed_in, text
from sightline.chronology.models import Event

pytestmark = pytest.mark.django_db


def challenged(teacher: Client, hub: Client) -> tuple[int, str]:
    """A referral on which the hub decided that nothing more is done, and which its maker has challenged: its number, and the hub's page of it."""
    entry = refer_new(teacher)
    page = page_of(hub)
    post(hub, f"{page}decide/", **NOTHING_MORE)
    assert post(teacher, f"/door/sent/{entry}/", text="He has new bruises since").status_code == 302
    return entry, page


@pytest.mark.requirement("RF-27")
def test_a_challenge_reaches_somebody_who_did_not_decide_and_only_they_answer(teacher: Client, hub: Client) -> None:
    other = signed_in(make_member("hale", "Ivo Hale", "supervisor", "hub"))
    entry = refer_new(teacher)
    page = page_of(hub)
    post(hub, f"{page}decide/", **NOTHING_MORE)
    assert other.get(page).status_code == 404
    assert post(teacher, f"/door/sent/{entry}/", text="He has new bruises since").status_code == 302
    raised = Event.objects.get(kind="escalation.raised").data
    assert (raised["about"], raised["level"], raised["to_agency"]) == ("decision", 1, "hub")
    assert raised["to"] == "Team manager or sergeant"
    assert "Challenge, level 1" in text(hub.get(page)) and "The next level: answer the challenge" in text(
        hub.get("/hub/")
    )
    assert "Answer an escalation" not in text(hub.get("/work/")) and "Answer an escalation" in text(other.get("/work/"))
    said = {"outcome": "unresolved", "text": "The decision stands", "token": "f" * 32}
    assert hub.post(f"{page}step/", said).status_code == 403
    assert hub.post(f"{page}decide/", DECIDED | {"token": "e" * 32}).status_code == 403, "nor by deciding anew"
    alone = page.split("/referrals/")[0] + f"/escalations/{Event.objects.get(kind='escalation.raised').pk}/"
    assert hub.post(alone, {"resolved": "no", "text": "The decision stands", "token": "d" * 32}).status_code == 403
    assert "Answer the challenge" in text(other.get(page))
    post(other, f"{page}step/", page, outcome="unresolved", text="Seen again today by a doctor; the decision stands")
    assert "Seen again today by a doctor" in text(teacher.get(f"/door/sent/{entry}/"))


@pytest.mark.requirement("RF-27")
def test_where_whoever_decided_is_alone_at_a_tier_it_comes_to_the_next(teacher: Client, hub: Client) -> None:
    other = signed_in(make_member("lowe", "Peter Lowe", "partner_lead", "hub"))
    _, page = challenged(teacher, hub)
    assert Event.objects.get(kind="escalation.raised").data["level"] == 2
    assert "Answer an escalation" in text(other.get("/work/")) and other.get(page).status_code == 200


@pytest.mark.requirement("RF-27")
def test_a_new_decision_by_somebody_else_answers_the_challenge(teacher: Client, hub: Client) -> None:
    other = signed_in(make_member("moss", "Ida Moss", "mash_manager", "hub"))
    entry, page = challenged(teacher, hub)
    assert post(other, f"{page}decide/", **DECIDED).status_code == 302
    assert Event.objects.get(kind="escalation.answered").data["decided_again"] is True
    shown = text(teacher.get(f"/door/sent/{entry}/"))
    assert "They have until" not in shown and "Section 47 enquiry. Injury and account fit." in shown
