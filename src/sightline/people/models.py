"""Who is who. Everything here but anchors, identities, links, candidates and places is a projection of events and can be rebuilt from them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class SourceRecord(models.Model):
    """What one system says about a person, under that system's own key. Not yet loaded: known by its key only."""

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    event_id = models.BigIntegerField(null=True, help_text="the person.recorded event it is projected from")
    recorded_at = models.DateTimeField(null=True)
    forenames = models.TextField(blank=True)
    surname = models.TextField(blank=True)
    aliases = ArrayField(models.TextField(), default=list)
    born = models.DateField(null=True)
    born_text = models.TextField(blank=True)
    sex = models.CharField(max_length=1, blank=True)
    nhs_number = models.TextField(blank=True)
    pnc_id = models.TextField(blank=True)
    upn = models.TextField(blank=True)
    phones = ArrayField(models.TextField(), default=list)
    died = models.DateField(null=True)
    details = models.JSONField(default=dict, help_text="everything the system supplied about the person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_record_a_source_key")]

    def __str__(self) -> str:
        return f"{self.source}/{self.key}"


class Identity(models.Model):
    """A person. Holds nothing: everything known of them comes through links to source records."""

    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.pk}"


class Link(models.Model):
    """That a source record is this person, from when, until when, how sure, and who or what decided. Never deleted."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="links")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="links")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    bits = models.FloatField(
        null=True, help_text="match weight, log2; empty for a record's first link or a hand-made one"
    )
    model_version = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(until_at__isnull=True), name="one_live_link_a_record"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="link_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["identity", "until_at"], name="links_of_identity")]

    def __str__(self) -> str:
        return f"{self.record_id} is {self.identity_id}"


class Decision(models.Model):
    """A named person said that two records are, or are not, one person; projection of identity.decided. Of two, the later holds.

    A join that one person said and another agreed to names both. `declined` turns down what one person said, and parts nobody.
    """

    pk = models.CompositePrimaryKey("event_id", "left_id", "right_id")
    event_id = models.BigIntegerField()
    left = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    reason = models.TextField()
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    account = models.BigIntegerField(null=True, help_text="the user who decided; empty where a system sent it")
    bits = models.FloatField(null=True, help_text="how alike the two were when it was decided; empty for a vetoed pair")
    proposed_by = models.CharField(max_length=200, blank=True, help_text="who had said so first, where this answers it")
    proposed_account = models.BigIntegerField(null=True)
    declined = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_account__isnull=True)
                | Q(declined=True)
                | (Q(account__isnull=False) & ~Q(account=F("proposed_account"))),
                name="nobody_agrees_with_themselves",
            ),
            models.CheckConstraint(condition=~Q(declined=True, same=True), name="declining_joins_nobody"),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(bits__isnull=True), name="only_people_here_weigh_a_join"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} {'is' if self.same else 'is not'} {self.right_id}"


class Candidate(models.Model):
    """Two records that may be one person, waiting for someone to say; or held apart by a veto."""

    left = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    bits = models.FloatField()
    model_version = models.CharField(max_length=60)
    why = models.TextField(help_text="field by field, in plain words")
    vetoed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="one_candidate_a_pair")]

    def __str__(self) -> str:
        return f"{self.left_id}~{self.right_id} {self.bits:.1f}"


class MatchKey(models.Model):
    """A blocking key of a record. Written in the record's own transaction, so that a record just written is found."""

    pk = models.CompositePrimaryKey("key", "record_id")
    key = models.BigIntegerField()
    record_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.key)


class Premises(models.Model):
    """A place, by its normalised address; `key` is a stable 64-bit hash of it."""

    key = models.BigIntegerField(primary_key=True)
    lines = models.TextField()
    postcode = models.CharField(max_length=12, blank=True, db_index=True)
    street = models.BigIntegerField(null=True, db_index=True, help_text="a hash of how the street's name sounds")
    door = models.BigIntegerField(null=True, db_index=True, help_text="a hash of the street and the number")

    def __str__(self) -> str:
        return self.lines


class Projection(models.Model):
    """A row that one event gives: the event's id is its key, so a rebuild gives the same rows."""

    event_id = models.BigIntegerField()
    source = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Relationship(Projection):
    """`subject` is the <kind> of `other`, as one system says it."""

    pk = models.CompositePrimaryKey("event_id", "subject_id", "other_id")
    subject = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="relationships_of")
    kind = models.CharField(max_length=30)
    since = models.DateField()
    ended = models.DateField(null=True)
    lives_with = models.BooleanField(null=True)
    cares_for = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.kind} of {self.other_id}"


class Address(Projection):
    """Where a person lives or stays, as one system says it; `until` exclusive."""

    pk = models.CompositePrimaryKey("event_id", "record_id")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="addresses")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="addresses")
    lines = models.TextField()
    postcode = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.lines


class Marker(Projection):
    """A system said that a standing fact holds of a person or a place, or that it no longer does."""

    record = models.ForeignKey(SourceRecord, null=True, on_delete=models.PROTECT, related_name="markers")
    premises = models.ForeignKey(Premises, null=True, on_delete=models.PROTECT, related_name="markers")
    kind = models.CharField(max_length=40)
    holds = models.BooleanField()
    detail = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    since = models.DateTimeField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(record__isnull=False) | Q(premises__isnull=False), name="marker_is_about_something"
            ),
            models.UniqueConstraint(
                fields=["event_id", "record"], name="one_marker_a_person_and_event", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.kind
