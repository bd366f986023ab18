"""Standing facts about people who pose a risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology

SCHEMES = {
    "registered_sex_offender": "registered_sex_offender",
    "risk_to_children": "risk_to_children",
    "mappa_1": "mappa",
    "mappa_2": "mappa",
    "mappa_3": "mappa",
}


def registered(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """Subject to notification requirements or management: the fact, its risk level and since when, never the file."""
    for happening in chronology.of_kind("offender.registered"):
        scheme = SCHEMES.get(str(happening.get("scheme")))
        if scheme and happening.at <= as_of and happening.concerns(chronology.subject, "offender", "subject", "adult"):
            level = f"level {str(happening.get('scheme'))[-1]}, " if scheme == "mappa" else ""
            risk = str(happening.get("risk") or "not supplied").replace("_", " ")
            yield Standing(
                scheme,
                f"{level}risk {risk}",
                happening.at,
                None,
                happening.source,
                happening.recorded_at,
                (happening.event_id,),
            )


STANDING = [
    StandingFact("registered_sex_offender", "Registered sex offender", registered),
]
