"""What profiles and reviews asked for, whether it was done, and where the same is happening now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.alerts.models import Alert
from sightline.alerts.services import settle_everybody
from sightline.chronology.record import record_many
from sightline.exchange.feeds.tests.police_extracts import take_in
from sightline.oversight.recommendations.queries import reports

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("JD-74")
def test_each_recommendation_of_a_profile_with_whether_it_was_acted_on(
    constable: Member, health_visitor: Member
) -> None:
    take_in("analysis")
    (profile,) = reports(constable.viewer())
    assert (profile.title, profile.about) == ("Children exploited from hotels", "sexual exploitation, Larkscar")
    on = constable.viewer().at.date()
    assert [(r.owner, r.acted_on, r.overdue(on)) for r in profile.recommended] == [
        ("Licensing sergeant", True, False), ("Missing coordinator", None, True), ("Intelligence manager", False, False),
    ]  # fmt: skip
    page = text(signed_in(constable).get("/recommendations/"))
    assert "Visit every hotel within a mile of the station. Done Nine hotels visited" in page
    assert "after each missing episode. Overdue, no answer" in page
    assert "for the whole network. Not done No post to give" in page
    assert reports(health_visitor.viewer()) == (), "analysis is not for every agency"


@pytest.mark.requirement("JD-76")
def test_reviews_are_found_by_words_with_what_was_changed_and_what_was_not(constable: Member) -> None:
    take_in("learning_reviews")
    take_in("analysis")
    client = signed_in(constable)
    page = text(client.get("/recommendations/?words=younger"))
    assert "Child F" in page and "Family G" not in page and "hotels" not in page
    assert "Policy changed: Domestic abuse procedure 4.2. Training changed: Response officers' module 3" in page
    assert "Nobody asked the younger children. Policy changed: nothing is recorded" in page
    assert "None says that" in text(client.get("/recommendations/?words=zeppelin"))


@pytest.mark.requirement("JD-76")
def test_live_cases_of_the_same_pattern_are_looked_up_and_shown_to_those_who_may_read_them(
    constable: Member, ext: Member
) -> None:
    take_in("learning_reviews")
    now = timezone.now()
    child = person_of(write_person("crime", "kid", forenames="Ada", surname="Quill", born="2016-01-01"))
    told = [
        entry("contact.received", {"child": [("crime", "kid")]}, source="crime", ref=f"{n}/call", at=now - timedelta(days=10 * n),
              data={"kind": "domestic_abuse", "channel": "999"})
        for n in range(1, 5)
    ]  # fmt: skip
    elsewhere = entry(
        "strategy.held", {"child": [("crime", "other")]}, source="crime", ref="met", at=now - timedelta(days=2), data={}
    )
    record_many([*told, elsewhere], feed_viewer(at=now))
    settle_everybody(at=now)
    alert = Alert.objects.filter(kind="cumulative_harm", subject_id=child).get()
    police = make_member("tarn", "Al Tarn", "case_owner", "police")
    assert _live(police) == _live(ext) == ()
    involve(police, child, at=timezone.now())
    assert _live(police) == (alert.pk,)
    assert AccessEntry.objects.filter(note="same pattern", people=[child], user_id=police.user.pk).exists()
    assert f'href="/alerts/{alert.pk}/"' in signed_in(police).get("/recommendations/").content.decode()


def _live(member: Member) -> tuple[int, ...]:
    """The live cases beside the finding that incidents were looked at one by one."""
    found = (f for r in reports(member.viewer(at=timezone.now())) for f in r.findings)
    return next(f.live for f in found if f.text == "Each incident was looked at alone and nobody counted them.")
