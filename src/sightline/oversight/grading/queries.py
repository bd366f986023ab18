"""What waits for a second look, with nobody's name until somebody takes it; and how far first and second grades agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.models import Post
from sightline.access.roles import above_others
from sightline.access.rota import leads_widely, live_posts, on_duty
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.alerts.ties import born
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.queries import chronologies
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotPermitted
from sightline.kernel.moments import age_on, local
from sightline.oversight.grading.rules import (
    ALWAYS,
    FOR_ONE,
    GRADES,
    TOOLS,
    Agreement,
    Graded,
    Pair,
    agreement,
    in_hours,
    looks_at,
    pairs,
)
from sightline.people.anchors import identities_of

LONGEST = timedelta(days=400)  # no further back is anything read, whatever the limits say
NOT_YOURS = "Second looks are for the specialists who take them."
NOT_LED = "These figures are for those to whom others answer."
UNKNOWN = "not known"


@dataclass(frozen=True)
class Waiting:
    """A grade set at the scene that nobody has looked at again: no name, one child to open it by, and whether one of them is under one."""

    graded: Graded
    person: int
    due: datetime
    under_one: bool


@dataclass(frozen=True)
class WaitingPage:
    """What waits, under-ones first; and who has the duty of looking now, whatever day it is."""

    rows: tuple[Waiting, ...]
    on_duty: tuple[str, ...]
    in_hours: bool


def waiting(viewer: Viewer) -> WaitingPage:
    """What waits for a second look, at any hour. For specialists: raises NotPermitted, the refusal written down."""
    if viewer.role not in (*ALWAYS, *FOR_ONE):
        gate.refuse(viewer, note="second looks at grades")
        raise NotPermitted(NOT_YOURS)
    rows = _waiting(viewer)
    write(
        viewer, Action.LIST, people={r.person for r in rows}, fields=("kinds_of_entry",), note="second looks at grades"
    )
    return WaitingPage(rows, _on_duty(viewer), in_hours(viewer.at, limits()))


def count_waiting(viewer: Viewer) -> tuple[Waiting, ...]:
    """The same for a list that says only how many and by when: nobody is shown, and the log names nobody."""
    rows = _waiting(viewer)
    write(viewer, Action.LIST, fields=("counts",), note="second looks at grades")
    return rows


def waits_for(viewer: Viewer, person: int, entry: int) -> bool:
    """Whether this grade of this child waits for this post to look again. Below the gate: says nothing of it."""
    return any(person in w.graded.children and w.graded.event == entry for w in _waiting(viewer))


def _waiting(viewer: Viewer) -> tuple[Waiting, ...]:
    held = limits()
    found = [
        p.first
        for p in pairs(_known(viewer, _graded(viewer.at)))
        if p.second is None
        and looks_at(viewer.role, p.first.tool)
        and held.due("grading.waits", p.first.at) >= viewer.at
    ]
    babies = _under_one({c for g in found for c in g.children}, viewer.at)
    rows = [Waiting(g, min(g.children), held.due("risk.second_review", g.at), bool(babies & g.children)) for g in found]
    return tuple(sorted(rows, key=lambda w: (not w.under_one, w.due, w.graded.event)))


@wall.working()
def _graded(at: datetime) -> list[Graded]:
    """Every grade that stands. Below the gate: shown with nobody's name, and as numbers."""
    asked = Event.objects.filter(
        kind="risk.assessed", at__gt=at - LONGEST, at__lte=at, received_at__lte=at, superseded__isnull=True
    )
    rows = [e for e in asked if e.data.get("tool") in TOOLS and e.data.get("grade") in GRADES]
    named = EventPerson.objects.filter(event__in=[e.pk for e in rows], role="child").values_list(
        "event_id", "record_id"
    )
    who = identities_of({record for _, record in named})
    children: dict[int, set[int]] = defaultdict(set)
    for event, record in named:
        if record in who:
            children[event].add(who[record])
    return [
        Graded(e.pk, e.at, str(e.data["tool"]), str(e.data["grade"]), str(e.data.get("stage") or "initial"), str(e.data.get("role") or ""),
               e.by, e.agency, frozenset(children[e.pk]))
        for e in rows if children[e.pk]
    ]  # fmt: skip


def _known(viewer: Viewer, graded: Iterable[Graded]) -> list[Graded]:
    """Without those about anybody of whom this viewer may not know: not even a number tells of them."""
    held = list(graded)
    unseen = gate.hidden(viewer, {c for g in held for c in g.children})
    return [g for g in held if not g.children & unseen]


@wall.working()
def _under_one(children: set[int], at: datetime) -> set[int]:
    day = local(at).date()
    births = {p: born(c) for p, c in chronologies(children, kinds=("person.recorded",)).items()} if children else {}
    return {p for p, on in births.items() if on and age_on(on, day) == 0}


@wall.working()
def _on_duty(viewer: Viewer) -> tuple[str, ...]:
    """The specialists of this agency whose turn it is now."""
    posts = Post.objects.filter(live_posts(viewer.at), agency__key=viewer.agency, role__in=ALWAYS).select_related(
        "user"
    )
    turns = on_duty({p.pk for p in posts}, at=viewer.at)
    return tuple(sorted(str(p.user) for p in posts if p.pk in turns))


@dataclass(frozen=True)
class AgreementPage:
    """How far the specialist's grade agrees with the first, of the viewer's agency, or of their team alone."""

    days: str
    fewest: int
    parts: tuple[tuple[str, tuple[Agreement, ...]], ...]


def agreement_page(viewer: Viewer) -> AgreementPage:
    """Agreement by officer, team, district and time of the week. Raises NotPermitted where nobody answers to this post."""
    if not above_others(viewer.role):
        gate.refuse(viewer, note="agreement of grades")
        raise NotPermitted(NOT_LED)
    write(viewer, Action.LIST, fields=("counts",), note="agreement of grades")
    held = limits()
    every = [
        p
        for p in pairs(_known(viewer, _graded(viewer.at)))
        if p.first.agency == viewer.agency and held.due("grading.counted", p.first.at) >= viewer.at
    ]
    posts = _posts(viewer, {p.first.by for p in every})
    if not leads_widely(viewer):
        every = [p for p in every if (post := posts.get(p.first.by)) and post.team_id == viewer.team_id]
    return AgreementPage(
        held.say("grading.counted", viewer.at),
        held.number("grading.fewest", viewer.at),
        _parts(every, posts, held, viewer.at),
    )


def _parts(
    every: list[Pair], posts: dict[str, Post], held: Limits, at: datetime
) -> tuple[tuple[str, tuple[Agreement, ...]], ...]:
    keys: dict[str, Callable[[Pair], str]] = {
        "Officer": lambda p: p.first.by or UNKNOWN,
        "Team": lambda p: post.team.name if (post := posts.get(p.first.by)) and post.team else UNKNOWN,
        "District": lambda p: (post.team.area if (post := posts.get(p.first.by)) and post.team else "") or UNKNOWN,
        "When it was set": lambda p: (
            "Working days, 8am to 6pm" if in_hours(p.first.at, held) else "Nights, weekends and holidays"
        ),
    }
    parts = []
    for title, key in keys.items():
        groups: dict[str, list[Pair]] = defaultdict(list)
        for pair in every:
            groups[key(pair)].append(pair)
        parts.append((title, tuple(agreement(n, of, held, at) for n, of in sorted(groups.items()))))
    return tuple(parts)


@wall.working()
def _posts(viewer: Viewer, names: set[str]) -> dict[str, Post]:
    """The posts in this agency of those who graded, by name; of a name that two people bear, none."""
    found: dict[str, list[Post]] = defaultdict(list)
    held = Post.objects.filter(Q(user__name__in=names) & live_posts(viewer.at), agency__key=viewer.agency)
    for post in held.select_related("team", "user"):
        found[str(post.user)].append(post)
    return {name: of[0] for name, of in found.items() if len({p.user_id for p in of}) == 1}
