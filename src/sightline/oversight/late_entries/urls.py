"""The slice's page."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.late_entries import views

urlpatterns = [path("late-entries/", views.late, name="late-entries")]
