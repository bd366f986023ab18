"""A form begun and not yet sent: what was typed, for its author's eyes alone, until it is sent or a declared limit is past."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sightline.access.models import User


class Draft(models.Model):
    """One form of one author. `token` makes it post once; `saves` tells a window that another has saved since."""

    token = models.SlugField(max_length=40, unique=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    people = ArrayField(models.BigIntegerField(), help_text="the children it is about, the first as chosen first")
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="what was typed, by name of field")
    saves = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(people__len__gte=1), name="draft_is_about_somebody"),
            models.CheckConstraint(
                condition=models.Q(saved_at__gte=models.F("begun_at")), name="draft_saved_after_begun"
            ),
        ]
        indexes = [models.Index(fields=["author", "saved_at"], name="draft_of_author")]

    def __str__(self) -> str:
        return self.token


class Listed(models.Model):
    """One line of a reference list: a school, a nursery, a surgery, or somebody who works with children, by the number it has there."""

    kind = models.CharField(max_length=20, help_text="school, nursery, surgery, health_visitor or social_worker")
    reference = models.CharField(max_length=30, help_text="its number in the list that it comes from")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    words = models.CharField(max_length=600, help_text="all of it as it is looked up: small letters, no marks")
    active_until = models.DateField(null=True, blank=True, help_text="since when it is no longer on the list")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="listed_once")]
        indexes = [models.Index(fields=["kind", "name"], name="listed_by_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"
