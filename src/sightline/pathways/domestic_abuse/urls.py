"""Where the papers for a MARAC are."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.domestic_abuse import views

urlpatterns = [
    path("person/<number:person>/marac/", views.pack, name="marac"),
    path("person/<number:person>/marac/paper/", views.paper, name="marac-paper"),
]
