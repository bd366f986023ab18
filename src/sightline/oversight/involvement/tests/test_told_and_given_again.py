"""Whoever has work that ends is told before and keeps it with a reason; whoever leads them sees whose ended, and hands it on again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from cast import (
    NOW,
    Member,
    involve,
    seal,
    sign_in,
)
from sightline.access.handing import hand
from sightline.access.models import AccessEntry, Involvement
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.oversight.involvement.queries import ended, endings
from sightline.oversight.involvement.services import hand_again, keep, settle_ties
from sightline.oversight.involvement.tests.conftest import (
    THEN,
    WHY,
    days,
    nightly,
    reads,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("IS-01")
def test_afterwards_the_page_is_that_of_nobody_there(social_worker: Member, child: int) -> None:
    involve(social_worker, child, why="team", at=THEN)
    settle_ties(at=days(1))
    Involvement.objects.update(until_at=NOW - timedelta(days=1))
    client = sign_in(Client(), social_worker)
    over = client.get(f"/person/{child}/")
    assert (over.status_code, over.content) == (404, client.get("/person/987654321/").content)
    assert client.get(f"/person/{child}/work/").content == client.get("/person/987654321/work/").content


@pytest.mark.requirement("IS-05")
def test_work_with_a_child_who_was_sealed_since_is_not_to_be_kept_or_seen(social_worker: Member, child: int) -> None:
    involve(social_worker, child)
    Involvement.objects.update(until_at=datetime.now(UTC) + timedelta(days=4), ends="no_work")
    client = sign_in(Client(), social_worker)
    assert client.get(f"/person/{child}/work/").status_code == 200
    seal(child)
    sealed, nobody = (client.get(f"/person/{n}/work/") for n in (child, 987654321))
    assert (sealed.status_code, sealed.content) == (404, nobody.content)


@pytest.mark.requirement("IS-08")
def test_it_is_told_from_seven_days_before_and_not_sooner(social_worker: Member, child: int) -> None:
    involve(social_worker, child, why="referral", at=THEN)
    assert told(social_worker, child, days(22)) == "", "no night's job, nothing shown differently"
    nightly(1, 1)
    assert told(social_worker, child, days(20)) == "" and told(social_worker, child, days(21)) == "2026-09-29"
    assert [e.person for e in endings(social_worker.viewer(at=days(22)))] == [child]


@pytest.mark.requirement("IS-01")
def test_kept_with_a_reason_it_ends_28_days_later_and_the_reason_is_in_the_log(
    social_worker: Member, child: int
) -> None:
    involve(social_worker, child, at=THEN)
    nightly(1, 1)
    with pytest.raises(NotFound):
        keep(social_worker.viewer(at=days(10)), child, reason=WHY)
    with pytest.raises(Refused):
        keep(social_worker.viewer(at=days(25)), child, reason="please")
    keep(social_worker.viewer(at=days(25)), child, reason=WHY)
    line = AccessEntry.objects.filter(user_id=social_worker.user.pk, outcome="given").latest("pk")
    assert (line.reason, line.people, line.action) == (WHY, [child], "administration")
    nightly(26, 53)
    assert reads(social_worker, child, days(53)) and not reads(social_worker, child, days(54))
    assert told(social_worker, child, days(40)) == "" and told(social_worker, child, days(47)) == "2026-10-24"


@pytest.mark.requirement("IS-01")
def test_whoever_leads_the_team_sees_whose_work_ended_and_hands_it_again(
    social_worker: Member, team_manager: Member, child: int
) -> None:
    involve(social_worker, child, at=THEN)
    nightly(1, 1)
    involve(team_manager, child, at=days(35))
    looking = team_manager.viewer(at=days(35))
    (row,) = ended(looking)
    seen = AccessEntry.objects.filter(note="ended work of a team", outcome="given", user_id=team_manager.user.pk)
    assert seen.get().people == [child]
    assert (row.name, row.whose, row.last_day.isoformat()) == ("Ayaan Warsame", "Amina Okoro", "2026-09-29")
    hand_again(looking, child, row.post, to=social_worker.post.pk, reason="The family has come back to us")
    assert reads(social_worker, child, days(36)) and ended(team_manager.viewer(at=days(36))) == []


@pytest.mark.requirement("IS-01")
def test_it_is_off_the_list_after_28_days_and_is_handed_on_no_more(
    social_worker: Member, team_manager: Member, child: int
) -> None:
    involve(social_worker, child, at=THEN)
    nightly(1, 1)
    involve(team_manager, child, at=days(60), why="alert", until=days(90))
    looking = team_manager.viewer(at=days(60))
    assert ended(looking) == []
    with pytest.raises(NotFound):
        hand_again(looking, child, social_worker.post.pk, to=social_worker.post.pk, reason="The family has come back")


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("how", ["sealed", "not involved"])
def test_a_child_whom_the_lead_may_not_read_is_not_on_the_list_nor_counted(
    social_worker: Member, team_manager: Member, child: int, how: str
) -> None:
    involve(social_worker, child, at=THEN)
    nightly(1, 1)
    if how == "sealed":
        involve(team_manager, child, at=NOW)
        seal(child)
    now = datetime.now(UTC)
    Involvement.objects.filter(user=social_worker.user).update(until_at=now - timedelta(days=2))
    page = sign_in(Client(), team_manager).get("/work/ended/").content.decode()
    assert "Warsame" not in page and "Okoro" not in page and "None that you may see" in page
    with pytest.raises(NotFound):
        hand_again(
            team_manager.viewer(at=now),
            child,
            social_worker.post.pk,
            to=social_worker.post.pk,
            reason="Come back to us",
        )


@pytest.mark.requirement("IS-01")
def test_whoever_leads_no_team_has_no_such_list(social_worker: Member, child: int) -> None:
    involve(social_worker, child, at=THEN)
    with pytest.raises(NotPermitted):
        ended(social_worker.viewer())


@pytest.mark.requirement("IS-08")
def test_the_pages_say_the_last_day_and_take_the_reason(
    social_worker: Member, child: int, django_capture_on_commit_callbacks: Any
) -> None:
    involve(social_worker, child, at=NOW - timedelta(days=60))
    soon = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=4)
    Involvement.objects.update(until_at=soon, ends="no_work")
    client, last = sign_in(Client(), social_worker), soon - timedelta(days=1)
    said = f"{last.day} {last:%B %Y}"
    assert f"Your work with this child ends on {said}" in client.get(f"/person/{child}/").content.decode()
    assert "say why you still need it" in client.get("/work/").content.decode()
    page = client.get(f"/person/{child}/work/").content.decode()
    assert f"ends on {said}" in page and "28 days from today" in page
    short = client.post(f"/person/{child}/work/", {"reason": "short"})
    assert short.status_code == 422 and "Say why you still need this record" in short.content.decode()
    assert client.post(f"/person/{child}/work/", {"reason": WHY}).status_code == 302
    assert "Your work with this child ends" not in client.get(f"/person/{child}/").content.decode()
    (row,) = Involvement.objects.all()
    assert row.ends == "kept" and row.until_at is not None and row.until_at > soon + timedelta(days=24)


@pytest.mark.requirement("IS-01")
def test_new_work_opens_the_record_anew_though_an_end_was_set(
    social_worker: Member, team_manager: Member, child: int
) -> None:
    involve(social_worker, child, at=THEN)
    involve(team_manager, child, at=THEN)
    nightly(1, 1)
    hand(team_manager.viewer(at=days(27)), child, social_worker.post.pk, reason="A new referral has come for him")
    assert reads(social_worker, child, days(40))
