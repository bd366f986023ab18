"""What events say about people, as rows to look things up in. Dropping these rows and replaying the events gives the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
        """Those the statement is about: subject, else child, else whoever is named first."""
        for role in ("subject", "child", "adult"):
            if self.people.get(role):
                return self.people[role]
        return next(iter(self.people.values()), ())


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
    Premises.objects.bulk_create(places.values(), ignore_conflicts=True)
    Address.objects.bulk_create(rows, batch_size=2000)
    return {row.record_id for row in rows}


def _project_relationships(stated: list[Stated]) -> set[int]:
    Relationship.objects.bulk_create(
        Relationship(event_id=s.event_id, source=s.source, recorded_at=s.recorded_at, subject_id=s.people["subject"][0],
                     other_id=s.people["other"][0], kind=s.data.get("kind") or "associate",
                     since=_day(s.data.get("since")) or local(s.at).date(), ended=_day(s.data.get("ended")),
                     lives_with=s.data.get("lives_with"), cares_for=s.data.get("cares_for"))
        for s in stated if s.people.get("subject") and s.people.get("other")
    )  # fmt: skip
    return set()


def _project_markers(stated: list[Stated]) -> set[int]:
    places = {
        premises_key(s.place): Premises(key=premises_key(s.place), lines=s.place, postcode=postcode_in(s.place))
        for s in stated
        if s.place
    }
    Premises.objects.bulk_create(places.values(), ignore_conflicts=True)
    Marker.objects.bulk_create(
        Marker(event_id=s.event_id, source=s.source, recorded_at=s.recorded_at, record_id=s.subjects[0] if s.subjects else None,
               premises_id=premises_key(s.place) if s.place else None, kind=s.data.get("kind") or "other", holds=s.kind == "marker.set", since=s.at,
               detail=s.data.get("detail") or s.data.get("reason") or "", authority=s.data.get("authority") or "", until=_day(s.data.get("until")))
        for s in stated if s.subjects or s.place
    )  # fmt: skip
    return set()


def _project_decisions(stated: list[Stated]) -> set[int]:
    rows = []
    for s in stated:
        pair = sorted({r for held in s.people.values() for r in held})
        if len(pair) == 2:
            rows.append(Decision(event_id=s.event_id, left_id=pair[0], right_id=pair[1], same=bool(s.data.get("same")),
                                 reason=s.data.get("reason") or "", decided_by=s.by, decided_at=s.at))  # fmt: skip
    Decision.objects.bulk_create(rows)
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


def withdraw(events: Iterable[int]) -> None:
    """Take back the rows of events that no longer stand."""
    gone = list(events)
    moved = set(Address.objects.filter(event_id__in=gone).values_list("record_id", flat=True))
    for model in (Address, Relationship, Marker, Decision):
        model._default_manager.filter(event_id__in=gone).delete()
    if moved:
        refresh(moved)
