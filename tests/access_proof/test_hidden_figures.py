"""Figures and lists that name nobody are as if there were no sealed child, whatever was made here about them: by those who lead, in each agency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from access_proof.canaries import Aviary
from access_proof.routes import ROUTES, About, Aim
from access_proof.stage import Called, sealed_and_excluded, sign_in
from access_proof.walks import GONE, anonymous, unlike
from access_proof.world import PROJECTED, STANDING, key_of, world
from cast import entry, involve, make_member
from sightline.chronology.courses import BEGIN, Course
from sightline.chronology.entries import Entry
from sightline.chronology.kinds import kinds
from sightline.kernel.discovery import declared
from sightline.people.projections import OURS

pytestmark = pytest.mark.django_db
LEADS = (
    ("duty_inspector", "police"),
    ("detective_inspector", "police"),
    ("mash_manager", "hub"),
    ("partner_lead", "hub"),
    ("social_care_manager", "social_care"),
    ("safeguarding_lead", "health"),
)
AGENCIES = tuple(dict.fromkeys(agency for _, agency in LEADS))
# All that are about nobody in their address; the rota says of posts and teams, by number, who is there.
PAGES = [
    p
    for p, route in ROUTES.items()
    if route.about is About.SIGNED_IN
    and route.body != "json"
    and "{" not in route.path
    and p != "duty/"
    and "sign-out" not in p
]


def made_here(aviary: Aviary, at: datetime) -> Iterable[Entry]:
    """Every kind of entry about each of the hidden children, made on a page by each agency in the last four weeks; what begins a run begins one."""
    begins = {s.kind: c.key for c in declared("rules", Course) for s in c.steps if BEGIN in s.from_}
    for n, kind in enumerate(sorted(set(kinds()) - set(PROJECTED))):
        for m, agency in enumerate(AGENCIES):
            for who in GONE:
                data = aviary.fill(kind, who, OURS, STANDING.get(kind, ()))
                when = at - timedelta(days=(n + m) % 28, hours=1)
                ref = f"{begins.get(kind, kind)}/{who}{n}{agency}"
                yield entry(
                    kind,
                    {"child": [key_of(who)]},
                    source=OURS,
                    ref=ref,
                    at=when,
                    data=data,
                    agency=agency,
                    by="In Sider",
                )


Worlds = dict[str, dict[tuple[str, ...], str]]


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    """What was said in each world that has been asked already, by who is not in it."""
    return {}


def said(at: datetime, without: str) -> dict[tuple[str, ...], str]:
    """What each page about nobody says to each of those who lead, in a world that is taken back afterwards."""
    with transaction.atomic():
        scene = world(at, without=without, more=made_here)
        members = [make_member(f"lead{n}", f"Lead {n}", *of) for n, of in enumerate(LEADS)]
        for member in members:
            involve(member, *scene.people.values(), at=at)
        sealed_and_excluded(scene, *members)
        names = {str(number): name for name, number in scene.people.items()}
        found = {}
        for member in members:
            client = sign_in(member)
            for pattern in PAGES:
                answer = ROUTES[pattern].call(client, "GET", Aim())
                text = anonymous(Called(pattern, "GET", Aim(), answer), names)
                # in what order two stand of whom one number is lower tells nothing of a third
                found[member.post.role, pattern] = "\n".join(sorted(line.strip() for line in text.splitlines()))
        transaction.set_rollback(True)
    return found


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("gone", GONE)
def test_no_figure_counts_a_child_of_whom_nobody_there_may_know(
    db: None, at: datetime, gone: str, worlds: Worlds
) -> None:
    assert len(PAGES) > 40
    for without in ("", gone):
        worlds[without] = worlds.get(without) or said(at, without)
    assert unlike(worlds[gone], worlds[""]) == {}
