"""What custody tells somebody unasked, while a child is held and when the child leaves."""

from sightline.pathways.custody.alerts.accommodation import RULES as ACCOMMODATION
from sightline.pathways.custody.alerts.adults import RULES as ADULTS
from sightline.pathways.custody.alerts.care import RULES as CARE
from sightline.pathways.custody.alerts.grounds import RULES as GROUNDS
from sightline.pathways.custody.alerts.length import RULES as LENGTH
from sightline.pathways.custody.alerts.places import RULES as PLACES
from sightline.pathways.custody.alerts.vulnerability import RULES as VULNERABILITY

RULES = [*ACCOMMODATION, *ADULTS, *CARE, *GROUNDS, *LENGTH, *PLACES, *VULNERABILITY]
