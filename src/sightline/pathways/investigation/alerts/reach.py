"""Which children a suspect can reach: what was said of it, who lives with them, and what keeps them away."""

from __future__ import annotations

from datetime import date, datetime

from sightline.alerts.case import Case
from sightline.chronology.view import Happening

# Words by which a condition of bail keeps somebody from a child or a home, as custody records write them.
KEEPS_AWAY = (
    "contact",
    "not to go",
    "not to enter",
    "not to approach",
    "under 16",
    "under 18",
    "unsupervised",
    "live at",
    "live with",
    "reside",
)
PLANS = ("safety", "child_protection", "child_in_need", "risk_management", "care")


def sees_children(case: Case, suspect: int, since: datetime) -> bool:
    """Whether a suspect has contact with children. What an officer recorded of it counts; where nobody said, who shares the home."""
    said = _said(case, suspect)
    if said is not None:
        return said
    return _shares_a_home(case, suspect, since) and not kept_away(case, suspect, since)


def _said(case: Case, suspect: int) -> bool | None:
    """The latest word on it; None where nobody said either way."""
    kinds = ("suspect.identified", "offender.visited", "offender.changed")
    for h in reversed(case.chronology_of(suspect).of_kind(*kinds)):
        if not h.concerns(suspect, "suspect", "offender", "subject"):
            continue
        if h.get("contact_with_children") or h.get("role_with_children") or h.get("children_at_address"):
            return True
        if h.get("what") == "contact_with_child":
            return True
        if h.get("contact_with_children") is False:
            return False
    return None


def _shares_a_home(case: Case, suspect: int, at: datetime) -> bool:
    if suspect == case.subject:
        return any(case.other(p).is_child(at) for p in case.household(at))
    return case.is_child(at) and suspect in case.household(at)


def bars(bail: Happening) -> bool:
    """Whether conditions keep somebody from a child or a home."""
    return any(word in str(c).lower() for c in bail.get("conditions") or () for word in KEEPS_AWAY)


def ends_on(bail: Happening) -> date | None:
    """The day on which bail ends, where it is given."""
    return date.fromisoformat(str(bail.get("until"))[:10]) if bail.get("until") else None


def kept_away(case: Case, suspect: int, since: datetime) -> bool:
    """Whether conditions in force, a plan that does not allow it, a placement or a prison keeps a suspect from the child."""
    own = case.chronology_of(suspect)
    if any(h.at >= since and bars(h) for h in own.of_kind("bail.set")):
        return True
    if (held := own.latest("custody.received")) is not None and held.at >= since:
        return True
    moved = case.first("placement.started", since=since) or case.first(
        "referral.decided", since=since, where=lambda h: h.get("decision") == "accommodated"
    )
    plan = case.first(
        "plan.started",
        since=since,
        where=lambda h: h.get("kind") in PLANS and not h.get("allows_contact_with"),
    )
    return moved is not None or plan is not None
