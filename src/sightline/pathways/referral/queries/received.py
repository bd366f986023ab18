"""Which entries are about referrals to one agency: found among all there are, shown to nobody. Below the gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sightline.access import wall
from sightline.access.viewer import Viewer
from sightline.chronology.courses import MADE_HERE, runs
from sightline.chronology.models import EventPerson
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.pathways.referral.alerts.matching import TAKEN_UP
from sightline.pathways.referral.queries.receiving import receiver
from sightline.pathways.referral.rules.courses import REFERRAL
from sightline.pathways.referral.rules.waiting import waits
from sightline.people.anchors import identities_of, records_of

LOOKS_BACK = timedelta(days=365)
ABOUT = ("child", "adult", "subject", "suspect")
FOLLOWED = (*REFERRAL.kinds, *TAKEN_UP)  # what a referral's state is worked out from


@dataclass(frozen=True)
class Received:
    """One person of one entry: which, when, what it says, and who wrote it."""

    event: int
    kind: str
    at: datetime
    person: int
    data: dict[str, Any]
    agency: str
    by: str
    ref: str
    source: str = ""
    precision: str = "exact"

    def get(self, name: str) -> Any:
        """What it says in one field; nothing where it says nothing."""
        return self.data.get(name)


@wall.working()
def entries_of(
    kinds: Iterable[str], *, since: datetime, until: datetime, people: Iterable[int] | None = None
) -> list[Received]:
    """Every entry of some kinds that stands, once for each child in it; of one that names no child, for each adult. Of some people, or of all."""
    held = EventPerson.objects.filter(
        event__kind__in=list(kinds), event__at__gte=since, event__at__lte=until, event__superseded__isnull=True, role__in=ABOUT
    )  # fmt: skip
    if people is not None:
        held = held.filter(record_id__in=[r for linked in records_of(people).values() for r in linked])
    rows = list(held.values_list("event_id", "event__kind", "event__at", "record_id", "event__data", "event__agency", "event__by",
                                 "event__ref", "event__source", "event__precision", "role"))  # fmt: skip
    who, with_child = identities_of({r[3] for r in rows}), {r[0] for r in rows if r[10] == "child"}
    kept = [r for r in rows if r[3] in who and (r[10] == "child" or r[0] not in with_child)]
    found = {(r[0], who[r[3]]): Received(r[0], r[1], r[2], who[r[3]], r[4], *r[5:10]) for r in kept}
    return sorted(found.values(), key=lambda x: (x.at, x.event, x.person))


@wall.working()
def everyone_in(kinds: Iterable[str], *, since: datetime, until: datetime) -> list[tuple[Received, str]]:
    """Every entry of some kinds that stands, once for each person in it, with their part in it."""
    held = EventPerson.objects.filter(
        event__kind__in=list(kinds), event__at__gte=since, event__at__lte=until, event__superseded__isnull=True
    )
    rows = list(held.values_list("event_id", "event__kind", "event__at", "record_id", "event__data", "event__agency", "event__by",
                                 "event__ref", "event__source", "event__precision", "role"))  # fmt: skip
    who = identities_of({r[3] for r in rows})
    return [(Received(r[0], r[1], r[2], who[r[3]], r[4], *r[5:10]), r[10]) for r in rows if r[3] in who]


def sent_to(agency: str, *, since: datetime, until: datetime) -> list[Received]:
    """Referrals to an agency, one for each child."""
    made, by = entries_of(["referral.made"], since=since, until=until), receiver(agency, until)
    by.learn({r.person for r in made if r.source != MADE_HERE})
    return [r for r in made if by.takes(r, r.person)]


def courses_of(made: Iterable[Received], *, since: datetime, until: datetime) -> dict[int, Chronology]:
    """Of each person in these referrals, what the state of a referral is worked out from, and no more; whoever reads it shows numbers only."""
    found: dict[int, list[Happening]] = {r.person: [] for r in made}
    for r in entries_of(FOLLOWED, since=since, until=until, people=found):
        if r.person in found:
            found[r.person].append(_happening(r))
    return {person: Chronology.of(person, of) for person, of in found.items()}


def _happening(r: Received) -> Happening:
    return Happening(r.event, r.kind, r.at, r.at, r.at, r.precision, r.source, r.ref, r.agency, r.by, frozen({"child": (r.person,)}), "",
                     None, "", frozen(r.data))  # fmt: skip


def waiting_on(viewer: Viewer) -> dict[int, set[int]]:
    """Whom referrals that wait at the viewer's agency are about, and which entries made those: worked out from all there is, shown to nobody."""
    since = viewer.at - LOOKS_BACK
    came = sent_to(viewer.agency, since=since, until=viewer.at)
    ours: dict[int, set[int]] = {}
    for r in came:
        ours.setdefault(r.person, set()).add(r.event)
    found = {
        person: {r.first.event_id for r in runs(REFERRAL, c) if r.first.event_id in ours[person] and waits(r, c)}
        for person, c in courses_of(came, since=since, until=viewer.at).items()
    }
    return {person: entries for person, entries in found.items() if entries}
