"""The limits as they hold here now, and what the partnership decided about its own. No person is in any of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.alerts.models import LocalSetting
from sightline.alerts.settings import TIMES, UNITS, limits, unit_of
from sightline.clocks.limits import Limit, Limits, NoLimit, limits_declared
from sightline.kernel.errors import NotFound, Refused
from sightline.kernel.law import Standing
from sightline.kernel.moments import local, start_of


@dataclass(frozen=True)
class Decided:
    """What the partnership decided about a limit: how long, from when, who and why."""

    says: str
    from_on: date
    decided_by: str
    reason: str
    on: date


@dataclass(frozen=True)
class LimitLine:
    """A limit: what holds today, its versions with their sources, and what was decided about it here, newest first."""

    name: str
    now: str
    versions: tuple[Limit, ...]
    history: tuple[Decided, ...]

    @property
    def means(self) -> str:
        """What it is the limit of."""
        return next((v.means for v in reversed(self.versions) if v.means), "")

    @property
    def standing(self) -> str:
        """Law, guidance or a local default."""
        return self.versions[-1].source.standing.value

    @property
    def may_change(self) -> bool:
        """Whether a partnership may decide otherwise: of local defaults only."""
        return all(v.source.standing is Standing.LOCAL for v in self.versions)

    @property
    def units(self) -> tuple[str, ...]:
        """In what it may be said: a number stays a number, and a time a time."""
        return (TIMES,) if unit_of(self.versions[-1].value) == TIMES else tuple(UNITS)

    @property
    def unit(self) -> str:
        """The unit in which it is declared."""
        return unit_of(self.versions[-1].value)


def limits_page(viewer: Viewer) -> tuple[LimitLine, ...]:
    """Every limit by name. For whoever is signed in: it says nothing of anybody."""
    day = local(viewer.at).date()
    here = limits()
    rows: dict[str, list[LocalSetting]] = {}
    for row in LocalSetting.objects.order_by("-from_on", "-at", "-id"):
        rows.setdefault(row.name, []).append(row)
    return tuple(
        LimitLine(name, _now(here, name, day), versions, tuple(_decided(rows.get(name, ()))))
        for name, versions in sorted(limits_declared().items())
    )


def _now(here: Limits, name: str, day: date) -> str:
    try:
        return here.say(name, start_of(day))
    except NoLimit:
        return "not in force today"


def _decided(rows: Iterable[LocalSetting]) -> Iterable[Decided]:
    for r in rows:
        says = str(r.amount) if r.unit == TIMES else str(UNITS[r.unit](r.amount))
        yield Decided(says, r.from_on, r.decided_by, r.reason, local(r.at).date())


def limit_to_decide(viewer: Viewer, name: str) -> LimitLine:
    """One local limit, for those who may decide about it.

    Raises NotPermitted for other posts, NotFound for no such limit, Refused for law and guidance, which hold as they are.
    """
    gate.require(viewer, May.DECIDE_LIMITS)
    line = next((x for x in limits_page(viewer) if x.name == name), None)
    if line is None:
        gate.refuse(viewer, note="limit")
        raise NotFound(gate.NOT_FOUND)
    if not line.may_change:
        raise Refused("Only a local default can be changed here. Law and guidance hold as they are.")
    return line
