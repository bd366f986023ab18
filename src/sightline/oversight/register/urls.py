"""The register."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.register import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/<slug:kind>/", views.effect, name="register-effect"),
]
