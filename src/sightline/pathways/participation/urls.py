"""How a child takes part."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.participation import views

urlpatterns = [
    path("person/<number:person>/taking-part/", views.page, name="participation"),
    path("person/<number:person>/taking-part/<slug:what>/", views.step, name="participation-step"),
]
