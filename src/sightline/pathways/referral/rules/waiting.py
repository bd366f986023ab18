"""Whether a referral waits where it was received, and until when: by its own steps; one of another system, by its row and later entries."""

from __future__ import annotations

from datetime import datetime

from sightline.chronology.courses import MADE_HERE, Run
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits
from sightline.kernel.moments import local
from sightline.pathways.referral.alerts.matching import TAKEN_UP
from sightline.pathways.referral.rules.courses import WAITING
from sightline.pathways.referral.rules.order import looked_at_within, risk_of

SHOWS = ("referral.decided", *TAKEN_UP)
# Of each state the limit of its next step, and the entries from the newest of which it runs; by default from the referral.
CLOCKS = {
    "acknowledged": ("referral.decided", ("information.supplied", "earlyhelp.returned")),
    "returned": ("information.supplied", ("referral.decided",)),
    "early_help": ("earlyhelp.started", ("referral.decided",)),
    "decided": ("referral.fed_back", ()),
    "challenged": ("escalation.answered", ("escalation.raised",)),
}


def due_at(run: Run, limits: Limits) -> datetime:
    """By when the next step is due, by the clock of where it stands: looked at, decided, answered, engaged or told."""
    limit, since = CLOCKS.get(run.state, (looked_at_within(risk_of(run.first)), ()))
    begun = run.last(*since) or run.first
    return limits.due(limit, begun.at, precision=begun.precision)


def held_here(run: Run) -> bool:
    """Whether its steps are taken here. Until somebody here takes one, a referral of another system is that system's to tell of."""
    return any(e.source == MADE_HERE for e in run.entries)


def waits(run: Run, chronology: Chronology) -> bool:
    """Whether something is still owed on it: here until the end, of another system's until it is decided."""
    if held_here(run):
        return not run.over
    return run.state in WAITING and answered_at(run, chronology) is None


def answered_at(run: Run, chronology: Chronology) -> datetime | None:
    """When an entry shows that another system's undecided referral was decided or the child taken up, though none names it.

    A decision in the same system belongs to its own row, and answers no other; one elsewhere answers what was told to whoever decides.
    """
    if held_here(run) or run.state not in WAITING:
        return None
    first = run.first
    later = (h for h in chronology.of_kind(*SHOWS) if _since(h, first) and not _of_its_own(h, first))
    return next((max(h.at, first.at) for h in later), None)


def _since(entry: Happening, first: Happening) -> bool:
    if "day" in (entry.precision, first.precision):
        return local(entry.at).date() >= local(first.at).date()
    return entry.at >= first.at


def _of_its_own(entry: Happening, first: Happening) -> bool:
    """A decision that says nothing of this referral: of another row of the system, of a referral made here, or that gives it back."""
    if entry.kind != "referral.decided":
        return False
    return entry.source in (first.source, MADE_HERE) or entry.get("decision") == "returned_for_information"
