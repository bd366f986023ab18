"""What events say about people, as rows to look things up in. Dropping these rows and replaying the events gives the same rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from django.db import connection

from sightline.kernel.arrays import number_array, text_array
from sightline.kernel.copying import aside, copied_into
from sightline.kernel.lines import line
from sightline.kernel.moments import local
from sightline.people.foreseen import place_of, street_and_door
from sightline.people.matchkeys import refresh
from sightline.people.models import Address, Decision, Marker, Relationship, SourceRecord
from sightline.people.safe import PROTECTING, marked

OURS = "sightline"  # the source of what is entered here; no feed may be of it


@dataclass(frozen=True)
class Stated:
    """One current event, as far as people are concerned. `people` maps roles to source record ids."""

    event_id: int
    kind: str
    source: str
    at: datetime
    recorded_at: datetime
    by: str
    people: Mapping[str, tuple[int, ...]]
    place: str
    data: Mapping[str, Any]

    @property
    def subjects(self) -> tuple[int, ...]:
        """Those the statement is about: subject, else child, else adult, else the first role by name."""
        roles = [role for role in ("subject", "child", "adult", *sorted(self.people)) if self.people.get(role)]
        return self.people[roles[0]] if roles else ()

    @property
    def premises(self) -> str:
        """The address of the place it is about, where one is given: `home` says only whose."""
        return "" if self.place == "home" else self.place


DESCRIBED = [
    *("event_id", "recorded_at", "forenames", "surname", "aliases", "born", "born_text", "sex", "nhs_number", "pnc_id", "upn"),
    *("phones", "died", "details"),
]  # fmt: skip


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _project_people(stated: list[Stated]) -> set[int]:
    kept = {record: s for s in stated for record in s.subjects}
    _update_people(_described(record, s.event_id, s.recorded_at, s.data) for record, s in kept.items())
    return set(kept)


def _described(record: int, event: int | None, recorded_at: datetime | None, d: Mapping[str, Any]) -> tuple[Any, ...]:
    """A source record's row, in the order of DESCRIBED."""
    return (
        record, event, recorded_at, d.get("forenames") or "", d.get("surname") or "", list(d.get("aliases") or ()), d.get("born"),
        d.get("born_text") or "", d.get("sex") or "", d.get("nhs_number") or "", d.get("pnc_id") or "", d.get("upn") or "",
        list(d.get("phone") or ()), d.get("died"), json.dumps(dict(d), ensure_ascii=False),
    )  # fmt: skip


def _update_people(rows: Iterable[tuple[Any, ...]]) -> None:
    """One statement for all: bulk_update's CASE per field is a hundred times slower at this size."""
    with connection.cursor() as cursor, aside(cursor, "people_sourcerecord", f"id, {', '.join(DESCRIBED)}") as stated:
        with cursor.copy(f"COPY {stated} FROM STDIN") as copy:
            copy.write("".join([line(*row) for row in rows]))
        sets = ", ".join(f"{name} = s.{name}" for name in DESCRIBED)
        cursor.execute(f"UPDATE people_sourcerecord p SET {sets} FROM {stated} s WHERE s.id = p.id")


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows by COPY: a feed writes hundreds of thousands."""
    told = "".join([line(*row) for row in rows])
    if told:
        with copied_into(table, columns) as copy:
            copy.write(told)


def _project_addresses(stated: list[Stated]) -> set[int]:
    places: dict[int, tuple[str, str]] = {}
    rows: list[tuple[Any, ...]] = []
    for s in stated:
        lines = s.data.get("lines") or s.place
        code, key = place_of(lines, s.data.get("postcode") or "")
        places[key] = min(places.get(key, (lines, code)), (lines, code))
        since = s.data.get("from") or local(s.at).date()
        more = (lines, code, s.data.get("kind") or "other", since, s.data.get("until"))
        rows += [(s.event_id, s.source, s.recorded_at, record, key, *more) for record in dict.fromkeys(s.subjects)]
    _hold_places(places)
    _copy(
        "people_address",
        "event_id, source, recorded_at, record_id, premises_id, lines, postcode, kind, since, until",
        rows,
    )
    return {row[3] for row in rows}


def _hold_places(places: Mapping[int, tuple[str, str]]) -> None:
    """Of several ways of writing one place, the first in the alphabet is shown, so that the order of files does not matter."""
    keys = sorted(places)
    streets = [street_and_door(places[k][0]) for k in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_premises AS held (key, lines, postcode, street, door)"
            " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])"
            " ON CONFLICT (key) DO UPDATE SET lines = excluded.lines, street = excluded.street, door = excluded.door"
            " WHERE excluded.lines < held.lines",
            [
                number_array(keys),
                text_array(places[k][0] for k in keys),
                text_array(places[k][1] for k in keys),
                number_array(street for street, _ in streets),
                number_array(door for _, door in streets),
            ],
        )


def _project_relationships(stated: list[Stated]) -> set[int]:
    _copy(
        "people_relationship",
        "event_id, source, recorded_at, subject_id, other_id, kind, since, ended, lives_with, cares_for",
        (
            (s.event_id, s.source, s.recorded_at, subject, other, s.data.get("kind") or "associate",
             s.data.get("since") or local(s.at).date(), s.data.get("ended"), s.data.get("lives_with"), s.data.get("cares_for"))
            for s in stated for subject, other in _pairs(s)
        ),
    )  # fmt: skip
    return set()


def _pairs(s: Stated) -> list[tuple[int, int]]:
    """Each of the subjects with each of the others: nobody with themselves, no pair twice."""
    both = product(s.people.get("subject", ()), s.people.get("other", ()))
    return list(dict.fromkeys((one, other) for one, other in both if one != other))


MARKER = "event_id, source, recorded_at, record_id, premises_id, kind, holds, since, detail, authority, until"


def _places_said(stated: list[Stated]) -> dict[str, int]:
    """The places that statements are about, held; by what was said."""
    said = {s.premises: place_of(s.premises) for s in stated if s.premises}
    places: dict[int, tuple[str, str]] = {}
    for lines, (code, key) in said.items():
        places[key] = min(places.get(key, (lines, code)), (lines, code))
    if places:
        _hold_places(places)
    return {lines: place.key for lines, place in said.items()}


def _project_safe(stated: list[Stated]) -> set[int]:
    keys = _places_said(stated)
    rows = (
        (s.event_id, s.source, s.recorded_at, record, keys.get(s.premises), kind, holds, s.at,
         s.data.get("reason") or "", "", s.data.get("until"))
        for s in stated for record, kind, holds in marked(s)
    )  # fmt: skip
    _copy("people_marker", MARKER, rows)
    return set()


def _project_markers(stated: list[Stated]) -> set[int]:
    keys = _places_said(stated)
    _copy(
        "people_marker",
        MARKER,
        (
            (s.event_id, s.source, s.recorded_at, record, keys.get(s.premises), s.data.get("kind") or "other", s.kind == "marker.set",
             s.at, s.data.get("detail") or s.data.get("reason") or "", s.data.get("authority") or "", s.data.get("until"))
            for s in stated if s.subjects or s.premises for record in dict.fromkeys(s.subjects or (None,))
        ),
    )  # fmt: skip
    return set()


def _project_decisions(stated: list[Stated]) -> set[int]:
    rows: dict[tuple[int, int, int], Decision] = {}
    for s in stated:
        everyone = sorted({r for held in s.people.values() for r in held})
        for one, other in _pairs(s) or ([(everyone[0], everyone[1])] if len(everyone) == 2 else []):
            left, right = sorted((one, other))
            rows[s.event_id, left, right] = Decision(
                event_id=s.event_id, left_id=left, right_id=right, same=bool(s.data.get("same")),
                reason=s.data.get("reason") or "", decided_by=s.by, decided_at=s.at, **_whose(s),
            )  # fmt: skip
    Decision.objects.bulk_create(rows.values())
    return set()


def _whose(s: Stated) -> dict[str, Any]:
    """Who here decided, how alike the two were, and whom it answers. A record system can claim none of that: its word is that of no person."""
    declined = bool(s.data.get("declined")) and not s.data.get("same")
    if s.source != OURS:
        return {"account": None, "bits": None, "declined": declined}
    more = {"proposed_by": s.data.get("proposed_by") or "", "proposed_account": s.data.get("proposed_account")}
    return {"account": s.data.get("account"), "bits": s.data.get("bits"), "declined": declined, **more}


PROJECTED: dict[str, Callable[[list[Stated]], set[int]]] = {
    "person.recorded": _project_people,
    "address.recorded": _project_addresses,
    "relationship.recorded": _project_relationships,
    "marker.set": _project_markers,
    "marker.cleared": _project_markers,
    "identity.decided": _project_decisions,
    **dict.fromkeys(PROTECTING, _project_safe),
}


def project(stated: Iterable[Stated], moved: Iterable[int] = ()) -> None:
    """Rows for events that stand. Keys to find people by, and those of records `moved`, are written in the same transaction."""
    by_kind: dict[str, list[Stated]] = defaultdict(list)
    for s in stated:
        by_kind[s.kind].append(s)
    touched = set(moved)
    for kind, write in PROJECTED.items():
        if by_kind[kind]:
            touched |= write(by_kind[kind])
    if touched:
        refresh(touched)


def forget(records: Iterable[int]) -> None:
    """Records of which nothing stands any more: known by their key only, as before they were loaded."""
    blank = list(records)
    if blank:
        _update_people(_described(record, None, None, {}) for record in blank)
        refresh(blank)


def empty() -> None:
    """Drop every row here, before a rebuild. Places, links and the records' own keys stay: those are no copies."""
    for model in (Address, Relationship, Marker, Decision):
        model._default_manager.all().delete()
    forget(SourceRecord.objects.filter(event_id__isnull=False).values_list("pk", flat=True))


def withdraw(events: Iterable[int]) -> set[int]:
    """Take back the rows of events that no longer stand; gives the records whose keys must be written anew (`project` does)."""
    gone = number_array(events)
    with connection.cursor() as cursor:
        for table in ("people_relationship", "people_marker", "people_decision"):
            cursor.execute(f"DELETE FROM {table} WHERE event_id = ANY(%s::bigint[])", [gone])
        cursor.execute("DELETE FROM people_address WHERE event_id = ANY(%s::bigint[]) RETURNING record_id", [gone])
        return {record for (record,) in cursor.fetchall()}
