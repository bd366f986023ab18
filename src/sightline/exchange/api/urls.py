"""Where the API is."""

from django.urls import path

from sightline.exchange.api.views import api

urlpatterns = [path("api/", api.urls)]
