"""Loading a reference list: schools and nurseries, surgeries, health visitors, social workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sightline.kernel.errors import Refused
from sightline.pathways.concern.models import Listed
from sightline.pathways.concern.queries.lists import KINDS, words_of

COLUMNS = ("kind", "reference", "name", "address", "postcode", "closed_on")
KNOWN = frozenset(kind for of in KINDS.values() for kind in of)


@dataclass(frozen=True)
class Loaded:
    """How many lines a list has, and how many that were held are no longer on it."""

    lines: int
    gone: int


def load_list(rows: Iterable[Mapping[str, str]], *, whole: bool, on: date) -> Loaded:
    """A list's lines are added or put right, all or none. `whole`: those of its kinds that it leaves out are no longer on it from that day.

    Nothing is taken away: what was chosen once still says what it is. Raises Refused, with the line named.
    """
    read = [_line(n, row) for n, row in enumerate(rows, 2)]
    if not read:
        raise Refused("There is no line in this list.")
    if len({(one.kind, one.reference) for one in read}) < len(read):
        raise Refused("This list names the same number twice for one kind.")
    with transaction.atomic():
        Listed.objects.bulk_create(
            read,
            update_conflicts=True,
            unique_fields=["kind", "reference"],
            update_fields=["name", "address", "postcode", "words", "active_until"],
        )
        gone = 0
        if whole:
            for kind in {one.kind for one in read}:
                there = [one.reference for one in read if one.kind == kind]
                left = Listed.objects.filter(kind=kind, active_until=None).exclude(reference__in=there)
                gone += left.update(active_until=on)
    return Loaded(len(read), gone)


def _line(number: int, row: Mapping[str, str]) -> Listed:
    said = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    if said["kind"] not in KNOWN:
        raise Refused(f"Line {number}: the kind is one of {', '.join(sorted(KNOWN))}.")
    if not said["reference"] or not said["name"]:
        raise Refused(f"Line {number}: a number and a name are needed.")
    if set("()") & set(said["reference"]):
        raise Refused(f"Line {number}: a number has no brackets.")
    closed, code = said.pop("closed_on"), said["postcode"].replace(" ", "")
    words = " ".join(["", *words_of(said["name"], said["address"], said["postcode"], code, said["reference"])])
    try:
        return Listed(**said, words=words, active_until=date.fromisoformat(closed) if closed else None)
    except ValueError:
        raise Refused(f"Line {number}: closed_on is a day as 2026-07-31.") from None
