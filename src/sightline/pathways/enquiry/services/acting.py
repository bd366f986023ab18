"""What is done under a discussion that was held: actions, health heard, who enquires looked at again, and its close."""

from __future__ import annotations

from datetime import datetime

from sightline.access import gate
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.chronology.courses import Run
from sightline.chronology.stepping import take
from sightline.chronology.view import Happening
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import worded
from sightline.pathways.enquiry.queries import as_held, courses_of, hears_health, suspicion
from sightline.pathways.enquiry.rules import (
    STRATEGY,
    actions,
    clinicians_heard,
    health_heard,
    lacks_to_close,
    procedure_on,
)
from sightline.pathways.enquiry.services.gates import heard
from sightline.pathways.enquiry.services.steps import ActionSaid, in_order, set_one

NAMED_IN = 2  # words


def set_action(
    viewer: Viewer, person: int, run: Run, action: ActionSaid, *, token: str, at: datetime, seen: int | None = None
) -> None:
    """One more thing to do under a discussion."""
    gate.require(viewer, May.HOLD_STRATEGY)
    set_one(viewer, person, run.key, action, token=token, at=in_order(run, at), seen=seen)


def end_action(
    viewer: Viewer, person: int, run: Run, action: str, *, result: str, dropped: bool, authorised_by: str, token: str, at: datetime,
    seen: int | None = None,
) -> None:  # fmt: skip
    """An action was done, with what came of it; or it is dropped, with why and on whose authority."""
    held = next((a for a in actions(run.entries) if a.id == action and a.end is None), None)
    if held is None:
        raise Refused("That action is not open: somebody has ended it already, or it belongs to another discussion.")
    if dropped:
        said = {
            "id": action,
            "reason": worded(result, "Say why it is dropped"),
            "authorised_by": worded_name(authorised_by),
        }
    else:
        said = {"id": action, "result": worded(result, "Say what came of it")}
    kind = "action.dropped" if dropped else "action.done"
    take(viewer, STRATEGY, person, run.key, kind, token=token, data=said, at=in_order(run, at), seen=seen)


def worded_name(name: str) -> str:
    """Who it was. Raises Refused where nobody is named."""
    if len(name.strip()) < 3:
        raise Refused("Say on whose authority it is dropped.")
    return name.strip()


def hear_health(
    viewer: Viewer, person: int, run: Run, *, role: str, opinion: str, clinician: str = "", token: str, at: datetime,
    seen: int | None = None,
) -> None:  # fmt: skip
    """What a clinician says, where health was not in the discussion. By somebody of health, or by whoever leads and names the clinician.

    Raises NotPermitted for anybody else, Refused for a role that is no clinician's by the agreed procedure.
    """
    if not hears_health(viewer):
        gate.require(viewer, May.HOLD_STRATEGY)
    if role not in procedure_on(local(viewer.at).date()).clinicians:
        raise Refused("Choose which kind of clinician it was: nobody else's word counts on an injury or a symptom.")
    named = clinician.strip() or (viewer.name if viewer.agency_kind == "health" else "")
    if len(named.split()) < NAMED_IN:
        raise Refused("Say which clinician, by first name and surname, or by title and surname.")
    said = {"role": role, "clinician": named, "opinion": worded(opinion, "Say what the clinician said")}
    take(viewer, STRATEGY, person, run.key, "health.consulted", token=token, data=said, at=in_order(run, at), seen=seen)


def review_mode(
    viewer: Viewer,
    person: int,
    run: Run,
    *,
    decision: str,
    reason: str,
    token: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Somebody else of the police looks at whether social care should act alone where an offence may have been committed."""
    gate.require(viewer, May.HOLD_STRATEGY)
    held = run.last("strategy.held")
    if viewer.agency_kind != "police":
        raise Refused(
            "A detective sergeant or inspector looks at this: it is for the police to say whether they should enquire too."
        )
    if held is not None and _own(held, viewer):
        raise Refused("You recorded this decision yourself, so somebody else has to look at it.")
    said = {"decision": decision, "reason": worded(reason)}
    take(
        viewer,
        STRATEGY,
        person,
        run.key,
        "enquiry.mode_reviewed",
        token=token,
        data=said,
        at=in_order(run, at),
        seen=seen,
    )


def _own(entry: Happening, viewer: Viewer) -> bool:
    """Whether the viewer recorded it: two people may have one name. What was recorded before accounts were kept goes by the name."""
    account = entry.get("account")
    return account == viewer.user_id if account is not None else entry.by.casefold() == viewer.name.casefold()


def close(
    viewer: Viewer, person: int, run: Run, *, reason: str, explanation: str, clinician: str, token: str, at: datetime,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Close a discussion: every action done or dropped, and where abuse is alleged health heard, and no lay explanation of an injury."""
    gate.require(viewer, May.HOLD_STRATEGY)
    page = courses_of(viewer, person)
    held = as_held(page)
    met = held.same(run).last("strategy.held")
    abuse = bool(met and met.get("abuse_alleged")) or suspicion(viewer, person, held=True).abuse
    if lacks := lacks_to_close(run, unheard=abuse and not health_heard(held.same(run), held.chronology)):
        raise Refused("This cannot be closed yet: " + "; ".join(lacks) + ".")
    if abuse and not explanation:
        raise Refused("Say whether there was an injury or symptom, and who explained it.")
    who = ""
    if explanation == "explained_by_clinician":
        who = heard(clinician, clinicians_heard(page.chronology, [run], run.first.at, page.procedure))
    said = {"reason": worded(reason), "explanation": explanation or None, "clinician": who or None}
    take(viewer, STRATEGY, person, run.key, "strategy.closed", token=token, data=said, at=in_order(run, at), seen=seen)
