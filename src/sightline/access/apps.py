"""The app's registration with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
