"""What the person page says of how a child takes part, and what is owed to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist
from sightline.pathways.participation.rules import COMPLAINT, COUNTED, complaints, owed, within

POLICE_ONLY = ("special-measures",)


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person = chronology.subject
    held = limits()
    lines = [
        PanelLine(
            d.title,
            due_at=d.due,
            state="Due",
            colour="yellow",
            href=reverse("participation-step", args=[person, d.step]),
        )
        for d in owed(chronology, held)
    ]
    lines += [
        PanelLine(
            "A complaint",
            at=r.first.at,
            state="Not answered",
            colour="orange",
            href=reverse("participation", args=[person]),
        )
        for r in complaints(chronology)
        if not r.over
    ]
    for means, find in COUNTED.values():
        if found := within(find(chronology), at, held):
            lines.append(
                PanelLine(
                    f"{means.capitalize()}: {len(found)}", at=found[-1].at, href=reverse("participation", args=[person])
                )
            )
    return Told(tuple(lines), (Begin("How the child takes part", reverse("participation", args=[person])),))


ON_THE_PAGE = Panel("Taking part: told, at their side, complaints", 17, _of)


def _owed(viewer: Viewer, own: Chronology, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    """What is owed to the child; to a supervisor, complaints that nobody has answered."""
    person, held = own.subject, limits()
    for duty in owed(own, held):
        if duty.step not in POLICE_ONLY or viewer.agency_kind == "police":
            yield Owed(duty.title, person, duty.due, reverse("participation-step", args=[person, duty.step]), duty.says)
    for run in complaints(own) if viewer.may(May.AGREE_TO_GRADES) else ():
        if not run.over:
            due = held.due("participation.complaint", run.first.at)
            yield Owed(
                "Look at a case: there is a complaint",
                person,
                due,
                reverse("participation-step", args=[person, "answer"]),
            )


READS = (
    *COMPLAINT.kinds, "advocate.offered", "advocate.used", "bail.explained", "bail.set", "closing.explained", "detention.ended",
    "detention.rights_given", "enquiry.completed", "investigation.closed", "investigation.opened", "person.recorded", "referral.decided",
    "referral.made", "rights.explained", "special_measures.chosen",
)  # fmt: skip
WORK = Worklist("participation", "Taking part", 17, of=_owed, kinds=READS)
