"""What concern tells somebody unasked: a form that nobody wrote, and one in which the child is not heard."""

from sightline.pathways.concern.alerts.forms import RULES as FORMS
from sightline.pathways.concern.alerts.voice import RULES as VOICE

RULES = [*FORMS, *VOICE]
