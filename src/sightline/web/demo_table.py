"""Who is asked to the demonstration's tables: a conference that is called, and a MARAC that was held."""

from __future__ import annotations

from datetime import datetime

import click
from django.utils import timezone

from sightline.access.casework import REFERRAL, WORK, open_to
from sightline.access.models import Involvement, Post
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.chronology.models import Event, EventPerson
from sightline.pathways.plan.queries.runs import run_page, slug_of
from sightline.pathways.plan.services import conferences
from sightline.pathways.plan.services.doing import Deed
from sightline.people.anchors import identities_of

ASKED = ("hadley", "iqbal", "mbeki")  # the hub's deputy, and the safeguarding leads of a school and of health
READ_OF_IT = ("police", "hub", "social_care")
LOOKED_AT = 500  # of the newest hearings


def ask_to_conference(manager: Viewer, child: int, key: str) -> None:
    """The deputy and both leads are invited to a conference, and see it in their work."""
    page = run_page(manager, child, "conference", slug_of(key))
    conferences.invite(Deed(manager, page.standing, {"posts": _posts()}, "demo-invite", page))


@click.command()
def demo_marac() -> None:
    """Ask to a MARAC, once alerts have brought the cast those whom they are about; a second time opens the same."""
    heard = ask_to_marac(timezone.now())
    if heard is not None:
        click.echo(f"Sign in as hadley for the MARAC of person {heard}: its pack is at /person/{heard}/marac/.")


def ask_to_marac(at: datetime) -> int | None:
    """The case of a MARAC is opened to the same: one heard of a child with whom somebody works whose agency reads of MARACs; whose it is, if any."""
    live = Involvement.objects.filter(live_at(at), why__in=WORK, post__agency__kind__in=READ_OF_IT).exclude(
        user__username__in=ASKED
    )
    theirs = set(live.values_list("person_id", flat=True))
    heard = Event.objects.filter(kind="meeting.held", data__kind="marac").order_by("-at", "-pk")
    for event in heard[:LOOKED_AT]:
        roles = dict(EventPerson.objects.filter(event=event).values_list("record_id", "role"))
        who = identities_of(roles)
        child = next((who[r] for r, role in sorted(roles.items()) if role == "child" and who.get(r) in theirs), None)
        if child is not None:
            open_to(_posts(), set(who.values()), why=REFERRAL, reason="asked to a MARAC", at=at)
            return child
    return None


def _posts() -> list[int]:
    return list(Post.objects.filter(user__username__in=ASKED).order_by("pk").values_list("pk", flat=True))
