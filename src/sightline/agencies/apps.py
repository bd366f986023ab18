"""The app's registration with Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
