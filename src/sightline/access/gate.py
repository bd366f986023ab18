"""The gate every query passes with a viewer: it asks the policy table who may see what, and writes the look down before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.access import budgets, policy
from sightline.access.fields import classes_of
from sightline.access.log import Action, write
from sightline.access.models import BreakGlass, Exclusion, Involvement, Restriction
from sightline.access.policy import Decision, Held, Of, Purpose, State
from sightline.access.roles import May
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.kernel.reasons import worded

NOT_FOUND = "There is nothing here that you can see. In an emergency ring your control room; if you must know now, ask the data guardian to open it."
_STRICTEST = list(State)
WITHHELD = "This is not permitted for your post. The person's own page says what is held, and whom to ask for it."


class Withheld(NotPermitted):
    """That there is a record may be known, and this of it is not given to this viewer."""


def hidden(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """Those whose existence this viewer may not learn: sealed records, and people they are excluded from."""
    return _hidden(viewer, Q(person_id__in=list(people)))


def unseen(viewer: Viewer) -> set[int]:
    """Everybody whose existence this viewer may not learn, for a reading that cannot name beforehand whom it will meet."""
    return _hidden(viewer, Q())


def excluded(viewer: Viewer, person: int) -> bool:
    """Whether a conflict of interest keeps this viewer from a person, whatever their role."""
    return Exclusion.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id=person).exists()


def in_emergency(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """Those of these people whom this viewer has opened in an emergency that still lasts; nobody in a session that has not confirmed who they are."""
    mine = _openings(viewer).filter(person_id__in=set(people))
    return {person for person in mine.values_list("person_id", flat=True) if person is not None}


def held_back(viewer: Viewer) -> bool:
    """Whether something that this user opened in an emergency is not shown, because they have not lately said again who they are."""
    mine = _openings(replace(viewer, confirmed=True))
    return not viewer.confirmed and mine.filter(person_id__isnull=False).exists()


def _hidden(viewer: Viewer, which: Q) -> set[int]:
    told = [s for s in State if policy.conceals(viewer.role, viewer.agency_kind, s)]
    barred = _excluded(viewer, which) if State.EXCLUDED in told else set()
    return _restricted(viewer, which & Q(state__in=told)).keys() | barred


def _restricted(viewer: Viewer, which: Q) -> dict[int, State]:
    """Those whose record is sealed or restricted, and which; less those whom an emergency opening lifts for its user.

    In the same query, so that it takes no longer for them.
    """
    lifted = [s for s in State if policy.lifts(viewer.role, viewer.agency_kind, s)]
    kept = ~Q(Exists(_mine(viewer)), state__in=lifted)
    found: dict[int, State] = {}
    for person, said in Restriction.objects.filter(live_at(viewer.at), which, kept).values_list("person_id", "state"):
        found[person] = min(State(said), found.get(person, State.OPEN), key=_STRICTEST.index)
    return found


def _excluded(viewer: Viewer, which: Q) -> set[int]:
    """Those from whom a conflict of interest keeps this viewer, less whom an emergency opening lifts."""
    barred = Exclusion.objects.filter(live_at(viewer.at), which, user_id=viewer.user_id or 0)
    if policy.lifts(viewer.role, viewer.agency_kind, State.EXCLUDED):
        barred = barred.filter(~Exists(_mine(viewer)))
    return set(barred.values_list("person_id", flat=True))


def _openings(viewer: Viewer) -> QuerySet[BreakGlass]:
    """The emergency openings that count for this viewer; asked alike, and empty, where they have not confirmed who they are."""
    whose = viewer.user_id if viewer.confirmed else None
    return BreakGlass.objects.filter(live_at(viewer.at), user_id=whose or 0)


def _mine(viewer: Viewer) -> QuerySet[BreakGlass]:
    return _openings(viewer).filter(person_id=OuterRef("person_id"))


def _tied(viewer: Viewer, people: set[int]) -> dict[int, set[Held]]:
    """What ties this viewer to each of these people now."""
    live = Involvement.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id__in=people)
    found: dict[int, set[Held]] = {}
    for person, why in live.values_list("person_id", "why"):
        if (held := policy.held_by(why)) is not Held.EMERGENCY or viewer.confirmed:
            found.setdefault(person, set()).add(held)
    return found


def sees(
    viewer: Viewer,
    people: Iterable[int],
    *,
    purpose: Purpose | None = None,
    around: bool = False,
    unknown: Set[int] | None = None,
) -> dict[int, Decision]:
    """What this viewer is given of each of these people, class by class, by the policy table. Writes nothing.

    `around`: they were met around somebody whose record is read. `unknown`: of whom the reading knows already that they are hidden.
    """
    asked = set(people)
    tied, these = _tied(viewer, asked), Q(person_id__in=asked)
    if unknown is None:
        states = _restricted(viewer, these) | dict.fromkeys(_excluded(viewer, these), State.EXCLUDED)
    else:
        restricted = _restricted(viewer, these & Q(state=State.RESTRICTED))
        states = restricted | dict.fromkeys(unknown & asked, State.SEALED)
    found: dict[int, Decision] = {}
    for person in asked:
        state, held = states.get(person, State.OPEN), tied.get(person, set())
        if state is not State.OPEN and Held.EMERGENCY in held:
            # What an opening that lasts lifts is open by now: this one is over, or was another person's before a join.
            held = (held - {Held.EMERGENCY}) | {Held.FIRST_CONTACT}
        met = held | {Held.AROUND} if around else held
        found[person] = policy.decide(viewer.role, viewer.agency_kind, met, state, purpose)
    return found


def of_a_place(viewer: Viewer) -> Decision:
    """What this viewer is given of an entry that names nobody, at a place that is open to them."""
    return policy.decide(viewer.role, viewer.agency_kind, [Held.FIRST_CONTACT], State.OPEN)


def behind_a_summary(viewer: Viewer, person: int) -> Decision:
    """What a summary of a child may rest on of somebody around them whose record is open: what the viewer's agency may read.

    The entries themselves are shown only of people whom the viewer has opened.
    """
    seen = sees(viewer, [person], around=True)[person]
    return of_a_place(viewer) if seen.shows(Of.STANDING) and not seen.shows(Of.SENSITIVE) else seen


def involved(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """Those this viewer has a live involvement with, and may know of."""
    asked = set(people)
    return set(_tied(viewer, asked)) - hidden(viewer, asked)


def readable(viewer: Viewer, people: Iterable[int], *, purpose: Purpose | None = None) -> set[int]:
    """Those whose record this viewer may read now. Writes nothing: callers go on to `look`."""
    return {person for person, given in sees(viewer, people, purpose=purpose).items() if given.content}


def look(
    viewer: Viewer,
    people: Iterable[int],
    *,
    fields: Iterable[str],
    action: Action = Action.CONSULTATION,
    note: str = "",
    purpose: Purpose | None = None,
) -> None:
    """Open these fields of these people's records to this viewer, writing it down first.

    Raises NotFound, with the refusal written down, where any of them may not be known of: a person who is not there, one who is
    sealed and one with whom the viewer is not involved give the same answer. Raises Withheld where a class of field is not given
    (recording what is new takes no more than knowing of the person), and BudgetSpent beyond the role's budget.
    """
    asked, named = set(people), tuple(fields)
    seen = sees(viewer, asked, purpose=purpose)
    if not all(given.known for given in seen.values()):
        refuse(viewer, people=asked, note=note)
        raise NotFound(NOT_FOUND)
    wanted = classes_of(named) if action is not Action.COLLECTION else frozenset()
    if any(wanted & given.withheld() for given in seen.values()):
        refuse(viewer, people=asked, note=note or "not given to this viewer")
        raise Withheld(WITHHELD)
    if action in budgets.COUNTED:
        budgets.within(viewer, asked - in_emergency(viewer, asked))
    write(viewer, action, people=asked, fields=named, note=note)


def refuse(viewer: Viewer, *, people: Iterable[int] = (), note: str = "") -> None:
    """Write down that something was asked for and not given."""
    write(viewer, Action.REFUSAL, people=people, outcome="refused", note=note)


def require(viewer: Viewer, right: May) -> None:
    """Raises NotPermitted, with the refusal written down, where the role is not trusted with this."""
    if not viewer.may(right):
        refuse(viewer, note=f"role may not {right.value}")
        raise NotPermitted("Your role does not allow this. Your supervisor can tell you who can do it.")


def open_first_contact(viewer: Viewer, people: Iterable[int], *, until: datetime) -> set[int]:
    """A typed reason opens these people to someone who answers calls, until a moment. Gives back those opened.

    Raises NotPermitted for other roles and Refused for a reason too short to mean anything. Hidden people are passed over.
    """
    require(viewer, May.SEARCH_AT_FIRST_CONTACT)
    worded(viewer.reason, "Say why you are looking")
    asked = set(people)
    opened = asked - hidden(viewer, asked)
    Involvement.objects.bulk_create(
        Involvement(
            user_id=viewer.user_id or 0,
            post_id=viewer.post_id,
            person_id=person,
            why="first_contact",
            reason=viewer.reason,
            from_at=viewer.at,
            until_at=until,
        )
        for person in opened - involved(viewer, opened)
    )
    return opened
