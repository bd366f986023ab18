"""One referral as the receiving agency sees it: risk and what is asked for first, what was done before, who was asked, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access import gate
from sightline.access.casework import take_up
from sightline.access.log import Action
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.agencies.succession import Names
from sightline.alerts.settings import limits
from sightline.chronology.courses import Run, runs
from sightline.chronology.needs import in_words, needs_of
from sightline.chronology.queries import chronology_of
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.worklists import several
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotFound
from sightline.kernel.moments import local, say_date
from sightline.pathways.referral.alerts.matching import TAKEN_UP
from sightline.pathways.referral.queries.queue import earlier_runs
from sightline.pathways.referral.queries.received import LOOKS_BACK, sent_to
from sightline.pathways.referral.queries.receiving import receiver
from sightline.pathways.referral.queries.tiers import Stands, tiers
from sightline.pathways.referral.rules.authorities import Authority, authority
from sightline.pathways.referral.rules.courses import REFERRAL, REQUEST, SETTING
from sightline.pathways.referral.rules.order import RISKS, risk_of
from sightline.pathways.referral.rules.quality import Quality, quality_of
from sightline.pathways.referral.rules.waiting import due_at
from sightline.people.persons import Person, persons
from sightline.people.sight import sight_of

SETTINGS = ("education", "early_years")


@dataclass(frozen=True)
class Before:
    """An earlier referral: what was decided and done then, who had the child, and whether it helped."""

    made: Happening
    decided: Happening | None
    helped: str
    came: tuple[Happening, ...]
    outcomes: tuple[Happening, ...]


@dataclass(frozen=True)
class Asked:
    """A request to one agency: when, by when, and what came back after how long."""

    run: Run
    agency: str
    needed_by: datetime
    answer: Happening | None

    @property
    def took(self) -> timedelta | None:
        """How long the answer took."""
        return self.answer.at - self.run.first.at if self.answer else None


@dataclass(frozen=True)
class RunPage:
    """Everything about one referral of one child."""

    person: int
    who: Person
    run: Run
    risk: str
    due_at: datetime
    quality: Quality
    before: tuple[Before, ...]
    asked: tuple[Asked, ...]
    settings_told: tuple[Run, ...]
    authority: Authority
    receives: bool
    agencies: tuple[tuple[str, str], ...]
    names: Names
    needs: list[tuple[str, str]]
    stands: Stands | None

    @property
    def first(self) -> Happening:
        """The referral as it was made."""
        return self.run.first

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return self.run.course.states[self.run.state]

    @property
    def decided(self) -> Happening | None:
        """The newest decision."""
        return self.run.last("referral.decided")


def referral_page(viewer: Viewer, person: int, entry: int) -> RunPage:
    """One referral. Raises NotFound where the viewer may not read the child, or there is no such referral of theirs."""
    chronology, held = chronology_of(viewer, person), limits()
    run = next((r for r in runs(REFERRAL, chronology) if r.first.event_id == entry), None)
    if run is None:
        raise NotFound(gate.NOT_FOUND)
    first, to = run.first, str(run.first.get("to") or "")
    return RunPage(
        person, persons([person], sight_of(viewer))[person], run, RISKS[risk_of(first)], due_at(run, held),
        quality_of(first), tuple(_before(r, run, chronology) for r in earlier_runs(chronology, run, held)), _asked(chronology, run),
        tuple(r for r in runs(SETTING, chronology) if r.first.at >= first.at - timedelta(days=7)),
        authority(to, local(viewer.at).date()), receiver(viewer.agency, viewer.at).takes(first, person), other_agencies(viewer), Names(),
        in_words(needs_of(chronology, viewer.at)), tiers().stands(viewer, run),
    )  # fmt: skip


def other_agencies(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Those that may be asked what they know: every other organisation that is still there."""
    day = local(viewer.at).date()
    held = Agency.objects.exclude(key=viewer.agency).exclude(active_until__lte=day).order_by("name")
    return tuple(held.values_list("key", "name"))


def _before(earlier: Run, run: Run, chronology: Chronology) -> Before:
    def between(*kinds: str) -> tuple[Happening, ...]:
        return tuple(h for h in chronology.of_kind(*kinds) if earlier.first.at <= h.at < run.first.at)

    return Before(earlier.first, earlier.last("referral.decided"), _helped(earlier, chronology), between(*TAKEN_UP, "conference.held"),
                  between("outcome.recorded"))  # fmt: skip


def _helped(earlier: Run, chronology: Chronology) -> str:
    """Whether what was done helped, by the newest word of it: whoever referred was told so, or it was said at the next referral."""
    after = next((r for r in runs(REFERRAL, chronology) if r.first.at > earlier.first.at), None)
    words = [str(e.get("helped")) for e in earlier.of("referral.fed_back") if e.get("helped")]
    words += [
        str(e.get("helped_before")) for e in (after.of("referral.decided") if after else ()) if e.get("helped_before")
    ]
    known = [w for w in words if w != "too_early"] or words
    return known[-1] if known else ""


def _asked(chronology: Chronology, run: Run) -> tuple[Asked, ...]:
    found = []
    for request in runs(REQUEST, chronology):
        if request.first.at < run.first.at:
            continue
        answer = request.last("information.supplied", "information.refused")
        found.append(Asked(request, str(request.first.get("of") or ""), needed_by(request.first), answer))
    return tuple(found)


def needed_by(request: Happening) -> datetime:
    """By when an answer is needed: as it says, else by the limit."""
    said = request.get("needed_by")
    if said:
        return said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return limits().due("information.supplied", request.at, precision=request.precision)


@dataclass(frozen=True)
class CalledBy:
    """How a receiver is told whom it is about, and the postcode by which authorities answer."""

    called: str
    postcode: str


def called_of(viewer: Viewer, person: int) -> CalledBy:
    """Somebody whose record is open, as a receiver needs to know them. Raises NotFound."""
    gate.look(viewer, [person], fields=("names", "born", "addresses"), note="to refer or ask")
    who, day = persons([person], sight_of(viewer))[person], local(viewer.at).date()
    homes = who.living_at(day)
    born = f", born {say_date(who.born_on)}" if who.born_on else ""
    return CalledBy(f"{who.name}{born}", homes[0].postcode if homes else "")


def settings_of(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Schools and nurseries that can be told here: their keys and names."""
    held = Agency.objects.filter(kind__in=SETTINGS).exclude(active_until__lte=local(viewer.at).date()).order_by("name")
    return tuple(held.values_list("key", "name"))


@dataclass(frozen=True)
class OpenQuestion:
    """A referral that ended, or was taken up long ago, and led to nothing that anyone can see; and who has the child now."""

    person: int
    name: str
    run: Run
    owner: str


def open_questions(viewer: Viewer) -> tuple[OpenQuestion, ...]:
    """Referrals after which no conference, plan, enquiry or service came within the limit, and nobody has said why; oldest first."""
    gate.require(viewer, May.DECIDE_REFERRALS)
    came = sent_to(viewer.agency, since=viewer.at - LOOKS_BACK, until=viewer.at)
    people = take_up(viewer, {r.person for r in came}, reason="A referral to this agency led to nothing yet")
    held, here = limits(), receiver(viewer.agency, viewer.at)
    here.learn(people)
    found = [
        (p, r)
        for p, c in several(viewer, people).items()
        for r in runs(REFERRAL, c)
        if here.takes(r.first, p) and _unexplained(r, c, held, viewer.at)
    ]
    gate.look(
        viewer,
        {p for p, _ in found},
        fields=("names", "chronology"),
        action=Action.LIST,
        note="referrals that led to nothing",
    )
    who = persons({p for p, _ in found}, sight_of(viewer))
    rows = [
        OpenQuestion(p, who[p].name, r, str((r.last("referral.decided") or r.first).get("owner") or "nobody named"))
        for p, r in found
    ]
    return tuple(sorted(rows, key=lambda q: (q.run.first.at, q.person)))


def _unexplained(run: Run, chronology: Chronology, held: Limits, at: datetime) -> bool:
    decided = run.last("referral.decided")
    if run.state not in ("told", "decided") or decided is None or run.last("referral.explained"):
        return False
    came = any(h.at >= run.first.at for h in chronology.of_kind(*TAKEN_UP, "conference.held"))
    return not came and held.due("referral.explained", decided.at, precision=decided.precision) < at
