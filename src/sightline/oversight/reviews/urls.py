"""What follows a grade."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.reviews import views

_OF = "person/<number:person>/after-grade/"
urlpatterns = [
    path("grades/under-pressure/", views.under_pressure, name="under-pressure"),
    path(_OF, views.after, name="after-grade"),
    path(_OF + "nothing/", views.nothing, name="after-grade-nothing"),
    path(_OF + "self-harm/", views.self_harm, name="after-grade-self-harm"),
    path(_OF + "<slug:task>/give/", views.give, name="after-grade-give"),
    path(_OF + "<slug:task>/drop/", views.drop, name="after-grade-drop"),
]
