"""What conference and plan tell somebody unasked."""

from sightline.pathways.plan.alerts.conference import RULES as CONFERENCE
from sightline.pathways.plan.alerts.drift import RULES as DRIFT
from sightline.pathways.plan.alerts.lacking import RULES as LACKING

RULES = [*CONFERENCE, *LACKING, *DRIFT]
