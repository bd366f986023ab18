"""The slice's page."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.recommendations import views

urlpatterns = [path("recommendations/", views.recommendations, name="recommendations")]
