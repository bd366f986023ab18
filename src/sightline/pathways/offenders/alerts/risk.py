"""Who poses a risk to children, as records say it, and whom an entry about them is about."""

from __future__ import annotations

from datetime import datetime

from sightline.alerts.case import Case
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.moments import local

MARKERS = ("registered_sex_offender", "risk_to_children", "mappa", "shpo", "sro")
OFFENDER = ("offender", "subject", "adult", "suspect")
ABOUT = ("child", *OFFENDER, "worker", "reporter", "parent", "other")
GRADES = {
    "no_apparent": "low",
    "low": "low",
    "standard": "low",
    "medium": "medium",
    "high": "high",
    "very_high": "very_high",
}
MANAGERS = ("offender_management", "mappa")  # the systems of those who would be told


def known_risk(own: Chronology, at: datetime) -> Happening | None:
    """The first entry that says that somebody poses a risk to children and still held at a moment; None where no record says so."""
    day = local(at).date().isoformat()
    last: dict[str, Happening] = {}
    for entry in own.of_kind("marker.set", "marker.cleared", "offender.registered"):
        if own.subject not in {p for role in (*OFFENDER, "other") for p in entry.people.get(role, ())}:
            continue
        kind = str(entry.get("scheme") if entry.kind == "offender.registered" else entry.get("kind"))
        last["mappa" if kind.startswith("mappa") else kind] = entry
    held = [
        h
        for kind, h in last.items()
        if kind in MARKERS and h.kind != "marker.cleared" and not (h.get("until") and str(h.get("until"))[:10] < day)
    ]
    return min(held, key=lambda h: h.recorded_at, default=None)


def grade(case: Case, at: datetime) -> str:
    """The newest risk level recorded of an offender; empty where none is."""
    found = ""
    for entry in case.own.of_kind("offender.registered", "risk.assessed", "marker.set"):
        if entry.at > at:
            break
        if entry.kind == "offender.registered":
            found = GRADES.get(str(entry.get("risk")), found)
        elif entry.kind == "risk.assessed" and entry.get("tool") == "offender":
            found = GRADES.get(str(entry.get("grade")), found)
        elif entry.kind == "marker.set" and entry.get("kind") in MARKERS:
            found = _said(str(entry.get("detail") or "")) or found
    return found


def _said(detail: str) -> str:
    """A level in the words of a marker: `medium risk`."""
    text = detail.lower().replace("-", " ")
    return next((g for g in ("very_high", "high", "medium", "low") if f"{g.replace('_', ' ')} risk" in text), "")


def about(entry: Happening) -> tuple[int, ...]:
    """Whom an alert about an entry is about: the children named in it, and where none is, the adult."""
    return next((entry.people[role] for role in ABOUT if entry.people.get(role)), ())


def everyone(entry: Happening) -> frozenset[int]:
    """Everybody named in it."""
    return frozenset(p for held in entry.people.values() for p in held)
