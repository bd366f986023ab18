"""The slice's pages."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.consultation import views

urlpatterns = [
    path("consultations/", views.every, name="consultations"),
    path("consultations/new/", views.new, name="consultation-new"),
    path("consultations/<slug:key>/", views.changed, name="consultation-change"),
]
