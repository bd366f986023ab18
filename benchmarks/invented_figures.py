"""How an invented force compares with requirements/Z, counted in the files it wrote: `python benchmarks/invented_figures.py [PEOPLE] [SEED]`.

Reads the extracts and the truth as anybody would, sharing no code with what wrote them but the table of what was asked for. Prints a table.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

from sightline.exchange.invented.invent import UNTIL, invent
from sightline.exchange.invented.rates import HISTORY_YEARS, RATES, expected

Rows = list[dict[str, str]]


def rows_of(folder: Path, system: str) -> Rows:
    """An extract's rows as plain text."""
    (path,) = folder.glob(f"{system}_*")
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{cell.tag: cell.text or "" for cell in element} for element in ET.parse(path).getroot()]  # noqa: S314 - our own file


def counted(folder: Path) -> dict[str, int]:
    """How many of each thing the table of rates speaks of stand in the extracts."""
    care, custody, missing = (rows_of(folder, s) for s in ("social_care", "custody", "missing"))
    plans, placements = rows_of(folder, "child_protection"), rows_of(folder, "placements")
    return {
        "referrals": sum(r["status"] != "LAC" for r in care),
        "section_47": sum(bool(r["s47_start"]) for r in care),
        "in_need": len({r["person_id"] for r in care if r["status"] != "CLOSED"}),
        "new_plans": len({r["ChildID"] for r in plans if r.get("ConferenceKind") == "INITIAL" and r.get("Decision") == "PLAN"}),
        "looked_after": len({r["CHILD"] for r in placements if not r["END"]}),
        "missing_people": len({r["mp_id"] for r in missing}),
        "child_detentions": sum(bool(r.get("AARequestedAt")) for r in custody),
        "adult_detentions": sum(not r.get("AARequestedAt") for r in custody),
        "registered_offenders": sum(r["ENTRY_TYPE"] == "REG" for r in rows_of(folder, "offender_management")),
        "domestic_incidents": len(rows_of(folder, "domestic_abuse")),
        "marac_cases": len(rows_of(folder, "marac")),
        "incidents": len(rows_of(folder, "command_and_control")),
        "crimes": len(rows_of(folder, "crime")),
        "intelligence": len(rows_of(folder, "intelligence")),
    }  # fmt: skip


def shares(folder: Path) -> list[tuple[str, float, float]]:
    """What follows from what: asked and found, in per cent."""
    with (folder / "truth" / "people.csv").open(encoding="utf-8", newline="") as stream:
        born = [date.fromisoformat(row["born"]) for row in csv.DictReader(stream)]
    young = sum((UNTIL.year - b.year - ((UNTIL.month, UNTIL.day) < (b.month, b.day))) < 19 for b in born)
    referrals = [r for r in rows_of(folder, "social_care") if r["status"] != "LAC"]
    missing = {r["mp_id"]: r["mp_age"] for r in rows_of(folder, "missing")}
    enquiries = [r for r in referrals if r["s47_start"]]
    return [
        ("under 19, of all people", 22.3, 100 * young / len(born)),
        ("referrals from the police", 24.0, 100 * sum(r["source"] == "6" for r in referrals) / len(referrals)),
        ("section 47 enquiries, of referrals", 21.7, 100 * len(enquiries) / len(referrals)),
        ("children, of people missing", 45.0, 100 * sum(a.isdigit() and int(a) < 18 for a in missing.values()) / len(missing)),
    ]  # fmt: skip


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as name:
        folder, began, busy = Path(name), time.perf_counter(), time.process_time()
        done = invent(people, seed, folder)
        print(f"{people:,} people, seed {seed}: {sum(done.rows.values()):,} rows in {time.perf_counter() - began:.1f} s "
              f"({time.process_time() - busy:.1f} s of processor time)\n")  # fmt: skip
        print(f"| what | source | asked, in {HISTORY_YEARS} years or on the day | measured |\n|---|---|---|---|")
        for key, found in counted(folder).items():
            print(f"| {key.replace('_', ' ')} | {RATES[key].source} | {expected(key, people):,.0f} | {found:,} |")
        print("\n| share | asked | measured |\n|---|---|---|")
        for what, asked, found_share in shares(folder):
            print(f"| {what} | {asked:.1f}% | {found_share:.1f}% |")


if __name__ == "__main__":
    main()
