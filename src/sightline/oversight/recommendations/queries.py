"""Problem profiles and learning reviews: what each found, what it asked for, whether that was done, and live cases of the same pattern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.policy import Tier, tier
from sightline.access.viewer import Viewer
from sightline.alerts.models import Alert
from sightline.alerts.names import alert_names
from sightline.alerts.shown import known_of, people_of
from sightline.chronology.models import Event
from sightline.kernel.moments import local

SOURCES = ("analysis", "learning_reviews")
KINDS = ("profile.published", "review.found", "recommendation.made", "recommendation.answered")


@dataclass(frozen=True)
class Recommended:
    """One recommendation. `acted_on` is None where nobody has said whether it was."""

    text: str
    owner: str
    due: date | None
    acted_on: bool | None
    what: str
    answered_at: datetime | None

    def overdue(self, on: date) -> bool:
        """Whether its day has passed and nobody has answered."""
        return self.acted_on is None and self.due is not None and self.due < on


@dataclass(frozen=True)
class Found:
    """What a review found, what was changed because of it, and the alerts of live cases of the same pattern that the viewer may read."""

    text: str
    policy: str
    training: str
    pattern: str
    live: tuple[int, ...]


@dataclass(frozen=True)
class Report:
    """A profile or a review."""

    title: str
    source: str
    published_at: datetime
    about: str
    findings: tuple[Found, ...]
    recommended: tuple[Recommended, ...]

    def holds(self, words: Iterable[str]) -> bool:
        """Whether it says all of these words anywhere."""
        said = " ".join(
            (
                self.title, self.about, *(f"{f.text} {f.policy} {f.training} {f.pattern}" for f in self.findings),
                *(f"{r.text} {r.owner} {r.what}" for r in self.recommended),
            )
        ).casefold()  # fmt: skip
        return all(word in said for word in words)


def reports(viewer: Viewer, *, asked: str = "") -> tuple[Report, ...]:
    """Those that say all the words asked for, newest first; of the systems that the viewer's agency reads in full."""
    write(viewer, Action.LIST, note="profiles and learning reviews")
    open_ = [source for source in SOURCES if tier(viewer, source) is Tier.FULL]
    told: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in _about_nobody(open_):
        told[event.source, event.ref.split("/")[0]].append(event)
    live = _live(viewer, {str(e.data.get("pattern")) for held in told.values() for e in held if e.data.get("pattern")})
    every = (_report(key, held, live) for key, held in told.items())
    words = asked.casefold().split()
    return tuple(sorted((r for r in every if r.holds(words)), key=lambda r: (r.published_at, r.title), reverse=True))


@wall.working()
def _about_nobody(sources: list[str]) -> list[Event]:
    """Entries of these systems that name nobody: the second wall knows rows by whom they are about, and these are about none."""
    held = Event.objects.filter(kind__in=KINDS, source__in=sources, superseded=None, people=None)
    return list(held.order_by("at", "ref"))


def _live(viewer: Viewer, patterns: set[str]) -> dict[str, tuple[int, ...]]:
    """By pattern, the alerts that stand about people whose records are open to this viewer."""
    standing = list(Alert.objects.filter(kind__in=patterns, cleared_at=None).order_by("pk"))
    known = known_of(viewer, standing)
    opened = gate.readable(viewer, {p for a in known for p in people_of(a)})
    seen = [a for a in known if opened & {*people_of(a)}]
    if seen:
        gate.look(
            viewer,
            opened & {p for a in seen for p in people_of(a)},
            fields=("alerts",),
            action=Action.LIST,
            note="same pattern",
        )
    return {pattern: tuple(a.pk for a in seen if a.kind == pattern) for pattern in patterns}


def _report(key: tuple[str, str], held: list[Event], live: dict[str, tuple[int, ...]]) -> Report:
    said = {kind: [e for e in held if e.kind == kind] for kind in KINDS}
    profile: dict[str, str] = next((e.data for e in said["profile.published"]), {})
    answers = {e.data.get("id"): e for e in said["recommendation.answered"]}
    findings = tuple(
        Found(
            e.data.get("finding", ""), e.data.get("policy_changed", ""), e.data.get("training_changed", ""),
            _means(e.data.get("pattern", "")), live.get(e.data.get("pattern", ""), ()),
        )
        for e in said["review.found"]
    )  # fmt: skip
    about = ", ".join(x for x in (profile.get("threat", ""), profile.get("area", "")) if x)
    return Report(
        profile.get("title") or key[1], key[0], held[0].at, about, findings,
        tuple(_recommended(e, answers.get(e.data.get("id"))) for e in said["recommendation.made"]),
    )  # fmt: skip


def _means(pattern: str) -> str:
    return alert_names()[pattern].means if pattern in alert_names() else ""


def _recommended(made: Event, answer: Event | None) -> Recommended:
    due = date.fromisoformat(made.data["due"]) if made.data.get("due") else None
    said = answer.data if answer else {}
    return Recommended(
        made.data.get("text", ""), made.data.get("owner", ""), due, said.get("acted_on"), said.get("what", ""),
        answer.at if answer else None,
    )  # fmt: skip


def today(viewer: Viewer) -> date:
    """The day on which a recommendation is overdue or not."""
    return local(viewer.at).date()
