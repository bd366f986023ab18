"""What events say about people, as rows to look things up in. Dropping these rows and replaying the events gives the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import Field

from sightline.kernel.moments import local
from sightline.people.matchkeys import refresh
from sightline.people.models import Address, Decision, Marker, Premises, Relationship, SourceRecord
from sightline.people.premises import postcode_in, premises_key, tidy_postcode


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
    rows = []
    for s in stated:
        d = s.data
        nicks = [*d.get("aliases", [])]
        for record in s.subjects:
            rows.append(
                SourceRecord(
                    id=record, source=s.source, event_id=s.event_id, recorded_at=s.recorded_at, aliases=nicks, born=_day(d.get("born")),
                    **{k: d.get(k) or "" for k in ("forenames", "surname", "born_text", "sex", "nhs_number", "pnc_id", "upn")},
                    phones=d.get("phone") or [], died=_day(d.get("died")), details=dict(d),
                )
            )  # fmt: skip
    kept = list({row.pk: row for row in rows}.values())
    fields = [
        "event_id",
        "recorded_at",
        "aliases",
        "born",
        "forenames",
        "surname",
        "born_text",
        "sex",
        "nhs_number",
        "pnc_id",
        "upn",
    ]
    _update_people(kept, [*fields, "phones", "died", "details"])
    return {row.pk for row in kept}


def _update_people(rows: list[SourceRecord], fields: list[str]) -> None:
    """One statement for all: bulk_update's CASE per field is a hundred times slower at this size."""
    meta: list[Field[Any, Any]] = [f for f in SourceRecord._meta.concrete_fields if f.name in fields]
    types = {f.name: f.db_type(connection) for f in meta}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS stated_people (LIKE people_sourcerecord) ON COMMIT DROP")
        cursor.execute("TRUNCATE stated_people")
        names = ", ".join(["id", "source", "key", *types])
        with cursor.copy(f"COPY stated_people ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [row.pk, "", "", *(f.get_db_prep_save(getattr(row, f.attname), connection) for f in meta)]
                )
        sets = ", ".join(f"{name} = s.{name}" for name in types)
        cursor.execute(f"UPDATE people_sourcerecord p SET {sets} FROM stated_people s WHERE s.id = p.id")


def _project_addresses(stated: list[Stated]) -> set[int]:
    places: dict[int, Premises] = {}
    rows = []
    for s in stated:
        lines, given = s.data.get("lines") or s.place, s.data.get("postcode") or ""
        code = tidy_postcode(given) if given else postcode_in(lines)
        key = premises_key(lines, code)
        places.setdefault(key, Premises(key=key, lines=lines, postcode=code))
        since = _day(s.data.get("from")) or local(s.at).date()
        rows += [
            Address(event_id=s.event_id, record_id=record, premises_id=key, source=s.source, recorded_at=s.recorded_at, lines=lines,
                    postcode=code, kind=s.data.get("kind") or "other", since=since, until=_day(s.data.get("until")))
            for record in s.subjects
        ]  # fmt: skip
    _hold_places(places.values())
    Address.objects.bulk_create(rows, batch_size=2000)
    return {row.record_id for row in rows}


def _hold_places(places: Iterable[Premises]) -> None:
    """Of several ways of writing one place, the first in the alphabet is shown, so that the order of files does not matter."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people_premises AS held (key, lines, postcode) VALUES (%s, %s, %s)"
            " ON CONFLICT (key) DO UPDATE SET lines = excluded.lines WHERE excluded.lines < held.lines",
            [(p.key, p.lines, p.postcode) for p in sorted(places, key=lambda p: p.key)],
        )


def _project_relationships(stated: list[Stated]) -> set[int]:
    Relationship.objects.bulk_create(
        Relationship(event_id=s.event_id, source=s.source, recorded_at=s.recorded_at, subject_id=subject, other_id=other,
                     kind=s.data.get("kind") or "associate", since=_day(s.data.get("since")) or local(s.at).date(),
                     ended=_day(s.data.get("ended")), lives_with=s.data.get("lives_with"), cares_for=s.data.get("cares_for"))
        for s in stated for subject, other in _pairs(s)
    )  # fmt: skip
    return set()


def _pairs(s: Stated) -> list[tuple[int, int]]:
    """Each of the subjects with each of the others: nobody with themselves, no pair twice."""
    both = product(s.people.get("subject", ()), s.people.get("other", ()))
    return list(dict.fromkeys((one, other) for one, other in both if one != other))


def _project_markers(stated: list[Stated]) -> set[int]:
    places = {
        premises_key(s.premises): Premises(
            key=premises_key(s.premises), lines=s.premises, postcode=postcode_in(s.premises)
        )
        for s in stated
        if s.premises
    }
    _hold_places(places.values())
    Marker.objects.bulk_create(
        Marker(event_id=s.event_id, source=s.source, recorded_at=s.recorded_at, record_id=record,
               premises_id=premises_key(s.premises) if s.premises else None, kind=s.data.get("kind") or "other", holds=s.kind == "marker.set",
               since=s.at, detail=s.data.get("detail") or s.data.get("reason") or "", authority=s.data.get("authority") or "",
               until=_day(s.data.get("until")))
        for s in stated if s.subjects or s.premises for record in dict.fromkeys(s.subjects or (None,))
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
                reason=s.data.get("reason") or "", decided_by=s.by, decided_at=s.at,
                account=s.data.get("account"), bits=s.data.get("bits"),
            )  # fmt: skip
    Decision.objects.bulk_create(rows.values())
    return set()


PROJECTED: dict[str, Callable[[list[Stated]], set[int]]] = {
    "person.recorded": _project_people,
    "address.recorded": _project_addresses,
    "relationship.recorded": _project_relationships,
    "marker.set": _project_markers,
    "marker.cleared": _project_markers,
    "identity.decided": _project_decisions,
}


def project(stated: Iterable[Stated]) -> None:
    """Rows for events that stand. Keys to find people by are written in the same transaction."""
    by_kind: dict[str, list[Stated]] = defaultdict(list)
    for s in stated:
        by_kind[s.kind].append(s)
    touched: set[int] = set()
    for kind, write in PROJECTED.items():
        if by_kind[kind]:
            touched |= write(by_kind[kind])
    if touched:
        refresh(touched)


def forget(records: Iterable[int]) -> None:
    """Records of which nothing stands any more: known by their key only, as before they were loaded."""
    blank = [SourceRecord(id=record) for record in records]
    if blank:
        _update_people(blank, DESCRIBED)
        refresh([row.pk for row in blank])


def empty() -> None:
    """Drop every row here, before a rebuild. Places, links and the records' own keys stay: those are no copies."""
    for model in (Address, Relationship, Marker, Decision):
        model._default_manager.all().delete()
    forget(SourceRecord.objects.filter(event_id__isnull=False).values_list("pk", flat=True))


def withdraw(events: Iterable[int]) -> None:
    """Take back the rows of events that no longer stand."""
    gone = list(events)
    moved = set(Address.objects.filter(event_id__in=gone).values_list("record_id", flat=True))
    for model in (Address, Relationship, Marker, Decision):
        model._default_manager.filter(event_id__in=gone).delete()
    if moved:
        refresh(moved)
