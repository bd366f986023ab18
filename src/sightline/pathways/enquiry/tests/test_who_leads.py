"""A discussion and an enquiry, as whoever leads them has them, others who work with the child, and an agency that is only told of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.enquiry.tests.at_screens import CHILD, first, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "agency", "leads"),
    [
        ("case_owner", "social_care", True),
        ("detective_sergeant", "police", True),
        ("response_officer", "police", False),
        ("practitioner", "health", False),
    ],
)
def test_what_leads_on_is_offered_to_whoever_leads_and_others_are_told_whose_it_is(
    scene: Any, role: str, agency: str, leads: bool
) -> None:
    client, boy, _ = scene
    at = f"/person/{boy}/enquiry/"
    send(client, f"{at}ask/", reason="He says he was hit again")
    send(client, f"{at}start/", mode="joint", reason="An assault by an adult", lead="Amina Okoro")
    member = make_member("lister", "Ann Lister", role, agency)
    involve(member, boy, at=timezone.now())
    theirs, run = signed_in(member), f"{at}discussions/{first('strategy.requested')}/"
    for page, link in ((f"/person/{boy}/", f"{at}hold/"), (at, f"{at}hold/"), (run, f"{run}hold/")):
        assert (f'href="{link}"' in theirs.get(page).content.decode()) is leads, page
    mine, others = text(theirs.get("/work/")), text(theirs.get("/work/?whose=others"))
    for title in ("Call a strategy discussion, or say why none is held", "Complete a section 47 enquiry"):
        assert (title in mine) is leads and (title in others) is not leads, title
    assert ("For whoever leads the discussion" in others) is not leads
    assert theirs.get(f"{run}actions/").status_code == (200 if leads else 403)


@pytest.mark.requirement("IS-01")
def test_of_a_discussion_that_an_agency_is_only_told_of_it_reads_nothing(scene: Any, health_visitor: Member) -> None:
    client, boy, _ = scene
    said = {
        "decision": "enquiry_joint",
        "rationale": "A bruise and what he said",
        "attended": ["police", "social_care"],
    }
    held = entry(
        "strategy.held", CHILD, source="social_care", ref="d", at=timezone.now() - timedelta(hours=1), data=said
    )
    record_many([held], feed_viewer(at=timezone.now()))
    page = f"/person/{boy}/enquiry/discussions/{Event.objects.filter(kind='strategy.held').latest('id').pk}/"
    assert said["rationale"] in text(client.get(page))
    involve(health_visitor, boy, at=timezone.now())
    answer = signed_in(health_visitor).get(page)
    assert answer.status_code == 200 and said["rationale"] not in text(answer)


@pytest.mark.requirement("IS-03")
def test_each_look_at_a_childs_discussions_and_enquiries_is_written_down(scene: Any, team_manager: Member) -> None:
    client, boy, _ = scene
    client.get(f"/person/{boy}/enquiry/")
    looks = AccessEntry.objects.filter(user_id=team_manager.user.pk, note="strategy discussions and enquiries")
    assert [(e.people, e.outcome) for e in looks] == [([boy], "given")]
