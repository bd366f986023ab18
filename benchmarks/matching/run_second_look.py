"""What the second look does to a whole invented force that is loaded: who is put together rightly, and which kin by mistake, with and without it.

SIGHTLINE_HOME=DIR python benchmarks/matching/run_second_look.py FORCE   # FORCE: what `invent` wrote, migrated and loaded before
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import django
from measures import accuracy, pairs_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")
django.setup()

from sightline.chronology.sightings import sightings  # noqa: E402
from sightline.exchange.invented.invent import UNTIL  # noqa: E402
from sightline.people.decisions import binding  # noqa: E402
from sightline.people.linking import _by_name, _named  # noqa: E402
from sightline.people.matching.bulk import LinkResult, link  # noqa: E402
from sightline.people.second_look import look_again  # noqa: E402

Row = dict[str, str]


def rows(folder: Path, name: str) -> list[Row]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


class Kin:
    """How two invented people stand to each other, by the truth."""

    def __init__(self, folder: Path) -> None:
        self.person = {row["person_id"]: row for row in rows(folder, "people")}
        self.parents: dict[str, set[str]] = defaultdict(set)
        self.twins, self.partners = set[frozenset[str]](), set[frozenset[str]]()
        for row in rows(folder, "relationships"):
            pair = frozenset((row["person_id"], row["other_id"]))
            if row["kind"] == "parent":
                self.parents[row["other_id"]].add(row["person_id"])
            elif row["kind"] in {"twin", "partner"}:
                (self.twins if row["kind"] == "twin" else self.partners).add(pair)

    def between(self, one: str, other: str) -> str:
        """The nearest tie: twins before siblings before parent and child before cousins; then what they merely share."""
        ours, theirs = self.parents[one], self.parents[other]
        if frozenset((one, other)) in self.twins:
            return "twins"
        if ours and ours == theirs:
            return "siblings"
        if ours & theirs:
            return "half-siblings"
        if one in theirs or other in ours:
            return "parent and child"
        if frozenset((one, other)) in self.partners:
            return "partners"
        grand = [{g for parent in parents for g in self.parents[parent]} for parents in (ours, theirs)]
        if grand[0] & grand[1]:
            return "cousins"
        a, b = self.person[one], self.person[other]
        if a["household_id"] and a["household_id"] == b["household_id"]:
            return "one household, otherwise"
        same = a["forenames"] == b["forenames"] and a["surname"] == b["surname"]
        return "strangers of one name" if same else "strangers"


def measured(name: str, clusters: dict[str, str], whose: dict[str, str], kin: Kin) -> dict[str, str]:
    """Prints how right a partition is; gives the people it joins by mistake."""
    true = pairs_of(whose)
    found = pairs_of({record: clusters[record] for record in whose})
    p, r, f = accuracy(found, true)
    counts = f"{len(set(clusters.values())):,} people of {len(clusters):,} records"
    print(f"{name}: pairs P {p:.4f} R {r:.4f} F1 {f:.4f}; {counts}")
    groups, truly = defaultdict(set), defaultdict(set)
    for record, person in whose.items():
        groups[clusters[record]].add(record)
        truly[person].add(record)
    right = len({frozenset(g) for g in groups.values()} & {frozenset(g) for g in truly.values()})
    print(f"  whole people right: P {right / len(groups):.4f} R {right / len(truly):.4f}")
    wrong: dict[str, str] = {}
    for held in groups.values():
        for one, other in combinations(sorted({whose[record] for record in held}), 2):
            wrong[f"{one} {other}"] = kin.between(one, other)
    counted = Counter(wrong.values())
    print(f"  joined by mistake, pairs of people: {len(wrong)}", dict(sorted(counted.items())), flush=True)
    return wrong


def main() -> None:
    folder = Path(sys.argv[1])
    kin, held = Kin(folder), _by_name()
    known = {f"{row['system']}\x1f{row['record_key']}": row["person_id"] for row in rows(folder, "records")}
    whose = {name: known[name] for name in held if name in known}
    print(
        f"{len(held):,} records held, of {len(set(whose.values())):,} people; {len(held) - len(whose):,} not in the truth"
    )
    begun, apart = time.perf_counter(), binding().apart
    kept = _named(apart, {pk: name for name, (pk, _) in held.items()})
    first: LinkResult = link([record for _, record in held.values()], today=UNTIL, must_not_link=kept)
    linked = time.perf_counter()
    second = look_again(first, held, apart=apart, sightings=sightings(), today=UNTIL)
    print(f"linking {linked - begun:.0f} s, the second look {time.perf_counter() - linked:.0f} s")
    before = measured("without", first.clusters, whose, kin)
    after = measured("with", second.result.clusters, whose, kin)
    print("  new mistakes:", dict(Counter(after[pair] for pair in after.keys() - before.keys())))
    print(f"  pairs for review: {len(first.for_review):,} without, {len(second.result.for_review):,} with")


if __name__ == "__main__":
    main()
