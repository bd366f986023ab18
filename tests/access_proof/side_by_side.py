"""Many lives side by side in one world: after each step of all of them, everything that the application holds against all their models.

Each life has five records, as like those of every other life as records can be, so that whatever went astray between lives would be seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from itertools import combinations
from random import Random

from django.db import connection
from django.db.models import Value

from access_proof.lives import Life, Model, Scene
from cast import LONG_AGO, Member, entry, feed_viewer, involve, make_member
from sightline.access import gate
from sightline.access.models import Exclusion, Involvement, Restriction
from sightline.access.spans import live_at
from sightline.chronology.queries import chronologies
from sightline.chronology.record import record_many
from sightline.chronology.view import Chronology
from sightline.people.alikeness import between
from sightline.people.anchors import anchored, identities_of
from sightline.people.persons import Person, persons

AYAAN = {"forenames": "Ayaan", "surname": "Warsame", "born": "2014-03-09", "sex": "M"}
# Three alike enough for one person to join; a twin whom a number holds apart; one like nobody; one of two from one system.
RECORDS = {
    ("crime", "a"): {**AYAAN, "nhs_number": "9990001200"},
    ("health", "b"): {**AYAAN, "nhs_number": "9990001200"},
    ("education", "c"): {**AYAAN, "nhs_number": "9990001200", "forenames": "Ayan"},
    ("social_care", "d"): {**AYAAN, "nhs_number": "9990001219"},
    ("crime", "e"): {"forenames": "Carol", "surname": "Pettigrew", "born": "1981-11-30", "sex": "F"},
}
WORKERS = (("case_owner", "social_care"), ("response_officer", "police"), ("practitioner", "health"))
READ = 0.1  # how often, after a step, everything of a life is read; and after its last


class World:
    """These sequences, from their beginning, all in the transaction that is open."""

    def __init__(self, numbers: Iterable[int]) -> None:
        asked = list(numbers)
        self.dice, records = Random(asked[0]), _records(asked)
        deciders = (
            make_member("rao", "Sunita Rao", "social_care_manager", "social_care"),
            make_member("hale", "Bryn Hale", "mash_manager", "hub"),
        )
        workers = tuple(make_member(f"w{n}", f"Worker {n}", *post) for n, post in enumerate(WORKERS))
        first = {key[0]: r for r, (_, key) in records[asked[0]].items()}
        self.scene = Scene(deciders, workers, _alike(tuple(first.items())))
        self.scene.who = identities_of([r for held in records.values() for r in held])
        for member in deciders:
            involve(member, *self.scene.who.values())
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # else what others counted holds, to whom none of this is there, and a join of tables takes minutes
        self.lives = [Life(self.scene, n, records[n]) for n in asked]

    def live(self, steps: int) -> None:
        """So many steps of each life; after each, all are compared."""
        for _ in range(steps):
            self.scene.at += timedelta(minutes=self.dice.randint(1, 90))
            for life in self.lives:
                life.step()
            self.scene.at = max(life.at for life in self.lives)
            self.compare()
            self.read([life for life in self.lives if life.dice.random() < READ])
        self.read(self.lives)

    def compare(self) -> None:
        """People, and who is held to whom, of everybody."""
        self.scene.who = who = identities_of(self.scene.who)
        records: dict[int, set[int]] = defaultdict(set)
        for record, person in who.items():
            records[person].add(record)
        groups = {frozenset(held): person for person, held in records.items()}
        held = self._held(groups.values())
        for life in self.lives:
            own, said = life.model.people, life.model.steps
            assert {frozenset(records[who[r]]) for r in life.records} == set(own), said
            people = {groups[g] for g in own}
            due = {(h.kind, h.user, groups[g]) for h in life.model.held for g in own if h.concerns & g}
            there = {what for person in people for what in held.pop(person, ())}
            assert there == due, (there - due, due - there, groups, said)
        assert not held, "nothing is held of anybody besides"

    def _held(self, people: Iterable[int]) -> dict[int, set[tuple[str, int, int]]]:
        found: dict[int, set[tuple[str, int, int]]] = defaultdict(set)
        for kind, rows in (
            ("involved", Involvement.objects.values_list("user_id", "person_id")),
            ("excluded", Exclusion.objects.values_list("user_id", "person_id")),
            ("sealed", Restriction.objects.annotate(nobody=Value(0)).values_list("nobody", "person_id")),
        ):
            for user, person in rows.filter(live_at(self.scene.at), person_id__in=list(people)):
                found[person].add((kind, user, person))
        return found

    def read(self, lives: list[Life]) -> None:
        """Every value of everybody in these lives with whose record it is, and whom the gate opens to each of those who sign in."""
        whose = {self.scene.who[min(g)]: (life, g) for life in lives for g in life.model.people}
        everybody, told = persons(whose), chronologies(whose)
        for person, (life, group) in whose.items():
            assert _values(everybody[person], told[person]) == _expected(life, group), life.model.steps
        for member in (*self.scene.deciders, *self.scene.workers):
            opened = gate.readable(member.viewer(at=self.scene.at), whose)
            for person, (life, group) in whose.items():
                assert (person in opened) is _reads(life.model, member, group), (member.user.username, life.model.steps)


def _reads(model: Model, member: Member, group: frozenset[int]) -> bool:
    return model.reads(member.user.pk, group)


def _records(numbers: list[int]) -> dict[int, dict[int, tuple[str, str]]]:
    """Five records of each life, written at once: by life, and record, the system and its key, which begins with the record's letter."""
    keys = {n: {(source, f"{key}-{n}"): said for (source, key), said in RECORDS.items()} for n in numbers}
    told = [
        entry("person.recorded", {"subject": [of]}, source=of[0], ref=f"{of[1]}/person", at=LONG_AGO,
              data={**said, "gp": f"value-{of[1]}"})
        for held in keys.values() for of, said in held.items()
    ]  # fmt: skip
    record_many(told, feed_viewer(at=LONG_AGO))
    found = anchored([of for held in keys.values() for of in held], at=LONG_AGO)
    return {n: {found[of]: of for of in held} for n, held in keys.items()}


@cache
def _joins() -> dict[frozenset[str], tuple[float, bool]]:
    return {}


def _alike(records: tuple[tuple[str, int], ...]) -> dict[frozenset[str], tuple[float, bool]]:
    """How alike every two kinds of record are: the same in every life, so it is asked of the first of all."""
    if not _joins():
        for (one, a), (other, b) in combinations(records, 2):
            found = between([a], [b])
            _joins()[frozenset((one, other))] = (found[0].bits if found else -99.0, any(x.veto for x in found))
    return _joins()


def _values(who: Person, told: Chronology) -> set[tuple[str, str]]:
    """Every value of a person with whose record it is said to be."""
    said = {(s.value, r.key) for _, s in who.particulars for r in s.records}
    return said | {(h.data["detail"], "") for h in told.happenings if h.kind == "marker.set"}


def _expected(life: Life, group: frozenset[int]) -> set[tuple[str, str]]:
    own = {(f"value-{key}", key) for r in group for _, key in [life.records[r]]}
    return own | {(v, "") for r in group for v in life.model.values[r] if v.startswith("wrote-")}
