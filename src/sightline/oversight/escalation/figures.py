"""How often escalation was called for, and how often it was used, by pair of agencies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import roles
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.alerts.models import Alert
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run
from sightline.kernel.errors import NotPermitted
from sightline.kernel.moments import local
from sightline.oversight.escalation.queries import everywhere
from sightline.oversight.escalation.rules import ladder_on

LOOKS_BACK = timedelta(days=91)


@dataclass(frozen=True)
class Pair:
    """From one kind of agency to another: how often it was called for, raised, answered in time, taken higher, and left to the partnership."""

    from_: str
    to: str
    called_for: int
    raised: int
    answered: int
    in_time: int
    higher: int
    resolved: int
    unresolved: int


def figures(viewer: Viewer) -> tuple[Pair, ...]:
    """Of the last 13 weeks, for those who lead; nobody is named. Raises NotPermitted."""
    if not ladder_on(local(viewer.at).date()).leads(viewer.role):
        gate.refuse(viewer, note="figures of escalation")
        raise NotPermitted("These figures are for those who lead.")
    write(viewer, Action.LIST, note="figures of escalation")
    since = viewer.at - LOOKS_BACK
    kinds = dict(Agency.objects.values_list("key", "kind"))
    called = _called_for(viewer, gate.unseen(viewer))
    rows: dict[tuple[str, str], Counter[str]] = {pair: Counter(called_for=n) for pair, n in called.items()}
    for s in everywhere(viewer):
        if s.run.first.at < since:
            continue
        row = rows.setdefault((kinds.get(s.from_, s.from_), kinds.get(s.to.agency, s.to.agency)), Counter())
        answers = s.run.of("escalation.answered")
        row.update(raised=1, answered=int(bool(answers)), in_time=int(_in_time(s.run)), higher=int(s.level > 1),
                   resolved=int(s.run.state in ("resolved", "settled")), unresolved=int(s.on_agenda))  # fmt: skip
    names = ("called_for", "raised", "answered", "in_time", "higher", "resolved", "unresolved")
    return tuple(Pair(*pair, *(row[n] for n in names)) for pair, row in sorted(rows.items()))


def _in_time(run: Run) -> bool:
    """Whether the first answer came within its time."""
    answer = next(iter(run.of("escalation.answered")), None)
    due = limits().due("escalation.answered", run.first.at, precision=run.first.precision)
    return answer is not None and answer.at <= due


@wall.working()
def _called_for(viewer: Viewer, unseen: set[int]) -> Counter[tuple[str, str]]:
    """Alerts of the kinds that call for an escalation which nobody answered, so that the next on the ladder was told; none about the unseen."""
    ladder = ladder_on(local(viewer.at).date())
    held = Alert.objects.filter(kind__in=ladder.criteria, first_at__gt=viewer.at - LOOKS_BACK, told__rung__gte=1)
    held = held.exclude(Q(subject_id__in=unseen) | Q(concerns__overlap=sorted(unseen))).distinct()
    by = {key: role.agency for key, role in roles().items()}
    of_each = held.values_list("pk", "kind", "to_role")
    return Counter((by.get(role, "any"), ladder.criteria[kind]) for _, kind, role in of_each)
