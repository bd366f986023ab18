"""What the second wall costs: a look-up posted, its answer, a person page, the alerts; with it and without, in turn. `wall_cost.py [ROUNDS]`, else 5.

Makes a database of its own, invented people in it, and throws it away. Each round asks for each page four times each way; prints medians of rounds.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
ROUNDS, ASKED, OTHERS = 5, 4, 200
REASON = "Caller worried about a child she heard crying"


def scene() -> dict[str, Callable[[], Any]]:
    """Somebody who answers calls, involved with a child and two hundred others; and what they ask for."""
    from django.test import Client
    from django.utils import timezone

    from cast import involve, make_member, write_person
    from scenes import boys_life
    from screens import signed_in
    from sightline.alerts.services import settle
    from sightline.people.anchors import identities_of

    now = timezone.now()
    boy = boys_life(now).boy
    member = make_member("caller", "Cal Ler", "call_handler", "police")
    records = [
        write_person("crime", f"other{n}", at=now, forenames=f"Other{n}", surname="Person") for n in range(OTHERS)
    ]
    involve(member, boy, *identities_of(records).values(), at=now)
    settle([boy], at=now)
    client: Client = signed_in(member)
    said = {"reason": REASON, "name": "Mo Hussein", "age": "9"}
    return {
        "look-up posted": lambda: client.post("/first-contact/", said),
        "look-up posted and answered": lambda: client.get(client.post("/first-contact/", said).headers["Location"]),
        "person page": lambda: client.get(f"/person/{boy}/"),
        "alerts list": lambda: client.get("/alerts/"),
    }


def run(pages: dict[str, Callable[[], Any]], rounds: int) -> None:
    """Both ways in turn, the order changing with each round, so that what drifts meets both alike."""
    from django.conf import settings

    took: dict[tuple[str, bool], list[float]] = {}
    for n in range(rounds):
        for name, ask in pages.items():
            for walled in (n % 2 == 0, n % 2 == 1):
                settings.WALL = walled
                held = []
                for _ in range(ASKED):
                    began = time.perf_counter()
                    answer = ask()
                    held.append((time.perf_counter() - began) * 1000)
                    assert answer.status_code in (200, 302)
                took.setdefault((name, walled), []).append(median(held))
    for name in pages:
        without, with_it = (median(took[name, walled]) for walled in (False, True))
        print(
            f"{name}: {without:.1f} ms without, {with_it:.1f} ms with the wall ({with_it - without:+.1f}), {rounds} rounds of {ASKED}"
        )


def main() -> None:
    """A database of its own, the pages, and no database any more."""
    import django
    from django.conf import settings

    django.setup()
    settings.SERVER.ensure()
    from django.db import connection
    from django.test.utils import get_runner, setup_test_environment

    from sightline.kernel.postgres import APP, SERVES, WORK
    from sightline.web import walling

    setup_test_environment()
    logging.disable(logging.WARNING)
    runner = get_runner(settings)(verbosity=0, interactive=False)
    held = runner.setup_databases()
    try:
        with connection.cursor() as cursor:
            for role in (APP, WORK):
                for rights, things in SERVES:
                    cursor.execute(f"GRANT {rights} ON ALL {things} IN SCHEMA public TO {role}")
            cursor.execute("REVOKE UPDATE, DELETE ON access_accessentry FROM " + APP)
        walling.build()
        pages = scene()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # counted, as a database does by itself where rows stay
        run(pages, int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
    finally:
        runner.teardown_databases(held)


if __name__ == "__main__":
    main()
