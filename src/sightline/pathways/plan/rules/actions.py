"""The actions of a plan, what each has made different for the child, and what failed. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.chronology.courses import Run
from sightline.chronology.view import Happening

SEPARATION = "separation"
WORDS = {"changed": "changed for the better", "unchanged": "unchanged", "worse": "worse"}


@dataclass(frozen=True)
class Acted:
    """One action: who, what, by when; how it ended; and, review by review, what was different for the child."""

    set_by: Happening
    ended: Happening | None
    differences: tuple[Happening, ...]

    @property
    def id(self) -> str:
        """What it is called."""
        return str(self.set_by.get("id") or "")

    @property
    def due(self) -> datetime | None:
        """By when."""
        said = self.set_by.get("due")
        return datetime.fromisoformat(str(said)) if said else None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.ended is None

    @property
    def immediate(self) -> bool:
        """An agreed separation or move, which is not left for weeks."""
        return bool(self.set_by.get("kind") == SEPARATION)

    def late(self, as_of: datetime) -> bool:
        """Whether its time has passed and it is not done."""
        return self.open and self.due is not None and self.due < as_of

    @property
    def trend(self) -> str:
        """What the reviews say, oldest first, and whether it gets better or worse."""
        said = [str(d.get("difference")) for d in self.differences]
        if not said:
            return "not asked yet"
        worth = {"worse": -1, "unchanged": 0, "changed": 1}
        way = worth[said[-1]] - worth[said[-2]] if len(said) > 1 else 0
        going = ": getting better" if way > 0 else ": getting worse" if way < 0 else ""
        return ", then ".join(WORDS[s] for s in said) + going


def actions(run: Run) -> tuple[Acted, ...]:
    """The actions of a plan, soonest due first; one that was set again under its name counts as it was set last."""
    newest: dict[str, Happening] = {}
    for entry in run.of("action.set"):
        newest[str(entry.get("id"))] = entry
    found = [
        Acted(entry, _last(run.of("action.done", "action.dropped"), key), _all(run.of("difference.noted"), key))
        for key, entry in newest.items()
    ]
    return tuple(sorted(found, key=lambda a: (not a.open, str(a.set_by.get("due") or ""), a.id)))


def _all(entries: Iterable[Happening], key: str) -> tuple[Happening, ...]:
    return tuple(e for e in entries if str(e.get("id")) == key)


def _last(entries: Iterable[Happening], key: str) -> Happening | None:
    return next(iter(reversed(_all(entries, key))), None)


@dataclass(frozen=True)
class Left:
    """An action that is still to be done as its plan ends."""

    run: Run
    action: Acted

    @property
    def id(self) -> str:
        """What the action is called."""
        return self.action.id

    @property
    def what(self) -> str:
        """In words."""
        return str(self.action.set_by.get("what"))


def left_open(found: Iterable[Run]) -> tuple[Left, ...]:
    """What is still to be done under these plans: no plan ends or is handed on before it is said what becomes of each."""
    return tuple(Left(run, action) for run in found for action in actions(run) if action.open and action.id)


def not_going_on(run: Run) -> dict[str, Happening]:
    """The actions that whoever offers the plan says do not go on with it, each with the entry that says why."""
    offered = run.last("handover.offered")
    said = [e for e in run.of("handover.drop_proposed") if offered is not None and e.at >= offered.at]
    return {str(e.get("id")): e for e in said}


@dataclass(frozen=True)
class Failed:
    """An action that did not work: since when, what shows it, and why it counts. Of one still to be done, `at` is when its time passes."""

    action: Acted
    at: datetime
    shown_by: Happening
    why: str


def for_the_family(found: Iterable[Acted]) -> tuple[tuple[Acted, ...], int]:
    """What the family's own version names, and how many are left out: what police do is no matter for a page that lies about at home."""
    still = [a for a in found if a.open]
    told = tuple(a for a in still if "police" not in f"{a.set_by.get('agency')} {a.set_by.get('kind')}")
    return told, len(still) - len(told)


def failing(run: Run) -> tuple[Failed, ...]:
    """Actions that did not work or will not have in time: dropped, past their time, or after which things are worse."""
    found: list[Failed] = []
    for action in actions(run):
        last = action.differences[-1] if action.differences else None
        if action.ended is not None and action.ended.kind == "action.dropped":
            found.append(Failed(action, action.ended.at, action.ended, "will not be done"))
        elif last is not None and last.get("difference") == "worse":
            found.append(Failed(action, last.at, last, "made things worse for the child"))
        elif action.open and action.due is not None:
            found.append(Failed(action, action.due, action.set_by, "has passed its time"))
    return tuple(found)


def unanswered(run: Run) -> tuple[Failed, ...]:
    """Those after which what the plan holds in reserve was not begun."""
    begun = run.last("contingency.begun")
    return tuple(f for f in failing(run) if begun is None or begun.at < f.at)


def contingency_owed(run: Run, as_of: datetime) -> tuple[Failed, ...]:
    """Of these, those that have failed by a moment."""
    return tuple(f for f in unanswered(run) if f.at <= as_of)
