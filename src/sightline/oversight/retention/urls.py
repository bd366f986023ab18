"""Retention: the lists, a review, and holds."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.retention import views

urlpatterns = [
    path("retention/", views.lists, name="retention"),
    path("retention/reviews/<number:review>/", views.review, name="retention-review"),
    path("retention/reviews/<number:review>/open/", views.open_record, name="retention-open"),
    path("retention/holds/system/", views.hold_system, name="retention-hold-system"),
    path("retention/holds/<number:hold>/lift/", views.lift, name="retention-lift"),
    path("person/<number:person>/hold/", views.hold, name="retention-hold"),
]
