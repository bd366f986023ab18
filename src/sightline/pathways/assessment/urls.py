"""The slice's pages."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.assessment import views

urlpatterns = [
    path("person/<number:person>/assessments/", views.listed, name="assessments"),
    path("person/<number:person>/assessments/new/", views.new, name="assessment-new"),
]
