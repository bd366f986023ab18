"""Legal holds, and reviews of what is kept: who decided, when, why. No value about anybody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.access.models import User


class Hold(models.Model):
    """A legal hold: while it stands nothing of this person is disposed of; or nobody of whom a system holds anything since a day."""

    person_id = models.BigIntegerField(null=True, db_index=True, help_text="empty: everybody in that system")
    source = models.CharField(max_length=60, blank=True, help_text="a record system; empty: whatever system")
    since_on = models.DateField(null=True, help_text="what happened since this day; empty: at any time")
    reason = models.TextField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person_id__isnull=False) | ~Q(source=""), name="hold_is_over_somebody_or_a_system"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="lifting_a_hold_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return "lifted hold" if self.lifted_at else "legal hold"


class Review(models.Model):
    """Somebody's records are due: under which schedule, and what was decided by whom. Disposal takes a second person."""

    person_id = models.BigIntegerField(db_index=True)
    schedule = models.CharField(max_length=60)
    keep_until = models.DateField()
    review_on = models.DateField()
    why = models.TextField(help_text="how the schedule counts: years from what")
    holds = models.JSONField(default=dict, help_text="how many entries of each kind; never what they say")
    sources = models.JSONField(default=dict, help_text="how many entries of each system")
    first_on = models.DateField()
    last_on = models.DateField()
    shared = models.IntegerField(default=0, help_text="entries that others keep, and stay in their records")
    found_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    kept_until = models.DateField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True, help_text="whether the second person agrees to the disposal")
    second_reason = models.TextField(blank=True)
    second_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_entries = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(outcome="") | (Q(outcome="dispose", erased_at__isnull=True) & ~Q(agreed=False)),
                name="one_open_retention_review_a_person",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True, kept_until__isnull=True)
                | Q(outcome="keep", decided_by__isnull=False, decided_at__isnull=False, kept_until__isnull=False)
                | Q(outcome="dispose", decided_by__isnull=False, decided_at__isnull=False),
                name="retention_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, second_by__isnull=True, second_at__isnull=True)
                | Q(agreed__isnull=False, second_by__isnull=False, second_at__isnull=False, outcome="dispose"),
                name="second_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("decided_by")), name="disposal_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(outcome="dispose", agreed=True), name="erased_only_as_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"
