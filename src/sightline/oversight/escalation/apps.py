"""The app's registration with Django."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.oversight.escalation"
    label = "escalation"
    default_auto_field = "django.db.models.BigAutoField"
