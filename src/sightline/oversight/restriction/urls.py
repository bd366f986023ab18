"""A record restricted and opened again; whom a court appointed; what is due to be looked at again."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.restriction import views

urlpatterns = [
    path("restrictions/", views.restrictions, name="restrictions"),
    path("person/<number:person>/restriction/", views.restriction, name="restriction"),
    path("person/<number:person>/restriction/<number:restriction>/lift/", views.lift, name="restriction-lift"),
    path("person/<number:person>/appointment/", views.appointment, name="appointment"),
    path("person/<number:person>/appointment/<number:appointment>/end/", views.end, name="appointment-end"),
]
