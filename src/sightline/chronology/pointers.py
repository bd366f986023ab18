"""The pointer tier: that a record exists, when it was last added to, and whom to ask. Nothing of what it says, and not how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from sightline.access import gate
from sightline.access.guardians import GUARDIAN
from sightline.access.log import Action
from sightline.access.models import Involvement, Post, Restriction
from sightline.access.roles import role_name
from sightline.access.rota import live_posts
from sightline.access.spans import HAS, live_at
from sightline.access.viewer import Viewer
from sightline.agencies.systems import systems
from sightline.chronology.handling import on_conditions
from sightline.chronology.view import Chronology
from sightline.kernel.moments import local
from sightline.people.anchors import records_of

_LAST = """
SELECT max(e.received_at) FROM chronology_eventperson p JOIN chronology_event e ON e.id = p.event_id
WHERE p.record_id = ANY(%s) AND e.received_at <= %s
"""


@dataclass(frozen=True)
class Ask:
    """A post that has the record: which agency, in which role, of which team. No name: whoever holds it now is who is asked."""

    agency: str
    role: str
    team: str


@dataclass(frozen=True)
class Pointer:
    """What may be known of a restricted record."""

    person: int
    last_on: date | None
    ask: tuple[Ask, ...]
    named: tuple[str, ...] = ()  # whom whoever restricted it said is asked


@dataclass(frozen=True)
class Held:
    """A system of whose entries this viewer may know only that they are there: when the newest happened, how many, and whom to ask."""

    source: str
    entries: int
    newest_at: datetime
    on_conditions: int


def pointer_to(viewer: Viewer, person: int, *, action: Action = Action.CONSULTATION) -> Pointer:
    """That there is a record, when it was last added to and whom to ask. Raises NotFound where not even that may be known."""
    gate.look(viewer, [person], fields=("pointer",), action=action, note="restricted record")
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [records_of([person])[person], viewer.at])
        (last,) = cursor.fetchone()
    live = Restriction.objects.filter(live_at(viewer.at), person_id=person, state="restricted").exclude(ask="")
    named = tuple(dict.fromkeys(live.order_by("pk").values_list("ask", flat=True)))
    return Pointer(person, local(last).date() if last else None, whom_to_ask(viewer, person), named)


def whom_to_ask(viewer: Viewer, person: int) -> tuple[Ask, ...]:
    """The posts that have somebody's record now, each once; where nobody has, the data guardians. Reads below the gate."""
    has = Involvement.objects.filter(live_at(viewer.at), person_id=person, why__in=HAS)
    theirs = Post.objects.filter(live_posts(viewer.at), pk__in=has.values("post_id"))
    return _posts(theirs) or _posts(Post.objects.filter(live_posts(viewer.at) & Q(role=GUARDIAN)))


def _posts(posts: QuerySet[Post]) -> tuple[Ask, ...]:
    rows = posts.select_related("agency", "team").order_by("agency__name", "role", "pk")
    found = (Ask(str(p.agency), role_name(p.role), p.team.name if p.team else "") for p in rows)
    return tuple(dict.fromkeys(found))


def held_back(chronology: Chronology) -> tuple[Held, ...]:
    """By system, what is held of a chronology already cut for a viewer and not shown to them, newest first."""
    found: dict[str, list[datetime]] = {}
    for happening in chronology.happenings:
        if happening.pointer:
            found.setdefault(happening.source, []).append(happening.at)
    coded = [h.source for h in chronology.happenings if h.pointer and on_conditions(h)]
    rows = (Held(source, len(at), max(at), coded.count(source)) for source, at in found.items())
    return tuple(sorted(rows, key=lambda held: held.newest_at, reverse=True))


def owner_words(source: str) -> str:
    """Whom to ask for what a record system holds: `health`, `the police`."""
    owner = systems()[source].owner if source in systems() else source
    return {
        "police": "the police",
        "hub": "the safeguarding hub",
        "cps": "the CPS",
        "this system": "the data guardian",
    }.get(owner, owner.replace("_", " "))
