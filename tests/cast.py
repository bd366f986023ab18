"""The standing cast: who signs in, in every test that needs somebody. All invented.

Fixtures give a `Member`; `member.viewer(...)` is that person looking. `write_person`, `person_of` and `involve` set a scene.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpRequest
from django.test import Client

from sightline.access.models import Involvement, Post, Restriction, User
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency, Team
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored, identities_of

NOW = datetime(2026, 11, 2, 14, 5, tzinfo=UTC)
LONG_AGO = datetime(2010, 1, 1, tzinfo=UTC)
AGENCIES = {
    "police": "Marsham Police",
    "social_care": "Marsham Children's Services",
    "health": "Marsham Community Health",
    "hub": "Marsham Safeguarding Hub",
}


@dataclass(frozen=True)
class Member:
    """One of the cast: the account, the post, and how they look at things."""

    user: User
    post: Post

    def viewer(self, *, at: datetime = NOW, reason: str = "", route: str = "test", confirmed: bool = True) -> Viewer:
        """This person, looking at a moment, for a reason; they have just said again who they are."""
        post = self.post
        who = (self.user.pk, str(self.user), post.role, post.agency.key, post.pk, post.team_id)
        return Viewer(*who, at, route, reason, agency_kind=post.agency.kind, confirmed=confirmed)


def make_member(username: str, name: str, role: str, agency: str) -> Member:
    """Someone with an account and a post held since long ago."""
    office, _ = Agency.objects.get_or_create(
        key=agency, defaults={"name": AGENCIES.get(agency, agency), "kind": agency}
    )
    team, _ = Team.objects.get_or_create(
        key=f"{agency}-team", defaults={"name": f"{office.name} team", "agency": office}
    )
    user = User.objects.create_user(username=username, name=name)
    return Member(user, Post.objects.create(user=user, role=role, agency=office, team=team, held_from=LONG_AGO))


def sign_in(client: Client, member: Member, *, confirmed: bool = True) -> Client:
    """A browser in which the member is signed in, past both factors, and has just said again who they are."""
    if not member.user.authenticator_set.exists():
        TOTP.activate(member.user, generate_totp_secret())
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    if confirmed:
        asked = HttpRequest()
        asked.session = client.session
        record_authentication(asked, member.user, method="mfa", reauthenticated=True)
        asked.session.save()
    return client


def involve(
    member: Member, *people: int, why: str = "allocated", at: datetime = NOW, until: datetime | None = None
) -> None:
    """The member works with these people, since an hour before `at`."""
    Involvement.objects.bulk_create(
        Involvement(
            user=member.user,
            post=member.post,
            person_id=person,
            why=why,
            reason="works with them",
            from_at=at - timedelta(hours=1),
            until_at=until,
        )
        for person in people
    )


def seal(person: int, *, since: datetime = LONG_AGO) -> None:
    """A sealed record: for whoever has not opened it in an emergency, it is not there."""
    Restriction.objects.create(person_id=person, state="sealed", reason="protected witness", from_at=since)


def feed_viewer(*, at: datetime = NOW) -> Viewer:
    """A system that delivers an extract: no user, no post."""
    return Viewer(None, "feed", "", "", 0, None, at, "feed")


def entry(
    kind: str, people: dict[str, Iterable[PersonKey]], *, source: str, ref: str, at: datetime = NOW, **rest: Any
) -> Entry:
    """One event as a source says it; `rest` are the Entry's other fields."""
    return Entry(kind, at, source, ref, {role: tuple(held) for role, held in people.items()}, **rest)


def write_person(source: str, key: str, *, at: datetime = NOW, **said: Any) -> int:
    """A system's record of a person is loaded; gives the source record's id. `said` are fields of person.recorded."""
    about = {"subject": [(source, key)]}
    record_many(
        [entry("person.recorded", about, source=source, ref=f"{key}/person", at=at, data=said)], feed_viewer(at=at)
    )
    return anchored([(source, key)], at=at)[source, key]


def person_of(record: int) -> int:
    """Who a source record is now."""
    return identities_of([record])[record]


@pytest.fixture
def social_worker(db: None) -> Member:
    """Amina Okoro, who owns cases."""
    return make_member("okoro", "Amina Okoro", "case_owner", "social_care")


@pytest.fixture
def constable(db: None) -> Member:
    """PC Tom Reeve, who attends."""
    return make_member("reeve", "Tom Reeve", "response_officer", "police")


@pytest.fixture
def call_handler(db: None) -> Member:
    """Jo Marsh, who answers 999."""
    return make_member("marsh", "Jo Marsh", "call_handler", "police")


@pytest.fixture
def health_visitor(db: None) -> Member:
    """Carys Pugh."""
    return make_member("pugh", "Carys Pugh", "practitioner", "health")


@pytest.fixture
def team_manager(db: None) -> Member:
    """Sunita Rao, duty manager in social care."""
    return make_member("rao", "Sunita Rao", "social_care_manager", "social_care")


@pytest.fixture
def custody_sergeant(db: None) -> Member:
    """Sergeant Neil Frost."""
    return make_member("frost", "Neil Frost", "custody_sergeant", "police")


@pytest.fixture
def data_guardian(db: None) -> Member:
    """Ruth Abel, who reviews access."""
    return make_member("abel", "Ruth Abel", "data_guardian", "hub")


@pytest.fixture
def ext(db: None) -> Member:
    """Ext, who has a post and no involvement with anybody, and must see nothing."""
    return make_member("ext", "Ext Ernal", "practitioner", "health")
