"""Standing facts of investigations: conditions in force, and violence recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sightline.chronology.goes_on import GoesOn, until_ended, while_it_stands
from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology
from sightline.kernel.moments import local, say_date


def bail(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Bail or other conditions on this person that have not run out. Released under investigation has none, and is no condition."""
    for happening in chronology.of_kind("bail.set"):
        if happening.get("kind") == "released_under_investigation" and not happening.get("conditions"):
            continue
        until = date.fromisoformat(str(happening.get("until"))) if happening.get("until") else None
        runs = until is None or until > local(as_of).date()
        if (
            happening.at <= as_of
            and runs
            and happening.concerns(chronology.subject, "suspect", "offender", "adult", "subject")
        ):
            says = "; ".join(happening.get("conditions") or ["conditions not supplied"])
            yield Standing(
                "bail_conditions",
                says,
                happening.at,
                until,
                happening.source,
                happening.recorded_at,
                (happening.event_id,),
            )


def violence(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Suspected in recorded violent or sexual offences that were not cancelled: counted, dated, and said to be an allegation."""
    cancelled = {h.ref.rsplit("/", 1)[0] for h in chronology.of_kind("crime.cancelled")}
    grave = [
        h
        for h in chronology.of_kind("crime.recorded")
        if h.get("category") in ("violence", "sexual")
        and h.at <= as_of
        and h.concerns(chronology.subject, "suspect", "offender")
        and h.ref.rsplit("/", 1)[0] not in cancelled
    ]
    if grave:
        last = grave[-1]
        count = f"{len(grave)} recorded offence{'s' if len(grave) > 1 else ''}"
        says = f"suspected in {count}, last {say_date(local(last.at).date())}: {last.get('offence') or 'offence not supplied'} (allegation)"
        yield Standing(
            "violent", says, grave[0].at, None, last.source, last.recorded_at, tuple(h.event_id for h in grave)
        )


STANDING = [
    StandingFact("bail_conditions", "Bail conditions", bail),
    StandingFact("violent", "Violence", violence),
]
GOES_ON = [
    GoesOn("investigation", until_ended("investigation.opened", "investigation.closed")),
    GoesOn("allocated", until_ended("investigation.allocated", "investigation.closed")),
    GoesOn("bail", while_it_stands(bail)),
]
