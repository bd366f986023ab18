"""A weekend at the hub: 400 referrals from Friday 18:00 to Monday 08:00; the queue, the alerts and how they climb, and conservation by the hour.

On a scratch database of its own (DATABASE_URL and OWNER_DATABASE_URL, migrated), never on one with real people; or, with `force`, on a
demonstration (`./sightline demo --no-serve`), whose own children are referred on the weekend to come.
    .venv/bin/python benchmarks/referral/weekend.py [COUNT] [AN_HOUR] [force]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sightline.web.command import prepare

prepare()
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from sightline.access.models import Post, User  # noqa: E402 - after Django is ready
from sightline.access.viewer import Viewer, viewer_for  # noqa: E402
from sightline.agencies.models import Agency, Team  # noqa: E402
from sightline.alerts.models import Alert, Told  # noqa: E402
from sightline.alerts.services import ring, settle_lately  # noqa: E402
from sightline.chronology.entries import PersonKey  # noqa: E402
from sightline.chronology.record import record_many  # noqa: E402
from sightline.kernel.moments import local  # noqa: E402
from sightline.pathways.referral.queries.figures import flow  # noqa: E402
from sightline.pathways.referral.queries.queue import hub_queue  # noqa: E402
from sightline.pathways.referral.rules.flow import HOUR  # noqa: E402
from sightline.people.models import Address  # noqa: E402
from weekend import FRIDAY, LENGTH, weekend  # noqa: E402

SHOWN = ("referral_untouched", "referral_unanswered", "queue_backlog")


def manager() -> User:
    """Rukhsana Begum, who runs the hub."""
    hub, _ = Agency.objects.get_or_create(key="hub", defaults={"name": "Marsham Safeguarding Hub", "kind": "hub"})
    team, _ = Team.objects.get_or_create(key="hub-team", defaults={"name": "Hub", "agency": hub})
    user, _ = User.objects.get_or_create(username="begum", defaults={"name": "Rukhsana Begum"})
    since = datetime(2020, 1, 1, tzinfo=UTC)
    Post.objects.get_or_create(
        user=user, role="mash_manager", defaults={"agency": hub, "team": team, "held_from": since}
    )
    return user


def pupils(count: int) -> list[PersonKey]:
    """So many of the force's own pupils, three of ten of them from one home."""
    homes: dict[int, list[PersonKey]] = {}
    held = Address.objects.filter(record__source="education", kind="home").order_by("premises_id", "record__key")
    for source, key, home in {
        (s, k): (s, k, h) for h, s, k in held.values_list("premises_id", "record__source", "record__key")
    }.values():
        homes.setdefault(home, []).append((source, key))
    large = [keys[:3] for keys in homes.values() if len(keys) >= 3]
    alone = [keys[0] for keys in homes.values() if len(keys) < 3]
    found: list[PersonKey] = []
    while len(found) < count:
        found += [*large.pop(), *(alone.pop() for _ in range(7))]
    return found[:count]


def queue_times(user: User, monday: datetime) -> None:
    """How the queue stands on Monday, and how long it takes to read."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        board = hub_queue(viewer_for(user, at=monday, route="benchmark"))
        times.append(time.perf_counter() - began)
    print(
        f"queue on Monday: {board.referrals} in {len(board.families)} families, {board.beyond(monday)} untouched beyond the limit;"
        f" {times[0]:.2f} s the first time, {min(times[1:]):.2f} s after"
    )


def standing() -> tuple[int, ...]:
    """How many alerts of each kind shown stand; how many people were told of any, and of them above whoever is on call."""
    stand = Counter(Alert.objects.filter(cleared_at__isnull=True).values_list("kind", flat=True))
    up = Told.objects.filter(alert__kind="referral_untouched").exclude(role="on_call_specialist").count()
    return (*(stand[kind] for kind in SHOWN), Told.objects.count(), up)


def main(count: int, an_hour: int, friday: datetime, children: Sequence[PersonKey]) -> None:
    """Load hour by hour as it came, let the rules ring, and print the table."""
    monday = friday + LENGTH
    user, entries = manager(), weekend(count, an_hour=an_hour, friday=friday, children=children)
    hour, at, slowest = friday, 0, 0.0
    settle_lately(at=friday, since=friday - timedelta(days=2))
    ring(at=friday, most=100_000)
    before = standing()
    print(f"before: alerts standing {before[:3]}, told {before[3]}")
    print(
        "hour              came decided  held untouched | more standing (untouched, unanswered, backlog) | told, of them higher up"
    )
    rows: list[tuple[int, ...]] = []
    while hour < monday:
        hour += HOUR
        batch = []
        while at < len(entries) and entries[at].at <= hour:
            batch.append(entries[at])
            at += 1
        if batch:
            record_many(batch, Viewer(None, "feed", "", "", 0, None, hour, "feed"))
        began = time.perf_counter()
        settle_lately(at=hour, since=hour - HOUR)
        ring(at=hour, most=10_000)
        slowest = max(slowest, time.perf_counter() - began)
        rows.append(tuple(now - was for now, was in zip(standing(), before, strict=True)))
    began = time.perf_counter()
    figures = flow(viewer_for(user, at=monday, route="benchmark"), since=friday, until=monday)
    flown = time.perf_counter() - began
    for h, (untouched, unanswered, backlog, told, up) in zip(figures.hours, rows, strict=True):
        print(
            f"{h.until:%a %d %b %H:%M} {h.came:6} {h.decided:6} {h.held:6} {h.untouched:8}  "
            f"| {untouched:4} {unanswered:4} {backlog:4} | {told:5} {up:4}"
        )
    queue_times(user, monday)
    print(
        f"lost in any hour: {max(abs(h.lost) for h in figures.hours)}; figures {flown:.2f} s; slowest hour of rules {slowest:.2f} s"
    )


def friday_to_come() -> datetime:
    """Six in the evening of the next Friday."""
    now = local(datetime.now(UTC))
    day = now.date() + timedelta(days=(4 - now.weekday()) % 7 or 7)
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


if __name__ == "__main__":
    said = [int(a) for a in sys.argv[1:] if a.isdigit()]
    asked, an_hour = (*said, *(400, 8)[len(said) :])
    force = "force" in sys.argv
    main(asked, an_hour, friday_to_come() if force else FRIDAY, pupils(asked) if force else ())
