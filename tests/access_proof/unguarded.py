"""One wall at a time: the application's decisions all say yes, so that whatever is still not shown is the database's doing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sightline.access import gate, log, policy
from sightline.access.policy import Decision, Gives, Of, Tier
from sightline.access.viewer import Viewer
from sightline.alerts import shown
from sightline.chronology import handling, queries, sources
from sightline.people import safe

EVERYTHING = Decision(dict.fromkeys(Of, Gives.FULL))


def _look(
    by: Viewer, people: Any, *, fields: Any, action: Any = log.Action.CONSULTATION, note: str = "", **_: Any
) -> None:
    log.write(by, action, people=people, fields=fields, note=note)


def _all(_: Any, people: Iterable[int], **__: Any) -> set[int]:
    return set(people)


def _none(*_: Any, **__: Any) -> set[int]:
    return set()


def _yes(*_: Any, **__: Any) -> bool:
    return True


# What decides anything, and what it says with the gate off.
SAYS_YES: tuple[tuple[Callable[..., Any], Callable[..., Any]], ...] = (
    (gate.look, _look),
    (gate.readable, _all),
    (gate.involved, _all),
    (gate.in_emergency, _all),
    (gate.hidden, _none),
    (gate.unseen, _none),
    (gate.excluded, lambda *_: False),
    (gate.require, lambda *_: None),
    (gate.sees, lambda _, people, **__: dict.fromkeys(people, EVERYTHING)),
    (gate.of_a_place, lambda _: EVERYTHING),
    (gate.behind_a_summary, lambda *_: EVERYTHING),
    (policy.tier, lambda *_: Tier.FULL),
    (policy.decide, lambda *_, **__: EVERYTHING),
    (queries.as_known, lambda _, chronology, *__: chronology),
    (queries.as_permitted, lambda _, chronology, *__: chronology),
    (sources.for_standing, lambda _, chronology, *__: chronology),
    (sources.in_full, lambda _, chronology, *__: chronology),
    (handling.is_read, _yes),
    (handling.is_told_at_the_door, _yes),
    (shown.known_of, lambda _, alerts: list(alerts)),
    (safe.kept_from, lambda *_, **__: safe.Kept()),
)


def gate_off(patch: pytest.MonkeyPatch) -> None:
    """Everywhere in the house, whatever a module took it from."""
    yes = {id(asked): answer for asked, answer in SAYS_YES}
    for name, module in list(sys.modules.items()):
        if name.startswith("sightline."):
            for attribute, held in list(vars(module).items()):
                if id(held) in yes:
                    patch.setattr(module, attribute, yes[id(held)])
    patch.setattr(Viewer, "may", _yes)
