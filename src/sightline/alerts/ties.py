"""Who is what to somebody, and who lives with them, as their own entries say it. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local
from sightline.people.premises import premises_key

# What the second person is to the first, where the record says what the first is to the second.
OTHER_WAY = {
    "parent": "child",
    "step_parent": "step_child",
    "carer": "cared_for",
    "grandparent": "grandchild",
    "aunt_uncle": "niece_nephew",
    "child_of_partner": "partner_of_parent",
    "teacher_coach": "pupil",
}
PARENTS = ("parent", "step_parent", "carer", "partner_of_parent")
NOT_HOMES = ("care_home", "hospital", "secure", "school")


@dataclass(frozen=True)
class Tie:
    """What `other` is to somebody, by one entry: `parent` means that the other is their parent."""

    other: int
    kind: str
    lives_with: bool
    cares_for: bool
    since: date | None
    ended: date | None
    entry: Happening

    def holds(self, on: date) -> bool:
        """Whether it had not ended, and had begun where it is known when."""
        return (self.ended is None or self.ended > on) and (self.since is None or self.since <= on)


def ties(own: Chronology) -> tuple[Tie, ...]:
    """Everybody tied to the subject of a chronology; of two entries of one source about one tie, the later word."""
    found: dict[tuple[str, int, str], Tie] = {}
    for entry in own.of_kind("relationship.recorded"):
        kind = str(entry.get("kind") or "associate")
        for one in entry.people.get("subject", ()):
            for other in entry.people.get("other", ()):
                if own.subject == other:
                    found[entry.source, one, kind] = _tie(one, kind, entry)
                elif own.subject == one:
                    found[entry.source, other, OTHER_WAY.get(kind, kind)] = _tie(
                        other, OTHER_WAY.get(kind, kind), entry
                    )
    return tuple(found.values())


def _tie(other: int, kind: str, entry: Happening) -> Tie:
    return Tie(
        other, kind, bool(entry.get("lives_with")), bool(entry.get("cares_for")), _day(entry.get("since")),
        _day(entry.get("ended")), entry,
    )  # fmt: skip


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


@dataclass(frozen=True)
class Home:
    """A home of somebody, as one source says it: a key of premises that two people who share one have in common."""

    source: str
    premises: int
    since: date
    until: date | None


def homes(own: Chronology) -> tuple[Home, ...]:
    """Every home that is said of the subject of a chronology, oldest first."""
    return tuple(
        Home(e.source, _place(e), _day(e.get("from")) or local(e.at).date(), _day(e.get("until")))
        for e in own.of_kind("address.recorded")
        if e.get("kind") not in NOT_HOMES and own.subject in e.people.get("subject", ())
    )


def homes_on(own: Chronology, on: date) -> frozenset[int]:
    """Where somebody lives on a day: of each source, the last home that had begun, if it had not ended."""
    latest = {home.source: home for home in own.once(homes) if home.since <= on}
    return frozenset(h.premises for h in latest.values() if h.until is None or h.until > on)


def turns(own: Chronology) -> tuple[date, ...]:
    """The days on which somebody's ties or homes are no longer those of the day before."""
    held, living = own.once(ties), own.once(homes)
    ends = {day for t in held for day in (t.since, t.ended) if day}
    moves = {day for h in living for day in (h.since, h.until) if day} - ends
    moves = {day for day in moves if homes_on(own, day) != homes_on(own, day - timedelta(days=1))}
    return tuple(sorted(ends | moves))


def _place(entry: Happening) -> int:
    return premises_key(str(entry.get("lines") or ""), str(entry.get("postcode") or ""))


def born(own: Chronology) -> date | None:
    """The date of birth that the latest record of somebody gives; None where none does in full."""
    for entry in reversed(own.of_kind("person.recorded")):
        said = entry.get("born")
        if said and own.subject in entry.people.get("subject", ()):
            return _day(said)
    return None


def lives_with(found: Iterable[Tie], on: date) -> frozenset[int]:
    """Those said to live with somebody on a day."""
    return frozenset(t.other for t in found if t.lives_with and t.holds(on))
