"""When what is held of somebody is reviewed, and until when it is kept: pure functions over a chronology. A live child's is never due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import age_on, local, say_date
from sightline.oversight.retention.schedules import Keep, Schedule

ADULT = 18
BYSTANDERS = ("reporter", "worker")  # their part in an entry makes it no record of theirs
DESCRIBING = (
    "person.recorded",
    "address.recorded",
    "relationship.recorded",
    "identity.decided",
)  # who somebody is; nothing that happened
# What begins and what ends: with no end after its beginning it is open.
OPEN = (
    ("a plan", ("plan.started",), ("plan.ended",)),
    ("a placement", ("placement.started",), ("placement.ended",)),
    ("early help", ("earlyhelp.started",), ("earlyhelp.ended",)),
    ("police protection", ("protection.taken",), ("protection.ended",)),
    ("an enquiry", ("enquiry.started",), ("enquiry.completed",)),
    ("an assessment", ("assessment.started",), ("assessment.completed",)),
    ("an investigation", ("investigation.opened",), ("investigation.closed",)),
    ("a missing report", ("missing.reported",), ("missing.returned", "missing.located")),
)
LIVE_MARKERS = {"child_protection_plan": "a plan", "looked_after": "a placement", "child_in_need": "a plan"}


@dataclass(frozen=True)
class About:
    """What the chronology does not say: birth and death, whether an alert stands, whether a live child is in the same entries, and the last
    review that kept it: on which day, until when."""

    born: date | None = None
    died: date | None = None
    alert_stands: bool = False
    with_live_child: bool = False
    reviewed_on: date | None = None
    kept_until: date | None = None


@dataclass(frozen=True)
class Kept:
    """Under which schedule somebody's records are kept until when, and when that is looked at; `live` says why they are never due."""

    live: str
    schedule: Schedule | None = None
    keep_until: date | None = None
    review_on: date | None = None
    why: str = ""

    def due(self, day: date) -> bool:
        """Whether a review is due."""
        return not self.live and self.review_on is not None and self.review_on <= day

    def may_go(self, day: date) -> bool:
        """Whether the schedule lets them be disposed of at all."""
        return not self.live and self.keep_until is not None and self.keep_until <= day


def years_after(day: date, years: int) -> date:
    """The same day of a later year; of 29 February the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def kept(chronology: Chronology, about: About, schedules: Sequence[Schedule], *, as_of: date) -> Kept:
    """Until when what is held of somebody is kept, by the longest schedule that applies to any of it, and when it is reviewed next.

    With nothing held there is nothing to keep: no schedule, and never due.
    """
    entries = chronology.everything()
    if not entries:
        return Kept("nothing is held")
    if live := live_because(chronology, about, as_of=as_of):
        return Kept(live)
    found: list[tuple[date, int, Schedule, Keep]] = []
    for place, schedule in enumerate(schedules):
        own = schedule.entries(entries, chronology.subject) if schedule.source.in_force(as_of) else ()
        found += [(_until(k, own, entries, about), -place, schedule, k) for k in schedule.keep if own]
    if not found:
        raise LookupError(f"no retention schedule is in force on {as_of}")
    keep_until, _, schedule, keep = max(found, key=lambda one: one[:2])
    return Kept("", schedule, keep_until, _review(schedule, keep_until, entries, about), _why(keep, about))


def live_because(chronology: Chronology, about: About, *, as_of: date) -> str:
    """Why somebody's records are never due, in words; empty where nothing keeps them."""
    if about.died is None or about.died > as_of:
        adult_on = years_after(about.born or _day(chronology.everything()[0]), ADULT)
        if as_of < adult_on:
            return "a child" if about.born else "may be a child: no date of birth is known"
    for what, begins, ends in OPEN:
        if _open(chronology, begins, ends):
            return f"{what} is open"
    if standing := next((what for kind, what in LIVE_MARKERS.items() if _marked(chronology, kind, as_of)), ""):
        return f"{standing} is open"
    if about.alert_stands:
        return "an alert stands"
    return "in the record of a child" if about.with_live_child else ""


def _open(chronology: Chronology, begins: tuple[str, ...], ends: tuple[str, ...]) -> bool:
    began, ended = chronology.latest(*begins), chronology.latest(*ends)
    return began is not None and (ended is None or ended.at < began.at)


def _marked(chronology: Chronology, kind: str, as_of: date) -> bool:
    said = [h for h in chronology.of_kind("marker.set", "marker.cleared") if h.get("kind") == kind]
    if not said or said[-1].kind == "marker.cleared":
        return False
    until = said[-1].get("until")
    return until is None or date.fromisoformat(until) > as_of


def _day(entry: Happening) -> date:
    return local(entry.at).date()


def _last(entries: Sequence[Happening]) -> date:
    """The last time anything happened or was learnt; being described again by an extract is nothing that happened."""
    happened = [h for h in entries if h.kind not in DESCRIBING]
    return max(local(max(h.at, h.recorded_at)).date() for h in happened or entries)


def _until(keep: Keep, own: Sequence[Happening], entries: Sequence[Happening], about: About) -> date:
    if keep.died_under_18 is not None and about.died and about.born and age_on(about.born, about.died) < ADULT:
        return years_after(about.died, keep.died_under_18)
    match keep.counted_from:
        case "birth":
            return years_after(about.born or _last(entries), keep.years)
        case "first":
            return years_after(min(_day(h) for h in own), keep.years)
        case "latest":
            return years_after(_last(own), keep.years)
        case _:
            return years_after(_last(entries), keep.years)


def _review(schedule: Schedule, keep_until: date, entries: Sequence[Happening], about: About) -> date:
    """When it is looked at next: when it need no longer be kept, or every so many years before; never before a review said."""
    due = keep_until
    if schedule.review_every is not None:
        due = min(due, years_after(max(_last(entries), about.reviewed_on or date.min), schedule.review_every))
    return max(due, about.kept_until or date.min)


def _why(keep: Keep, about: About) -> str:
    if keep.died_under_18 is not None and about.died and about.born and age_on(about.born, about.died) < ADULT:
        return f"{keep.died_under_18} years after the death of a child, on {say_date(about.died)}"
    counted = {
        "birth": "birth" if about.born else "the last entry, for no date of birth is known",
        "first": "the first such entry",
        "latest": "the last such entry",
    }
    return f"{keep.years} years from {counted.get(keep.counted_from, 'the last entry')}"
