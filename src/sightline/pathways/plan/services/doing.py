"""What every verb is given: whose child, what stands there, what was said; and how it takes a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.stepping import People, take
from sightline.kernel.errors import NotPermitted, Refused
from sightline.pathways.plan.queries.runs import RunPage, Standing

Verb = Callable[["Deed"], str]


@dataclass(frozen=True)
class Deed:
    """One form answered: by whom, about whom, under which run, and what was said. `quorate`: what the form found."""

    viewer: Viewer
    standing: Standing
    said: Mapping[str, Any]
    token: str
    page: RunPage | None = None
    seen: int | None = None
    which: str = ""
    quorate: bool | None = None
    labels: Mapping[str, str] | None = None

    @property
    def person(self) -> int:
        """Whose it is."""
        return self.standing.person.person

    @property
    def run(self) -> RunPage:
        """The run under which it is done."""
        if self.page is None:
            raise LookupError("a step outside any run")
        return self.page

    def step(
        self,
        kind: str,
        said: Mapping[str, Any],
        *,
        at: datetime | None = None,
        nth: int = 0,
        people: People | None = None,
    ) -> int:
        """Take one step of the run. Of several in one form the first tells whether somebody was faster."""
        return take(
            self.viewer, self.run.course, self.person, self.run.run.key, kind, token=f"{self.token}-{nth}" if nth else self.token,
            data={name: value for name, value in said.items() if value not in (None, "", [])}, at=at or self.viewer.at,
            seen=None if nth else self.seen, people=people,
        )  # fmt: skip

    def when(self, field: str, *, since: datetime, before: str) -> datetime:
        """When it was, as it was typed: to the minute, so it came after what else is recorded of that minute.

        Raises Refused for what is to come, or was before.
        """
        said: datetime = self.said[field]
        if said > self.viewer.at:
            raise Refused("That is still to come: record it once it has happened.")
        if said < _minute(since):
            raise Refused(before)
        if said == _minute(self.viewer.at):
            return self.viewer.at
        return max([said, *(e.at for e in self.run.run.entries if _minute(e.at) == said)])


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def require_one_of(viewer: Viewer, *rights: May) -> None:
    """Raises NotPermitted, the refusal written down, for a role that is trusted with none of these."""
    if not any(viewer.may(right) for right in rights):
        gate.refuse(viewer, note=f"role may not {rights[0].value}")
        raise NotPermitted("Your role does not allow this. The chair or the lead worker can do it.")


def chairs(viewer: Viewer) -> None:
    """Only whoever chairs."""
    require_one_of(viewer, May.CHAIR)


def leads(viewer: Viewer) -> None:
    """Whoever chairs or runs the enquiry and the plan."""
    require_one_of(viewer, May.HOLD_STRATEGY, May.CHAIR)
