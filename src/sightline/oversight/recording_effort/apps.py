"""The app's registration with Django."""

from django.apps import AppConfig


class RecordingEffortConfig(AppConfig):
    """Registered under its folder's name."""

    name = "sightline.oversight.recording_effort"
    label = "recording_effort"
    default_auto_field = "django.db.models.BigAutoField"
