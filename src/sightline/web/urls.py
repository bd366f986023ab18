"""Root urls: the pages here, and each slice's own by discovery."""

from __future__ import annotations

from django.urls import include, path

from sightline.kernel.discovery import modules

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    *(path("", include(module)) for module in modules("urls")),
]
