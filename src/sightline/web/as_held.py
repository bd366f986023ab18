"""What was on screen for whoever decided something."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import because, looking
from sightline.access.viewer import Viewer
from sightline.chronology.wording import Line, line
from sightline.oversight.reviews.as_held import as_held, supervises


def decided(viewer: Viewer, lines: Iterable[Line]) -> frozenset[int]:
    """Those of these entries that say a decision or a grade, for those to whom others answer."""
    if not supervises(viewer):
        return frozenset()
    return frozenset(x.event.event_id for x in lines if x.event.get("decision") or x.event.get("grade"))


@require_safe
@looking
def then(request: HttpRequest, viewer: Viewer, person: int, entry: int) -> HttpResponse:
    """What could be read here at the moment of an entry, for those to whom others answer."""
    page = as_held(because(viewer, person), person, entry)
    lines = [line(h, person, page.person.born_on, page.people) for h in page.held]
    about = line(page.entry, person, page.person.born_on, page.people)
    return render(
        request,
        "web/as_held.html",
        {"page": page, "who": page.person, "lines": lines[::-1], "about": about, "at": viewer.at},
    )
