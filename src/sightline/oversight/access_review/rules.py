"""How unusual a look is, and why: pure functions over what the access log says, with no clock and no counter. Weights are dated data."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median

from sightline.kernel.dated import Dated, read_dated
from sightline.kernel.moments import local

ENOUGH = 8  # hours, or days, in which somebody of a role looked: with fewer there is no saying what is usual
SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_WORDS = {"st": "street", "rd": "road", "ave": "avenue", "ln": "lane", "cl": "close", "dr": "drive", "ct": "court"}


@dataclass(frozen=True)
class Weights:
    """What each reason adds, and from where on it counts."""

    own_surname: int
    own_postcode: int
    own_street: int
    not_involved: int
    own_search: int
    refusals: int
    refusals_from: int
    volume_hour: int
    volume_day: int
    at_night: int
    far_above: int
    at_least: int
    night: tuple[int, int]
    one_in: int
    looks_back_days: int


@cache
def _table() -> Dated[Weights]:
    file = Path(__file__).parent / "weights.yaml"
    return read_dated(file, "weights", lambda row: Weights(**{**row, "night": tuple(row["night"])}))


def weights_on(day: date) -> Weights:
    """What holds on a day. Raises LookupError for a day before the first row."""
    return _table().on(day)


@dataclass(frozen=True)
class About:
    """What is held of somebody, or declared by a user: surnames, postcodes and streets, each as `plain` writes it."""

    surnames: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    homes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Look:
    """One look: all that one request was given. `involved`: those of `opened` with whom the user was involved then; `searched`: those whom
    nothing opened but the user's own search, of which no contact came. `refused`: it stands for so many requests of an hour, given nothing.

    `opened` are those whose record was opened itself; `people` are all who were shown. `off_turn`: the user's team had a rota, and it was
    not their turn. `draw` is a number that nobody can foresee or choose, the same each time it is asked.
    """

    entry: int
    at: datetime
    user: int
    role: str
    people: frozenset[int]
    opened: frozenset[int]
    involved: frozenset[int]
    off_turn: bool = False
    draw: str = ""
    searched: frozenset[int] = frozenset()
    refused: int = 0


@dataclass(frozen=True)
class Reason:
    """One reason why a look is unusual, in words, and what it adds to the score."""

    says: str
    adds: int


@dataclass(frozen=True)
class Scored:
    """A look with its reasons; drawn at random where it has none and is in the queue all the same."""

    look: Look
    reasons: tuple[Reason, ...]
    drawn: bool

    @property
    def score(self) -> int:
        """The sum of what its reasons add."""
        return sum(r.adds for r in self.reasons)


def plain(text: str) -> str:
    """Letters and digits in lower case."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def surnames_in(name: str) -> frozenset[str]:
    """What the surname of an account's name may be: its last word, and all but the first as one."""
    words = [plain(word) for word in name.split()[1:]]
    return frozenset(w for w in ("".join(words), *words[-1:]) if w)


def street(lines: str, postcode: str) -> str:
    """The street of an address without the house, as in its postcode's district; empty where none is said."""
    parts = (re.findall(r"[a-z0-9']+", part) for part in lines.casefold().split(","))
    streets = ([_WORDS.get(w, w) for w in words if not any(c.isdigit() for c in w) and w != "flat"] for words in parts)
    named = next((words for words in streets if words), [])
    district = postcode.split()[0].casefold() if postcode.split() else ""
    return f"{' '.join(named)} {district}".strip() if named else ""


def queue(looks: Sequence[Look], own: Mapping[int, About], held: Mapping[int, About]) -> tuple[Scored, ...]:
    """Looks that somebody should review: whatever is unusual, highest score first, then those drawn at random from all others.

    `own` is what users declared of themselves, by user; `held` what is known of those looked at, by person.
    """
    counts, usual = _counts([look for look in looks if not look.refused])
    scored = []
    for look in looks:
        weights = weights_on(local(look.at).date())
        reasons = tuple(_reasons(look, weights, own.get(look.user, About()), held, counts, usual))
        drawn = not reasons and drawn_at_random(look, weights.one_in)
        if reasons or drawn:
            scored.append(Scored(look, reasons, drawn))
    return tuple(sorted(scored, key=lambda s: (-s.score, s.look.at, s.look.entry)))


def drawn_at_random(look: Look, one_in: int) -> bool:
    """Whether a look is one of those that are reviewed without a reason: the same answer each time."""
    digest = hashlib.sha256(f"{look.entry} {look.draw}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % one_in == 0


def _reasons(
    look: Look, w: Weights, own: About, held: Mapping[int, About], counts: dict[str, dict[int, int]], usual: dict[tuple[str, str], float]
) -> Iterable[Reason]:  # fmt: skip
    them = [held[p] for p in look.people if p in held]
    if any(own.surnames & t.surnames for t in them):
        yield Reason("looked at somebody of their own surname", w.own_surname)
    if any(own.postcodes & t.postcodes for t in them):
        yield Reason("looked at somebody of their own postcode", w.own_postcode)
    elif any(own.streets & t.streets for t in them):
        yield Reason("looked at somebody of their own street", w.own_street)
    if searched := len(look.searched):
        yield Reason(
            f"{'opened' if searched == 1 else f'{searched} opened'} by their own search alone, and no contact or incident recorded since",
            w.own_search,
        )
    if look.refused:
        yield Reason(f"refused {look.refused} times in an hour", w.refusals)
    if alone := len(look.opened - look.involved - look.searched):
        yield Reason(
            f"no live involvement with {'them' if alone == 1 else f'{alone} of them'} at the time", w.not_involved
        )
    for span, adds in (("hour", w.volume_hour), ("day", w.volume_day)):
        count, common = counts[span].get(look.entry, 0), usual.get((span, look.role), 0)
        said = (
            f"for this role {common:g} is usual" if common else "there is too little to say what is usual for this role"
        )
        if count >= w.at_least and count > w.far_above * common:
            yield Reason(f"{count} people in {'an hour' if span == 'hour' else 'a day'}; {said}", adds)
    hour = local(look.at).hour
    if look.off_turn and (hour >= w.night[0] or hour < w.night[1]):
        yield Reason("at night, when it was not their turn of duty", w.at_night)


def _counts(looks: Sequence[Look]) -> tuple[dict[str, dict[int, int]], dict[tuple[str, str], float]]:
    """How many different people each look's user was shown in the hour and the day up to it; and what is usual, by span and role.

    Usual is the median of the hours, or days, in which anybody of that role was shown anybody: one who looks at very many once does not
    make that usual. Where there are too few to say, nothing is.
    """
    by_user: dict[int, list[Look]] = defaultdict(list)
    for look in sorted(looks, key=lambda x: (x.at, x.entry)):
        by_user[look.user].append(look)
    counts: dict[str, dict[int, int]] = {span: {} for span in SPANS}
    usual: dict[tuple[str, str], float] = {}
    for span, length in SPANS.items():
        of_role: dict[str, dict[tuple[int, int], set[int]]] = defaultdict(lambda: defaultdict(set))
        for user, own in by_user.items():
            counts[span] |= _running(own, length)
            for look in own:
                of_role[look.role][user, int(look.at.timestamp() // length.total_seconds())] |= look.people
        for role, held in of_role.items():
            usual[span, role] = median(len(p) for p in held.values()) if len(held) >= ENOUGH else 0
    return counts, usual


def _running(looks: Sequence[Look], length: timedelta) -> dict[int, int]:
    """Different people in the time up to each look, by entry; looks oldest first, of one user."""
    within: dict[int, int] = defaultdict(int)
    counts, first = {}, 0
    for look in looks:
        for person in look.people:
            within[person] += 1
        while looks[first].at <= look.at - length:
            for person in looks[first].people:
                within[person] -= 1
                if not within[person]:
                    del within[person]
            first += 1
        counts[look.entry] = len(within)
    return counts
