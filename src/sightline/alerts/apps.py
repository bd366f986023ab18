"""The alerts app."""

from __future__ import annotations

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """What the system tells somebody unasked."""

    name = "sightline.alerts"
    label = "alerts"
