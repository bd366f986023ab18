"""Police protection, as long as it lasts."""

from __future__ import annotations

from sightline.chronology.goes_on import GoesOn, until_ended

GOES_ON = [GoesOn("police_protection", until_ended("protection.taken", "protection.ended"))]
