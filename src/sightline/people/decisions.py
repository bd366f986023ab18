"""What binds linking: what named people decided about who is who, and that nobody is their own kin.

Reads below the gate: for services that have passed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from sightline.kernel.errors import Refused
from sightline.people.matching.thresholds import JOIN_AT
from sightline.people.models import Candidate, Decision, Relationship
from sightline.people.partition import InForce, Pair, Said, in_force, not_their_own_kin
from sightline.people.sight import Sight

WHY_KEPT = "why is not permitted for your post"


def decisions(records: Iterable[int] | None = None) -> InForce:
    """Decisions in force about these records; None for all."""
    held = Decision.objects.all()
    if records is not None:
        asked = list(records)
        held = held.filter(Q(left_id__in=asked) | Q(right_id__in=asked))
    return in_force(_said(d) for d in held)


def binding(records: Iterable[int] | None = None) -> InForce:
    """As `decisions`; and whom any system names as kin of each other are two people, unless a person said that they are one."""
    held = Relationship.objects.all()
    if records is not None:
        asked = list(records)
        held = held.filter(subject_id__in=asked, other_id__in=asked)
    return not_their_own_kin(decisions(records), held.values_list("subject_id", "other_id"))


@dataclass(frozen=True)
class Alike:
    """Another record that may be the same person's: how alike, whether held apart by a veto, and why."""

    record: int
    bits: float
    vetoed: bool
    why: str


def may_be_the_same(records: Iterable[int], sight: Sight) -> list[Alike]:
    """Whoever may be the same as these records. Why is told to those only who may know who both systems say it is."""
    held = set(records)
    pairs = Candidate.objects.filter(Q(left_id__in=held) | Q(right_id__in=held)).select_related("left", "right")
    return [
        Alike(
            c.right_id if c.left_id in held else c.left_id, c.bits, c.vetoed,
            c.why if sight.told(c.left.source) and sight.told(c.right.source) else WHY_KEPT,
        )
        for c in pairs
    ]  # fmt: skip


def proposals(records: Iterable[int]) -> dict[Pair, Decision]:
    """Joins that wait for a second person, about these records: each pair with the first word that still counts, a person's before a system's."""
    return {pair: next((d for d in held if d.account is not None), held[0]) for pair, held in _waiting(records).items()}


def waits(proposal: int, records: list[int]) -> Decision:
    """The word that waits for a second person, held against others who would answer it at the same moment. Raises Refused where it waits no more."""
    one_at_a_time()
    found = next((d for held in _waiting(records).values() for d in held if d.event_id == proposal), None)
    if found is None:
        raise Refused("This waits no more: somebody has answered it, or the records have changed. Look at them again.")
    return found


def _waiting(records: Iterable[int]) -> dict[Pair, list[Decision]]:
    """Each pair that waits, with every word that counts still, oldest first: what was said before it was parted or declined does not."""
    asked = list(records)
    waiting = decisions(asked).waiting
    found: dict[Pair, list[Decision]] = {}
    held = Decision.objects.filter(Q(left_id__in=asked) | Q(right_id__in=asked))
    for d in held.order_by("decided_at", "-same", "event_id"):
        pair = (d.left_id, d.right_id)
        if pair in waiting and d.same and not d.declined:
            found.setdefault(pair, []).append(d)
        else:
            found.pop(pair, None)
    return found


def one_at_a_time() -> None:
    """Two who decide at one moment come one after the other, so that each sees what the other said."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('who is who'))")


def settles(bits: float | None) -> bool:
    """Whether two who are this much alike are joined by one person's word; None where a veto holds them apart, or nothing is known."""
    return bits is not None and bits >= JOIN_AT


def _said(d: Decision) -> Said:
    # Only what a named person here decided carries an account and how alike the two were: a feed can say neither (projections).
    alone = not d.same or (d.account is not None and settles(d.bits))
    by = "" if d.account is None else str(d.account)
    return Said((d.left_id, d.right_id), d.same, d.decided_at, d.event_id, by, alone, d.declined)
