"""A child with a mother, a crime, a report shared on conditions and a guardian; the chair, the police and health; and somebody at a screen."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from cast import Member, entry, feed_viewer, involve, make_member, person_of, sign_in, write_person
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.moments import local

CHILD = ("social_care", "C1")
NOW = datetime.now(tz=UTC)


def say(moment: datetime) -> str:
    return f"{local(moment):%d %m %Y %H:%M}"


@pytest.fixture
def chair(db: None) -> Member:
    return make_member("rao", "Sunita Rao", "social_care_manager", "social_care")


@pytest.fixture
def officer(db: None) -> Member:
    return make_member("quill", "Bea Quill", "detective_sergeant", "police")


@pytest.fixture
def visitor(db: None) -> Member:
    return make_member("pugh", "Carys Pugh", "practitioner", "health")


@pytest.fixture
def child(chair: Member, officer: Member, visitor: Member) -> int:
    long_ago = NOW - timedelta(days=400)
    child = person_of(write_person(*CHILD, at=long_ago, forenames="Mo", surname="Hussein", born="2017-03-04"))
    mother = person_of(
        write_person("social_care", "M1", at=long_ago, forenames="Dana", surname="Hussein", born="1990-01-02")
    )
    feed = [
        entry("relationship.recorded", {"subject": [("social_care", "M1")], "other": [CHILD]}, source="social_care", ref="r1",
              at=long_ago, data={"kind": "parent", "lives_with": True}),
        entry("strategy.held", {"child": [CHILD]}, source="social_care", ref="s1", at=NOW - timedelta(days=3),
              data={"attended": ["police", "social_care", "health"], "decision": "enquiry_joint", "rationale": "injuries"}),
        entry("crime.recorded", {"victim": [CHILD], "suspect": [("social_care", "M1")]}, source="crime", ref="c1",
              at=NOW - timedelta(days=5), data={"offence": "Cruelty to a child"}),
        entry("intelligence.recorded", {"subject": [CHILD]}, source="intelligence", ref="i1", at=NOW - timedelta(days=6),
              data={"summary": "Whispered by a neighbour", "handling": "conditions"}),
        entry("guardian.appointed", {"child": [CHILD]}, source="family_court", ref="g1", at=NOW - timedelta(days=30),
              data={"who": "Gwen Guardian"}),
    ]  # fmt: skip
    record_many(feed, feed_viewer(at=NOW - timedelta(days=1)), asked=False)
    for member in (chair,):
        involve(member, child, mother, at=NOW)
    return child


class Browser:
    """Somebody signed in, who reads pages and fills in their forms."""

    def __init__(self, member: Member) -> None:
        self.client = sign_in(Client(), member)
        self.last: Any = None

    def read(self, address: str, status: int = 200) -> str:
        self.last = self.client.get(address)
        assert self.last.status_code == status, self.last.content.decode()[:3000]
        return str(self.last.content.decode())

    def send(self, address: str, status: int = 302, **said: Any) -> str:
        held = dict(re.findall(r'name="(token|seen)" value="([^"]*)"', self.read(address)))
        self.last = self.client.post(address, held | said)
        shown = self.last.content.decode()
        problem = re.findall(r"error-summary__list.*?</ul>", shown, re.S)
        assert self.last.status_code == status, problem or shown[:3000]
        return str(self.last.url) if status == 302 else str(shown)


def call(who: Browser, child: int, **more: Any) -> str:
    said = {"kind": "initial", "meeting_at": say(NOW + timedelta(days=6)), "chair": "Sunita Rao"} | more
    return who.send(f"/person/{child}/plan/begin/conference/", **said)


HELD = {
    "attended": ["social_care", "police", "health"], "contributed": ["health"], "child_took_part": "advocate", "child_views": "Wants it to stop",
    "child_understood": "yes", "parents_views": "Will work with it", "parents_understood": "partly", "decision": "plan", "reason": "Harm goes on",
    "category": "physical", "concern": "Hit by an adult at home", "likelihood": "Very likely without change", "lead": "Amina Okoro",
    "contingency": "Legal planning meeting within a week", "contingency_owner": "Sunita Rao", "dissent": "Health wanted neglect as category",
}  # fmt: skip


WORDED = {
    "version": "child", "language": "en", "why": "Mum and Dad shout and things get broken", "could_happen": "We want you to sleep well",
    "who": "Amina comes on Tuesdays", "not_work": "We meet again and think of something better",
}  # fmt: skip


def now() -> str:
    return say(datetime.now(tz=UTC))


def held(**more: Any) -> dict[str, Any]:
    """A conference that was held this minute, and decided on a plan."""
    return HELD | {"held_at": now()} | more


def with_plan(them: Browser, child: int) -> str:
    return them.send(f"{call(them, child)}hold/", **held())


def with_action(them: Browser, plan: str, what: str, *, due: datetime = NOW + timedelta(days=3)) -> str:
    """The plan has an action more: its id."""
    said = {"what": what, "owner": "Amina Okoro", "agency": "social_care", "due": say(due), "immediate": "no"}
    them.send(f"{plan}action/", **said)
    return str(Event.objects.filter(kind="action.set").latest("id").data["id"])
