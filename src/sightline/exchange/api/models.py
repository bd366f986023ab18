"""Systems that may call the API."""

from __future__ import annotations

from django.db import models

from sightline.agencies.models import Agency


class CallingSystem(models.Model):
    """A system of one agency, known by the digest of its key; the key itself is shown once and never stored."""

    name = models.CharField(max_length=100, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    key_digest = models.CharField(max_length=64, unique=True)
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
