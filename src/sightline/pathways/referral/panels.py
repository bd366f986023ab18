"""What the person page shows of referrals, and what is owed on them in worklists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import runs
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist
from sightline.pathways.referral.queries.receiving import receiver
from sightline.pathways.referral.rules.attended import untold
from sightline.pathways.referral.rules.courses import REFERRAL, REQUEST, SETTING
from sightline.pathways.referral.rules.waiting import SHOWS, due_at, waits

COLOURS = {"made": "red", "challenged": "red", "acknowledged": "yellow", "returned": "orange"}
OWED = {"made": "Look at a referral", "acknowledged": "Decide on a referral", "decided": "Tell whoever referred"}
NOT_TOLD = "School or nursery: not told of a domestic incident that police went to"
SHOWN = timedelta(days=14)  # so long an incident of which nobody was told stands on the page


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person = chronology.subject
    lines = [
        PanelLine(f"Referral to {r.first.get('to') or 'another agency'}: {r.first.get('risk') or r.first.get('summary') or 'nothing said'}",
                  r.first.at, r.course.states[r.state].capitalize(), reverse("referral", args=[person, r.first.event_id]), COLOURS.get(r.state, ""))
        for r in reversed(runs(REFERRAL, chronology))
    ]  # fmt: skip
    for course, says in ((REQUEST, "Information asked of"), (SETTING, "School or nursery told:")):
        lines += [PanelLine(f"{says} {r.first.get('of') or 'another agency'}", r.first.at, r.course.states[r.state].capitalize())
                  for r in reversed(runs(course, chronology)) if not r.over or (at - r.first.at).days < 28]  # fmt: skip
    for incident, _, due in untold(chronology, limits().calendar):
        if incident.at > at - SHOWN:
            here = reverse("tell-school", args=[person])
            lines.append(PanelLine(NOT_TOLD, incident.at, "Not told", here, "orange", due))
    begins = (
        Begin("Make a referral", reverse("refer", args=[person])),
        Begin("Tell the school or nursery", reverse("tell-school", args=[person])),
    )
    return Told(tuple(lines), begins)


def _owed(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:
    if viewer.agency_kind == "police" or viewer.may(May.DECIDE_REFERRALS):
        for incident, _, due in untold(chronology, limits().calendar):
            if incident.at > at - SHOWN:
                where = reverse("tell-school", args=[chronology.subject])
                yield Owed(
                    "Tell the school or nursery",
                    chronology.subject,
                    due,
                    where,
                    "A domestic incident that police went to",
                )
    if not viewer.may(May.DECIDE_REFERRALS):
        return
    held, here, person = limits(), receiver(viewer.agency, at), chronology.subject
    for run in runs(REFERRAL, chronology):
        if run.state in OWED and run.first.at <= at and waits(run, chronology) and here.takes(run.first, person):
            yield Owed(OWED[run.state], person, due_at(run, held), reverse("referral", args=[person, run.first.event_id]),
                       str(run.first.get("risk") or ""))  # fmt: skip


ON_THE_PAGE = Panel("Referrals", 20, _of)
READS = (
    *REFERRAL.kinds, *SHOWS, "attendance.arrived", "child.seen", "concern.notified", "contact.received", "person.recorded", "risk.assessed",
    "setting.told", "suspect.arrested",
)  # fmt: skip
WORK = Worklist("referral", "Referrals", 20, of=_owed, kinds=READS)
