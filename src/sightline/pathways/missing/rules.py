"""Standing facts of missing children."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.chronology.goes_on import GoesOn, while_it_stands
from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology

OFTEN = 3  # local default: three reports in 90 days, wherever the child lives (requirements/00 N13)
WITHIN = timedelta(days=90)


def missing_now(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Reported missing, and no return recorded since."""
    reports = [
        h for h in chronology.of_kind("missing.reported") if h.concerns(chronology.subject, "child") and h.at <= as_of
    ]
    returns = [
        h for h in chronology.of_kind("missing.returned") if h.concerns(chronology.subject, "child") and h.at <= as_of
    ]
    if reports and not any(r.at >= reports[-1].at for r in returns):
        last = reports[-1]
        yield Standing(
            "missing_now", "no return is recorded", last.at, None, last.source, last.recorded_at, (last.event_id,)
        )


def missing_often(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Reported missing three times or more in 90 days, counted from the reports themselves."""
    reports = [
        h for h in chronology.of_kind("missing.reported") if h.concerns(chronology.subject, "child") and h.at <= as_of
    ]
    recent = [h for h in reports if h.at > as_of - WITHIN]
    if len(recent) >= OFTEN:
        says = f"{len(recent)} reports in 90 days, {len(reports)} in all"
        last = recent[-1]
        yield Standing(
            "missing_frequent",
            says,
            recent[0].at,
            None,
            last.source,
            last.recorded_at,
            tuple(h.event_id for h in recent),
        )


STANDING = [
    StandingFact("missing_now", "Missing now", missing_now),
    StandingFact("missing_frequent", "Often missing", missing_often),
]
GOES_ON = [GoesOn("missing", while_it_stands(missing_now))]
