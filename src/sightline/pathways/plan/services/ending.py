"""What ends with a plan: no action is lost with it, and whichever systems tell of the same plan, it ends in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sightline.chronology.courses import Run, step_ref
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.chronology.stepping import entry_here, held_here
from sightline.kernel.errors import Refused
from sightline.pathways.plan.queries.runs import ending_with
from sightline.pathways.plan.rules.actions import Left
from sightline.pathways.plan.services.doing import Deed, chairs, leads
from sightline.people.anchors import keys_for

CARRIED, DONE, DROPPED = "carry", "done", "drop"
READ_FIRST = (
    "Whoever ends a plan, or hands it on, reads all that is held of it first: ask children's services to do it."
)


def all_read(deed: Deed, run: Run) -> tuple[Run, ...]:
    """The plans that end with this one, in whichever systems. Raises Refused where one of them is not the viewer's to read."""
    mine = {r.key for r in deed.standing.plans if not r.first.pointer}
    ending = ending_with(deed.viewer, deed.standing, run)
    if any(r.key not in mine for r in ending):
        raise Refused(READ_FIRST)
    return ending


def may_end(deed: Deed, *, less: bool = True) -> tuple[Run, ...]:
    """The plans that end with the one that the form is about, for whoever may end it, or make it `less` than it is.

    A child protection plan, and one of which it is not said what it is, ends by whoever chairs. Raises NotPermitted; Refused where the
    viewer may not read all of it.
    """
    ending, kind = all_read(deed, deed.run.run), deed.run.run.first.get("kind")
    chairs(deed.viewer) if less and kind in (None, "child_protection") else leads(deed.viewer)
    return ending


def entry_of(deed: Deed, run: Run | str, kind: str, said: Mapping[str, Any], *, at: datetime, nth: int = 0) -> Entry:
    """One entry of a run, which need not be the run that the form is about."""
    key, data = run if isinstance(run, str) else run.key, {k: v for k, v in said.items() if v not in (None, "", [])}
    ref = step_ref(key, kind, f"{deed.token}-{nth}" if nth else deed.token)
    return entry_here(deed.viewer, kind, ref, {"child": (keys_for([deed.person])[deed.person],)}, data, at)


def keep(deed: Deed, entries: Iterable[Entry]) -> None:
    """Write them down, each once however often its form is sent. The step that they belong to has been taken, and logged."""
    if new := [e for e in entries if not held_here(e.ref)]:
        record_many(new, deed.viewer, asked=True, logged=True)


def settled(deed: Deed, left: Iterable[Left], *, at: datetime, may: Iterable[str]) -> list[Entry]:
    """Of each action still to be done, that it was done or will not be. Raises Refused where it isn't said what becomes of one."""
    found = []
    for n, one in enumerate(left):
        becomes, because = deed.said.get(f"becomes-{one.id}"), deed.said.get(f"because-{one.id}")
        if str(becomes) not in may or (becomes != CARRIED and not because):
            raise Refused(f"“{one.what}” is still to be done: say what becomes of it.")
        when = max(at, one.action.set_by.at)
        if becomes == DONE:
            found.append(entry_of(deed, one.run, "action.done", {"id": one.id, "result": because}, at=when, nth=n))
        elif becomes == DROPPED:
            found.append(dropped(deed, one, because, by=deed.viewer.name, at=when, nth=n))
    return found


def dropped(deed: Deed, one: Left, reason: object, *, by: str, at: datetime, nth: int = 0) -> Entry:
    """That an action will not be done, why, and who says so."""
    said = {"id": one.id, "reason": reason, "authorised_by": by}
    return entry_of(deed, one.run, "action.dropped", said, at=at, nth=nth)


def ended(deed: Deed, found: Iterable[Run], said: Mapping[str, Any], *, at: datetime) -> list[Entry]:
    """The end of each of these plans."""
    return [entry_of(deed, run, "plan.ended", said, at=at) for run in found]
