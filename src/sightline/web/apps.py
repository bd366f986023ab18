"""The app's registration with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
