"""What concern tells somebody unasked: a form that nobody wrote, and one in which the child is not heard."""

from sightline.alerts.answering import Typed
from sightline.pathways.concern.alerts.forms import RULES as FORMS
from sightline.pathways.concern.alerts.voice import RULES as VOICE

TYPED = Typed(
    (
        "voice.captured",
        "family.informed",
        "family.not_reached",
        "trusted_adult.named",
        "trusted_adult.left",
        "child.met",
    )
)
RULES = [*FORMS, *VOICE]
