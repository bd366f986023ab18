"""What was typed in a form that came back after its session had ended: for its author's eyes alone, for a day, and encrypted."""

from __future__ import annotations

from django.db import models

from sightline.access.models import User


class Typed(models.Model):
    """One form of one author, as it was sent and not taken. `token` is in the address to which its author comes back."""

    token = models.CharField(max_length=40, unique=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=400, help_text="where it was sent to")
    page = models.CharField(max_length=800, help_text="the address of the page that it stood on")
    content = models.BinaryField(help_text="what was typed, by name of field; encrypted")
    kept_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["author", "until_at"], name="typed_of_author")]

    def __str__(self) -> str:
        return self.token
