"""What it took to send one form: how long, and how much was keyed. Never what was said, and of nobody by name."""

from __future__ import annotations

from django.db import models


class Recording(models.Model):
    """One form, from first shown to sent. `case` tells one case from another and leads back to nobody."""

    form = models.CharField(max_length=60)
    case = models.CharField(max_length=32, blank=True)
    agency = models.CharField(max_length=60)
    shown_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    keyed = models.PositiveIntegerField(help_text="characters that somebody typed, and choices made")
    offered = models.PositiveIntegerField(help_text="characters that stood there already, from what was said before")
    kept = models.PositiveIntegerField(help_text="of those offered, the characters that were sent as they stood")
    sent_back = models.PositiveSmallIntegerField(default=0, help_text="how often it came back with something wrong")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__gte=models.F("shown_at")), name="recording_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(kept__lte=models.F("offered")), name="recording_keeps_what_was_offered"
            ),
        ]
        indexes = [models.Index(fields=["agency", "sent_at"], name="recording_of_agency")]

    def __str__(self) -> str:
        return f"{self.form}: {self.keyed} keyed"
