"""What was loaded, how it added up, and the rows that could not be taken. The rows are sensitive: they hold what the extract said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Load(models.Model):
    """One file taken in. The counts always add up: rows = applied + superseded + unchanged + quarantined."""

    source = models.CharField(max_length=60)
    file = models.TextField(help_text="its name, without folders")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file, in hexadecimal")
    extracted_at = models.DateTimeField(null=True, help_text="the extract's own date, where it bears one")
    begun_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    state = models.CharField(
        max_length=8, default="running", help_text="running, whole, broken (breaks off) or refused"
    )
    reason = models.TextField(blank=True)
    rows = models.BigIntegerField(default=0)
    applied = models.BigIntegerField(default=0)
    superseded = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0)
    erased = models.BigIntegerField(
        default=0, help_text="of the unchanged: rows that say only what was erased here, and is not taken again"
    )
    events = models.JSONField(default=dict, help_text="how many new events of each kind")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("applied") + F("superseded") + F("unchanged") + F("quarantined")),
                name="load_adds_up",
            ),
            models.CheckConstraint(condition=Q(erased__lte=F("unchanged")), name="erased_are_unchanged"),
            models.CheckConstraint(
                condition=Q(state__in=["running", "whole", "broken", "refused"]), name="load_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.state}"


class QuarantinedRow(models.Model):
    """A row that was not taken, with where it is, which field is wrong and why; `raw` is the row as it came (sensitive)."""

    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="quarantine")
    file = models.TextField()
    row = models.BigIntegerField(help_text="counts the repeating element from 1")
    field = models.TextField(blank=True)
    reason = models.TextField()
    raw = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "row"], name="one_quarantine_a_row")]

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}"
