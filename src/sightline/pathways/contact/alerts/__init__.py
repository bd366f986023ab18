"""What first contact tells somebody unasked."""

from sightline.pathways.contact.alerts.accounts import RULES as ACCOUNTS
from sightline.pathways.contact.alerts.asking import RULES as ASKING
from sightline.pathways.contact.alerts.attendance import RULES as ATTENDANCE
from sightline.pathways.contact.alerts.checks import RULES as CHECKS
from sightline.pathways.contact.alerts.crime import RULES as CRIME
from sightline.pathways.contact.alerts.history import RULES as HISTORY
from sightline.pathways.contact.alerts.seeing import RULES as SEEING

RULES = [*ACCOUNTS, *ASKING, *ATTENDANCE, *CHECKS, *CRIME, *HISTORY, *SEEING]
