"""One child's stay in custody, from when detention was authorised until the child left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sightline.alerts.case import Case, Where
from sightline.chronology.view import Happening
from sightline.kernel.moments import from_local, local
from sightline.pathways.custody.alerts.words import says

NO_END = datetime(9999, 1, 1, tzinfo=UTC)
HEALTH = "s136"


def _always(_: Happening) -> bool:
    return True


@dataclass(frozen=True)
class Stay:
    """A detention: the entry that authorised it, since when the child was held (from arrest, where that is known), and its end."""

    case: Case
    began: Happening
    since: datetime
    ended: Happening | None
    until: datetime

    @property
    def open(self) -> bool:
        """Whether the child is still there, as far as is known."""
        return self.until == NO_END

    @property
    def for_health(self) -> bool:
        """Held under the Mental Health Act, not for an offence: by the power, or by the reason where the power is put down as another."""
        other = self.began.get("power") in ("other", None) and not self.began.get("offence")
        return bool(self.began.get("power") == HEALTH) or (
            other and says(self.began.get("reason"), "mental_health_act")
        )

    def all(self, *kinds: str, where: Where = _always) -> tuple[Happening, ...]:
        """Entries of these kinds about the child during the stay."""
        return self.case.within(*kinds, since=self.since, until=self.until, where=where)

    def first(self, *kinds: str, where: Where = _always) -> Happening | None:
        """The first of them."""
        return next(iter(self.all(*kinds, where=where)), None)

    def last(self, *kinds: str, where: Where = _always) -> Happening | None:
        """The last of them."""
        return next(reversed(self.all(*kinds, where=where)), None)

    def under(self, age: str) -> bool:
        """Whether the child was younger than a limit in force that day; of unknown age counts as younger."""
        years = self.case.age(self.began.at)
        return years is None or years < self.case.number(age, self.began.at)


def stays(case: Case) -> Iterator[Stay]:
    """Each detention of the child. An authorisation while the child is already held is part of the same stay."""
    until = datetime.min.replace(tzinfo=UTC)
    starts = case.of("detention.authorised")
    for began in starts:
        if began.at < until or not case.is_child(began.at):
            continue
        ended = case.first("detention.ended", since=began.at)
        limit = case.due_from("detention.longest", began.at)
        later = next(
            (s.at for s in starts if s.at > limit), None
        )  # a new detention, where the end of this one was never recorded
        shut = ended is not None and (later is None or ended.at <= later)
        closed = ended.at if ended is not None and shut else later or NO_END
        yield Stay(case, began, _arrested(case, began), ended if shut else None, closed)
        until = min(closed, later or limit) if closed == NO_END else closed


def _arrested(case: Case, began: Happening) -> datetime:
    arrest = case.last(
        "suspect.arrested",
        before=began.at,
        where=lambda h: h.concerns(case.subject, "suspect") and case.due_from("custody.arrest_before", h.at) >= began.at,
    )  # fmt: skip
    return arrest.at if arrest else began.at


def held(case: Case) -> Iterator[Stay]:
    """The stays that have not ended."""
    return (stay for stay in stays(case) if stay.open)


def bail_refused(stay: Stay) -> Happening | None:
    """The charge after which bail was refused; None once it has been granted after all."""
    charged = stay.last("detention.charged")
    return charged if charged is not None and charged.get("bail") == "refused" else None


def at_hour(moment: datetime, hour: int) -> datetime:
    """The next time that the clock on the wall shows an hour, at or after a moment."""
    here = local(moment)
    day = here.date() if here.time() <= time(hour) else here.date() + timedelta(days=1)
    return from_local(datetime.combine(day, time(hour)))


def in_night(case: Case, moment: datetime) -> bool:
    """Whether it is night by the hours that hold here."""
    hour = local(moment).hour
    return hour >= case.number("custody.night_from", moment) or hour < case.number("custody.night_until", moment)


def long_from(case: Case, stay: Stay) -> tuple[datetime, bool]:
    """From when a child has been held long: twelve hours, or some hours of which one is at night. Says whether it is the night."""
    long, settled = case.due("detention.long", stay.began), case.due("detention.settled", stay.began)
    night = settled if in_night(case, settled) else at_hour(settled, case.number("custody.night_from", settled))
    return min(long, night), night < long
