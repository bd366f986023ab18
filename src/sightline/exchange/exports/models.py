"""An export, the file that was made of it, and every hand it passed through. The database lets none of them be changed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

STEPS = ("agreed", "declined", "fetched", "handed_over", "destroyed")


class Export(models.Model):
    """That somebody asked for these people's records as a file, for whom and for what."""

    number = models.CharField(max_length=12, unique=True)
    people = ArrayField(models.BigIntegerField())
    form = models.CharField(max_length=10, help_text="document or table")
    recipient = models.CharField(max_length=200)
    purpose = models.TextField()
    basis = models.CharField(
        max_length=60, blank=True, help_text="key of a lawful basis; none for what was asked for before one was asked"
    )
    agency = models.CharField(max_length=60, help_text="of whoever asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=["document", "table"]), name="export_form_is_known"),
            models.CheckConstraint(condition=~Q(recipient=""), name="export_has_a_recipient"),
            models.CheckConstraint(condition=~Q(people=[]), name="export_is_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.number


class ExportFile(models.Model):
    """The file as it was first fetched, to the byte, and its SHA-256."""

    export = models.OneToOneField(Export, primary_key=True, on_delete=models.PROTECT, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class CustodyStep(models.Model):
    """One step of an export after it was asked for: agreed to or not, fetched, handed over, destroyed."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=200, blank=True, help_text="who has it now")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=STEPS), name="custody_step_is_known"),
            models.UniqueConstraint(
                fields=["export"], condition=Q(what__in=["agreed", "declined"]), name="one_answer_an_export"
            ),
        ]

    def __str__(self) -> str:
        return self.what
