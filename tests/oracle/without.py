"""What the oracle sees where a check of the source is not made: the calls in which each decides something, and a name to find a call again by."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from access_proof.bodies import BODIES
from access_proof.not_accepted import NOT_ACCEPTED
from access_proof.routes import ROUTES, About
from mutants import opened, taken
from oracle.drive import Answered, Plan, Planned, made
from oracle.judge import Fault, Judge
from oracle.scene import Eye, Scene

# Of calls of one route with one answer so many are kept of each check, and of each check so many in all.
ALIKE, MOST = 3, 200


@dataclass(frozen=True)
class Asked:
    """A call by one who looks. `begun`: with the forms sent first that come before its own."""

    eye: Eye
    call: Planned
    begun: bool = False

    def name(self, scene: Scene) -> str:
        """Its name, the same in every run."""
        call, viewer = self.call, self.eye.viewer
        parts = [n for n, _ in Plan(scene, self.eye).aims(call.route)] if call.route.about is About.SEARCH else []
        part = f"search {parts.index(call.part)}" if call.part in parts else call.part
        how = " ".join(w for w, so in (("begun", self.begun), ("bare", call.bare)) if so)
        return " | ".join((f"{viewer.role}, {viewer.agency}", call.method, call.pattern, part, call.query, how))

    def made(self, scene: Scene) -> Answered:
        """Ask."""
        return made(scene, self.eye, self.call, begin=self.begun)


def asked_as(scene: Scene, name: str) -> Asked | None:
    """The call of a name; nothing where it is none of this scene."""
    who, method, pattern, part, query, how = name.split(" | ")
    eye = next((e for e in scene.eyes if f"{e.viewer.role}, {e.viewer.agency}" == who), None)
    if eye is None or pattern not in ROUTES:
        return None
    aims = Plan(scene, eye).aims(ROUTES[pattern])
    if part.startswith("search "):
        part = aims[int(part.removeprefix("search "))][0]
    aim = dict(aims).get(part)
    call = None if aim is None else Planned(pattern, method, part, aim, query, bare="bare" in how)
    return Asked(eye, call, "begun" in how) if call else None


def forms(scene: Scene) -> Iterator[Asked]:
    """Every form that is accepted, from each role that may, in one agency each: about the child of whom it is tried, and of whom most is said."""
    for pattern, body in BODIES.items():
        if pattern in NOT_ACCEPTED:
            continue
        for eye in (e for role in body.by for e in scene.of_role(role)[:1]):
            aims = dict(Plan(scene, eye).aims(ROUTES[pattern]))
            for part in dict.fromkeys((body.part or "free_again-open", "work-open")):
                if part in aims:
                    yield Asked(eye, Planned(pattern, "POST", part, aims[part]), begun=True)


def by_check(scene: Scene, asked: Iterable[Asked], tell: Callable[[int], None]) -> dict[str, list[Asked]]:
    """Of each check the calls in which it decides something: some of each route and answer, one kind after the other."""
    taken.listen()
    found: dict[str, dict[tuple[object, ...], list[Asked]]] = defaultdict(lambda: defaultdict(list))
    for number, one in enumerate(asked):
        tell(number)
        opened.DECIDED.clear()
        answer = one.made(scene)
        kind = (one.call.pattern, one.call.method, answer.status, bool(answer.shown))
        for key in opened.DECIDED:
            if len(found[key][kind]) < ALIKE:
                found[key][kind].append(one)
    return {
        key: [one for row in zip_longest(*kinds.values()) for one in row if one][:MOST] for key, kinds in found.items()
    }


def faults_without(scene: Scene, judge: Judge, check: taken.Check, asked: Asked) -> list[Fault]:
    """What is wrong with the answer to a call where a check is not made. That something breaks is no fault that the oracle knows of."""
    with taken.away(check), contextlib.suppress(Exception):
        return judge.faults(asked.made(scene))
    return []
