"""The access log: written in the request's own transaction, which commits before the answer leaves."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from enum import StrEnum

from django.db import DatabaseError

from sightline.access.models import AccessEntry
from sightline.access.viewer import Viewer
from sightline.kernel.errors import NotLogged


class Action(StrEnum):
    """Kinds of entry; the first six are those of the Data Protection Act 2018 s62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    SEARCH = "search"
    LIST = "list"
    EXPORT = "export"
    REFUSAL = "refusal"
    SIGN_IN = "sign_in"
    ADMINISTRATION = "administration"
    BREAK_GLASS = "break_glass"
    REVIEW = "review"


entries_written: ContextVar[int] = ContextVar("entries_written", default=0)
refusals_written: ContextVar[int] = ContextVar("refusals_written", default=0)


def write(
    viewer: Viewer,
    action: Action,
    *,
    people: Iterable[int] = (),
    fields: Iterable[str] = (),
    outcome: str = "given",
    note: str = "",
) -> AccessEntry:
    """One line of the log: ids and field names, never a value about a person. Raises NotLogged, so that nothing is shown."""
    try:
        entry = AccessEntry.objects.create(
            at=viewer.at,
            user_id=viewer.user_id,
            role=viewer.role,
            agency=viewer.agency,
            action=action.value,
            route=viewer.route[:200],
            reason=viewer.reason,
            people=sorted(set(people)),
            fields=sorted(set(fields)),
            outcome=outcome,
            note=note,
            request_ref=viewer.request_ref,
        )
    except DatabaseError as error:
        raise NotLogged("This look could not be written to the access log, so nothing is shown. Try again.") from error
    entries_written.set(entries_written.get() + 1)
    if action is Action.REFUSAL:
        refusals_written.set(refusals_written.get() + 1)
    return entry
