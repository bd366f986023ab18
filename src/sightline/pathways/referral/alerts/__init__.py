"""What referral tells somebody unasked: none made, none answered, none told, made again, too thin, or left waiting."""

from sightline.pathways.referral.alerts.answers import RULES as ANSWERS
from sightline.pathways.referral.alerts.quality import RULES as QUALITY
from sightline.pathways.referral.alerts.queues import RULES as QUEUES
from sightline.pathways.referral.alerts.queues import SOCIAL_CARE_QUEUE
from sightline.pathways.referral.alerts.settings import RULES as SETTINGS
from sightline.pathways.referral.alerts.suspicion import RULES as SUSPICION

__all__ = ["RULES", "SOCIAL_CARE_QUEUE"]
RULES = [*ANSWERS, *QUALITY, *QUEUES, *SETTINGS, *SUSPICION]
