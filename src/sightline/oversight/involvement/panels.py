"""What the worklists say of work that ends: to whoever has it, from some days before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.chronology.worklists import Owed, Worklist
from sightline.oversight.involvement.queries import endings


def _ending(viewer: Viewer, team: bool, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    for one in () if team else endings(viewer):
        title = "Your work with this child ends: say why you still need it"
        yield Owed(title, one.person, one.until_at, reverse("work-keep", args=[one.person]), one.because)


WORK = Worklist("involvement", "Work that ends", 95, also=_ending)
