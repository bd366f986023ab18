"""How long the answer takes for a sealed record and for an absent one: medians over pairs, in turn. `sealed_timing.py [PAIRS]`, else 2,000.

Makes a database of its own, invented people in it, and throws it away. Prints wall and processor time, and whether every pair had equal
bytes and headers: first without the second wall, as most tests run, then behind it, as it is served. Each page also by itself.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
PAIRS, ABSENT = 2_000, 987_654_321
PAGES = ("/person/{}/", "/person/{}/records/", "/person/{}/looked/", "/person/{}/grades/")


def scene() -> tuple[Any, int]:
    """Somebody at a screen who works with a child that is sealed."""
    from django.test import Client
    from django.utils import timezone

    from cast import involve, make_member
    from scenes import boys_life
    from screens import signed_in
    from sightline.access.models import Restriction

    held = boys_life(timezone.now())
    member = make_member("worker", "Case Owner", "case_owner", "social_care")
    involve(member, held.boy, at=timezone.now())
    since = timezone.now() - timedelta(days=1)
    Restriction.objects.create(person_id=held.boy, state="sealed", reason="protected", from_at=since)
    client: Client = signed_in(member)
    return client, held.boy


def timed(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds by the clock and of the processor, and what came."""
    wall, cpu = time.perf_counter(), time.process_time()
    came = call()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000, came


def run(client: Any, sealed: int, pairs: int) -> None:
    """Each pair asks for both in a random order, so that what drifts meets both alike."""
    times: dict[str, list[tuple[float, float]]] = {"sealed": [], "absent": []}
    by_page: dict[str, list[float]] = {page: [] for page in PAGES}
    unlike, dice = 0, random.Random(7)
    for n in range(pairs):
        page, answers = PAGES[n % len(PAGES)], {}
        for name in dice.sample(["sealed", "absent"], 2):
            at = page.format(sealed if name == "sealed" else ABSENT)
            wall, cpu, answers[name] = timed(lambda at=at: client.get(at))
            times[name].append((wall, cpu))
        by_page[page].append(times["sealed"][-1][0] - times["absent"][-1][0])
        # Not the cookie: every 15 seconds whichever answer comes next renews the session's, whoever was asked about.
        kept = [(a.status_code, a.content, sorted(a.headers.items())) for a in answers.values()]
        unlike += kept[0] != kept[1]
    for name, held in times.items():
        wall, cpu = median(w for w, _ in held), median(c for _, c in held)
        print(f"{name}: median {wall:.2f} ms by the clock, {cpu:.2f} ms of the processor, over {len(held)}")
    print("; ".join(f"{page} {median(held):+.2f} ms" for page, held in by_page.items() if held))
    apart = [median(x[k] for x in times["sealed"]) - median(x[k] for x in times["absent"]) for k in (0, 1)]
    print(
        f"apart: {apart[0]:+.2f} ms by the clock, {apart[1]:+.2f} ms of the processor; pairs with unequal bytes or headers: {unlike} of {pairs}"
    )


def stand() -> None:
    """The second wall, with the rights that `./sightline migrate` gives the roles of the run in the real database."""
    from django.db import connection

    from sightline.kernel.postgres import APP, SERVES, WORK
    from sightline.web import walling

    with connection.cursor() as cursor:
        for rights, things in SERVES:
            cursor.execute(f"GRANT {rights} ON ALL {things} IN SCHEMA public TO {APP}, {WORK}")
    walling.build()


def main() -> None:
    """A database of its own, the pairs, and no database any more."""
    import django
    from django.conf import settings

    django.setup()
    settings.SERVER.ensure()
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    logging.disable(logging.WARNING)  # four thousand refusals, each of which the technical log would say
    runner = get_runner(settings)(verbosity=0, interactive=False)
    held = runner.setup_databases()
    try:
        stand()
        who = scene()
        for settings.WALL in (False, True):
            print("behind the second wall:" if settings.WALL else "without the second wall:")
            run(*who, int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)
    finally:
        runner.teardown_databases(held)


if __name__ == "__main__":
    main()
