"""How well contacts were taken, counted by team and shift. Reads what was answered, never what was said, and names nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.agencies.models import Team
from sightline.alerts.settings import limits
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.stepping import HERE
from sightline.pathways.contact.rules import CONTACT, shift_at
from sightline.pathways.contact.rules.sample import drawn
from sightline.people.anchors import records_of

DAYS = 28
SAMPLED = "contact.sampled_one_in"
QUESTIONS = ("children_live_there", "children_saw_or_heard", "child_linked_to_adult")


@dataclass(frozen=True)
class Taken:
    """One team on one shift: contacts, of them those in which every question had an answer and those searched before dispatch, and tones.

    `drawn`: how many were drawn to be listened to; `waiting`: how many of those nobody has listened to yet.
    """

    team: str
    shift: str
    contacts: int
    answered: int
    searched: int
    reviewed: int
    respectful: int
    drawn: int
    waiting: int


def taken(viewer: Viewer, *, at: datetime) -> tuple[Taken, ...]:
    """The figures of the viewer's agency over the last weeks, for those who answer for others' work; the look is written down.

    A question asked and answered `not known` counts as not answered: somebody has yet to find out. What concerns somebody of whom the viewer may
    not know is not counted.
    """
    gate.require(viewer, May.AGREE_TO_GRADES)
    write(viewer, Action.CONSULTATION, fields=("measures",), note="how contacts were taken")
    with wall.working():
        unseen = [record for held in records_of(gate.unseen(viewer)).values() for record in held]
        about_them = Exists(EventPerson.objects.filter(event_id=OuterRef("pk"), record_id__in=unseen))
        held = Event.objects.filter(source=HERE, agency=viewer.agency, at__gt=at - timedelta(days=DAYS), at__lte=at)
        opened = list(
            held.filter(~about_them, kind="contact.received").values_list(
                "ref", "at", "data__team", *(f"data__{q}" for q in QUESTIONS)
            )
        )
        searched = _runs(
            held.filter(kind="contact.checked", data__stage="before_dispatch").values_list("ref", flat=True)
        )
        tones = {_run(ref): tone for ref, tone in held.filter(kind="contact.reviewed").values_list("ref", "data__tone")}
        teams = {str(pk): name for pk, name in Team.objects.filter(agency__key=viewer.agency).values_list("pk", "name")}
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in opened:
        groups[teams.get(row[2] or "", "No team"), shift_at(row[1])].append(row)
    return tuple(_counted(team, shift, rows, searched, tones) for (team, shift), rows in sorted(groups.items()))


def _counted(team: str, shift: str, rows: list[tuple[Any, ...]], searched: set[str], tones: dict[str, str]) -> Taken:
    keys = [f"{HERE}:{row[0]}" for row in rows]
    told = [tones[k] for k in keys if k in tones]
    answered = sum(all(a in ("yes", "no") for a in row[3:]) for row in rows)
    by = limits()
    drawn_ = [k for k, row in zip(keys, rows, strict=True) if drawn(row[0], by.number(SAMPLED, row[1]))]
    waiting = [k for k in drawn_ if k not in tones]
    return Taken(
        team, shift, len(rows), answered, len(searched.intersection(keys)), len(told), told.count("respectful"), len(drawn_), len(waiting)
    )  # fmt: skip


def _run(ref: str) -> str:
    return ref.partition("#")[0]


def _runs(refs: Iterable[str]) -> set[str]:
    return {run for ref in refs if (run := _run(ref)).startswith(f"{HERE}:{CONTACT.key}/")}
