"""What is told unasked about people who pose a risk to children."""

from sightline.pathways.offenders.alerts.disclosure import RULES as DISCLOSURE
from sightline.pathways.offenders.alerts.management import RULES as MANAGEMENT
from sightline.pathways.offenders.alerts.near import RULES as NEAR

RULES = [*DISCLOSURE, *MANAGEMENT, *NEAR]
