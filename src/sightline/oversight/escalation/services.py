"""Raising, answering, taking higher and settling an escalation; and naming who answers for an agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sightline.access import gate, wall
from sightline.access.casework import REFERRAL, open_to, take_up
from sightline.access.log import Action, write
from sightline.access.models import Post
from sightline.access.rota import live_posts
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.chronology.courses import Course, Run
from sightline.chronology.stepping import HERE, Changed, begin, take
from sightline.kernel.discovery import declared
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.kernel.moments import local, say_moment
from sightline.kernel.reasons import worded
from sightline.oversight.escalation.models import Counterpart
from sightline.oversight.escalation.queries import (
    Stalled,
    Standing,
    addressee,
    at_table,
    escalations_of,
    on_agenda,
    standing,
)
from sightline.oversight.escalation.rules import ESCALATION, challenge_in, ladder_on, raised, raised_from
from sightline.pathways.referral.queries.tiers import GoesTo, Stands, Tiers
from sightline.people.anchors import keys_for

ADULT = 18
OPEN = "an escalation"
NOT_YOURS = "This is for whoever it was escalated to, or somebody senior there, to answer."


def escalate(
    viewer: Viewer,
    person: int,
    what: Stalled,
    *,
    about: str,
    to_agency: str,
    text: str,
    quietly: bool,
    token: str,
    at: datetime,
) -> str:
    """Take something that has stalled to the first tier of an agency, and open the record to whoever answers there; gives the run's key.

    `quietly`: the agency is named as having raised it, and not the person. The same thing is not escalated twice while it waits.
    """
    page = escalations_of(viewer, person)
    same = [s for s in page.escalations if not s.run.over and what.key and s.run.first.get("thing") == what.key]
    if same:
        raise Refused("This has been escalated already. Its page says where it stands, and takes it a tier higher.")
    if not Agency.objects.filter(key=to_agency).exists():
        raise Refused("Choose an agency.")
    to = addressee(to_agency, 1, at=at, ladder=ladder_on(local(at).date()))
    said = {"about": about, "level": 1, "to_agency": to_agency, "text": worded(text), "to": to.name or to.tier, "thing": what.key or None,
            "what": what.says or None}  # fmt: skip
    role = "child" if (page.person.age_on(local(at).date()) or 0) < ADULT else "subject"
    people = {role: (keys_for([person])[person],)}
    key = begin(
        _as_raised(viewer, quietly=quietly),
        ESCALATION,
        "escalation.raised",
        token=token,
        people=people,
        data=said,
        at=at,
    )
    _open(to.posts, person, at)
    return key


def _as_raised(viewer: Viewer, *, quietly: bool) -> Viewer:
    """By name, or by agency alone; the access log names the person all the same, for the data guardian."""
    name = Agency.objects.filter(key=viewer.agency).values_list("name", flat=True).first() if quietly else None
    return replace(viewer, name=f"Somebody at {name}") if name else viewer


def _open(posts: Iterable[int], person: int, at: datetime) -> None:
    open_to(posts, [person], why=REFERRAL, reason=OPEN, at=at)


def may_answer(viewer: Viewer, held: Standing) -> bool:
    """Whether it went to this post; where nobody named signs in, to anybody senior of that agency. Whoever decided what it is about never."""
    if viewer.agency != held.to.agency or (viewer.user_id is not None and viewer.user_id == _decided(held.run)):
        return False
    leads = ladder_on(local(viewer.at).date()).leads(viewer.role)
    return viewer.post_id in held.to.posts or (leads and not (held.to.named and held.to.posts))


def _decided(run: Run) -> int | None:
    """The account of whoever made the decision that is challenged; None where it is about no decision of anybody's here."""
    return next((int(who) for e in run.of("escalation.raised") if (who := e.get("decided_account")) is not None), None)


@wall.working()
def _goes_to(agency: str, least: int, but: int | None, at: datetime) -> GoesTo:
    """The first tier from this one up where somebody answers who is not this account; where nobody does at any, the first."""
    ladder = ladder_on(local(at).date())
    rungs = [addressee(agency, n, at=at, ladder=ladder) for n in range(min(least, ladder.last), ladder.last + 1)]
    others = [
        frozenset(Post.objects.filter(pk__in=r.posts).exclude(user_id=but or 0).values_list("pk", flat=True))
        for r in rungs
    ]
    n = next((n for n, r in enumerate(rungs) if others[n] or (r.named and not r.posts)), 0)
    return GoesTo(rungs[n].level, rungs[n].name or rungs[n].tier, others[n])


def _stands(viewer: Viewer, run: Run) -> Stands | None:
    """Where what was challenged in the run of another thing stands, for this viewer."""
    challenge = challenge_in(run)
    if challenge is None:
        return None
    held = standing(challenge, viewer.at)
    waits = challenge.state == "raised"
    to = str(raised(challenge).get("to") or held.to.name or held.to.tier)
    return Stands(held.level, held.last, to, waits, held.on_agenda, waits and may_answer(viewer, held))


CHALLENGED = Tiers(_goes_to, _stands)


def may_take_higher(viewer: Viewer, held: Standing) -> bool:
    """Whether it is this viewer's agency that raised it, and it is answered or late, and there is a tier above."""
    ready = held.late or held.run.state in ("resolved", "unresolved")
    return viewer.agency == held.from_ and ready and held.level < held.last


def answer(
    viewer: Viewer,
    person: int,
    held: Standing,
    *,
    resolved: bool,
    text: str,
    token: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Answer an escalation: resolved or not, and what is done. Raises NotPermitted for others than those it went to."""
    if not may_answer(viewer, held):
        gate.refuse(viewer, people=[person], note="answer an escalation")
        raise NotPermitted(NOT_YOURS)
    said = {"resolved": resolved, "text": worded(text, "Say what is done about it")}
    _take(viewer, person, held, "escalation.answered", said, token=token, at=at, seen=seen)


def take_higher(
    viewer: Viewer, person: int, held: Standing, *, text: str, token: str, at: datetime, seen: int | None = None
) -> None:
    """Challenge an answer, or the want of one, before the next tier of the same agency that somebody else holds than whoever decided."""
    if not may_take_higher(viewer, held):
        when = (
            f"They have until {say_moment(held.due)}."
            if held.run.state == "raised"
            else "There is no tier above this one."
        )
        raise Refused(
            f"It cannot be taken higher now. {when if viewer.agency == held.from_ else 'The agency that raised it does that.'}"
        )
    to = _goes_to(held.to.agency, held.level + 1, _decided(held.run), at)
    first = held.run.first
    said = {"about": first.get("about") or "other", "level": to.level, "to_agency": held.to.agency, "text": worded(text),
            "to": to.name, "thing": first.get("thing"), "what": first.get("what")}  # fmt: skip
    quietly = first.by.startswith("Somebody at ")
    _take(_as_raised(viewer, quietly=quietly), person, held, "escalation.raised", said, token=token, at=at, seen=seen)
    _open(to.posts, person, at)


def take_from_agenda(viewer: Viewer, person: int, entry: int) -> None:
    """Open the record of a child on the agenda to somebody who sits for the partnership. Raises NotFound for what is not on it."""
    at_table(viewer, [person])
    write(
        viewer,
        Action.LIST,
        people={person} - gate.hidden(viewer, [person]),
        fields=("kinds_of_entry",),
        note="from the partnership's agenda",
    )
    if not on_agenda(viewer, person, entry) or not take_up(viewer, [person], reason="on the partnership's agenda"):
        gate.refuse(viewer, people=[person], note="the partnership's agenda")
        raise NotFound(gate.NOT_FOUND)


def settle(
    viewer: Viewer, person: int, held: Standing, *, decision: str, owner: str, due: date | None, token: str, at: datetime,
    seen: int | None = None,
) -> None:  # fmt: skip
    """The partnership decides, with who sees to it and by when."""
    at_table(viewer, [person])
    if not held.on_agenda:
        raise Refused("This is not on the partnership's agenda: a tier below has still to answer.")
    said = {
        "decision": worded(decision, "Say what was decided"),
        "owner": owner,
        "due": due.isoformat() if due else None,
    }
    _take(viewer, person, held, "escalation.settled", said, token=token, at=at, seen=seen)


def _take(
    viewer: Viewer,
    person: int,
    held: Standing,
    kind: str,
    said: dict[str, Any],
    *,
    token: str,
    at: datetime,
    seen: int | None,
) -> None:
    data = {k: v for k, v in said.items() if v is not None}
    under = raised_from(held.run)
    if not under:
        take(viewer, ESCALATION, person, held.run.key, kind, token=token, data=data, at=at, seen=seen)
        return
    if seen is not None and seen != len(held.run.entries):
        raise Changed(held.run)
    course = next(c for c in declared("rules", Course) if under.startswith(f"{HERE}:{c.key}/"))
    take(viewer, course, person, under, kind, token=token, data=data, at=at)


@wall.working()
def name_counterpart(
    viewer: Viewer, level: int, *, name: str, contact: str, username: str, from_on: date, at: datetime
) -> Counterpart:
    """Say who answers for one's own agency at a tier, from a day. Raises NotPermitted for posts to which nobody answers."""
    if not ladder_on(local(at).date()).leads(viewer.role):
        gate.refuse(viewer, note="name a counterpart")
        raise NotPermitted("Who answers for an agency is said by those who lead there.")
    posts = (
        Post.objects.filter(live_posts(at), agency__key=viewer.agency, user__username=username) if username else None
    )
    post = posts.order_by("-held_from").first() if posts is not None else None
    if posts is not None and post is None:
        raise Refused("Nobody in your agency signs in by that name.")
    if from_on < local(at).date():
        raise Refused("Enter today or a day to come: who it was before stays as it was.")
    write(viewer, Action.ADMINISTRATION, note=f"counterpart at tier {level}")
    agency = Agency.objects.get(key=viewer.agency)
    return Counterpart.objects.create(
        agency=agency, level=level, name=name.strip(), contact=contact.strip(), post=post, from_on=from_on, set_by_id=viewer.user_id or 0, set_at=at
    )  # fmt: skip
