"""Who is the named counterpart at each tier of each agency, from when, and who said so."""

from __future__ import annotations

from django.db import models

from sightline.access.models import Post, User
from sightline.agencies.models import Agency


class Counterpart(models.Model):
    """Somebody to whom an escalation goes, in one agency, at one tier, from a day. A later row takes the place of an earlier one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200, help_text="name and role, as on a door")
    contact = models.CharField(max_length=200, blank=True, help_text="how to reach them, outside hours too")
    post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", help_text="where they sign in here"
    )
    from_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(level__gte=1), name="counterpart_has_a_tier")]
        indexes = [models.Index(fields=["agency", "level", "-from_on"], name="counterparts_in_force")]

    def __str__(self) -> str:
        return self.name
