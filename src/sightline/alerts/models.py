"""What stands, who was told of it, who answered, and what a partnership decided about its own limits.

`Alert` is a cache of what the rules find, with when it was first and last told; dropping what stands and deriving it again gives the same
rows. What was told, acknowledged and decided is history, and only grows.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Alert(models.Model):
    """One alert: a kind, about a subject, from a cause. `due_at`: when somebody had to be told; `first_at`: when that happened here."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    cause = models.CharField(max_length=400, help_text="source and ref of the entry that began the duty")
    part = models.CharField(max_length=200, blank=True)
    to_role = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    why = models.TextField()
    step = models.TextField(blank=True)
    rule = models.CharField(max_length=120)
    concerns = ArrayField(models.BigIntegerField(), default=list)
    rests_on = ArrayField(models.BigIntegerField(), default=list, help_text="event ids")
    first_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    next_rung_at = models.DateTimeField(null=True, help_text="when the next on the ladder is told, if nobody answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "cause", "part"], name="one_alert_a_cause"),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="alerts_of_subject"),
            GinIndex(fields=["concerns"], name="alerts_concerning"),
            models.Index(
                fields=["to_role", "due_at"], name="alerts_standing", condition=models.Q(cleared_at__isnull=True)
            ),
            models.Index(
                fields=["next_rung_at"], name="alerts_climbing", condition=models.Q(next_rung_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.cause}"


class Holding(models.Model):
    """Whose chronology holds an alert up: it clears when nobody's does."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="held_by")
    person_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "person_id"], name="one_holding_a_person")]

    def __str__(self) -> str:
        return f"alert {self.alert_id}"


class Alarm(models.Model):
    """When a person's rules must be asked again, by the clock alone."""

    person_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Followed(models.Model):
    """Whom and which homes the rules read when they last asked about somebody: they are asked again when something comes there."""

    person_id = models.BigIntegerField(primary_key=True)
    people = ArrayField(models.BigIntegerField(), default=list)
    homes = ArrayField(models.BigIntegerField(), default=list, help_text="keys of premises")

    class Meta:
        indexes = [
            GinIndex(fields=["people"], name="alerts_read_of"),
            GinIndex(fields=["homes"], name="alerts_read_at"),
        ]

    def __str__(self) -> str:
        return f"{len(self.people)} people"


class Touched(models.Model):
    """Somebody to whom something happened, or whose records moved: written by the database itself with the entry, so that none is missed."""

    record_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return "touched"


class Told(models.Model):
    """That a role was told of an alert: once per recipient, whatever crashes. `rung` 0 is the first told, then up the ladder.

    `posts`: whom it reached in that role then, and `how` it found them. Whom it reaches now is worked out from facts, as posts change hands.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="told")
    role = models.CharField(max_length=60)
    rung = models.IntegerField(default=0)
    at = models.DateTimeField()
    posts = ArrayField(models.BigIntegerField(), default=list)
    how = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "role"], name="told_once_a_recipient")]

    def __str__(self) -> str:
        return self.role


class Acknowledgement(models.Model):
    """Somebody who answers for it has said what they do about an alert, and why it may stand meanwhile."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="acknowledged")
    user_id = models.BigIntegerField()
    role = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.TextField()
    until_at = models.DateTimeField(help_text="it is told again if it still stands then")

    def __str__(self) -> str:
        return f"{self.role} at {self.at:%Y-%m-%d %H:%M}"


class LocalSetting(models.Model):
    """A partnership's own value for a local default: from a date, by whom, why. A later row takes the place of an earlier one."""

    name = models.CharField(max_length=120)
    amount = models.IntegerField()
    unit = models.CharField(max_length=20, help_text="minutes, hours, days, weeks, months, working days, or times")
    from_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    reason = models.TextField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.amount} {self.unit} from {self.from_on}"
