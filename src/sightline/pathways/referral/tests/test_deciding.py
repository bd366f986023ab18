"""What a decision says: of a repeat whether the last one helped, and of every child what they said and what it changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve
from referring import DECIDED, NOTHING_MORE, SAID, kinds, page_of, post, refer_new
from scenes import boys_life
from screens import signed_in, text
from sightline.access.models import Involvement
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotPermitted
from sightline.pathways.referral.services.deciding import receive

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("RF-10")
def test_a_repeat_shows_what_was_done_last_time_and_needs_a_different_response_or_a_reason(
    hub: Client, social_worker: Member
) -> None:
    scene = boys_life(timezone.now())
    involve(social_worker, scene.boy, at=timezone.now())
    screen = signed_in(social_worker)
    for _ in range(2):
        assert post(screen, f"/person/{scene.boy}/refer/", **SAID).status_code == 302
        page = page_of(hub)
        if not Event.objects.filter(kind="referral.decided").exists():
            post(hub, f"{page}decide/", **NOTHING_MORE)
    page = page_of(hub)
    shown = text(hub.get(page))
    assert (
        "Decided: No further action. Injury and account fit Amina Okoro had it." in shown
        and "Nothing that anyone can see" in shown
    )
    assert "done differently this time" in text(post(hub, f"{page}decide/", **DECIDED))
    anew = DECIDED | {"different": "A joint visit this time"}
    assert "whether what was done last time helped" in text(post(hub, f"{page}decide/", **anew))
    assert "Did it help: too early to say" in shown
    assert post(hub, f"{page}decide/", **anew | {"helped_before": "no"}).status_code == 302
    assert "Did it help: no." in text(hub.get(page))


@pytest.mark.requirement("RF-10")
def test_whether_it_helped_is_asked_with_the_outcome_and_outcomes_months_on_stand_at_the_next_referral(
    hub: Client, social_worker: Member
) -> None:
    scene = boys_life(timezone.now())
    involve(social_worker, scene.boy, at=timezone.now())
    screen = signed_in(social_worker)
    post(screen, f"/person/{scene.boy}/refer/", **SAID)
    page = page_of(hub)
    post(hub, f"{page}decide/", **DECIDED)
    tell = {"outcome": "tell", "text": "He lives with his aunt"}
    assert "Say whether it helped" in text(post(hub, f"{page}step/", page, **tell))
    assert post(hub, f"{page}step/", page, **tell, helped="yes").status_code == 302
    made = Event.objects.get(kind="referral.made", source="sightline")
    child = made.people.get(role="child").record
    months_on = {"months": 3, "outcome": "safer", "evidence": "School says so"}
    record_many([entry("outcome.recorded", {"child": [(child.source, child.key)]}, source="social_care", ref="o", at=timezone.now(),
                       data=months_on)], feed_viewer(at=timezone.now()))  # fmt: skip
    told = text(screen.get(f"/door/sent/{made.pk}/"))
    assert "3 months on the child is: safer" in told and "School says so" not in told, (
        "whoever referred learns what came of it"
    )
    post(screen, f"/person/{scene.boy}/refer/", **SAID)
    shown = text(hub.get(page_of(hub)))
    assert "Did it help: yes." in shown and "Asked 3 months on: safer." in shown


@pytest.mark.requirement("VO-05")
@pytest.mark.parametrize("left_out", ["child_said", "child_changed"])
def test_a_decision_says_what_the_child_said_and_what_that_changed(teacher: Client, hub: Client, left_out: str) -> None:
    refer_new(teacher)
    page = page_of(hub)
    assert "He does not want to go home</textarea>" in hub.get(f"{page}decide/").content.decode(), "as it was referred"
    refused = post(hub, f"{page}decide/", **DECIDED | {left_out: ""})
    assert refused.status_code == 422 and "how that changed the decision, or why it did not" in text(refused)
    assert post(hub, f"{page}decide/", **DECIDED).status_code == 302
    assert "What that changed He is not sent home before he is seen" in text(hub.get(page))


@pytest.mark.requirement("IS-01")
def test_whoever_reads_a_referral_to_their_agency_and_does_not_decide_there_does_nothing_with_it(
    teacher: Client, social_worker: Member
) -> None:
    made, now = refer_new(teacher, to="social_care"), timezone.now()
    child = Involvement.objects.get(user=social_worker.user, why="referral").person_id
    assert signed_in(social_worker).get(f"/person/{child}/referrals/{made}/").status_code == 200
    with pytest.raises(NotPermitted):
        receive(social_worker.viewer(at=now), child, made, token="t", at=now)
    assert "referral.acknowledged" not in kinds()
