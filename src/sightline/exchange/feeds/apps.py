"""The app's registration with Django."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.exchange.feeds"
    label = "feeds"
    default_auto_field = "django.db.models.BigAutoField"
