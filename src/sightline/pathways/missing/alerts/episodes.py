"""A child's missing episodes: from the report to the return, however often it was reported meanwhile. Imports no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.chronology.view import Happening

HERE_AGAIN = ("missing.returned", "prevention_interview.held", "return_interview.held", "plan.visit")


@dataclass(frozen=True)
class Episode:
    """One run away from where the child should be. `returned` is None while no return is recorded."""

    reported: Happening
    returned: Happening | None

    @property
    def lasts(self) -> bool:
        """Whether the child is still missing, as far as is known."""
        return self.returned is None


def episodes(case: Case) -> list[Episode]:
    """Every episode, oldest first."""
    found: list[Episode] = []
    same = timedelta(hours=case.number("missing.second_report_hours"))
    last: Happening | None = None
    for report in case.of("missing.reported"):
        back = last and case.first(*HERE_AGAIN, since=last.at, until=report.at)
        if last is None or back or report.at - last.at > same:
            found.append(Episode(report, None))
        last = report
    ends = [*(e.reported.at for e in found[1:]), None]
    return [
        Episode(e.reported, case.first("missing.returned", since=e.reported.at, until=end))
        for e, end in zip(found, ends[: len(found)], strict=True)
    ]
