"""The alerts of a team, as whoever leads it is given them by a request that stands behind the second wall."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of
from screens import signed_in
from sightline.access.models import Post
from sightline.agencies.models import Team
from sightline.alerts.models import Alert
from sightline.alerts.settings import limits
from sightline.alerts.telling import tell
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db


def of_team(username: str, role: str) -> Member:
    member = make_member(username, username.title(), role, "police")
    team, _ = Team.objects.get_or_create(key="east", defaults={"name": "East", "agency": member.post.agency})
    Post.objects.filter(pk=member.post.pk).update(team=team)
    return member


def test_what_would_be_told_to_the_leader_next_is_opened_to_them(settings: LazySettings) -> None:
    now, key = timezone.now(), ("crime", "ada")
    record_many([entry("contact.received", {"child": [key]}, source="crime", ref="c1", at=now)], feed_viewer(at=now))
    child = person_of(anchored([key], at=now)[key])
    sergeant, constable = of_team("sgt", "supervisor"), of_team("pc", "response_officer")
    involve(constable, child, at=now)
    alert = Alert.objects.create(
        kind="attendance_overdue", subject_id=child, concerns=[child], to_role="response_officer", cause="crime:c1", rule="r", why="x",
        rests_on=[Event.objects.get(ref="c1").pk], due_at=now, first_at=now,
    )  # fmt: skip
    tell([(alert, "response_officer")], at=now, held=limits())
    settings.WALL = True
    assert f'href="/alerts/{alert.pk}/"' in signed_in(sergeant).get("/alerts/?whose=team").content.decode()
