"""Events as they are stored. Never changed: the database refuses it. What supersedes what is a cache beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.people.models import SourceRecord


class Event(models.Model):
    """Something that happened, as a system said it. Times: when it happened, when its source learnt it, when we got it."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField()
    precision = models.CharField(max_length=6, default="minute")
    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=300)
    extracted_at = models.DateTimeField(help_text="the extract's own date: orders what one source says under one ref")
    agency = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=200, blank=True)
    place = models.TextField(blank=True)
    premises_key = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    supersedes_id = models.BigIntegerField(null=True, help_text="a correction by hand: the event it replaces")
    data = models.JSONField(default=dict)
    content = models.UUIDField(help_text="a 128-bit hash of everything the source said")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "ref", "extracted_at", "content"], name="one_event_a_version"),
            models.CheckConstraint(condition=Q(precision__in=["minute", "day"]), name="precision_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["premises_key", "at"], name="events_at_premises", condition=Q(premises_key__isnull=False)
            ),
            models.Index(
                fields=["supersedes_id"], name="corrections_of_event", condition=Q(supersedes_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}/{self.ref}"


class EventPerson(models.Model):
    """Who an event is about, in which role: a source record. Who that is, is resolved by the links in force."""

    pk = models.CompositePrimaryKey("record_id", "event_id", "role")
    # Both are held by the database for a whole statement at a time (migration 6), which a foreign key is not.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="people", db_constraint=False)
    record = models.ForeignKey(
        SourceRecord, on_delete=models.PROTECT, related_name="events", db_index=False, db_constraint=False
    )
    role = models.CharField(max_length=12)

    def __str__(self) -> str:
        return self.role


class Superseded(models.Model):
    """An event that no longer stands, and the one that replaced it. A cache: derived from refs, extract dates and corrections."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="superseded")
    by_event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="supersedes")

    def __str__(self) -> str:
        return f"{self.event_id} by {self.by_event_id}"


class SaidAgain(models.Model):
    """The newest extract that still said what an event says, and the oldest: what arrives late from between does not replace the event."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="said_again")
    extracted_at = models.DateTimeField(help_text="the newest extract's own date")
    first_at = models.DateTimeField(
        null=True, help_text="the oldest extract's own date, where it is older than the event's"
    )

    def __str__(self) -> str:
        return f"{self.event_id} again on {self.extracted_at:%Y-%m-%d}"


class Tombstone(models.Model):
    """What was erased: that something of this kind was, from which source, when, by whose decision, under which schedule. No value.

    `ref`: a keyed hash of the source and its ref, and for a person's part in an entry that others keep of the person's key too. What the
    source had learnt until `until_at` is not taken again under that ref. Rows are added by the owner role only.
    """

    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    ref = models.UUIDField(help_text="a keyed 128-bit hash")
    key = models.CharField(max_length=16, help_text="which key it was hashed with")
    part = models.BooleanField(default=False, help_text="only a person's part in an entry that others keep")
    until_at = models.DateTimeField()
    erased_at = models.DateTimeField()
    review = models.BigIntegerField(help_text="the retention review that decided it")
    schedule = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "ref", "until_at"], name="one_tombstone_an_erasure")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.source}, erased"
