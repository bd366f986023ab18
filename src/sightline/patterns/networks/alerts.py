"""Several children are linked to the same adult, and nobody has looked at them together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.clocks.limits import local_default
from sightline.patterns.networks.rules import ADULTS, FAMILY, LINKS, TIES, counts

CHILD_MARKERS = ("exploitation_risk",)
ADULT_MARKERS = ("registered_sex_offender", "risk_to_children", "shpo", "sro", "cawn", "violent", "weapons")
TOGETHER = ("investigation.opened", "strategy.held", "meeting.held", "enquiry.started", "plan.started")


def network_found(case: Case) -> Iterable[Finding]:
    """Children of different homes turn up with one adult; each entry alone says little, together they say a lot."""
    if case.born is not None and case.is_child():
        return
    within = timedelta(days=case.number("network.days"))
    held: dict[int, Happening] = {}
    for entry in case.own.of_kind(*LINKS):
        held = {child: h for child, h in held.items() if h.at >= entry.at - within}
        for child in _linked(case, entry):
            held.setdefault(child, entry)
        if _enough(case, held) and not _looked_at_together(case, held):
            yield case.finding(
                "network_found",
                entry,
                case.at_once(entry),
                f"{len(held)} children who do not live together are linked to the same adult, and nobody has looked at them together.",
                step="Open one joint plan with one owner: who else is linked, what powers are there, and is each child safe?",
                rests_on=held.values(),
                concerns=held,
            )
            return


def _linked(case: Case, entry: Happening) -> list[int]:
    """The children an entry puts with this adult, family and those who live with the adult apart."""
    if not counts(entry) or entry.concerns(case.subject, *FAMILY):
        return []
    if entry.kind == "relationship.recorded":
        named = {*entry.people.get("subject", ()), *entry.people.get("other", ())} - {case.subject}
    else:
        named = set(entry.people.get("child", ())) if entry.concerns(case.subject, *ADULTS) else set()
    near = case.household(entry.at) | _family(case)
    return [p for p in sorted(named - near) if (age := case.other(p).age(entry.at)) is not None and age < 18]


def _family(case: Case) -> frozenset[int]:
    return frozenset(
        t.other for t in case.ties if t.kind not in (*TIES, "neighbour", "teacher_coach", "pupil", "worker_with")
    )


def _enough(case: Case, held: dict[int, Happening]) -> bool:
    apart = _homes_apart(case, sorted(held))
    if apart >= case.number("network.children"):
        return True
    return apart >= case.number("network.children_marked") and (
        _marked(case, ADULT_MARKERS) or any(_marked(case.other(c), CHILD_MARKERS) for c in held)
    )


def _homes_apart(case: Case, children: list[int]) -> int:
    """How many children, those of one household counted once."""
    counted: list[int] = []
    for child in children:
        if not any(other in case.other(child).household() for other in counted):
            counted.append(child)
    return len(counted)


def _marked(case: Case, kinds: tuple[str, ...]) -> bool:
    return bool(case.of("marker.set", role=("subject", "child"), where=lambda h: h.get("kind") in kinds))


def _looked_at_together(case: Case, held: dict[int, Happening]) -> bool:
    """One investigation, discussion, meeting or plan that names them all."""
    first = next(iter(held))
    asked = case.other(first).own.of_kind(*TOGETHER)
    return any(held.keys() <= set(h.people.get("child", ())) for h in asked)


def children_named_together(case: Case) -> Iterable[Finding]:
    """One entry about exploitation names children of different homes, whether or not the adult or the place has a name yet."""
    for entry in case.of("intelligence.recorded", "exploitation.indicated", where=_exploitation):
        children = sorted(set(entry.people.get("child", ())))
        named = dict.fromkeys(children, entry)
        if case.subject != children[0] or any(entry.people.get(role) for role in ADULTS):
            continue  # told once, of the first child; where an adult is named, by the adult
        marked = any(_marked(case.other(c), CHILD_MARKERS) for c in children)
        needed = case.number("network.children_marked" if marked else "network.children")
        if _homes_apart(case, children) >= needed and not _looked_at_together(case, named):
            yield case.finding(
                "network_found",
                entry,
                case.at_once(entry),
                f"{len(children)} children who do not live together are named together as exploited, and nobody has looked at them together.",
                step="Open one joint plan with one owner: who or what links them, and is each child safe?",
                concerns=children,
            )


def _exploitation(entry: Happening) -> bool:
    return entry.kind == "exploitation.indicated" or entry.get("kind") in ("exploitation", "location", "associates")


RULES = [
    Rule(
        "network_found",
        LINKS,
        network_found,
        local_default(provision="SE-17"),
        "Several children of different homes linked to the same adult.",
        roles=ADULTS,
        limits=("network.children", "network.children_marked", "network.days"),
        around=True,
    ),
    Rule(
        "network_found",
        ("intelligence.recorded", "exploitation.indicated"),
        children_named_together,
        local_default(provision="SE-17"),
        "Several children of different homes named together as exploited.",
        limits=("network.children", "network.children_marked"),
        around=True,
    ),
]
