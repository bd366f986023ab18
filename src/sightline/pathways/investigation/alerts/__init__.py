"""What an investigation tells somebody unasked, a file a subject."""

from sightline.pathways.investigation.alerts.allocation import RULES as ALLOCATION
from sightline.pathways.investigation.alerts.charging import RULES as CHARGING
from sightline.pathways.investigation.alerts.children import RULES as CHILDREN
from sightline.pathways.investigation.alerts.conditions import RULES as CONDITIONS
from sightline.pathways.investigation.alerts.devices import RULES as DEVICES
from sightline.pathways.investigation.alerts.evidence import RULES as EVIDENCE
from sightline.pathways.investigation.alerts.families import RULES as FAMILIES
from sightline.pathways.investigation.alerts.interviews import RULES as INTERVIEWS
from sightline.pathways.investigation.alerts.suspects import RULES as SUSPECTS

RULES = [*ALLOCATION, *CHARGING, *CHILDREN, *CONDITIONS, *DEVICES, *EVIDENCE, *FAMILIES, *INTERVIEWS, *SUSPECTS]
