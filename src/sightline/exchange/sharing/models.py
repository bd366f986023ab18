"""What was given, to whom, on what basis; redacted copies on their way through review; and agreements between agencies."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from sightline.access.models import Post, User
from sightline.exchange.sharing.rules import Terms
from sightline.kernel.reasons import SHORTEST_REASON

models.TextField.register_lookup(Length)


class Agreement(models.Model):
    """An information-sharing agreement: who, what for, which systems and classes, from when, until when (exclusive)."""

    title = models.CharField(max_length=200)
    parties = ArrayField(models.SlugField(), help_text="keys of agencies")
    purposes = ArrayField(models.CharField(max_length=40))
    sources = ArrayField(models.CharField(max_length=60), default=list, help_text="record systems; empty for all")
    classes = ArrayField(
        models.CharField(max_length=20), default=list, help_text="classes of the policy; empty for all"
    )
    reference = models.CharField(max_length=200, blank=True, help_text="where the signed paper is")
    since = models.DateField()
    until = models.DateField(help_text="exclusive")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="agreement_ends_after_start"),
            models.CheckConstraint(condition=Q(parties__len__gte=2), name="agreement_has_two_parties"),
            models.CheckConstraint(condition=Q(purposes__len__gte=1), name="agreement_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def terms(self) -> Terms:
        """What it covers."""
        parties, purposes, sources, classes = (
            frozenset(x) for x in (self.parties, self.purposes, self.sources, self.classes)
        )
        return Terms(self.pk, self.title, parties, purposes, sources, classes, self.since, self.until)

    def in_force(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.terms.on(day)


class Disclosure(models.Model):
    """One thing given: to whom, for what, on what basis, why, by whom, when; and a copy of exactly what was given. Never changed."""

    person_id = models.BigIntegerField(db_index=True)
    agency = models.CharField(
        max_length=60, blank=True, help_text="key of the agency; empty for one that has none here"
    )
    agency_name = models.CharField(max_length=200)
    agency_kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=200, help_text="the person or post it was given to")
    purpose = models.CharField(max_length=40)
    bases = ArrayField(models.CharField(max_length=40))
    basis_words = ArrayField(models.TextField(), help_text="each basis as it read on the day")
    consent = models.CharField(max_length=20, blank=True)
    reason = models.TextField(validators=[MinLengthValidator(SHORTEST_REASON)])
    urgent = models.BooleanField(default=False)
    sections = ArrayField(models.CharField(max_length=40))
    sources = ArrayField(models.CharField(max_length=60), default=list)
    classes = ArrayField(models.CharField(max_length=20), default=list)
    people = ArrayField(models.BigIntegerField(), default=list, help_text="whom it names besides")
    safe_address_because = models.TextField(blank=True, help_text="why a safe address was given in this one")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="disclosures")
    outside_because = models.TextField(blank=True, help_text="why it was given outside any agreement in force")
    given = models.JSONField(help_text="exactly what was given, line by line, and what was said to be left out")
    digest = models.CharField(max_length=64, help_text="SHA-256 of `given` as canonical JSON")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(bases__len__gte=1), name="nothing_shared_without_a_basis"),
            models.CheckConstraint(
                condition=Q(reason__length__gte=SHORTEST_REASON), name="nothing_shared_without_a_reason"
            ),
            models.CheckConstraint(condition=~Q(recipient="") & ~Q(agency_name=""), name="nothing_shared_with_nobody"),
        ]
        indexes = [models.Index(fields=["person_id", "-at"], name="disclosures_of_person")]

    def __str__(self) -> str:
        return f"to {self.agency_name}, {self.at:%Y-%m-%d}"


class RedactedCopy(models.Model):
    """A copy for court, disclosure or somebody who asks for their own record: made by one, reviewed by another, only then released."""

    person_id = models.BigIntegerField(db_index=True)
    purpose = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=200, help_text="who asked for it")
    asked_on = models.DateField()
    whole = models.JSONField(help_text="everything considered, line by line, as its maker could see it")
    withheld = models.JSONField(default=dict, help_text="line number: key of why it is held back")
    note = models.TextField(blank=True, help_text="the maker's word to the reviewer")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, help_text="when its maker asked for review")
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    signed_off = models.BooleanField(null=True)
    review_note = models.TextField(blank=True)
    released = models.OneToOneField(Disclosure, null=True, on_delete=models.PROTECT, related_name="copy")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("made_by")),
                name="nobody_signs_off_their_own_copy",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, signed_off__isnull=True)
                | Q(
                    reviewed_at__isnull=False,
                    reviewed_by__isnull=False,
                    signed_off__isnull=False,
                    ready_at__isnull=False,
                ),
                name="copy_review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(released__isnull=True) | Q(signed_off__isnull=False, signed_off=True),
                name="no_copy_released_before_sign_off",
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"
