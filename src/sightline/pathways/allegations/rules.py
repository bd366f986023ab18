"""An allegation against somebody who works with children, until its outcome."""

from __future__ import annotations

from sightline.chronology.goes_on import GoesOn, until_ended

GOES_ON = [GoesOn("allegation", until_ended("allegation.made", "allegation.decided"))]
