"""The slice's pages."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.grading import views

urlpatterns = [
    path("grades/waiting/", views.waits, name="grades-waiting"),
    path("grades/waiting/<number:person>/<number:entry>/", views.take, name="grades-take"),
    path("grades/agreement/", views.figures, name="grades-agreement"),
]
