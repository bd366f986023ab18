"""The courses of conferences and plans, what is owed under them, and the standing facts that follow. Imports no Django."""

from sightline.pathways.plan.rules.courses import CONFERENCE, PLAN
from sightline.pathways.plan.rules.standing import GOES_ON, STANDING

COURSES = [CONFERENCE, PLAN]

__all__ = ["CONFERENCE", "COURSES", "GOES_ON", "PLAN", "STANDING"]
