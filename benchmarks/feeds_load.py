"""How long 300,000 rows of an invented crime extract take to load, keys included: `python benchmarks/feeds_load.py [ROWS]`.

Needs a database of its own (DATABASE_URL, owner rights, migrated). Two people a row (some again and again), about nine events a row.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")

MAPPING = """
source: crime
agency: police
form: csv
files: ["crime*.csv"]
key: "{CRIME_NO}"
updated: LAST_UPDATED
stated: [RECORDED]
date_formats: ["%d/%m/%Y"]
moment_formats: ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"]
bools: {yes: [Y], no: [N], unknown: [U]}
columns:
  CRIME_NO: {required: true}
  RECORDED: {type: moment, required: true}
  COMMITTED: date
  OFFENCE: text
  CATEGORY: {codes: {VAP: violence, SEX: sexual, ACQ: theft_damage, POO: public_order}}
  LOCATION: text
  VIC_URN: text
  VIC_SURNAME: text
  VIC_FORENAMES: text
  VIC_DOB: date
  VIC_SEX: {codes: [F, M]}
  VIC_ADDRESS: text
  VIC_POSTCODE: text
  SUS_URN: text
  SUS_SURNAME: text
  SUS_FORENAMES: text
  SUS_DOB: date
  SUS_SEX: {codes: [F, M]}
  SUS_ADDRESS: text
  SUS_POSTCODE: text
  SUS_WARNINGS: {type: list, separator: ";"}
  OIC: text
  ALLOCATED: moment
  SPECIALIST: bool
  ARRESTED: moment
  FINALISED: date
  LAST_UPDATED: {type: moment, required: true}
people:
  victim:
    key: VIC_URN
    record: {surname: VIC_SURNAME, forenames: VIC_FORENAMES, born: VIC_DOB, sex: VIC_SEX}
    address: {lines: VIC_ADDRESS, postcode: VIC_POSTCODE}
  suspect:
    key: SUS_URN
    record: {surname: SUS_SURNAME, forenames: SUS_FORENAMES, born: SUS_DOB, sex: SUS_SEX}
    address: {lines: SUS_ADDRESS, postcode: SUS_POSTCODE}
repeats:
  warning:
    each: SUS_WARNINGS
    codes: {VI: violent, WE: weapons, SH: self_harm}
    markers: [{marker: warning, of: suspect}]
events:
  - event: crime.recorded
    at: [COMMITTED, RECORDED]
    recorded_at: RECORDED
    people: {victim: victim, suspect: suspect}
    place: [LOCATION]
    data: {offence: OFFENCE, category: CATEGORY}
  - event: investigation.allocated
    at: ALLOCATED
    people: {victim: victim, suspect: suspect}
    data: {officer: OIC, specialist: SPECIALIST}
  - event: suspect.arrested
    at: ARRESTED
    people: {suspect: suspect, victim: victim}
    data: {offence: OFFENCE}
  - event: investigation.closed
    at: FINALISED
    people: {victim: victim, suspect: suspect}
"""
SYLLABLES = [c + v for c in "bdfklmnrstw" for v in "aeo"]


def name(rng: random.Random, parts: int) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(parts)).capitalize()


def person(number: int) -> list[str]:
    rng = random.Random(number)
    born = datetime(1950, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(27_000))
    address = f"{rng.randrange(1, 200)} {name(rng, 3)} Road, Marsham"
    postcode = f"ZS{rng.randrange(1, 30)} {rng.randrange(1, 10)}{rng.choice('ABDEF')}{rng.choice('GHJLN')}"
    return [
        f"N{number:07}", name(rng, rng.choice((2, 3))), name(rng, 2), f"{born:%d/%m/%Y}", rng.choice("FM"), address, postcode,
    ]  # fmt: skip


def write(path: Path, rows: int) -> None:
    rng = random.Random(7)
    columns = [
        line.split(":")[0].strip() for line in MAPPING.split("columns:")[1].split("people:")[0].strip().splitlines()
    ]
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for number in range(rows):
            at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=number * 3)
            victim, suspect = person(rng.randrange(rows)), person(rng.randrange(rows // 2) + rows)
            known = rng.random() < 0.6
            writer.writerow([
                f"42/{number:07}/24", f"{at:%d/%m/%Y %H:%M}", f"{at - timedelta(days=rng.randrange(4)):%d/%m/%Y}", "Assault",
                rng.choice(("VAP", "SEX", "ACQ", "POO")), f"{rng.randrange(1, 200)} {name(rng, 3)} Street, Marsham", *victim,
                *(suspect if known else [""] * 7), rng.choice(("", "", "VI", "VI;WE", "SH")) if known else "", f"DC {name(rng, 3)}",
                f"{at + timedelta(hours=5):%d/%m/%Y %H:%M}", rng.choice("YNU"),
                f"{at + timedelta(hours=9):%d/%m/%Y %H:%M}" if known else "",
                f"{at + timedelta(days=60):%d/%m/%Y}" if rng.random() < 0.7 else "", f"{at + timedelta(days=61):%d/%m/%Y %H:%M:%S}",
            ])  # fmt: skip


def cpu_seconds(connection: object) -> float:
    """Processor time of this process, its children that have ended, and the database's process that serves it (where it is on this machine)."""
    mine = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    fields = stat.read_text().rsplit(")", 1)[1].split() if stat.exists() else ["0"] * 15
    return mine + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    django.setup()
    from django.db import connection

    from sightline.access.viewer import Viewer
    from sightline.exchange.feeds.catalogue import read_mapping
    from sightline.exchange.feeds.services import load

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        mapping = Path(folder) / "mapping.yaml"
        mapping.write_text(MAPPING)
        extract = Path(folder) / "crime.csv"
        write(extract, rows)
        print(f"{rows:,} rows, {extract.stat().st_size / 1e6:.0f} MB")
        viewer = Viewer(None, "benchmark", "feed", "police", 0, None, datetime.now(UTC), "benchmark")
        for what in ("first load", "the same file again"):
            began, busy = time.perf_counter(), cpu_seconds(connection)
            done = load(read_mapping(mapping), extract, viewer)
            took, busy = time.perf_counter() - began, cpu_seconds(connection) - busy
            print(
                f"{what}: {took:.1f} s ({busy:.1f} s of processor time, database included), {rows / took:,.0f} rows/s"
            )
            print(f"  {done.applied} applied, {done.superseded} superseded, {done.unchanged} unchanged, {done.quarantined} quarantined; "
                  f"{sum(done.events.values()):,} new events")  # fmt: skip
    with connection.cursor() as cursor:
        for table in ("chronology_event", "people_sourcerecord", "people_matchkey"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            print(f"{table}: {cursor.fetchone()[0]:,}")
    print(f"peak memory of the loader {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
