"""What a missing episode tells somebody unasked."""

from sightline.pathways.missing.alerts.away import RULES as AWAY
from sightline.pathways.missing.alerts.back import RULES as BACK
from sightline.pathways.missing.alerts.company import RULES as COMPANY
from sightline.pathways.missing.alerts.grade import RULES as GRADE

RULES = [*AWAY, *GRADE, *COMPANY, *BACK]
