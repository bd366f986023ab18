"""The slice's page."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.recording_effort import views

urlpatterns = [path("recording/", views.effort, name="recording-effort")]
