"""Organisations and teams, and what each record system last said."""

from __future__ import annotations

from django.db import models


class Agency(models.Model):
    """An organisation that protects children; renamed ones keep their rows and point at who came after."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, help_text="police, social_care, health, education, ... as in roles.yaml")
    active_from = models.DateField(null=True, blank=True)
    active_until = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A group of posts in one agency, usually for one area."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name


class SystemHeard(models.Model):
    """One answer, or one failure to answer, of a record system. Its state at any moment is derived from these."""

    system = models.CharField(max_length=60)
    at = models.DateTimeField()
    answered = models.BooleanField()
    extracted_at = models.DateTimeField(null=True, blank=True, help_text="the extract's own date, where it is known")
    silent_since = models.DateTimeField(
        null=True, blank=True, help_text="of a failure: since when, where that is known"
    )
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["system", "-at"], name="heard_by_system")]

    def __str__(self) -> str:
        return f"{self.system} {'answered' if self.answered else 'failed'}"
