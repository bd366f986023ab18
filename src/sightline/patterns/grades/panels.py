"""What the person page says of incidents that come more often or are graver: a count or a comparison, and each incident it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sightline.access.viewer import Viewer
from sightline.alerts.case import Case, Households
from sightline.alerts.settings import limits
from sightline.chronology.panels import Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.patterns.grades.rules import worsening
from sightline.ui.jinja import words


@dataclass(frozen=True)
class _Alone:
    """One chronology, as its viewer may read it: of nobody else is anything known here."""

    own: Chronology
    households: Households = field(default_factory=dict)

    def chronology(self, person: int) -> Chronology:
        return self.own if person == self.own.subject else Chronology(person, ())

    def sharing_home(self, homes: frozenset[int]) -> frozenset[int]:  # noqa: ARG002
        return frozenset()


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    own = Chronology(chronology.subject, tuple(h for h in chronology.happenings if not h.pointer))
    case = Case(chronology.subject, at, _Alone(own), limits())
    if not case.is_child(at):
        return Told()
    lines = []
    for worse in worsening(case, at):
        lines.append(PanelLine(worse.says[:1].upper() + worse.says[1:], state="Getting worse", colour="orange"))
        lines += [
            PanelLine(_says(words(e.kind.replace(".", "_")), str(e.get("offence") or e.get("kind") or "")), e.at)
            for e in worse.entries
        ]
    return Told(tuple(lines))


def _says(kind: str, of: str) -> str:
    return f"{kind}, {words(of).lower()}" if of else kind


ON_THE_PAGE = Panel("More often, or graver", 38, _of)
