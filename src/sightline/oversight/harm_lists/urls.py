"""The two weekly lists."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.harm_lists import views

urlpatterns = [
    path("lists/children/", views.children, name="most-reported"),
    path("lists/adults/", views.adults, name="most-harmful"),
]
