"""What every system answered, over all the people of one answer."""

from __future__ import annotations

from dataclasses import replace

from sightline.agencies.systems import SourceState
from sightline.chronology.sources import SourceLine
from sightline.pathways.contact.queries import Answer


def sources_asked(answer: Answer) -> tuple[SourceLine, ...]:
    """Each system once: it holds something where it does about anybody shown, and with how many entries in all."""
    held: dict[str, list[SourceLine]] = {}
    for found in answer.found:
        for line in found.sources:
            if line.entries:
                held.setdefault(line.key, []).append(line)
    return tuple(_over_all(line, held.get(line.key, [])) for line in answer.sources)


def _over_all(line: SourceLine, held: list[SourceLine]) -> SourceLine:
    if not held:
        return line
    latest = [x.latest_at for x in held if x.latest_at]
    silent = line.state in (SourceState.NOTHING_HELD, SourceState.NEVER_HEARD)
    return replace(
        line,
        state=SourceState.HOLDS if silent else line.state,
        entries=sum(x.entries for x in held),
        latest_at=max(latest) if latest else None,
    )
