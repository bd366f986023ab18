"""A person as their source records describe them, every value with who says it. Reads below the gate: for queries that passed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access.policy import Of
from sightline.kernel.moments import age_on
from sightline.people.anchors import records_of
from sightline.people.models import Address, SourceRecord
from sightline.people.sight import EVERYTHING, Sight


@dataclass(frozen=True)
class RecordKey:
    """One source record of a person."""

    record_id: int
    source: str
    key: str


@dataclass(frozen=True)
class Said:
    """One value, and the sources and the very records that say it, newest word first."""

    value: str
    sources: tuple[str, ...]
    recorded_at: datetime | None
    records: tuple[RecordKey, ...] = ()


@dataclass(frozen=True)
class Lived:
    """An address, from when, until when, and who says so."""

    lines: str
    postcode: str
    premises: int
    kind: str
    since: date
    until: date | None
    source: str
    recorded_at: datetime
    record: RecordKey | None = None
    event_id: int = 0

    def on(self, day: date) -> bool:
        """Whether it held on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Person:
    """Who this is. First of each tuple is what most sources say; the rest are kept, because one of them may be right."""

    person: int
    names: tuple[Said, ...]
    born: tuple[Said, ...]
    sex: tuple[Said, ...]
    died: date | None
    identifiers: tuple[tuple[str, Said], ...]
    particulars: tuple[tuple[str, Said], ...]
    phones: tuple[Said, ...]
    addresses: tuple[Lived, ...]
    records: tuple[RecordKey, ...]
    aliases: tuple[Said, ...] = ()  # other names by which they are known
    kept_safe: bool = False  # where they live and how to reach them is kept from this viewer
    withheld: frozenset[Of] = frozenset()  # the classes of field that are not given to this viewer

    @property
    def name(self) -> str:
        """As most sources say it; a child known to exist but not named says so, and so does a name that may not be shown."""
        unnamed = "Not yet named" if self.records else "Name not permitted for your post"
        return self.names[0].value if self.names else unnamed

    @property
    def born_on(self) -> date | None:
        """The date of birth most sources give, where it is a date."""
        for said in self.born:
            try:
                return date.fromisoformat(said.value)
            except ValueError:
                continue
        return None

    def said_by(self, records: Iterable[RecordKey]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The systems of these records; with their keys where a system holds more than one of this person's, so that each is told from the other."""
        many = Counter(r.source for r in self.records)
        held: dict[str, list[str]] = {}
        for r in records:
            held.setdefault(r.source, []).append(r.key)
        return tuple((source, tuple(dict.fromkeys(keys)) if many[source] > 1 else ()) for source, keys in held.items())

    def age_on(self, day: date) -> int | None:
        """Whole years, where a date of birth is known; nobody grows older than they were when they died."""
        return age_on(self.born_on, min(day, self.died or day)) if self.born_on else None

    def dead_on(self, day: date) -> bool:
        """Whether a system gives a day of death that is not after this one."""
        return self.died is not None and self.died <= day

    def living_at(self, day: date) -> tuple[Lived, ...]:
        """Addresses in force on a day, one a premises: what most sources say first, then the newest word."""
        held: dict[int, list[Lived]] = {}
        for lived in self.addresses:
            if lived.on(day):
                held.setdefault(lived.premises, []).append(lived)
        newest = {premises: max(said, key=lambda a: (a.since, a.recorded_at)) for premises, said in held.items()}
        order = sorted(
            held,
            key=lambda p: (len({a.source for a in held[p]}), newest[p].since, newest[p].recorded_at, p),
            reverse=True,
        )
        return tuple(newest[premises] for premises in order)


PARTICULARS = (
    "ethnicity",
    "language",
    "interpreter",
    "disability",
    "communication_needs",
    "school",
    "gp",
    "trusted_adult",
)
IDENTIFIERS = ("nhs_number", "pnc_id", "upn")


def persons(identities: Iterable[int], sight: Sight = EVERYTHING) -> dict[int, Person]:
    """People by id, with everything each source says, as far as it may be seen. For callers that have passed the gate.

    From a system that is a pointer only: who they are and where they live, which is what everything else hangs on.
    """
    linked = records_of(identities)
    sight.learn(linked)
    every = [record for held in linked.values() for record in held]
    rows = {r.pk: r for r in SourceRecord.objects.filter(pk__in=every) if sight.told(r.source)}
    keys = {pk: RecordKey(pk, r.source, r.key) for pk, r in rows.items()}
    lived: dict[int, list[Lived]] = {}
    for a in sight.told_of(Address.objects.filter(record_id__in=every).order_by("-since", "-recorded_at", "event_id")):
        if not sight.there(a.premises_id):
            continue
        said = Lived(
            a.lines,
            a.postcode,
            a.premises_id,
            a.kind,
            a.since,
            a.until,
            a.source,
            a.recorded_at,
            keys.get(a.record_id),
            a.event_id,
        )
        lived.setdefault(a.record_id, []).append(said)
    return {
        person: _person(person, [rows[r] for r in held if r in rows], lived, sight) for person, held in linked.items()
    }


def _person(person: int, rows: list[SourceRecord], lived: dict[int, list[Lived]], sight: Sight) -> Person:
    newest = sorted((r for r in rows if r.event_id), key=lambda r: (r.recorded_at, r.source, r.key), reverse=True)
    told = [r for r in newest if sight.shows_from(person, Of.IDENTIFYING, r.source)]
    read = [r for r in newest if sight.shows_from(person, Of.SENSITIVE, r.source)]
    known = [r for r in rows if sight.shows_from(person, Of.IDENTIFYING, r.source)]
    addresses = [a for r in known for a in lived.get(r.pk, []) if sight.shows_from(person, Of.IDENTIFYING, a.source)]
    return Person(
        person=person,
        names=_said((" ".join(f"{r.forenames} {r.surname}".split()), r) for r in told),
        aliases=_said((" ".join(alias.split()), r) for r in told for alias in r.aliases),
        born=_said((r.born.isoformat() if r.born else r.born_text, r) for r in told),
        sex=_said((r.sex, r) for r in told),
        died=next((r.died for r in told if r.died), None),
        identifiers=tuple(
            (field, said) for field in IDENTIFIERS for said in _said((getattr(r, field), r) for r in read)
        ),
        particulars=tuple(
            (field, said) for field in PARTICULARS for said in _said((_words(r.details.get(field)), r) for r in read)
        ),
        phones=_said((p, r) for r in read for p in r.phones),
        addresses=tuple(sorted(addresses, key=lambda a: (a.since, a.recorded_at, a.lines), reverse=True)),
        records=tuple(RecordKey(r.pk, r.source, r.key) for r in known),
        kept_safe=person in sight.kept.people,
        withheld=sight.withheld(person),
    )


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value or "")


def _said(values: Iterable[tuple[str, SourceRecord]]) -> tuple[Said, ...]:
    """Distinct values, most sources first, then newest word."""
    held: dict[str, list[SourceRecord]] = {}
    shown: dict[str, Counter[str]] = {}
    for value, row in values:
        if value:
            held.setdefault(value.casefold(), []).append(row)
            shown.setdefault(value.casefold(), Counter())[value] += 1
    said = [
        Said(
            shown[key].most_common(1)[0][0],
            tuple(dict.fromkeys(r.source for r in rows)),
            max(r.recorded_at for r in rows if r.recorded_at),
            tuple(RecordKey(r.pk, r.source, r.key) for r in rows),
        )
        for key, rows in held.items()
    ]
    return tuple(
        sorted(said, key=lambda s: (-len(s.sources), -(s.recorded_at.timestamp() if s.recorded_at else 0), s.value))
    )
