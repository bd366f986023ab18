"""What the person page says of neglect over time: a line, the same as a table, and each newest sign."""

from __future__ import annotations

from datetime import datetime

from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.panels import Panel, PanelLine, Table, Told
from sightline.chronology.view import Chronology
from sightline.patterns.neglect.rules import WAYS, quarters, signs, trend
from sightline.ui.pictures import trend_picture

NEWEST = 5
SHORT = ("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec")


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    held = limits()
    found = signs(chronology, at, held)
    shown = quarters(found, at, held)
    if not any(q.total for q in shown):
        return Told()
    says = trend(shown)
    points = [(f"{SHORT[q.number - 1]} {q.year % 100:02}", q.total) for q in shown]
    described = f"{says}. By quarter: {'; '.join(f'{q.name} {q.total}' for q in shown)}."
    rows = tuple(
        (q.name + ("" if q.whole else ", so far"), *(str(q.counts[w]) for w in WAYS), str(q.total)) for q in shown
    )
    table = Table("Days with a sign of neglect, by quarter", ("Quarter", *WAYS.values(), "All"), rows,
                  trend_picture(points, title="Signs of neglect by quarter", description=described))  # fmt: skip
    newest = [PanelLine(f"{WAYS[s.way]}: {s.says}", s.entry.at) for s in found[: -NEWEST - 1 : -1]]
    return Told((PanelLine(says[:1].upper() + says[1:]), *newest), table=table)


ON_THE_PAGE = Panel("Neglect over time", 40, _of)
