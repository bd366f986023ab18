"""What the records of two people say of each other, by the matcher's own fields and vetoes, without any prior."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sightline.people.matching.frequencies import Frequencies
from sightline.people.matching.records import Cleaned
from sightline.people.matching.scoring import Model, Scored
from sightline.people.matching.vetoes import veto
from sightline.people.partition import Pair, ordered

# Fathers and sons share a name and a home; of the two, the one recorded without a birthday is the father about as often as not.
BARE_AND_CHILD = "a name without an age, and a child so called: perhaps parent and child"
# What those who share a child, a home or a phone have in common anyway: it does not tell them apart.
SHARED_IN_A_CIRCLE = frozenset({"postcode", "phone"})
# Records that disagree by more than this are not to be explained by where they stand.
APART_UNDER = 0.0
_AGREES = frozenset({"the same", "a form of the same name", "one letter different"})
_FORENAME_AGREES = _AGREES | {"swapped with the surname"}
_SURNAME_AGREES = _AGREES | {"sounds the same", "swapped with the forename"}
_DAY_AGREES = frozenset({"the same date", "day and month swapped", "one digit different"})
Records = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What two people's records say of each other.

    `bits` are those of the best `pair`, without prior; `thin` where one of the two has no date of birth or age, so that they meet by
    name only; `dated` where their birthdays agree; `named_alike` where both names agree well; `apart` is why they must not be joined
    unasked, if so.
    """

    bits: float
    pair: Pair
    thin: bool
    dated: bool
    named_alike: bool
    apart: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """By what somebody's records are found to be worth comparing with another's: beginnings and ends of names, days of birth."""

    given: frozenset[str]
    family: frozenset[str]
    born: frozenset[str]
    forms: frozenset[str]

    def meets(self, other: Names) -> bool:
        """Whether both names resemble each other, in whichever order, or a day of birth is the same: else nothing could come of it."""
        if not self.given.isdisjoint(other.given) and not self.family.isdisjoint(other.family):
            return True
        if not self.born.isdisjoint(other.born):
            return True
        return not self.given.isdisjoint(other.family) and not self.family.isdisjoint(other.given)


@lru_cache(maxsize=100_000)
def _ends(word: str) -> tuple[str, str]:
    """One letter wrong leaves the beginning or the end of a name as it was."""
    return "<" + word[:2], word[-2:] + ">"


@lru_cache(maxsize=100_000)
def _all_ends(words: tuple[str | None, ...]) -> frozenset[str]:
    return frozenset(end for word in words if word for end in _ends(word))


@dataclass(frozen=True, slots=True)
class _One:
    """A pair of records: bits without prior, why they are two people if so, whether both names and whether the birthdays agree well."""

    bits: float
    apart: str | None
    named_alike: bool
    dated: bool


class Comparing:
    """Records compared by a model's fields, each pair once.

    `kept_apart` holds pairs of records that are two people, come what may; `children` the records that told of somebody under 18.
    """

    def __init__(
        self,
        cleaned: Sequence[Cleaned],
        model: Model,
        kept_apart: Container[Pair] = frozenset(),
        children: Container[int] = frozenset(),
    ) -> None:
        self.cleaned, self.model, self.kept_apart, self.children = cleaned, model, kept_apart, children
        self.frequencies = Frequencies.of_people(cleaned)
        self._one: dict[Pair, _One] = {}
        self._people: dict[tuple[Records, Records], Between] = {}
        self._names: dict[Records, Names] = {}

    def thick(self, records: Records) -> Records:
        """Those of which something is known of when they were born."""
        return tuple(r for r in records if self.cleaned[r].born_low is not None)

    def years(self, records: Records) -> tuple[int, int] | None:
        """The first and the last year in which somebody may have been born, by any of their records; None where none says."""
        held = [self.cleaned[r] for r in records]
        lows = [c.born_low for c in held if c.born_low is not None]
        highs = [c.born_high for c in held if c.born_high is not None]
        return (min(lows), max(highs)) if lows and highs else None

    def names(self, records: Records) -> Names:
        """By what somebody is found."""
        if records not in self._names:
            held = [self.cleaned[r] for r in records]
            self._names[records] = Names(
                frozenset().union(*(_all_ends((*c.given, *c.forename_forms, c.forename_sound)) for c in held)),
                frozenset().union(*(_all_ends((*c.surname_forms, c.surname_sound)) for c in held)),
                frozenset(c.dob for c in held if c.dob),
                frozenset(form for c in held for form in c.forename_forms),
            )
        return self._names[records]

    def people(self, one: Records, other: Records) -> Between:
        """Two people by their records: those with a birthday speak for a person, so that a bare name never links two birthdays."""
        key = (one, other) if one < other else (other, one)
        if key not in self._people:
            self._people[key] = self._between(*key)
        return self._people[key]

    def _between(self, one: Records, other: Records) -> Between:
        apart = next((why for a in one for b in other if (why := self._pair(a, b).apart)), None)
        ours, theirs = self.thick(one), self.thick(other)
        if apart is None and not (ours and theirs) and any(r in self.children for r in (*ours, *theirs)):
            apart = BARE_AND_CHILD
        alike = {(a, b): self._pair(a, b) for a in ours or one for b in theirs or other}
        best = min(alike, key=lambda pair: (-alike[pair].bits, ordered(*pair)))
        if ours and theirs:
            named = alike[best].named_alike
        elif ours or theirs:
            # Every record with a bare name must agree with some record that has a birthday.
            bare = 1 if ours else 0
            named = {p[bare] for p, a in alike.items() if a.named_alike} == {p[bare] for p in alike}
        else:
            named = all(a.named_alike for a in alike.values())
        return Between(alike[best].bits, ordered(*best), not (ours and theirs), alike[best].dated, named, apart)

    def _pair(self, one: int, other: int) -> _One:
        key = ordered(one, other)
        if key not in self._one:
            scored = self.model.pair(self.cleaned[key[0]], self.cleaned[key[1]], self.frequencies)
            self._one[key] = _judged(scored, kept=key in self.kept_apart)
        return self._one[key]


def _judged(scored: Scored, *, kept: bool) -> _One:
    labels = scored.labels
    bits = sum(part.bits for part in scored.compared if part.field not in SHARED_IN_A_CIRCLE)
    apart = "kept apart" if kept else "the sex differs" if labels["sex"] == "different" else veto(labels)
    if apart is None and bits < APART_UNDER:
        apart = "too unlike to be one person"
    alike = labels["forename"] in _FORENAME_AGREES and labels["surname"] in _SURNAME_AGREES
    return _One(bits, apart, alike, labels["born"] in _DAY_AGREES)
