"""What the access log costs: entries recorded a second and p99, without the log, with it, and with the sealer beside it; in turn, five rounds.

`log_cost.py [WRITES]`: so many by each of two clients each time, else 300. Makes a database of its own, invented people in it, and throws it away.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
WRITES, WARM, ROUNDS = 300, 20, 5
SOURCES = ("social_care", "health")  # loads of one source wait for each other, so each client has its own
WAYS = ("without the log", "with the log", "with the log and the sealer")


def scene() -> list[tuple[Any, str]]:
    """For each client somebody who works with a child, and the child's key."""
    from django.utils import timezone

    from cast import involve, make_member, person_of, write_person

    held, at = [], timezone.now()
    for n, source in enumerate(SOURCES):
        child = person_of(write_person(source, f"child{n}", at=at, forenames="Ayaan", surname="Warsame"))
        member = make_member(f"worker{n}", f"Worker {n}", "case_owner", "social_care")
        involve(member, child, at=at)
        held.append((member, f"child{n}"))
    return held


def client(number: int, member: Any, key: str, way: str, stamp: str, writes: int) -> list[float]:
    """One client's writes, one after the other, each a transaction of its own; gives how long each took, in milliseconds."""
    from django.utils import timezone

    from cast import entry
    from sightline.access import gate
    from sightline.chronology import record as recording

    if way == WAYS[0]:
        gate.write = recording.write = lambda *_, **__: None  # type: ignore[assignment]
    took, source = [], SOURCES[number]
    for n in range(writes):
        at = timezone.now()
        said = {"kind": "self_harm", "detail": f"{n}"}
        told = entry("marker.set", {"subject": [(source, key)]}, source=source, ref=f"{stamp}/{n}", at=at, data=said)
        viewer, began = member.viewer(at=at), time.perf_counter()
        recording.record(told, viewer)
        took.append((time.perf_counter() - began) * 1000)
    return took


def _client(told: tuple[Any, ...]) -> list[float]:
    return client(*told)


def measured(held: list[tuple[Any, str]], way: str, stamp: str, writes: int) -> tuple[float, float]:
    """Entries a second over all clients, and the p99 of one in milliseconds."""
    from django.db import connections

    connections.close_all()  # each client opens its own
    given = [(n, member, key, way, f"{stamp}/{n}", writes) for n, (member, key) in enumerate(held)]
    warm = [(n, member, key, way, f"{stamp}/{n}/warm", WARM) for n, (member, key) in enumerate(held)]
    with multiprocessing.get_context("fork").Pool(len(held)) as pool:
        pool.map(_client, warm, chunksize=1)
        began = time.perf_counter()
        took = [ms for one in pool.map(_client, given, chunksize=1) for ms in one]
        whole = time.perf_counter() - began
    return len(took) / whole, quantiles(took, n=100)[98]


@contextmanager
def sealing(way: str) -> Iterator[None]:
    """The sealer as it runs in earnest, a process of its own, where this way has one."""
    if way != WAYS[2]:
        yield
        return
    from django.conf import settings
    from django.db import connection

    from sightline.kernel.postgres import SEALER

    with tempfile.TemporaryDirectory() as folder:
        where = settings.SERVER.conninfo(SEALER, connection.settings_dict["NAME"])
        command = [
            sys.executable,
            "-m",
            "sightline",
            "seal",
            "--database",
            where,
            "--witness",
            f"{folder}/w",
            "--key",
            f"{folder}/k",
        ]
        out = {"stdout": subprocess.PIPE, "env": os.environ | {"PYTHONPATH": str(ROOT / "src")}}
        with subprocess.Popen(command, **out) as sealer:  # type: ignore[call-overload]
            sealer.stdout.readline()
            time.sleep(3)  # until it has caught up with what is there
            try:
                yield
            finally:
                assert sealer.poll() is None, "the sealer ran to the end"
                sealer.terminate()


def run(writes: int) -> None:
    """Five rounds, each way once in each, in an order of its own."""
    from django.db import connection

    held, dice = scene(), random.Random(7)
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for n in range(ROUNDS):
        for way in dice.sample(WAYS, len(WAYS)):
            with sealing(way):
                found[way].append(measured(held, way, f"{n}/{WAYS.index(way)}", writes))
            rate, p99 = found[way][-1]
            print(f"round {n + 1}, {way}: {rate:.0f} a second, p99 {p99:.1f} ms")
    for way, rounds in found.items():
        print(f"{way}: median {median(r for r, _ in rounds):.0f} a second, p99 {median(p for _, p in rounds):.1f} ms")
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM access_accessentry), (SELECT count(*) FROM access_seal)")
        print("lines of the log {}, of them sealed {}; load {:.1f}".format(*cursor.fetchone(), os.getloadavg()[0]))


def main() -> None:
    """A database of its own, the rounds, and no database any more."""
    import django
    from django.conf import settings

    django.setup()
    settings.SERVER.ensure()
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else WRITES)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
