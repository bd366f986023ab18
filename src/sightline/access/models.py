"""Users, their posts and involvements, and the access log. Person ids are held without foreign keys: `people` is above."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from sightline.agencies.models import Agency, Team


class User(AbstractUser):
    """Someone who signs in. What they may do follows from the post they hold now, never from this row."""

    name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name or self.username


class Post(models.Model):
    """A role in an agency that a user holds for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=60, help_text="a key of roles.yaml")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class OnDuty(models.Model):
    """Whose turn it is to take what comes to a team, from when, until when (exclusive), and who set it."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="turns")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    set_by = models.BigIntegerField(help_text="the user who set it")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until_at__gt=models.F("from_at")), name="duty_ends_after_start")
        ]
        indexes = [models.Index(fields=["post", "until_at"], name="duty_live")]

    def __str__(self) -> str:
        return f"{self.post} on duty"


class Involvement(models.Model):
    """Why this user may see this child, from when, until when."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    person_id = models.BigIntegerField()
    why = models.CharField(max_length=40, help_text="first_contact, allocated, team, referral, ...")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.BigIntegerField(null=True, help_text="the person whose records brought it along")
    given_by = models.BigIntegerField(null=True, help_text="the post that handed the work on")
    ends = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        help_text="why the nightly look set its end; empty for its own",
    )

    class Meta:
        indexes = [
            models.Index(fields=["user", "person_id", "until_at"], name="involvement_live"),
            models.Index(fields=["person_id"], name="involvement_with"),
        ]

    def __str__(self) -> str:
        return f"{self.user} involved: {self.why}"


class Restriction(models.Model):
    """A record that is not open: restricted (its existence may be known) or sealed (it may not)."""

    person_id = models.BigIntegerField(db_index=True)
    state = models.CharField(max_length=12, choices=[("restricted", "restricted"), ("sealed", "sealed")])
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.BigIntegerField(null=True, help_text="the person whose records brought it along")
    ask = models.CharField(
        max_length=200, blank=True, db_default="", help_text="who is asked by whoever may not read it"
    )
    review_on = models.DateField(null=True, help_text="when somebody looks whether it is still needed")
    set_by = models.BigIntegerField(null=True, help_text="the user who restricted it")
    lifted_by = models.BigIntegerField(null=True, help_text="the user who lifted it")
    lifted_why = models.TextField(blank=True, db_default="")

    def __str__(self) -> str:
        return self.state


class Exclusion(models.Model):
    """A user who may not see a person whatever their role: oneself, own family, own address, a named conflict."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    person_id = models.BigIntegerField(db_index=True)
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.BigIntegerField(null=True, help_text="the person whose records brought it along")

    def __str__(self) -> str:
        return "excluded"


class BreakGlass(models.Model):
    """A record opened in an emergency: by whom, why, from when, until when, who was told at once, and what its review found.

    While it lasts, the person is hidden from that user neither by a seal nor by an exclusion.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergencies")
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    person_id = models.BigIntegerField(null=True, db_index=True, help_text="empty where nobody was found")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    conflict = models.BooleanField(help_text="the user was excluded from this person at the time")
    sealed = models.BooleanField(help_text="the record was sealed at the time")
    told = ArrayField(
        models.BigIntegerField(), default=list, help_text="the owners of the record, who were told at once"
    )
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, reviewed_by__isnull=True, outcome="")
                | (models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~models.Q(outcome="")),
                name="emergency_review_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("user")),
                name="nobody_reviews_their_own_emergency",
            ),
        ]
        indexes = [models.Index(fields=["user", "person_id", "until_at"], name="emergency_live")]

    def __str__(self) -> str:
        return "opened in an emergency"


class Parting(models.Model):
    """Two people who had been taken for one are two again: whom, since when they were one, and who parted them; nobody where the matcher did."""

    event_id = models.BigIntegerField(unique=True, null=True, help_text="the decision")
    joined = ArrayField(models.BigIntegerField(), help_text="whose page it was while they were one")
    people = ArrayField(models.BigIntegerField(), help_text="whose pages they are now")
    joined_at = models.DateTimeField()
    parted_at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True)

    def __str__(self) -> str:
        return "made two people again"


class ToldOfParting(models.Model):
    """Somebody was shown two people as one, from when to when, and has been told; `read_at`: when they said they had checked what they wrote."""

    parting = models.ForeignKey(Parting, on_delete=models.CASCADE, related_name="told")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    parted_by = models.BigIntegerField(
        help_text="who parted them, and so sees who was told and has checked; 0 for the matcher"
    )
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parting", "user"], name="told_once_of_a_parting")]
        indexes = [
            models.Index(fields=["user"], name="partings_unread", condition=models.Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return "told of a parting"


class StaffDetail(models.Model):
    """What somebody who signs in has declared of themselves, so that a look at their own family or street is noticed."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="declared")
    surname = models.CharField(max_length=200, blank=True)
    lines = models.CharField(max_length=300, blank=True, help_text="house number and street")
    postcode = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return f"declared by {self.user}"


class LookReview(models.Model):
    """What a reviewer found of one look: of all the log's lines of one request, by the first of them."""

    entry_id = models.BigIntegerField(unique=True)
    outcome = models.CharField(max_length=20)
    note = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"look {self.entry_id}: {self.outcome}"


class AccessEntry(models.Model):
    """One line of the access log: who, when, why, which people, which field names, by which route. Never a value."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=20)
    route = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    people = ArrayField(models.BigIntegerField(), default=list)
    fields = ArrayField(models.CharField(max_length=80), default=list)
    outcome = models.CharField(max_length=20, default="given")
    note = models.TextField(blank=True)
    request_ref = models.CharField(max_length=40, blank=True)
    # The database gives these three, whatever it is told: the writing transaction's number and moment, and a salt for the leaf.
    written_in = models.BigIntegerField(db_default=0, editable=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    salt = models.UUIDField(db_default=RandomUUID(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "at"], name="access_by_user"),
            models.Index(fields=["written_in", "id"], name="access_in_order"),
            GinIndex(fields=["people"], name="access_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class Seal(models.Model):
    """A line of the access log in its place in the Merkle tree, from 0. Written by the sealer's role only (`transparency`)."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    written_in = models.BigIntegerField()
    leaf = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"seal {self.position}"
