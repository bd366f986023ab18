"""Each night: ties whose work is over get their end, and those whose work is back lose it. By hand: one is kept, or the work handed again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.handing import hand
from sightline.access.log import Action, write
from sightline.access.models import Involvement
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.kernel.reasons import worded
from sightline.oversight.involvement.queries import ended_of, ending_to_keep, listed_since
from sightline.oversight.involvement.rules import HANDED_ON, KEPT, NO_WORK, day_after, last_day
from sightline.oversight.involvement.ties import ROUTE, Decided, decided, next_people

A_BATCH = 2000
SAYS = {NO_WORK: "no live work", HANDED_ON: "handed on", KEPT: "kept with a reason"}
ASKS = "Say why you still need this record"


@wall.working()
def settle_ties(*, at: datetime) -> tuple[int, int]:
    """Ties that work opened get an end where that work is over, and lose it where there is work again. Gives how many of each.

    Done again at the same moment it changes nothing; no row is ever deleted. What has an end of its own (an incident, an alert), the court's
    appointments, first contact, emergency openings and the data guardian's ties are left alone.
    """
    set_, taken_back, after = 0, 0, 0
    while people := next_people(at, after=after, most=A_BATCH):
        with transaction.atomic():
            changed = [d for d in decided(people, at=at) if d.changes]
            for one in changed:
                _write_down(one, at)
            rows = [row for one in changed for row in one.rows]
            Involvement.objects.bulk_update(rows, ["until_at", "ends"])
        ending = sum(one.until_at is not None for one in changed)
        set_, taken_back, after = set_ + ending, taken_back + len(changed) - ending, people[-1]
    return set_, taken_back


def _write_down(one: Decided, at: datetime) -> None:
    """The line of the log, before the rows are changed: whom it is about, which post's work, its last day and why."""
    worker = Viewer(None, "sightline", "", "", 0, None, at, ROUTE)
    post = one.rows[0].post_id
    if one.until_at is None:
        note = f"work of post {post} goes on: no end"
    else:
        note = f"work of post {post} ends {last_day(one.until_at).isoformat()}: {SAYS[one.ends]}"
    write(worker, Action.ADMINISTRATION, people=[one.person], fields=("involvement",), note=note)
    for row in one.rows:
        row.until_at, row.ends = one.until_at, one.ends


@wall.working()
def keep(viewer: Viewer, person: int, *, reason: str) -> datetime:
    """Whoever was told that their work with a child ends says why they still need the record, and keeps it for as long again.

    Raises NotFound where the record is not theirs to read or no end is near, Refused for a reason too short to mean anything.
    """
    ending_to_keep(viewer, person)
    said = worded(reason, ASKS)
    until = day_after(limits().due("involvement.kept", viewer.at))
    because, note = viewer.because(said), f"work kept until {last_day(until).isoformat()}"
    gate.look(because, [person], fields=("involvement",), action=Action.ADMINISTRATION, note=note)
    mine = Involvement.objects.filter(user_id=viewer.user_id or 0, person_id=person, until_at__gt=viewer.at).exclude(
        ends=""
    )
    mine.update(until_at=until, ends=KEPT)
    return until


def hand_again(viewer: Viewer, person: int, had: int, *, to: int, reason: str) -> None:
    """Work that ended with one post is handed to another, or to the same again. Raises NotFound where it is not on the viewer's list.

    Otherwise as `handing.hand` does.
    """
    ended_of(viewer, person, had)
    hand(viewer, person, to, reason=reason, since=listed_since(viewer))
