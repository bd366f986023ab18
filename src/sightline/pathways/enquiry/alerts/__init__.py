"""What the enquiry tells somebody unasked."""

from sightline.pathways.enquiry.alerts.actions import RULES as ACTIONS
from sightline.pathways.enquiry.alerts.health import RULES as HEALTH
from sightline.pathways.enquiry.alerts.partners import RULES as PARTNERS
from sightline.pathways.enquiry.alerts.separation import RULES as SEPARATION
from sightline.pathways.enquiry.alerts.strategy import RULES as STRATEGY
from sightline.pathways.enquiry.alerts.welfare import RULES as WELFARE
from sightline.pathways.enquiry.alerts.written import RULES as WRITTEN

RULES = [*STRATEGY, *WELFARE, *HEALTH, *PARTNERS, *WRITTEN, *ACTIONS, *SEPARATION]
