"""The truth beside the extracts: who everybody is, who is whose, and which record speaks of whom."""

import csv
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from sightline.exchange.invented.people import Block, Person

if TYPE_CHECKING:
    from _csv import Writer as _Writer

_HEADS = {
    "people": "person_id forenames middle_names surname former_surname renamed_on born sex nhs_number household_id "
    "known_as ethnicity tradition phone upn pnc_id postcode",
    "households": "household_id kind address town postcode since",
    "relationships": "person_id kind other_id lives_with",
    "records": "system record_key person_id",
}


class Truth:
    """The four files of truth, open for writing."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self._streams: list[TextIO] = []
        self._seen: set[tuple[str, str]] = set()
        self._people, self._households, self._relationships, self._records = (self._open(out, name) for name in _HEADS)

    def _open(self, out: Path, name: str) -> "_Writer":
        stream = (out / f"{name}.csv").open("w", encoding="utf-8", newline="")
        self._streams.append(stream)
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEADS[name].split())
        return writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in self._streams:
            stream.close()

    def record(self, system: str, key: str, number: int) -> None:
        """That this record is of that person: told once, as no record is of people from two blocks."""
        if (system, key) not in self._seen:
            self._seen.add((system, key))
            self._records.writerow((system, key, f"P{number:08d}"))

    def block(self, block: Block) -> None:
        """The people, households and relationships of a block, when all its rows are written."""
        for person in block.people:
            self._person(person, block)
            self._relations(person)
        for home in block.households:
            at = home.address
            self._households.writerow(
                (home.household_id, home.kind, at.line, at.town, at.postcode, home.moved_in.isoformat())
            )
        self._seen.clear()

    def _person(self, person: Person, block: Block) -> None:
        home = person.household
        self._people.writerow(
            (
                person.person_id, person.forename, " ".join(person.middle), person.last, person.former_last,
                person.renamed_on.isoformat() if person.renamed_on else "", person.born.isoformat(), person.sex,
                person.nhs_number, home.household_id if home else "", person.known_as, person.tradition.ethnicity,
                person.tradition.key, person.phone, person.upn, person.pnc, person.address_on(block.until).postcode,
            )
        )  # fmt: skip

    def _relations(self, person: Person) -> None:
        pairs: list[tuple[str, Person | None]] = [
            ("parent", person.mother), ("parent", person.father), ("step_parent", person.step_parent), ("twin", person.twin),
            ("partner", person.partner if person.partner and person.partner.number > person.number else None),
        ]  # fmt: skip
        for kind, other in pairs:
            if other is not None and not (kind == "twin" and other.number < person.number):
                together = "1" if other.household is person.household else "0"
                first, second = (other, person) if kind in ("parent", "step_parent") else (person, other)
                self._relationships.writerow((first.person_id, kind, second.person_id, together))
