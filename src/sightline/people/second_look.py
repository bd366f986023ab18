"""Linking everybody, the second look: what is held of where records stand, and what the matcher found, made one answer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.people.circles import Related, Ties
from sightline.people.context import SUFFIX, InContext, second_pass
from sightline.people.matching.bulk import LinkResult
from sightline.people.matching.cleaning import clean
from sightline.people.matching.records import Cleaned, Record
from sightline.people.matching.scoring import shipped_model
from sightline.people.matching.thresholds import HELD_BACK
from sightline.people.models import Address, Relationship
from sightline.people.partition import Pair, ordered
from sightline.people.premises import premises_key

# Places where people live or stay; a prison or a care home says nothing of who somebody is.
HOMES = ("home", "foster", "hostel", "temporary", "other")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_JUDGED = re.compile(r"said to be \D*([0-9]+)")
# An age that somebody judged by eye is out by a year or so; of an adult, one that ends in 0 or 5 is a round figure.
OUT_BY, ROUND_OUT_BY, ROUNDED_FROM = 1, 4, 16
ADULT_FROM = 18
Held = Mapping[str, tuple[int, Record]]


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a source record was in an event at a place, by the address as it was written."""

    record: int
    lines: str


@dataclass(frozen=True, slots=True)
class Part:
    """Records that the matcher had found to be one person, and what ties them to the rest of the person that they are."""

    records: tuple[int, ...]
    why: str


@dataclass(frozen=True)
class SecondLook:
    """The whole answer; and of each person put together by where their records stand, the parts."""

    result: LinkResult
    tied: list[list[Part]]

    def reasons(self, identity: Mapping[int, int]) -> dict[int, tuple[str, str]]:
        """Why records become somebody, and by which version of the model: every part but the one whose identity the person keeps."""
        found: dict[int, tuple[str, str]] = {}
        version = self.result.model_version + SUFFIX
        for parts in self.tied:
            counted = Counter(identity[r] for part in parts for r in part.records)
            kept = min(counted, key=lambda person: (-counted[person], person))
            keeps = max(parts, key=lambda part: sum(identity[r] == kept for r in part.records))
            found |= {r: (part.why, version) for part in parts if part is not keeps for r in part.records}
        return found


def place_of(lines: str) -> int:
    """One number for an address however it is written, with its postcode or without: half the records leave it out or mistype it."""
    return premises_key(_POSTCODE.sub(" ", lines))


def look_again(
    first: LinkResult, held: Held, *, apart: Iterable[Pair], sightings: Iterable[Sighting], today: date
) -> SecondLook:
    """Look at everybody once more among those they stand with. `held` is by the names that `first` goes by; `apart` by record.

    Records are taken in the order of those names, so that the same records give the same people in whatever order they came.
    """
    names = sorted(held)
    number = {held[name][0]: place for place, name in enumerate(names)}
    place = {name: n for n, name in enumerate(names)}
    cleaned = [_as_judged(clean(held[name][1], today), held[name][1].born) for name in names]
    ties = _ties(number, cleaned, sightings)
    kept_apart = {ordered(number[one], number[other]) for one, other in apart if one in number and other in number}
    before = _numbered([place[first.clusters[name]] for name in names])
    young = {n for n, name in enumerate(names) if _of_a_child(cleaned[n], held[name][1].as_of or today)}
    found = second_pass(before, cleaned, shipped_model(), ties, kept_apart=kept_apart, children=young)
    pks = [held[name][0] for name in names]
    return SecondLook(_with_context(first, found, names), _tied(found, before, pks))


def _numbered(person: Sequence[int]) -> list[int]:
    """People called after the first of their records."""
    first: dict[int, int] = {}
    return [first.setdefault(who, record) for record, who in enumerate(person)]


def _as_judged(cleaned: Cleaned, born: str) -> Cleaned:
    """An age that somebody judged, with room for how people judge ages: 35 may well be 38."""
    judged = _JUDGED.search(born)
    if judged is None or cleaned.born_low is None or cleaned.born_high is None:
        return cleaned
    age = int(judged[1])
    room = ROUND_OUT_BY if age % 5 == 0 and age >= ROUNDED_FROM else OUT_BY
    return replace(cleaned, born_low=cleaned.born_low - room, born_high=cleaned.born_high + room)


def _of_a_child(cleaned: Cleaned, told: date) -> bool:
    """Whether a record told of somebody who may have been under 18 then."""
    return cleaned.born_high is not None and cleaned.born_high + ADULT_FROM >= told.year


def _ties(number: Mapping[int, int], cleaned: Sequence[Cleaned], sightings: Iterable[Sighting]) -> Ties:
    ties = Ties()
    for subject, other, kind in sorted(set(Relationship.objects.values_list("subject_id", "other_id", "kind"))):
        if subject in number and other in number:
            ties.related.append(Related(number[subject], number[other], kind))
    recorded = set(Address.objects.filter(kind__in=HOMES).values_list("record_id", "lines"))
    recorded |= {(seen.record, seen.lines) for seen in sightings}
    districts: dict[int, set[str]] = defaultdict(set)
    for record, lines in recorded:
        if record in number and lines:
            ties.at_place[place_of(lines)].add(number[record])
            if written := _POSTCODE.search(lines):
                districts[place_of(lines)].add(written[1].upper())
    for place, records in ties.at_place.items():
        for district in districts.get(place, ()):
            ties.in_district[district] |= records
    for record, known in enumerate(cleaned):
        for phone in known.phones:
            ties.on_phone[phone].add(record)
        for postcode in known.postcodes:
            ties.in_district[postcode[:-3].strip()].add(record)
    return ties


def _with_context(first: LinkResult, found: InContext, names: Sequence[str]) -> LinkResult:
    """The matcher's answer with what the second look adds. A pair put before a person shows at most as likely."""
    clusters = {name: names[found.person[place]] for place, name in enumerate(names)}
    pairs = [(names[tie.pair[0]], names[tie.pair[1]], tie.bits) for tie in found.joined]
    pairs += [(names[a], names[b], min(tie.bits, HELD_BACK)) for (a, b), tie in found.for_review.items()]
    review = {pair: why for pair, why in first.for_review.items() if clusters[pair[0]] != clusters[pair[1]]}
    review |= {(names[a], names[b]): tie.why for (a, b), tie in found.for_review.items()}
    return replace(first, clusters=clusters, pairs=[*first.pairs, *sorted(pairs)], for_review=review)


def _tied(found: InContext, before: Sequence[int], pks: Sequence[int]) -> list[list[Part]]:
    """People put together from several parts, each part with the strongest of its ties."""
    parts: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for record, who in enumerate(found.person):
        parts[who][before[record]].append(pks[record])
    why: dict[int, str] = {}
    for tie in sorted(found.joined, key=lambda tie: (-tie.bits, tie.pair)):
        for record in tie.pair:
            why.setdefault(before[record], tie.why)
    return [
        [Part(tuple(records), why[part]) for part, records in sorted(held.items())]
        for _, held in sorted(parts.items())
        if len(held) > 1
    ]
