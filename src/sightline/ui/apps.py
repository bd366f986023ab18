"""The app's registration with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
