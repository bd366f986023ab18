"""A life of joins, work and splits, step by step, done to the application and to a model that knows none of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from random import Random

import pytest

from cast import NOW, Member, entry
from sightline.access.models import Exclusion, Involvement, Restriction
from sightline.chronology.queries import chronology_of
from sightline.chronology.record import record
from sightline.kernel.errors import NotFound, Refused
from sightline.pathways.identity.services import agree, decline, join, split
from sightline.people.links import Linking, regroup
from sightline.people.matching.thresholds import JOIN_AT

WHY = "as the model of this test would have it"


@dataclass
class Held:
    """An involvement, an exclusion or a seal: of whom, and which records it concerns, which are those who were that person when it was made."""

    kind: str
    user: int
    concerns: set[int]


@dataclass
class Model:
    """Who is who, what is held of whom, and which record each value is of: as the test understands it, without the application's tables."""

    people: list[frozenset[int]]
    held: list[Held]
    values: dict[int, set[str]]
    agreed: set[frozenset[int]] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)  # what was done, the sequence's number first

    def of(self, group: frozenset[int], kind: str, user: int = 0) -> bool:
        """Whether something of a kind is held of a person."""
        return any(h.kind == kind and h.user in (user, 0) and h.concerns & group for h in self.held)

    def reads(self, user: int, group: frozenset[int]) -> bool:
        """Whether somebody may read a person."""
        return (
            self.of(group, "involved", user) and not self.of(group, "sealed") and not self.of(group, "excluded", user)
        )

    def regroup(self, *groups: frozenset[int]) -> None:
        """These people instead of those whose records they were."""
        every = frozenset().union(*groups)
        self.people = [g for g in self.people if not g & every] + list(groups)


@dataclass
class Scene:
    """What all lives of one world share: who decides, who works with people, how alike two kinds of record are, and the clock."""

    deciders: tuple[Member, Member]
    workers: tuple[Member, ...]
    joins: dict[frozenset[str], tuple[float, bool]]
    at: datetime = NOW
    who: dict[int, int] = field(default_factory=dict)  # whose each record is, as it was last read and compared


class Life:
    """One sequence, of five records of its own among those of all others: each step is done to the application and to the model."""

    def __init__(self, scene: Scene, number: int, records: dict[int, tuple[str, str]]) -> None:
        self.scene, self.dice, self.done = scene, Random(number), Counter[str]()
        self.records, self.number, self.at = records, number, scene.at
        alone = [frozenset((r,)) for r in records]
        held = [Held("involved", m.user.pk, {r}) for m in scene.deciders for r in records]
        values = {r: {f"value-{key}"} for r, (_, key) in records.items()}
        self.model = Model(alone, held, values, steps=[f"sequence {number}"])

    def verbs(self) -> dict[Callable[[], None], int]:
        """All that can be done, and how often of thirteen times."""
        return {self.joined: 2, self.split: 2, self.matched: 1, self.involved: 2, self.let_go: 1, self.excluded: 1, self.sealed: 1,
                self.wrote: 2, self.looked: 1}  # fmt: skip

    def step(self) -> None:
        """One thing is done, whichever the dice say."""
        self.at, verbs = self.scene.at, self.verbs()
        (verb,) = self.dice.choices(list(verbs), list(verbs.values()))
        self.model.steps.append(verb.__name__)
        verb()
        self.done[verb.__name__] += 1

    def settled_by_one(self, ours: frozenset[int], theirs: frozenset[int]) -> bool:
        """Whether one person's word joins two people: enough bits, and no two numbers that differ."""
        letters = {r: key[0] for r, (_, key) in self.records.items()}
        pairs = [self.scene.joins[frozenset((letters[a], letters[b]))] for a in ours for b in theirs]
        return max(bits for bits, _ in pairs) >= JOIN_AT and not any(veto for _, veto in pairs)

    def one(self) -> frozenset[int]:
        return self.dice.choice(sorted(self.model.people, key=sorted))

    def person(self, group: frozenset[int]) -> int:
        return self.scene.who[min(group)]

    def worker(self) -> Member:
        return self.dice.choice(self.scene.workers)

    def note(self, *what: object) -> None:
        self.model.steps[-1] += f" {what}"

    def joined(self) -> None:
        """A decider says that two are one; where that waits, the other agrees, declines, or never answers."""
        if len(self.model.people) < 2:
            return
        ours, theirs = self.dice.sample(sorted(self.model.people, key=sorted), 2)
        first, second = self.scene.deciders
        then = self.dice.choice(("agree", "agree", "decline", "nothing"))
        self.note(sorted(ours), sorted(theirs), then)
        by, people = first.viewer(at=self.at), (self.person(ours), self.person(theirs))
        if not all(self.model.reads(first.user.pk, g) for g in (ours, theirs)):
            with pytest.raises(NotFound):
                join(*people, reason=WHY, by=by, at=self.at)
            return
        said = join(*people, reason=WHY, by=by, at=self.at)
        assert said.waiting is not self.settled_by_one(ours, theirs), "how many it takes"
        if said.waiting and then != "nothing":
            self.at += timedelta(seconds=30)
            if self.dice.random() < 0.25:
                with pytest.raises(Refused):
                    agree(said.event_id, reason=WHY, by=first.viewer(at=self.at), at=self.at)
            (agree if then == "agree" else decline)(said.event_id, reason=WHY, by=second.viewer(at=self.at), at=self.at)
        if not said.waiting or then == "agree":
            self.model.regroup(ours | theirs)
            self.model.agreed |= set(map(frozenset, product(ours, theirs)))

    def split(self) -> None:
        """A decider says that some of a person's records are somebody else's."""
        group = self.one()
        if len(group) < 2:
            return
        leave = frozenset(self.dice.sample(sorted(group), self.dice.randint(1, len(group) - 1)))
        self.note(sorted(group - leave), sorted(leave))
        by, person = self.scene.deciders[0].viewer(at=self.at), self.person(group)
        if not self.model.reads(by.user_id or 0, group):
            with pytest.raises(NotFound):
                split(person, leave, reason=WHY, by=by, at=self.at)
            return
        split(person, leave, reason=WHY, by=by, at=self.at)
        self.model.regroup(group - leave, leave)
        self.model.agreed -= set(map(frozenset, product(group - leave, leave)))

    def matched(self) -> None:
        """The matcher joins two, or parts and joins them anew, sealed or not: it asks nobody, and keeps to what people decided are one."""
        groups = self.dice.sample(sorted(self.model.people, key=sorted), min(2, len(self.model.people)))
        parts: dict[int, set[int]] = {}
        for one in sorted(frozenset().union(*groups)):
            parts.setdefault(self.dice.randint(0, 1), set()).add(one)
        across = set(map(frozenset, product(*parts.values()))) if len(parts) == 2 else set()
        if not across & self.model.agreed:
            self.note([sorted(p) for p in parts.values()])
            regroup([sorted(p) for p in parts.values()], Linking("sightline", self.at, "the matcher's test"))
            self.model.regroup(*(frozenset(p) for p in parts.values()))

    def involved(self) -> None:
        """Somebody begins to work with a person."""
        member, group = self.worker(), self.one()
        self.note(member.user.username, sorted(group))
        given = {"user": member.user, "post": member.post, "why": "allocated", "from_at": self.at}
        Involvement.objects.create(person_id=self.person(group), reason=f"{self.at}", **given)
        self.model.held.append(Held("involved", member.user.pk, set(group)))

    def let_go(self) -> None:
        """Somebody's work with a person ends, whatever it rested on."""
        member, group = self.worker(), self.one()
        self.note(member.user.username, sorted(group))
        live = Involvement.objects.filter(user=member.user, person_id=self.person(group), until_at=None)
        live.update(until_at=self.at)
        for held in self.model.held:
            if held.kind == "involved" and held.user == member.user.pk:
                held.concerns -= group

    def excluded(self) -> None:
        """Somebody is kept from a person."""
        member, group = self.worker(), self.one()
        self.note(member.user.username, sorted(group))
        said = {"user": member.user, "reason": f"{self.at}", "from_at": self.at}
        Exclusion.objects.create(person_id=self.person(group), **said)
        self.model.held.append(Held("excluded", member.user.pk, set(group)))

    def sealed(self) -> None:
        """A person is sealed; seldom, because after it nobody decides about them."""
        if self.dice.random() < 0.4:
            group = self.one()
            self.note(sorted(group))
            said = {"state": "sealed", "reason": f"{self.at}", "from_at": self.at}
            Restriction.objects.create(person_id=self.person(group), **said)
            self.model.held.append(Held("sealed", 0, set(group)))

    def wrote(self) -> None:
        """Somebody who may records an entry about one of a person's records; whoever may not is refused."""
        member, group = self.dice.choice([*self.scene.workers, self.scene.deciders[1]]), self.one()
        of, value = self.dice.choice(sorted(group)), f"wrote-{self.number}-{len(self.model.steps)}"
        self.note(member.user.username, of)
        said = {"kind": "self_harm", "detail": value}
        about = {"subject": [self.records[of]]}
        told = entry("marker.set", about, source="sightline", ref=value, at=self.at, data=said)
        if not self.model.reads(member.user.pk, group):
            with pytest.raises(NotFound):
                record(told, member.viewer(at=self.at))
            return
        record(told, member.viewer(at=self.at))
        self.model.values[of].add(value)

    def looked(self) -> None:
        """Somebody opens a person: everything of theirs, and nothing of anybody else's; or is told that nobody is there."""
        member, group = self.dice.choice(self.scene.deciders), self.one()
        viewer = member.viewer(at=self.at)
        if not self.model.reads(member.user.pk, group):
            with pytest.raises(NotFound):
                chronology_of(viewer, self.person(group))
            return
        shown = {h.data["detail"] for h in chronology_of(viewer, self.person(group)) if h.kind == "marker.set"}
        assert shown <= {v for r in group for v in self.model.values[r]}
