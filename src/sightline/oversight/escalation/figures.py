"""How often escalation was called for, and how often it was used, by pair of agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.roles import roles
from sightline.access.small_counts import Cell, given
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
NOT_KNOWN = "other_agency"  # an agency that is none of those here: what an entry calls it is not a figure


@dataclass(frozen=True)
class Pair:
    """From one kind of agency to another: how often it was called for, raised, answered in time, taken higher, and left to the partnership.

    None: not given, for it is of so few children, not all of them the viewer's to read of, that it could point to one.
    """

    from_: str
    to: str
    called_for: int | None
    raised: int | None
    answered: int | None
    in_time: int | None
    higher: int | None
    resolved: int | None
    unresolved: int | None


NAMES = ("called_for", "raised", "answered", "in_time", "higher", "resolved", "unresolved")
Key = tuple[str, str]


def figures(viewer: Viewer) -> tuple[Pair, ...]:
    """Of the last 13 weeks, for those who lead; nobody is named, nor known by how few there are. Raises NotPermitted."""
    if not ladder_on(local(viewer.at).date()).leads(viewer.role):
        gate.refuse(viewer, note="figures of escalation")
        raise NotPermitted("These figures are for those who lead.")
    write(viewer, Action.LIST, note="figures of escalation")
    since = viewer.at - LOOKS_BACK
    kinds = dict(Agency.objects.values_list("key", "kind"))
    rows: dict[Key, dict[str, list[int]]] = {}
    for pair, person in _called_for(viewer, gate.unseen(viewer)):
        _row(rows, pair)["called_for"].append(person)
    for person, s in everywhere(viewer):
        if s.run.first.at < since:
            continue
        answers, row = (
            s.run.of("escalation.answered"),
            _row(rows, (kinds.get(s.from_, NOT_KNOWN), kinds.get(s.to.agency, NOT_KNOWN))),
        )
        holds = {"raised": True, "answered": bool(answers), "in_time": _in_time(s.run), "higher": s.level > 1,
                 "resolved": s.run.state in ("resolved", "settled"), "unresolved": s.on_agenda}  # fmt: skip
        for name in (n for n, so in holds.items() if so):
            row[name].append(person)
    return tuple(_pair(viewer, pair, row) for pair, row in sorted(rows.items()))


def _row(rows: dict[Key, dict[str, list[int]]], pair: Key) -> dict[str, list[int]]:
    return rows.setdefault(pair, {name: [] for name in NAMES})


def _pair(viewer: Viewer, pair: Key, row: dict[str, list[int]]) -> Pair:
    """Each figure, where it may be given: what became of those raised is part of them, and what was answered in time of what was answered."""
    held = {name: tuple(people) for name, people in row.items()}
    whole = dict.fromkeys(NAMES[2:], (held["raised"],)) | {"in_time": (held["raised"], held["answered"])}
    cells = {name: Cell(people, whole.get(name, ())) for name, people in held.items()}
    told = given(viewer, cells)
    return Pair(*pair, *(told[name] for name in NAMES))


def _in_time(run: Run) -> bool:
    """Whether the first answer came within its time."""
    answer = next(iter(run.of("escalation.answered")), None)
    due = limits().due("escalation.answered", run.first.at, precision=run.first.precision)
    return answer is not None and answer.at <= due


@wall.working()
def _called_for(viewer: Viewer, unseen: set[int]) -> list[tuple[Key, int]]:
    """Alerts of the kinds that call for an escalation which nobody answered, so that the next on the ladder was told: between whom, and about whom.

    None about the unseen.
    """
    ladder = ladder_on(local(viewer.at).date())
    held = Alert.objects.filter(kind__in=ladder.criteria, first_at__gt=viewer.at - LOOKS_BACK, told__rung__gte=1)
    held = held.exclude(Q(subject_id__in=unseen) | Q(concerns__overlap=sorted(unseen))).distinct()
    by = {key: role.agency for key, role in roles().items()}
    of_each = held.order_by("pk").values_list("pk", "kind", "to_role", "subject_id")
    return [((by.get(role, "any"), ladder.criteria[kind]), person) for _, kind, role, person in of_each]
