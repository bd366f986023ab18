"""The register and the effect of one kind of alert. One function a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.entry import looking
from sightline.access.roles import role_name
from sightline.access.viewer import Viewer
from sightline.oversight.register.queries import effect_page, register_page
from sightline.oversight.register.rules import FEWEST


@require_safe
@looking
def register(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every rule and model."""
    return render(request, "register/register.html", {"page": register_page(viewer), "role_name": role_name})


@require_safe
@looking
def effect(request: HttpRequest, viewer: Viewer, kind: str) -> HttpResponse:
    """Whom alerts of one kind are about more often than others."""
    shown = {"effects": effect_page(viewer, kind), "kind": kind, "fewest": FEWEST}
    return render(request, "register/effect.html", shown)
