"""The app's registration with Django."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.chronology"
    label = "chronology"
    default_auto_field = "django.db.models.BigAutoField"
