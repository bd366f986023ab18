"""Units that work arrives at. An alert may be about one as about a person: then it is about how much waits, and names nobody.

A queue is known by a number below nought, so that it is no person anywhere, and its chronology is the entries that come to it or leave it.
Imports no Django.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from sightline.chronology.view import Happening, frozen
from sightline.kernel.discovery import declared

ROLE = "queue"


@dataclass(frozen=True, eq=False)
class Queue:
    """A unit's work: which kinds of entry come to it or leave it, and which of those are its own."""

    number: int
    name: str
    kinds: tuple[str, ...]
    own: Callable[[Happening], bool]


@cache
def queues() -> dict[int, Queue]:
    """Every declared queue by its number."""
    return {q.number: q for q in declared("alerts", Queue)}


@cache
def _of_kind() -> dict[str, tuple[Queue, ...]]:
    every = queues().values()
    return {kind: tuple(q for q in every if kind in q.kinds) for q in every for kind in q.kinds}


def queues_of(happening: Happening) -> tuple[int, ...]:
    """The queues that an entry comes to or leaves."""
    return tuple(q.number for q in _of_kind().get(happening.kind, ()) if q.own(happening))


def as_of_queue(happening: Happening, queue: int) -> Happening:
    """An entry as a queue's chronology has it: its people are nothing to the queue."""
    return replace(happening, people=frozen({ROLE: (queue,)}))


def is_queue(subject: int) -> bool:
    """Whether what an alert is about is a queue and no person."""
    return subject < 0


def queue_name(subject: int) -> str:
    """What a queue is called; plain words where it is no longer declared."""
    return queues()[subject].name if subject in queues() else "a queue that is kept no longer"
