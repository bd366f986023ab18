"""What first contact tells somebody unasked."""

from sightline.pathways.contact.alerts.attendance import RULES as ATTENDANCE

RULES = [*ATTENDANCE]
