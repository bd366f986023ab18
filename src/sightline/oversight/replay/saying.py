"""What a replay found, as lines of JSON for programs and as a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sightline.alerts.board import Raised
from sightline.alerts.queues import is_queue, queue_name
from sightline.kernel.moments import local
from sightline.oversight.replay.run import Outcome

FARED = ("met", "late", "missed")


def written(moment: datetime | None) -> str | None:
    """A local time with its offset, or nothing."""
    return local(moment).isoformat() if moment else None


def _called(people: Mapping[int, str], subject: int) -> str:
    """Somebody by the name in the file, or a queue by its own."""
    return queue_name(subject) if is_queue(subject) else people[subject]


def alert(outcome: Outcome, raised: Raised) -> dict[str, Any]:
    """One alert, people by the names of the file and events by their number in it."""
    found, name = raised.finding, outcome.case.people
    return {
        "case": outcome.case.name,
        "alert": found.kind,
        "subject": _called(name, found.subject),
        "concerns": sorted(_called(name, p) for p in found.concerns),
        "raised_at": written(raised.raised_at),
        "to": found.recipient,
        "why": found.why,
        "rests_on": sorted({h.event_id for h in found.rests_on if h.event_id}),
        "cleared_at": written(raised.cleared_at),
    }


def summary(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """How all the cases fared."""
    held = list(outcomes)
    counts = {how: sum(o.count(how) for o in held) for how in FARED}
    return {
        "summary": {
            "cases": len(held),
            "expected": sum(len(o.fared) for o in held),
            **counts,
            "forbidden_raised": sum(len(o.forbidden) for o in held),
            "other": sum(len(o.other) for o in held),
        }
    }


def json_lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One alert a line in order, then the summary."""
    held = list(outcomes)
    for outcome in held:
        for raised in outcome.raised:
            yield json.dumps(alert(outcome, raised), ensure_ascii=False)
    yield json.dumps(summary(held))


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Case by case: what was raised, when, to whom and why; what was expected and how it fared."""
    held = list(outcomes)
    for outcome in held:
        kind = "good practice" if outcome.case.good else "failure"
        yield f"{outcome.case.name}  {outcome.case.title}  ({kind})"
        for raised in outcome.raised:
            found, until = raised.finding, raised.cleared_at
            mark = "!" if raised in outcome.forbidden else " "
            cleared = f", until {local(until):%d %b %H:%M}" if until else ""
            yield (
                f" {mark} {local(raised.raised_at):%Y-%m-%d %H:%M:%S}{cleared}  {found.kind}  {_called(outcome.case.people, found.subject)}"
                f"  to {found.recipient}: {found.why}"
            )
        for expected, how in outcome.fared:
            who = " or ".join(outcome.case.people[p] for p in expected.subjects)
            yield f"   {how.upper():7} {expected.alert} about {who} by {local(expected.by):%Y-%m-%d %H:%M:%S}"
        yield f"   {len(outcome.forbidden)} forbidden, {len(outcome.other)} other"
    counts = summary(held)["summary"]
    yield "  ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items())
