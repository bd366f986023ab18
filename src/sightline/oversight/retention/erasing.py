"""Carrying out a disposal that two people decided: run by the owner role, which alone the database lets erase. What is left is a tombstone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, transaction

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.alerts.models import Touched
from sightline.chronology.models import Tombstone
from sightline.chronology.record import wait_for_sources
from sightline.chronology.tombstones import Marks, marks
from sightline.kernel.errors import Refused
from sightline.oversight.retention.models import Review
from sightline.oversight.retention.parting import Part, Parting, parting
from sightline.oversight.retention.services import may_be_disposed_of
from sightline.people.anchors import identities_of, records_of
from sightline.people.models import SourceRecord
from sightline.people.vacated import premises_of, tidy_premises

OWNER_ALONE = (
    "Only the owner of the tables can erase: run this as `./sightline erase` on the machine that migrates the database."
)
_OWNS = "SELECT current_user = tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'chronology_event'"


@dataclass(frozen=True)
class Erased:
    """What an erasure did: entries that went whole, entries from which only this person's part was taken, and rows by table."""

    whole: int
    less: int
    rows: Mapping[str, int]


@cache
def tables() -> Mapping[str, Any]:
    """What becomes of every table, as declared."""
    declared: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "erased.yaml").read_text(encoding="utf-8"))
    return declared


def erase(number: int, by: Viewer) -> Erased:
    """Erase what a review decided to dispose of. `by.at` is when. All of it, or nothing.

    Raises Refused where it was not decided by two people, was erased before, is held or live by now, or this is not the owner's role.
    """
    with transaction.atomic():
        _as_owner()
        row = Review.objects.select_for_update().filter(pk=number).first()
        if row is None or row.outcome != "dispose" or not row.agreed:
            raise Refused(f"Review {number} has not been decided by two people: nothing is erased.")
        if row.erased_at is not None:
            raise Refused(f"What review {number} decided was erased already.")
        may_be_disposed_of(row, at=by.at)
        records = sorted(records_of([row.person_id])[row.person_id])
        parts = parting(records)
        wait_for_sources({p.source for p in (*parts.whole, *parts.less)})
        _log(row, parts, by)
        _bury(row, parts, frozenset(records), by.at)
        rows = _erase(row, parts, records, by.at)
        row.erased_at, row.erased_entries = by.at, len(parts.whole)
        row.save()
    return Erased(len(parts.whole), len(parts.less), rows)


def _as_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OWNS)
        if cursor.fetchone() != (True,):
            raise Refused(OWNER_ALONE)
        cursor.execute(
            "SELECT set_config('sightline.erasing', 'on', true), pg_advisory_xact_lock(hashtext('alerts settle'))"
        )


def _log(row: Review, parts: Parting, by: Viewer) -> None:
    """Which fields, of whom, by whose decision; never what they said."""
    fields = {p.kind for p in (*parts.whole, *parts.less)} | {
        t for what in ("delete", "change", "search") for t in tables()[what]
    }
    note = (
        f"retention review {row.pk}, schedule {row.schedule}, decided by user {row.decided_by_id} and user {row.second_by_id}: "
        f"{len(parts.whole)} entries whole, a part of {len(parts.less)}"
    )
    write(by, Action.ERASURE, people=[row.person_id], fields=fields, outcome="erased", note=note)


def _bury(row: Review, parts: Parting, ours: frozenset[int], at: datetime) -> None:
    """A tombstone for each ref that goes, and for each part taken from one that stays."""
    with_key = marks(make=True)
    if Tombstone.objects.exclude(key=with_key.name).exists():
        raise Refused("Earlier erasures used another key, which must be put back first: see SIGHTLINE_TOMBSTONE_KEY.")
    keys = {r.pk: (r.source, r.key) for r in SourceRecord.objects.filter(pk__in=ours)}
    stones: dict[str, Tombstone] = {}
    for part in parts.whole:
        _stone(stones, with_key, row, part, at)
    for part in parts.less:
        for record in part.named() & ours:
            _stone(stones, with_key, row, part, at, keys[record])
    Tombstone.objects.bulk_create(stones.values(), batch_size=5000)


def _stone(
    stones: dict[str, Tombstone], by: Marks, row: Review, part: Part, at: datetime, who: tuple[str, str] | None = None
) -> None:
    ref = by.of(part.source, part.ref, who)
    until = max(at, part.recorded_at, stones[ref].until_at if ref in stones else at)
    stones[ref] = Tombstone(
        source=part.source, kind=part.kind, ref=ref, key=by.name, part=who is not None, until_at=until, erased_at=at, review=row.pk,
        schedule=row.schedule,
    )  # fmt: skip


def _erase(row: Review, parts: Parting, records: list[int], at: datetime) -> dict[str, int]:
    events = [p.event for p in parts.whole]
    pattern, places = _named_by(records, parts), premises_of(records, events)
    others = set(identities_of(parts.others(frozenset(records))).values())
    what: dict[str, Any] = {
        "people": [row.person_id],
        "person": row.person_id,
        "records": records,
        "events": events,
        "at": at,
    }
    done: dict[str, int] = {}
    with connection.cursor() as cursor:
        here = _here(cursor)
        for table, where in here["delete"].items():
            cursor.execute(f"DELETE FROM {table} WHERE {where}", what)
            done[table] = cursor.rowcount
        for table, change in here["change"].items():
            cursor.execute(f"UPDATE {table} SET {change['set']} WHERE {change['where']}", what)
            done[table] = done.get(table, 0) + cursor.rowcount
        for table, columns in here["search"].items():
            done[table] = _blanked(cursor, table, columns, pattern)
    done["people_premises"] = tidy_premises(places)
    Touched.objects.bulk_create(Touched(person_id=person) for person in sorted(others))
    return done


def _here(cursor: Any) -> dict[str, dict[str, Any]]:
    """What is declared, of the tables that this installation has: a slice may be left out."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    there = {name for (name,) in cursor.fetchall()}
    return {
        what: {t: said for t, said in tables()[what].items() if t in there} for what in ("delete", "change", "search")
    }


def _blanked(cursor: Any, table: str, columns: list[str], pattern: str) -> int:
    """Every text of a row that names the person in any of them."""
    if not pattern:
        return 0
    sets, any_of = ", ".join(f"{c} = 'erased'" for c in columns), " OR ".join(f"{c} ~* %(p)s" for c in columns)
    cursor.execute(f"UPDATE {table} SET {sets} WHERE {any_of}", {"p": pattern})
    return int(cursor.rowcount)


def _named_by(records: list[int], parts: Parting) -> str:
    """A pattern for texts that name somebody: by a system's key or ref, a number, a telephone number, or forename and surname together."""
    said: set[str] = {p.ref for p in parts.whole}
    names: set[str] = set()
    for r in SourceRecord.objects.filter(pk__in=records):
        said |= {r.key, r.nhs_number, r.pnc_id, r.upn, *r.phones}
        if r.surname and r.forenames:
            one, other = _escaped(r.forenames.split()[0]), _escaped(r.surname)
            names |= {f"{one}.*{other}", f"{other}.*{one}"}
    alone = [_escaped(text) for text in sorted(said) if len(text) > 1]
    return (
        "|".join([f"(^|[^[:alnum:]])({'|'.join([*alone, *sorted(names)])})([^[:alnum:]]|$)"]) if alone or names else ""
    )


def _escaped(text: str) -> str:
    return re.sub(r"([^\w\s])", r"\\\1", text)
