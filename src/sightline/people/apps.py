"""The app's registration with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
