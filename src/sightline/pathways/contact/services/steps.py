"""Steps of an incident. What is not to be decided by one person alone, or without a child being seen, is refused here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sightline.access import gate, wall
from sightline.access.casework import ALLOCATED, open_to
from sightline.access.models import Post
from sightline.access.roles import May, roles
from sightline.access.rota import live_posts
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run
from sightline.chronology.stepping import Changed, made_by, run_for, take
from sightline.kernel.errors import Refused
from sightline.pathways.contact.queries.door import at_the_door
from sightline.pathways.contact.queries.incident import grade_of, key_of_entry, unseen_of
from sightline.pathways.contact.rules import CONTACT, Raised, table
from sightline.pathways.contact.services.opening import graded_within, least, rank
from sightline.people.anchors import keys_for

UNSEEN = "{n} not been seen. See the child, or have an inspector decide, with a reason."
TWO = "You asked for this yourself: somebody else has to look at it and decide."
NOT_FROM_HERE = "A child is seen by somebody who is there. Name who saw the child, and their agency."
NOT_YOURS = (
    "Your agency is told that there is this contact, and not what it says, so it is not closed, graded or called off from here."
    " Tell whoever took it what you know of the child: they do that."
)
STANDS = "Without something new that shows it did not happen, the crime stands."


def act(
    viewer: Viewer, person: int, entry: int, kind: str, said: Mapping[str, Any], *, token: str, seen: int, at: datetime
) -> None:
    """Take an incident one step further. `seen`: how many entries it had on the page that was answered.

    Raises what `take` raises; NotPermitted for a role that has no part in incidents, and Refused for what takes somebody else's word.
    """
    if not (viewer.may(May.CLOSE_UNSEEN) or viewer.may(May.AGREE_TO_GRADES)):
        gate.require(viewer, May.OPEN_CONTACTS)
    key = key_of_entry(viewer, person, entry)
    run = run_for(viewer, CONTACT, person, key)
    if not any(e.ref.endswith(f"/{token}") for e in run.entries):
        if seen != len(run.entries):
            raise Changed(run)
        said = DECIDES[kind](viewer, run, dict(said)) if kind in DECIDES else said
    told = {k: v for k, v in said.items() if v not in (None, "", []) and k not in ("officer", "when")}
    people = {"child": (_key_of(person),)} if kind == "child.seen" else None
    take(
        viewer, CONTACT, person, key, kind, token=token, data=told, at=said.get("when") or at, seen=seen, people=people
    )
    if kind == "attendance.dispatched" and said.get("officer"):
        _opens_to(viewer, str(said["officer"]), run)


def _key_of(person: int) -> tuple[str, str]:
    with wall.working():
        return keys_for([person])[person]


def _opens_to(viewer: Viewer, username: str, run: Run) -> None:
    """What is known of those in it is opened to the officer who goes. Only of those whom the sender may read themselves."""
    with wall.working():
        post = Post.objects.filter(live_posts(viewer.at), user__username=username, agency__key=viewer.agency).first()
    if post is None:
        raise Refused("Nobody of your agency has that user name. Leave it empty, and they can search for themselves.")
    people = gate.readable(viewer, {p for held in run.first.people.values() for p in held})
    until = limits().due("contact.stays_open", viewer.at)
    open_to([post.pk], people, why=ALLOCATED, reason="Sent to this incident", at=viewer.at, until=until)


def _reads_it(run: Run) -> None:
    """Of a pointer neither the grade nor who else is in it is known. Raises Refused."""
    if run.first.pointer:
        raise Refused(NOT_YOURS)


def _inspector(viewer: Viewer, run: Run) -> str:
    """Who gives leave while a child is unseen; empty where each was seen. Raises Refused where this viewer may not."""
    unseen = unseen_of(run)
    if not unseen:
        return ""
    if not viewer.may(May.CLOSE_UNSEEN):
        n = "A child in this has" if len(unseen) == 1 else f"{len(unseen)} children in this have"
        raise Refused(UNSEEN.format(n=n))
    return f"{roles()[viewer.role].name} {viewer.name}"


def _relayed(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    message, _ = at_the_door(viewer, readable_of(viewer, run), at=viewer.at, but=frozenset({run.first.event_id}))
    if not message.worked_out:
        return said
    return said | {"children": len(message.children), "warnings": len(message.warnings), "rests_on": message.rests_on}


def readable_of(viewer: Viewer, run: Run) -> list[int]:
    """Those in an incident whom the viewer may read, children first."""
    every = [
        *run.first.people.get("child", ()),
        *(p for role, held in run.first.people.items() if role != "child" for p in held),
    ]
    opened = gate.readable(viewer, every)
    return [p for p in dict.fromkeys(every) if p in opened]


def _regraded(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    """Higher, by anybody; lower, never below the least that the rules allow, and not while a child is unseen, but by an inspector."""
    _reads_it(run)
    graded, reason = str(said["graded"]), str(said["reason"])
    fired: tuple[Raised, ...] = ()
    if lowered(run, graded):
        everyone = {p for held in run.first.people.values() for p in held}
        fired = least(viewer, readable_of(viewer, run), run.first.data, at=viewer.at, everyone=everyone)
    graded_within(viewer, graded, fired, reason)
    return said | ({"authorised_by": _inspector(viewer, run)} if lowered(run, graded) else {})


def lowered(run: Run, graded: str) -> bool:
    """Whether a grade is lower than the one that stands."""
    return rank(graded) > rank(grade_of(run))


def _stood_down(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    _reads_it(run)
    graded_within(viewer, grade_of(run), (), str(said["reason"]))
    return said | {"authorised_by": _inspector(viewer, run)}


def _doubted(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    """Somebody thinks it malicious; or, where that waits, a supervisor says whether they agree."""
    if "agreed" not in said:
        return said | {"agreed": False, "account": viewer.user_id}
    asked = run.last("contact.doubted")
    if asked is None or asked.get("decided"):
        raise Refused("Nobody has said that this is malicious.")
    _another(viewer, asked.get("account"))
    return said | {"decided": True, "account": viewer.user_id}


def _another(viewer: Viewer, account: object) -> None:
    """A supervisor, and not whoever asked."""
    gate.require(viewer, May.AGREE_TO_GRADES)
    if account == viewer.user_id:
        raise Refused(TWO)


def _declined(viewer: Viewer, _run: Run, said: dict[str, Any]) -> dict[str, Any]:
    return said | {"decided_by": viewer.name}


def _cancelling(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    if run.last("crime.recorded") is None:
        raise Refused("No crime is recorded in this.")
    return said | {"account": viewer.user_id}


def _cancelled(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    """A recorded offence is cancelled by somebody who did not ask for it, on something new."""
    asked = run.last("crime.cancelling")
    if asked is None:
        raise Refused("Nobody has asked that a crime be cancelled.")
    _another(viewer, asked.get("account"))
    if said.pop("new") is not True:
        raise Refused(STANDS)
    return said | {"additional_verifiable_information": True, "asked_by": asked.by, "reviewed_by": viewer.name}


def _seen(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    """A sighting: by somebody who was there, at a place, and since the contact. Whoever is at a desk names who that was."""
    if not said.get("where"):
        raise Refused("Say where the child was seen.")
    if not said.get("seen_by") and viewer.role in table().at_a_desk and run.first.get("route") != "front_counter":
        raise Refused(NOT_FROM_HERE)
    if (when := said.get("when")) and not run.first.at <= when <= viewer.at:
        raise Refused("Enter a time since this contact was opened, and not one to come.")
    return said


def _closed(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    """Closed for those of whom the viewer may know. For a child whose record is sealed it goes on: the entry names them not, so they are
    still to be seen, by those who may know of them; and whoever closes it is told nothing that they are not told of any other.
    """
    _reads_it(run)
    if said["outcome"] == "malicious" and not any(e.get("agreed") is True for e in run.of("contact.doubted")):
        raise Refused("No supervisor has agreed that this is malicious.")
    leave = _inspector(viewer, run)
    seen = "agreed" if leave else "yes" if run.first.people.get("child") else "no_child"
    return said | {"seen": seen, "authorised_by": leave}


def _reviewed(viewer: Viewer, run: Run, said: dict[str, Any]) -> dict[str, Any]:
    """By somebody who answers for others, and not by whoever took it."""
    gate.require(viewer, May.AGREE_TO_GRADES)
    if made_by(viewer, run.first):
        raise Refused("You took this yourself: somebody else has to review it.")
    return said


DECIDES = {
    "child.seen": _seen,
    "contact.reviewed": _reviewed,
    "dispatch.relayed": _relayed,
    "contact.regraded": _regraded,
    "attendance.cancelled": _stood_down,
    "contact.doubted": _doubted,
    "crime.declined": _declined,
    "crime.cancelling": _cancelling,
    "crime.cancelled": _cancelled,
    "contact.closed": _closed,
}
