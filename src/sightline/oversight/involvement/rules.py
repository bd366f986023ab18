"""Whether somebody has live work with a child, and when their tie ends where they have none. Pure functions of facts and a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.chronology.goes_on import Work
from sightline.chronology.view import Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import local, start_of

NO_WORK, HANDED_ON, KEPT = "no_work", "handed_on", "kept"


@dataclass(frozen=True)
class Holder:
    """Whoever holds a post: by what names entries may speak of them, of their team and of their agency."""

    post: int
    user: int
    name: str
    agency: frozenset[str]
    team: str = ""


@dataclass(frozen=True)
class Told:
    """What alerts about a child say of one post: whether one stands that it was told of, and when the newest of the others cleared."""

    stands: bool = False
    cleared_at: datetime | None = None


@dataclass(frozen=True)
class Tie:
    """Since when a post is tied to a child by its work, and when that work was handed on, if it was."""

    since: datetime
    handed_at: datetime | None = None


def of_them(holder: Holder, work: Work) -> bool:
    """Whether work names whoever holds the post, or was written by them."""
    return holder.name in work.says or holder.user in work.accounts


def of_theirs(holder: Holder, work: Work, agencies: frozenset[str]) -> bool:
    """Whether work names their team or agency; what names no agency at all may be anybody's, and is theirs too."""
    return bool(holder.agency & work.says) or (holder.team in work.says) or not (agencies & work.says)


def live(holder: Holder, tie: Tie, works: Iterable[Work], told: Told, agencies: frozenset[str]) -> bool:
    """Whether they have work with the child now. What is owed to them is asked besides: it takes what they may read.

    Of a child whose plan, enquiry or care goes on with their agency always; of what else goes on, by name alone once it was handed on.
    """
    if told.stands:
        return True
    for work in works:
        if not work.over and (
            of_them(holder, work) or ((work.keeps or tie.handed_at is None) and of_theirs(holder, work, agencies))
        ):
            return True
    return False


def over_at(
    holder: Holder, tie: Tie, works: Iterable[Work], told: Told, own: Iterable[Happening], agencies: frozenset[str]
) -> datetime:
    """When the last of their work with the child was over: a run's last entry, an alert cleared, an entry of their own, or the tie itself.

    What was before a handing-on does not count against it.
    """
    found = [tie.since, *(e.recorded_at for e in own)]
    found += [told.cleared_at] if told.cleared_at else []
    for work in works:
        if of_them(holder, work) or (tie.handed_at is None and of_theirs(holder, work, agencies)):
            found.append(work.last_at)
    return max(found)


def wrote(holder: Holder, entry: Happening) -> bool:
    """Whether an entry made here is theirs: by the account it holds, and by the name where it holds none."""
    account = entry.get("account")
    return entry.source == "sightline" and (entry.by == holder.name if account is None else account == holder.user)


def ends_at(tie: Tie, over: datetime, held: Limits) -> datetime:
    """When a tie without live work ends: with the last day of its limit, so that a page can say the day."""
    if tie.handed_at is not None and over <= tie.handed_at:
        return day_after(held.due("involvement.handed_on", tie.handed_at))
    return day_after(held.due("involvement.ends", over))


def told_first(ends: datetime, held: Limits, as_of: datetime) -> datetime:
    """The same, but never before whoever has the tie could be told of it."""
    return max(ends, day_after(held.due("involvement.told", as_of)))


def last_day(until: datetime) -> date:
    """The last day on which something that ends at a moment still holds, as a page says it."""
    return local(until - timedelta(seconds=1)).date()


def day_after(moment: datetime) -> datetime:
    """The midnight that ends the day of a moment."""
    return start_of(local(moment).date() + timedelta(days=1))
