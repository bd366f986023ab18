"""Standing facts that custody recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.chronology.goes_on import GoesOn, until_ended
from sightline.chronology.standing import Standing, StandingFact
from sightline.chronology.view import Chronology

SIGNS = ("self harm", "suicid", "overdose")


def suicide_risk(chronology: Chronology, as_of: datetime) -> Iterable[Standing]:
    """A custody risk assessment recorded self-harm or suicide; it stays worth knowing, however old."""
    for happening in chronology.of_kind("detention.risk_assessed"):
        signs = [
            v
            for v in happening.get("vulnerabilities") or []
            if any(s in v.lower().replace("_", " ").replace("-", " ") for s in SIGNS)
        ]
        if signs and happening.at <= as_of and happening.concerns(chronology.subject, "child", "subject", "suspect"):
            says = ", ".join(s.replace("_", " ") for s in signs)
            yield Standing(
                "custody_suicide_risk",
                says,
                happening.at,
                None,
                happening.source,
                happening.recorded_at,
                (happening.event_id,),
            )


STANDING = [StandingFact("custody_suicide_risk", "Self-harm or suicide risk recorded in custody", suicide_risk)]
GOES_ON = [GoesOn("detention", until_ended("detention.authorised", "detention.ended"))]
