"""The verbs of strategy discussions and section 47 enquiries: the only writes of this slice."""

from sightline.pathways.enquiry.services.acting import close, end_action, hear_health, review_mode, set_action
from sightline.pathways.enquiry.services.enquiries import complete, decide_return, start
from sightline.pathways.enquiry.services.steps import ActionSaid, AlreadyOpen
from sightline.pathways.enquiry.services.strategy import Considered, Met, ask, call, decline, hold

__all__ = [
    "ActionSaid",
    "AlreadyOpen",
    "Considered",
    "Met",
    "ask",
    "call",
    "close",
    "complete",
    "decide_return",
    "decline",
    "end_action",
    "hear_health",
    "hold",
    "review_mode",
    "set_action",
    "start",
]
