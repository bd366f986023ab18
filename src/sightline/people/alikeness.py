"""How alike two records are, and why, field by field and without a value. Reads below the gate: for callers that passed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from sightline.people.matching.cleaning import clean
from sightline.people.matching.records import Cleaned
from sightline.people.matching.scoring import Scored, shipped_model
from sightline.people.matching.vetoes import veto
from sightline.people.matchkeys import records
from sightline.people.models import SourceRecord

NOT_KNOWN = "not known"
FIELDS = {"born": "date of birth", "nhs_number": "NHS number", "pnc_id": "PNC number", "upn": "unique pupil number"}


@dataclass(frozen=True)
class Alike:
    """A pair's score in bits, each field's part in plain words, and what forbids joining them unasked."""

    bits: float
    why: str
    veto: str | None


def explained(scored: Scored) -> str:
    """`forename: the same; date of birth: day and month swapped`; fields that either record lacks are left out."""
    known = (part for part in scored.compared if not part.label.startswith(NOT_KNOWN))
    return "; ".join(f"{FIELDS.get(part.field, part.field)}: {part.label}" for part in known)


def between(one: Iterable[int], other: Iterable[int]) -> list[Alike]:
    """Every record of one person against every record of another, strongest first; records that say nothing are left out."""
    model = shipped_model().among(SourceRecord.objects.filter(event_id__isnull=False).count())
    pairs = product(_cleaned(one), _cleaned(other))
    scores = [model.pair(left, right) for left, right in pairs]
    found = [Alike(s.bits, explained(s), veto(s.labels)) for s in scores]
    return sorted(found, key=lambda a: -a.bits)


def strength(one: Iterable[int], other: Iterable[int]) -> float | None:
    """How strongly two people match, in bits; None where a pair of their records must not be joined unasked, or says nothing."""
    found = between(one, other)
    return found[0].bits if found and not any(a.veto for a in found) else None


def _cleaned(ids: Iterable[int]) -> list[Cleaned]:
    return [clean(record) for _, record in records(ids)]
