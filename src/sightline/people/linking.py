"""Linking everything that is held: who is one person by the model and by what people decided, and which pairs somebody must look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.kernel.moments import local
from sightline.people.alikeness import explained
from sightline.people.anchors import identities_of
from sightline.people.decisions import binding
from sightline.people.links import Linking, regroup
from sightline.people.matching.bulk import LinkResult, link
from sightline.people.matching.cleaning import clean
from sightline.people.matching.records import Cleaned, Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.vetoes import veto
from sightline.people.matchkeys import records
from sightline.people.models import Candidate, SourceRecord
from sightline.people.parted import tell_of_partings
from sightline.people.partition import InForce, Pair, ordered
from sightline.people.second_look import Sighting, look_again

LOGGED_TOGETHER = 5000


@dataclass(frozen=True)
class Linked:
    """What a linking run came to. `moved` records changed person; `for_review` and `vetoed` pairs wait for somebody to decide."""

    records: int
    people: int
    moved: int
    for_review: int
    vetoed: int
    model_version: str

    @property
    def joined(self) -> int:
        """Records that are somebody whom another record is too, beyond the first of each."""
        return self.records - self.people


def link_all(viewer: Viewer, *, at: datetime, sightings: Iterable[Sighting] = ()) -> Linked:
    """Link every record held. What people decided is kept; links that hold stay as they are; the same again moves nobody.

    First each against everybody, then each among those they stand with. `sightings`: who was in an event at which address. Whoever was
    shown as one those who are now two is told.

    The outcome does not depend on the order in which records came: they are taken by source and key, never by our own ids.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('link everybody'))")
        held, decided = _by_name(), binding()
        name_of = {pk: name for name, (pk, _) in held.items()}
        result = link(
            [record for _, record in held.values()],
            today=local(at).date(),
            must_link=_named(decided.same, name_of),
            must_not_link=_named(decided.apart, name_of),
        )
        second = look_again(result, held, apart=decided.apart, sightings=sightings, today=local(at).date())
        result, number = second.result, {name: pk for name, (pk, _) in held.items()}
        clusters = _clusters({number[name]: person for name, person in result.clusters.items()}, decided)
        bits = {ordered(number[one], number[other]): b for one, other, b in result.pairs}
        why = "the matcher finds them alike, and nothing that tells them apart"
        linking = Linking("sightline", at, why, result.model_version)
        because = second.reasons(identities_of(number.values()))
        moved = regroup(clusters, linking, bits=_strongest(clusters, bits), because=because)
        vetoed = _write_candidates(result, held, bits, decided)
        _log(viewer, moved)
        tell_of_partings(viewer, moved, at=at)
    reviewed = Candidate.objects.count()
    return Linked(
        len(held), len({result.clusters[n] for n in held}), len(moved), reviewed - vetoed, vetoed, result.model_version
    )


def _by_name() -> dict[str, tuple[int, Record]]:
    """Every described record under a name made of its source and key, which any installation would give it."""
    keys = {pk: f"{source}\x1f{key}" for pk, source, key in SourceRecord.objects.values_list("pk", "source", "key")}
    return {keys[pk]: (pk, replace(record, record_id=keys[pk])) for pk, record in records()}


def _named(pairs: Iterable[Pair], name_of: Mapping[int, str]) -> list[tuple[str, str]]:
    return [(name_of[one], name_of[other]) for one, other in sorted(pairs) if one in name_of and other in name_of]


def _clusters(found: Mapping[int, str], decided: InForce) -> list[list[int]]:
    """Clusters of all records held; those known by their key only are somebody of their own, unless a person said otherwise."""
    group: dict[int, str] = {pk: f"\x1f{pk}" for pk in SourceRecord.objects.values_list("pk", flat=True)} | dict(found)
    for one, other in sorted(decided.same):
        if group[one] != group[other] and not (one in found and other in found):
            old, new = (group[one], group[other]) if other in found else (group[other], group[one])
            group |= {record: new for record, person in group.items() if person == old}
    clusters: dict[str, list[int]] = defaultdict(list)
    for record, person in group.items():
        clusters[person].append(record)
    return [sorted(c) for _, c in sorted(clusters.items())]


def _strongest(clusters: Iterable[Iterable[int]], bits: Mapping[Pair, float]) -> dict[int, float]:
    """How strongly each record is tied to another of its own person."""
    person = {record: place for place, cluster in enumerate(clusters) for record in cluster}
    best: dict[int, float] = {}
    for (one, other), weight in bits.items():
        if person[one] == person[other]:
            for record in (one, other):
                best[record] = max(weight, best.get(record, weight))
    return best


def _write_candidates(
    result: LinkResult, held: Mapping[str, tuple[int, Record]], bits: Mapping[Pair, float], decided: InForce
) -> int:
    """The pairs somebody must look at, written anew; gives how many are held apart by a veto."""
    model = shipped_model().among(len(held))
    cleaned: dict[int, Cleaned] = {}
    rows = []
    for (one, other), why in result.for_review.items():
        pair = ordered(held[one][0], held[other][0])
        if pair in decided.same or pair in decided.apart:
            continue
        for pk, record in (held[one], held[other]):
            cleaned.setdefault(pk, clean(record))
        scored = model.pair(cleaned[pair[0]], cleaned[pair[1]])
        said = f"{why}: {explained(scored)}"
        row = Candidate(
            left_id=pair[0], right_id=pair[1], bits=bits.get(pair, scored.bits), model_version=result.model_version
        )
        row.why, row.vetoed = said, veto(scored.labels) is not None
        rows.append(row)
    Candidate.objects.all().delete()
    Candidate.objects.bulk_create(rows, batch_size=2000)
    return sum(row.vetoed for row in rows)


def _log(viewer: Viewer, moved: Mapping[int, tuple[int, int]]) -> None:
    """Linking is combination: whose records were brought together, or parted, is written down."""
    people = sorted({person for both in moved.values() for person in both})
    for start in range(0, max(len(people), 1), LOGGED_TOGETHER):
        chunk = people[start : start + LOGGED_TOGETHER]
        write(viewer, Action.COMBINATION, people=chunk, fields=["links"], note=f"{len(moved)} records linked anew")
