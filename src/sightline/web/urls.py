"""Root urls: the pages here, and each slice's own by discovery."""

from __future__ import annotations

from django.urls import include, path

from sightline.kernel.discovery import modules
from sightline.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("sightline.access.urls")),
    *(path("", include(module)) for module in modules("urls")),
]
handler400 = "sightline.web.failures.bad_request"
handler403 = "sightline.web.failures.refused"
handler404 = "sightline.web.failures.not_found"
handler500 = "sightline.web.failures.broken"
