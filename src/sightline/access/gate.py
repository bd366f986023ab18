"""The gate every query passes with a viewer: who may see what, decided in one place, and written down before anything is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from sightline.access import budgets
from sightline.access.log import Action, write
from sightline.access.models import BreakGlass, Exclusion, Involvement, Restriction
from sightline.access.roles import May
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotFound, NotPermitted, Refused

FIRST_CONTACT_LASTS = timedelta(hours=12)  # local default: design.md 6
SHORTEST_REASON = 10
NOT_FOUND = "There is nothing here that you can see. In an emergency ring your control room; if you must know now, ask the data guardian to open it."


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
    """Those of these people whom this viewer has opened in an emergency that still lasts."""
    mine = BreakGlass.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id__in=set(people))
    return {person for person in mine.values_list("person_id", flat=True) if person is not None}


def _hidden(viewer: Viewer, which: Q) -> set[int]:
    """An emergency opening lifts seal and exclusion for its user while it lasts, in the same two queries, so that neither takes longer."""
    mine = BreakGlass.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id=OuterRef("person_id"))
    sealed = Restriction.objects.filter(live_at(viewer.at), which, ~Exists(mine), state="sealed")
    barred = Exclusion.objects.filter(live_at(viewer.at), which, ~Exists(mine), user_id=viewer.user_id or 0)
    return set(sealed.values_list("person_id", flat=True)) | set(barred.values_list("person_id", flat=True))


def involved(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """Those this viewer has a live involvement with, and may know of."""
    asked = set(people)
    live = Involvement.objects.filter(live_at(viewer.at), user_id=viewer.user_id or 0, person_id__in=asked)
    return set(live.values_list("person_id", flat=True)) - hidden(viewer, asked)


def readable(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """Those whose record this viewer may read now. Writes nothing: callers go on to `look`."""
    return involved(viewer, people) if viewer.may(May.READ_WHEN_INVOLVED) else set()


def look(
    viewer: Viewer,
    people: Iterable[int],
    *,
    fields: Iterable[str],
    action: Action = Action.CONSULTATION,
    note: str = "",
) -> None:
    """Open these people's records to this viewer, writing it down first.

    Raises NotFound, with the refusal written down, where any of them may not be read: a person who is not there, one who is
    sealed and one with whom the viewer is not involved give the same answer. Raises BudgetSpent beyond the role's budget.
    """
    asked = set(people)
    if asked - readable(viewer, asked):
        refuse(viewer, people=asked, note=note)
        raise NotFound(NOT_FOUND)
    if action in budgets.COUNTED:
        budgets.within(viewer, asked - in_emergency(viewer, asked))
    write(viewer, action, people=asked, fields=fields, note=note)


def refuse(viewer: Viewer, *, people: Iterable[int] = (), note: str = "") -> None:
    """Write down that something was asked for and not given."""
    write(viewer, Action.REFUSAL, people=people, outcome="refused", note=note)


def require(viewer: Viewer, right: May) -> None:
    """Raises NotPermitted, with the refusal written down, where the role is not trusted with this."""
    if not viewer.may(right):
        refuse(viewer, note=f"role may not {right.value}")
        raise NotPermitted("Your role does not allow this. Your supervisor can tell you who can do it.")


def open_first_contact(viewer: Viewer, people: Iterable[int]) -> set[int]:
    """A typed reason opens these people to someone who answers calls, for 12 hours. Gives back those opened.

    Raises NotPermitted for other roles and Refused for a reason too short to mean anything. Hidden people are passed over.
    """
    require(viewer, May.SEARCH_AT_FIRST_CONTACT)
    if len(viewer.reason) < SHORTEST_REASON:
        raise Refused(f"Say why you are looking, in at least {SHORTEST_REASON} characters.")
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
            until_at=viewer.at + FIRST_CONTACT_LASTS,
        )
        for person in opened - involved(viewer, opened)
    )
    return opened
