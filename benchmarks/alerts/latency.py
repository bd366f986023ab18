"""From commit to alert: fifty entries a second for a while, a worker beside it; how long until what is due at once stands in the database.

On a scratch database of its own (DATABASE_URL and OWNER_DATABASE_URL, migrated), never on one with real people.
    .venv/bin/python benchmarks/alerts/latency.py [SECONDS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from statistics import median

from sightline.web.command import prepare

prepare()

from django.db import connection  # noqa: E402 - after Django is ready

from sightline.access.viewer import Viewer  # noqa: E402
from sightline.alerts.models import Alert  # noqa: E402
from sightline.chronology.entries import Entry  # noqa: E402
from sightline.chronology.record import record_many  # noqa: E402

A_SECOND = 50


def entry(kind: str, n: int, at: datetime, data: dict[str, object]) -> Entry:
    """One entry about a child of its own."""
    return Entry(kind=kind, source="command_and_control", ref=f"{kind}{n}", at=at, extracted_at=at,
                 people={"child": (("command_and_control", f"latency{n}"),)}, data=data)  # fmt: skip


def feed(seconds: int) -> dict[str, float]:
    """Calls of an hour ago to which nobody came, at fifty a second; gives when each was committed, by its cause."""
    committed, began = {}, time.perf_counter()
    for n in range(seconds * A_SECOND):
        now = datetime.now(UTC)
        call = entry("contact.received", n, now - timedelta(hours=1), {"graded": "immediate", "kind": "assault"})
        record_many([call], Viewer(None, "", "", "", 0, None, now, "benchmark"))
        committed[f"command_and_control:contact.received{n}"] = datetime.now(UTC).timestamp()
        time.sleep(max(0.0, began + (n + 1) / A_SECOND - time.perf_counter()))
    print(f"{len(committed) / (time.perf_counter() - began):.1f} entries a second")
    return committed


class Watch(threading.Thread):
    """Looks every twentieth of a second which alerts others can see, and keeps when each was first seen: not before its commit."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: dict[str, float] = {}
        self.over = threading.Event()

    def run(self) -> None:
        """Until it is over."""
        last = 0
        while not self.over.wait(0.05):
            fresh = list(
                Alert.objects.filter(pk__gt=last, kind="attendance_overdue").order_by("pk").values_list("pk", "cause")
            )
            now = datetime.now(UTC).timestamp()
            for pk, cause in fresh:
                last = pk
                self.seen[cause] = now
        connection.close()


def main() -> None:
    """Print p50, p95, p99."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    first = datetime.now(UTC) - timedelta(days=1)
    record_many([entry("attendance.arrived", -1, first, {})], Viewer(None, "", "", "", 0, None, first, "benchmark"))
    worker = subprocess.Popen(
        [sys.executable, "-m", "sightline", "worker"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(8)
    watch = Watch()
    watch.start()
    try:
        committed = feed(seconds)
        time.sleep(10)
    finally:
        worker.terminate()
        worker.wait()
    watch.over.set()
    watch.join()
    took = sorted(watch.seen[c] - at for c, at in committed.items() if c in watch.seen)
    print(f"{len(took)} of {len(committed)} raised; p50 {median(took):.2f} s, p95 {took[int(len(took) * 0.95)]:.2f} s,"
          f" p99 {took[int(len(took) * 0.99)]:.2f} s; load {os.getloadavg()[0]:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
