"""What every system answered, over all the people of one answer; and why each of them, in words."""

from __future__ import annotations

import re
from dataclasses import replace

from sightline.agencies.systems import SourceState
from sightline.chronology.sources import SourceLine
from sightline.pathways.contact.queries import Answer

_WEIGHT = re.compile(r"^(.*?)(?:, ([+\-−][0-9.]+) bits)?$", re.DOTALL)
FIELD_NAMES = {"nhs_number": "NHS number", "pnc_id": "PNC number", "upn": "pupil number", "born": "birth"}


def sources_asked(answer: Answer) -> tuple[SourceLine, ...]:
    """Each system once: it holds something where it does about anybody shown, and with how many entries in all."""
    held: dict[str, list[SourceLine]] = {}
    for found in answer.found:
        for line in found.sources:
            if line.entries:
                held.setdefault(line.key, []).append(line)
    return tuple(_over_all(line, held.get(line.key, [])) for line in answer.sources)


def why(reasons: tuple[str, ...]) -> str:
    """The reasons that say something, as one sentence; what neither side knows is left out, what speaks against stays in."""
    told = [r for r in reasons if not r.endswith("not known")]
    return "; ".join(_in_words(r) for r in told) or "nothing beyond the place"


def _in_words(reason: str) -> str:
    """Without its weight; what speaks against says so. The weights are on the page of records."""
    plain, weight = _WEIGHT.match(reason).groups()  # type: ignore[union-attr]
    field = next((f for f in FIELD_NAMES if plain.startswith(f)), "")
    named = FIELD_NAMES[field] + plain.removeprefix(field) if field else plain
    return f"but {named}" if weight and weight.startswith(("-", "−")) else named


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
