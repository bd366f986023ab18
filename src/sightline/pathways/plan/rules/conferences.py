"""Of one conference: who was asked, who reported and contributed, whether it was quorate, and by when it must be held. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.chronology.courses import Run
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits

KEY_AGENCIES = ("social_care", "police", "health", "education")
BEGINS = ("enquiry_joint", "enquiry_single_social_care")
NAMES = {
    "initial": "Initial child protection conference", "review": "Review conference", "pre_birth": "Conference before birth",
    "transfer": "Transfer conference", "care_review": "Looked-after review", "planning": "Formal planning meeting",
}  # fmt: skip
CONFERENCES = ("initial", "review", "pre_birth", "transfer")
ASK_FIRST = (
    "Ask children's services first. Where a child protection plan is in force, call a review conference instead, and record at it "
    "whether the plan continues."
)


@dataclass(frozen=True)
class Part:
    """One agency at a conference: asked, reported, there, and whether it said anything there or in writing."""

    agency: str
    invited: bool
    reported: bool
    attended: bool
    contributed: bool

    @property
    def silent(self) -> bool:
        """There, and nothing said of the child or of what the agency can do."""
        return self.attended and not self.contributed


def strategy_that_counts(chronology: Chronology) -> Happening | None:
    """The strategy discussion from which the initial conference is counted: the last that decided on an enquiry."""
    found = [h for h in chronology.of_kind("strategy.held") if h.get("decision") in BEGINS]
    return found[-1] if found else None


def initial_by(strategy: Happening, limits: Limits) -> datetime:
    """When the initial conference must have been held."""
    return limits.due("conference.initial", strategy.at, precision=strategy.precision)


def meeting_at(run: Run) -> datetime | None:
    """When a called conference is to be: as it was put off last."""
    put_off, called = run.last("conference.postponed"), run.last("conference.called")
    said = put_off.get("to") if put_off else called.get("meeting_at") if called else None
    return datetime.fromisoformat(str(said)) if said else None


def held_as(run: Run, *, in_force: bool) -> str:
    """What kind of conference it was: where a child protection plan is in force, an initial one is a review of it."""
    kind = str(run.first.get("kind"))
    return "review" if in_force and kind == "initial" else kind


def _listed(entry: Happening | None, field: str) -> tuple[str, ...]:
    said = entry.get(field) if entry else None
    return tuple(str(v) for v in said) if isinstance(said, list | tuple) else ()


def parts(run: Run) -> tuple[Part, ...]:
    """Every agency that was asked, came or reported, and what it gave: contribution is measured, not presence."""
    held = run.last("conference.held", "planning.held")
    invited = {str(e.get("agency")) for e in run.of("conference.invited") if e.get("agency")}
    reports = run.of("conference.reported")
    reported = {str(e.get("agency")) for e in reports} | set(_listed(held, "reports_from"))
    attended, spoke = set(_listed(held, "attended")), set(_listed(held, "contributed"))
    gave = reported | spoke
    every = sorted(invited | reported | attended | spoke)
    return tuple(Part(a, a in invited, a in reported, a in attended, a in gave) for a in every)


def silent(run: Run) -> tuple[str, ...]:
    """Agencies that were asked and have not reported."""
    return tuple(p.agency for p in parts(run) if p.invited and not p.reported)


def not_asked(run: Run, kinds: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Kinds of agency that are key to every conference and that nobody asked. `kinds`: each agency's key with its kind."""
    kind_of = dict(kinds)
    asked = {kind_of.get(p.agency, p.agency) for p in parts(run)}
    asked |= {kind_of.get(run.first.agency, run.first.agency)}
    return tuple(k for k in KEY_AGENCIES if k not in asked)


def quorate(attended: Iterable[str], kinds: Iterable[tuple[str, str]], least: int) -> bool:
    """Whether enough agencies came, social care among them."""
    kind_of, there = dict(kinds), set(attended)
    return len(there) >= least and "social_care" in {kind_of.get(a, a) for a in there}


def guardians(chronology: Chronology) -> tuple[Happening, ...]:
    """Children's guardians appointed in proceedings that have not ended."""
    ended = chronology.latest("proceedings.ended")
    return tuple(h for h in chronology.of_kind("guardian.appointed") if ended is None or h.at > ended.at)
