"""The partner's door shows each reader what they referred, their team, or those whom they lead: by account, and never by a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, make_member
from referring import refer_new
from screens import signed_in, text
from sightline.agencies.models import Team
from sightline.chronology.models import Event
from sightline.chronology.record import record_many

pytestmark = pytest.mark.django_db


def elsewhere(member: Member, team: str) -> Member:
    """The same member in another team of their agency."""
    member.post.team = Team.objects.create(key=team, name=team, agency=member.post.agency)
    member.post.save()
    return member


@pytest.mark.requirement("SS-08")
@pytest.mark.parametrize("agency", ["education", "police"])
def test_a_namesake_opens_nobody_elses_referral_and_a_lead_opens_it(agency: str, hub: Client) -> None:
    sender = make_member("sent", "Sam Ward", "practitioner", agency)
    made = refer_new(signed_in(sender))
    assert Event.objects.get(pk=made).data["account"] == sender.user.pk
    namesake = signed_in(elsewhere(make_member("namesake", "Sam Ward", "practitioner", agency), "other"))
    assert namesake.get(f"/door/sent/{made}/").status_code == 404 and "Elan" not in text(namesake.get("/door/"))
    lead = signed_in(elsewhere(make_member("lead", "Ada Lead", "safeguarding_lead", agency), "leads"))
    assert "Elan" in text(lead.get("/door/")) and lead.get(f"/door/sent/{made}/").status_code == 200
    mate = signed_in(make_member("mate", "Mia Mate", "practitioner", agency))
    assert mate.get(f"/door/sent/{made}/").status_code == (404 if agency == "police" else 200), "of the same team"


@pytest.mark.requirement("SS-08", "RF-02")
def test_what_another_system_tells_is_for_whoever_leads_there_and_nobody_claims_to_know_when_it_was_received() -> None:
    at, child = timezone.now() - timedelta(days=30), {"child": [("gp", "C1")]}
    said = {"to": "social_care", "basis": "s17", "summary": "A bruise that the surgery saw"}
    person = entry(
        "person.recorded", {"subject": child["child"]}, source="gp", ref="C1/person", at=at, data={"forenames": "Mo"}
    )
    made = entry(
        "referral.made", child, source="gp", ref="R1/referral.made", at=at, data=said, agency="health", by="Niamh Doyle"
    )
    record_many([person, made], feed_viewer())
    number = Event.objects.get(kind="referral.made").pk
    visitor = signed_in(make_member("doyle", "Niamh Doyle", "practitioner", "health"))
    assert visitor.get(f"/door/sent/{number}/").status_code == 404 and "sent 4 weeks ago" not in text(
        visitor.get("/door/")
    )
    lead = signed_in(make_member("lead", "Ada Lead", "safeguarding_lead", "health"))
    shown = text(lead.get(f"/door/sent/{number}/"))
    assert "It is not known here when it was received" in shown and "received by" not in shown
    assert (
        "It is not known here whether anybody there has looked at it" in shown
        and "Nobody there has looked" not in shown
    )


def test_the_way_to_what_waits_for_a_decision_is_shown_to_those_who_decide(teacher: Client, hub: Client) -> None:
    says = "Referrals that wait for your agency's decision"
    assert says in text(hub.get("/door/")) and says not in text(teacher.get("/door/"))
