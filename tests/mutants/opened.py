"""What each question of the gate gives when nobody is kept from anything: what stands in place of a check that was taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.db.models import Q

from sightline.access import gate, log
from sightline.access.policy import Decision, Gives, Held, Of
from sightline.access.viewer import Viewer

# The checks that, since this was last emptied, gave something else than they would give somebody from whom nothing is kept.
DECIDED: set[str] = set()
# What only ever raises, or writes: whether it decided is not seen from what it gives back.
RAISES, WRITES = {"look", "require", "within"}, {"look_unlogged", "refuse"}
ALL = Decision(dict.fromkeys(Of, Gives.FULL), ("everything",), frozenset([Held.LIVE]))


def asked(keys: dict[str, str], question: Callable[..., Any], *given: Any, **said: Any) -> Any:
    """What a question gives; each check of `keys` (its key, and how it is taken away) of which the answer makes a difference is kept.

    A test in which a check gives just what it would give if it were not made cannot tell whether it is made.
    """
    try:
        answer = question(*given, **said)
    except Exception:
        DECIDED.update(keys)
        raise
    DECIDED.update(
        key for key, to in keys.items() if to in WRITES or (to not in RAISES and _differs(to, answer, given, said))
    )
    return answer


def _differs(to: str, answer: Any, given: tuple[Any, ...], said: dict[str, Any]) -> bool:
    """Whether an answer is another than the open one; what was read from an iterator cannot be asked again, and counts as one that is."""
    return any(hasattr(one, "__next__") for one in given) or bool(answer != globals()[to](*given, **said))


def look(by: Viewer, people: Iterable[int], *, fields: Iterable[str], **said: Any) -> None:
    """Writes the look down and decides nothing."""
    log.write(
        by,
        said.get("action", log.Action.CONSULTATION),
        people=set(people),
        fields=tuple(fields),
        note=said.get("note", ""),
    )


def look_unlogged(*given: Any, **said: Any) -> None:
    """Decides and writes nothing, neither what is given nor what is not."""
    with patch.object(gate, "write", lambda *_, **__: None):
        gate.look(*given, **said)


def require(*_: Any) -> None:
    """Every role may."""


def may(*_: Any) -> bool:
    """Every role may."""
    return True


def readable(_: Viewer, people: Iterable[int], **__: Any) -> set[int]:
    """Everybody's record is open."""
    return set(people)


involved = in_emergency = readable


def hidden(*_: Any) -> set[int]:
    """Nobody is hidden."""
    return set()


unseen = hidden


def excluded(*_: Any) -> Any:
    """Nobody is kept away: as the gate says it of one person, and, within it, of many."""
    return _NOBODY


class _Nobody(set[int]):
    """No people, and no."""


_NOBODY = _Nobody()


def restricted(*_: Any) -> dict[int, Any]:
    """No record is closed."""
    return {}


def sees(_: Viewer, people: Iterable[int], **__: Any) -> dict[int, Decision]:
    """Of everybody everything."""
    return dict.fromkeys(people, ALL)


def of_a_place(*_: Any) -> Decision:
    """Everything."""
    return ALL


behind_a_summary = of_a_place


def as_permitted(_: Viewer, chronology: Any, *__: Any, **___: Any) -> Any:
    """The whole chronology."""
    return chronology


as_known = for_standing = as_permitted


def within(*_: Any) -> None:
    """No budget."""


refuse = within


def worded(said: str, *_: Any, **__: Any) -> str:
    """Any reason will do."""
    return said


def live_at(_: datetime) -> Q:
    """Nothing ends."""
    return Q()
