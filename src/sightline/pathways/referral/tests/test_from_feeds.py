"""Referrals that another system tells of: at whose queue they wait, until what, and that each is one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, make_member, write_person
from sightline.agencies.models import Agency, Team
from sightline.chronology.record import record_many
from sightline.pathways.referral.queries.figures import flow
from sightline.pathways.referral.queries.queue import hub_queue

pytestmark = pytest.mark.django_db
CHILD = {"child": [("social_care", "C1")]}
TO_CARE = {"to": "social_care", "consent": "given", "summary": "Bruise on the cheek"}


@pytest.fixture
def manager(db: None) -> Member:
    """Rukhsana Begum, who runs the hub, and a child whom social care knows."""
    write_person("social_care", "C1", forenames="Mo", surname="Hussein", born="2017-03-04")
    return make_member("begum", "Rukhsana Begum", "mash_manager", "hub")


def told(kind: str, row: str, *, source: str = "social_care", hours: float = 30, data: dict[str, Any] | None = None) -> None:  # fmt: skip
    at = timezone.now() - timedelta(hours=hours)
    said = entry(kind, CHILD, source=source, ref=f"{row}/{kind}", at=at, data=data if data is not None else TO_CARE)
    record_many([said], feed_viewer(at=at))


def waiting(member: Member) -> list[str]:
    return sorted(r.run.first.ref for r in hub_queue(member.viewer(at=timezone.now())).rows)


@pytest.mark.requirement("RF-01")
def test_what_another_system_received_waits_at_the_hub_until_its_own_row_says_decided(manager: Member) -> None:
    told("referral.made", "R1", hours=50)
    told("referral.made", "R2", hours=40)
    assert waiting(manager) == ["R1/referral.made", "R2/referral.made"]
    told("referral.decided", "R2", hours=20, data={"decision": "no_further_action", "reason": "Threshold not met"})
    assert waiting(manager) == ["R1/referral.made"], "a decision belongs to its own row, and is no second referral"
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    figures = flow(manager.viewer(at=timezone.now()), since=now - timedelta(hours=60), until=now)
    last = figures.hours[-1]
    assert (last.came, last.decided, last.held) == (2, 1, 1) and figures.lost == 0
    told("assessment.started", "R1", hours=1, data={})
    assert waiting(manager) == [], "the child was taken up, whether or not a decision was ever written"
    after = flow(manager.viewer(at=timezone.now()), since=now - timedelta(hours=60), until=now).hours
    assert (after[-1].decided, after[-1].held) == (2, 0) and all(h.lost == 0 for h in after)


@pytest.mark.requirement("RF-01")
def test_one_told_by_whoever_referred_waits_until_the_receiver_decides_and_a_yearly_return_asks_nobody(
    manager: Member,
) -> None:
    told("referral.made", "H1", source="housing")
    told("referral.made", "X1", source="cin_census")
    assert waiting(manager) == ["H1/referral.made"]
    told("referral.decided", "R9", hours=2, data={"decision": "early_help", "reason": "Support can be offered"})
    assert waiting(manager) == []


@pytest.mark.requirement("RF-01", "RF-20")
def test_it_waits_at_the_hub_that_answers_for_where_the_child_lives_and_where_none_does_at_every_one(
    manager: Member,
) -> None:
    other = make_member("olwen", "Olwen Other", "mash_manager", "holm-hub")
    Agency.objects.filter(key="holm-hub").update(kind="hub")
    other.post.agency.refresh_from_db()
    told("referral.made", "R1")
    assert waiting(manager) == waiting(other) == ["R1/referral.made"]
    Team.objects.filter(agency__key="holm-hub").update(area="ZS9")
    Team.objects.filter(agency__key="hub").update(area="ZS5, ZS6")
    assert waiting(manager) == waiting(other) == ["R1/referral.made"], "nobody knows where the child lives"
    home = {"lines": "3 Weir Lane", "postcode": "ZS5 7AB", "kind": "home", "from": "2020-01-01"}
    lives = entry("address.recorded", {"subject": CHILD["child"]}, source="social_care", ref="C1/home",
                  at=timezone.now() - timedelta(days=9), data=home)  # fmt: skip
    record_many([lives], feed_viewer(at=timezone.now()))
    assert waiting(manager) == ["R1/referral.made"] and waiting(other) == []
