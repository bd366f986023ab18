"""Runs a case from nothing, and holds what was raised against what should have been. Imports no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sightline.alerts.board import Board, Raised
from sightline.alerts.findings import Rule
from sightline.alerts.world import people_of
from sightline.clocks.limits import Limits
from sightline.oversight.replay.cases import CaseFile, Expected


@dataclass(frozen=True)
class Outcome:
    """What one case raised, and how each expectation fared: met, late or missed."""

    case: CaseFile
    raised: tuple[Raised, ...]
    fared: tuple[tuple[Expected, str], ...]
    forbidden: tuple[Raised, ...]
    other: tuple[tuple[Raised, ...], ...]

    @property
    def holds(self) -> bool:
        """Whether every expectation holds and nothing forbidden was raised."""
        return not self.forbidden and all(how == "met" for _, how in self.fared)

    def count(self, how: str) -> int:
        """How many expectations fared so."""
        return sum(fared == how for _, fared in self.fared)


def run(case: CaseFile, rules: Sequence[Rule], limits: Limits) -> Outcome:
    """Feed a case in the order in which it became known, let the clock run to its end, and compare."""
    board = Board(rules, limits)
    first = min(h.recorded_at for h in case.events)
    board.prepare(h for h in case.backdrop if h.recorded_at < first)
    late = [h for h in case.backdrop if h.recorded_at >= first]
    known = sorted([*case.events, *late], key=lambda h: (h.recorded_at, h.event_id))
    by_ref = {h.ref: h for h in case.events}
    for at, group in groupby(known, key=lambda h: h.recorded_at):
        if at > case.until:
            break
        held = list(group)
        gone = [by_ref[ref] for h in held if (ref := case.supersedes.get(h.event_id)) in by_ref]
        board.feed(held, at, gone=gone)
    board.run(case.until)
    raised = tuple(sorted(board.alerts.values(), key=lambda r: (r.raised_at, r.finding.kind, r.finding.subject)))
    return _held_against(case, raised)


def _held_against(case: CaseFile, raised: tuple[Raised, ...]) -> Outcome:
    fared = tuple((e, _fared(case, e, raised)) for e in case.expect)
    forbidden = tuple(r for r in raised if r.finding.kind in case.forbid or "*" in case.forbid)
    wanted = [r for r in raised if any(_meets(e, r) for e in case.expect)]
    rest = [r for r in raised if r not in wanted and r not in forbidden]
    return Outcome(case, raised, fared, forbidden, tuple(joined(rest)))


def _meets(expected: Expected, raised: Raised) -> bool:
    """Whether an alert is of the kind and about one of the people, whenever it was raised."""
    found = raised.finding
    about = {found.subject, *found.concerns}
    to = not expected.to or expected.to == found.recipient
    return found.kind == expected.alert and to and bool(about & set(expected.subjects))


def _fared(case: CaseFile, expected: Expected, raised: Sequence[Raised]) -> str:
    named = [h.recorded_at for h in case.events if people_of(h) & set(expected.subjects)]
    earliest = max([m for m in (min(named, default=None), expected.after) if m is not None], default=None)
    when = [r.raised_at for r in raised if _meets(expected, r) and (earliest is None or r.raised_at >= earliest)]
    if not when:
        return "missed"
    return "met" if min(when) <= expected.by else "late"


def joined(raised: Sequence[Raised]) -> list[tuple[Raised, ...]]:
    """Alerts that say the same thing to the same person as one: of a kind, to a role, about people in common."""
    groups: list[list[Raised]] = []
    for one in raised:
        same = [
            g
            for g in groups
            if g[0].finding.kind == one.finding.kind
            and g[0].finding.recipient == one.finding.recipient
            and any(x.finding.concerns & one.finding.concerns for x in g)
        ]
        groups = [g for g in groups if g not in same]
        groups.append([one, *(x for g in same for x in g)])
    return [tuple(g) for g in groups]
