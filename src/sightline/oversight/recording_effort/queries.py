"""What recording takes here, form by form and case by case: for those to whom others answer, of their own agency, and of nobody by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.roles import above_others
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotPermitted
from sightline.oversight.recording_effort.models import Recording

LOOKS_BACK = timedelta(days=28)
FEWEST = 5  # with fewer sent, a figure would say how one person types
NOT_YOURS = "This page is for those to whom others answer: what recording takes is theirs to put right."


@dataclass(frozen=True)
class Effort:
    """One form, or whole cases: how many, and the middle one of each figure. None where too few were sent to say."""

    form: str
    count: int
    keyed: int | None
    offered: int | None
    kept: int | None
    minutes: float | None
    sent_back: int

    @property
    def kept_percent(self) -> int | None:
        """Of what was sent, how much stood there already."""
        if self.keyed is None or self.kept is None or not self.keyed + self.kept:
            return None
        return round(100 * self.kept / (self.keyed + self.kept))


@dataclass(frozen=True)
class EffortPage:
    """Form by form, most keyed first, and the same over whole cases."""

    forms: tuple[Effort, ...]
    cases: Effort
    days: int


def effort_page(viewer: Viewer) -> EffortPage:
    """What recording took in this viewer's agency in the last four weeks. Raises NotPermitted where nobody answers to them."""
    if not above_others(viewer.role):
        gate.refuse(viewer, note="recording effort")
        raise NotPermitted(NOT_YOURS)
    write(viewer, Action.LIST, note="recording effort")
    sent = list(
        Recording.objects.filter(agency=viewer.agency, sent_at__gt=viewer.at - LOOKS_BACK, sent_at__lte=viewer.at)
    )
    by_form: dict[str, list[Recording]] = defaultdict(list)
    by_case: dict[str, list[Recording]] = defaultdict(list)
    for one in sent:
        by_form[one.form].append(one)
        if one.case:
            by_case[one.case].append(one)
    forms = [_effort(form, [[one] for one in held]) for form, held in by_form.items()]
    ordered = sorted(forms, key=lambda e: (-(e.keyed or 0), e.form))
    return EffortPage(tuple(ordered), _effort("case", by_case.values()), LOOKS_BACK.days)


def _effort(name: str, groups: Iterable[list[Recording]]) -> Effort:
    held = list(groups)
    back = sum(one.sent_back for group in held for one in group)
    if len(held) < FEWEST:
        return Effort(name, len(held), None, None, None, None, back)
    keyed, offered, kept = (
        round(median(sum(getattr(x, f) for x in g) for g in held)) for f in ("keyed", "offered", "kept")
    )
    minutes = median(sum((x.sent_at - x.shown_at).total_seconds() for x in g) / 60 for g in held)
    return Effort(name, len(held), keyed, offered, kept, round(minutes, 1), back)
