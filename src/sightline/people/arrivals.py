"""Linking records as they arrive, without waiting for everybody to be linked: provisional until then, by the same model and vetoes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import combinations

from django.db import connection, transaction

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.people.alikeness import explained
from sightline.people.anchors import identities_of, records_of
from sightline.people.decisions import binding
from sightline.people.links import Linking, regroup
from sightline.people.matching.cleaning import clean
from sightline.people.matching.clustering import group
from sightline.people.matching.scoring import Scored, shipped_model
from sightline.people.matching.thresholds import JOIN_AT, REVIEW_AT
from sightline.people.matching.vetoes import veto
from sightline.people.matchkeys import records
from sightline.people.models import Candidate, SourceRecord
from sightline.people.partition import Pair

# A key that more records than this share says too little; more records than this in one go are left to the next linking of everybody.
RARE = 60
MOST_TOGETHER = 300
_NEAR = """
SELECT DISTINCT m.record_id FROM people_matchkey mine CROSS JOIN LATERAL (
    SELECT record_id, count(*) OVER () AS held FROM (
        SELECT record_id FROM people_matchkey k WHERE k.key = mine.key LIMIT %(rare)s + 1) AS few) AS m
WHERE mine.record_id = ANY(%(records)s) AND m.held <= %(rare)s
"""


def link_records(arrived: Iterable[int], viewer: Viewer, *, at: datetime) -> int:
    """Link records just written to the people they are: unasked from JOIN_AT bits unless vetoed, else put before a person.

    People already linked stay together. Gives how many records changed person.
    """
    moved = 0
    for record in _in_order(arrived):
        with transaction.atomic():
            around = _around(record)
            if 1 < len(around) <= MOST_TOGETHER:
                moved += _settle(around, viewer, at)
    return moved


def _in_order(arrived: Iterable[int]) -> list[int]:
    asked = SourceRecord.objects.filter(pk__in=list(arrived), event_id__isnull=False)
    return list(asked.order_by("source", "key").values_list("pk", flat=True))


def _around(record: int) -> list[int]:
    """Everybody the record might be, with all the records of each, by source and key."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"records": [record], "rare": RARE})
        near = {pk for (pk,) in cursor.fetchall()} | {record}
    people = records_of(set(identities_of(near).values()))
    every = [pk for held in people.values() for pk in held]
    return list(SourceRecord.objects.filter(pk__in=every).order_by("source", "key").values_list("pk", flat=True))


def _settle(around: list[int], viewer: Viewer, at: datetime) -> int:
    place = {pk: n for n, pk in enumerate(around)}
    scored = _scored(around)
    together = [
        (place[one], place[other])
        for held in records_of(set(identities_of(around).values())).values()
        for one, other in combinations(sorted(held, key=place.__getitem__), 2)
    ]
    decided = binding(around)
    vetoed = {pair: why for pair, s in scored.items() if (why := veto(s.labels))}
    bits = {pair: s.bits for pair, s in scored.items() if s.bits >= JOIN_AT and pair not in vetoed}
    apart = {pair for one, other in decided.apart if (pair := _places(place, one, other))} - set(together)
    found = group(len(around), bits, vetoed, must_link=together, must_not_link=apart)
    clusters: dict[int, list[int]] = {}
    for number, root in enumerate(found.cluster_of):
        clusters.setdefault(root, []).append(around[number])
    version = shipped_model().version
    strongest = {around[n]: max((b for pair, b in bits.items() if n in pair), default=0.0) for n in place.values()}
    moved = regroup(
        [*clusters.values()], Linking("sightline", at, "the matcher finds them alike", version), bits=strongest
    )
    if moved:
        people = {person for both in moved.values() for person in both}
        write(viewer, Action.COMBINATION, people=people, fields=["links"])
    review = {
        p: s for p, s in scored.items() if s.bits >= REVIEW_AT and found.cluster_of[p[0]] != found.cluster_of[p[1]]
    }
    decided_pairs = {pair for one, other in decided.same | decided.apart if (pair := _places(place, one, other))}
    _propose({p: s for p, s in review.items() if p not in decided_pairs}, around, vetoed, version)
    return len(moved)


def _scored(around: list[int]) -> dict[Pair, Scored]:
    model = shipped_model().among(SourceRecord.objects.filter(event_id__isnull=False).count())
    held = {pk: clean(record) for pk, record in records(around)}
    described = [(n, held[pk]) for n, pk in enumerate(around) if pk in held]
    return {(m, n): model.pair(one, other) for (m, one), (n, other) in combinations(described, 2)}


def _places(place: dict[int, int], one: int, other: int) -> Pair | None:
    if one not in place or other not in place:
        return None
    low, high = sorted((place[one], place[other]))
    return (low, high)


def _propose(review: dict[Pair, Scored], around: list[int], vetoed: dict[Pair, str], version: str) -> None:
    rows = []
    for pair, scored in review.items():
        left, right = sorted((around[pair[0]], around[pair[1]]))
        why = vetoed.get(pair, "alike, but not enough to join unasked")
        row = Candidate(left_id=left, right_id=right, bits=scored.bits, model_version=version, vetoed=pair in vetoed)
        row.why = f"{why}: {explained(scored)}"
        rows.append(row)
    fields = ["bits", "model_version", "why", "vetoed"]
    Candidate.objects.bulk_create(rows, update_conflicts=True, unique_fields=["left", "right"], update_fields=fields)
