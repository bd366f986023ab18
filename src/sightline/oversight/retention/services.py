"""Finding what is due; legal holds placed and lifted by name; reviews decided by name, and a disposal agreed to by a second person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.log import Action, write
from sightline.access.models import Involvement
from sightline.access.roles import May
from sightline.access.viewer import Viewer
from sightline.agencies.systems import systems
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local, say_date, start_of
from sightline.kernel.reasons import worded
from sightline.oversight.retention.models import Hold, Review
from sightline.oversight.retention.queries import (
    Standing,
    hold_to_lift,
    holding_page,
    holds_over,
    people_untouched_since,
    review_page,
    sealed,
    standings,
)
from sightline.oversight.retention.rules import years_after
from sightline.oversight.retention.schedules import schedules

A_BATCH = 500
AGAIN_AFTER = 1  # years until a disposal that was not agreed to is looked at again: local default
READS_FOR = timedelta(hours=12)  # a review opens the record to its reviewer: local default, as at first contact
HELD = "A legal hold stands over these records: nothing is disposed of until it is lifted."


@wall.working()
def find_due(*, at: datetime) -> tuple[int, int]:
    """Look for records that are due: gives how many reviews are new, and how many that waited are due no more.

    Looks only at people to whom nothing has happened for as long as the shortest schedule keeps anything.
    """
    gone = _no_longer_due(at)
    shortest = min(k.years for s in schedules() for k in s.keep if k.counted_from == "last")
    before = start_of(years_after(local(at).date(), -shortest))
    found = after = 0
    while people := people_untouched_since(before, after=after, most=A_BATCH):
        found += _take_up(people, at)
        after = people[-1]
    return found, gone


def _no_longer_due(at: datetime) -> int:
    waiting = {r.person_id: r for r in Review.objects.filter(outcome="")}
    day = local(at).date()
    kept = {p for p, s in standings(waiting, as_of=at).items() if s.kept.due(day)} - sealed(waiting, at)
    gone = [r.pk for p, r in waiting.items() if p not in kept]
    Review.objects.filter(pk__in=gone).delete()
    return len(gone)


def _take_up(people: list[int], at: datetime) -> int:
    waiting = Review.objects.filter(person_id__in=people)
    have = {
        r.person_id
        for r in waiting
        if not r.outcome or (r.outcome == "dispose" and r.agreed is not False and not r.erased_at)
    }
    asked = set(people) - have - sealed(people, at)
    day = local(at).date()
    rows = [_review(s, at) for s in standings(asked, as_of=at).values() if s.kept.due(day)]
    Review.objects.bulk_create(rows)
    return len(rows)


def _review(standing: Standing, at: datetime) -> Review:
    kept = standing.kept
    if kept.schedule is None or kept.keep_until is None or kept.review_on is None:
        raise LookupError("nothing is due without a schedule")
    return Review(
        person_id=standing.person, schedule=kept.schedule.key, keep_until=kept.keep_until, review_on=kept.review_on, why=kept.why,
        found_at=at, **standing.counted(),
    )  # fmt: skip


@wall.working()
def place_hold(viewer: Viewer, person: int, *, reason: str, source: str = "", since_on: date | None = None) -> Hold:
    """A legal hold over somebody: nothing of theirs is disposed of while it stands. `source`, `since_on`: which of their entries it is about.

    Raises NotFound for posts that review no retention and for somebody hidden, Refused for a reason too short to mean anything.
    """
    holding_page(viewer, person)
    return _place(viewer, person, reason, source, since_on)


@wall.working()
def place_hold_on_system(viewer: Viewer, source: str, *, reason: str, since_on: date | None = None) -> Hold:
    """A legal hold over everything a system has said, as for a public inquiry. Raises NotPermitted for other posts."""
    gate.require(viewer, May.REVIEW_RETENTION)
    if source not in systems():
        raise Refused("Choose a system.")
    return _place(viewer, None, reason, source, since_on)


def _place(viewer: Viewer, person: int | None, reason: str, source: str, since_on: date | None) -> Hold:
    worded(reason, "Say why, and on whose authority")
    with transaction.atomic():
        about = [] if person is None else [person]
        write(viewer, Action.ADMINISTRATION, people=about, fields=("legal_hold",), note="legal hold placed")
        return Hold.objects.create(
            person_id=person, source=source, since_on=since_on, reason=reason.strip(), placed_by_id=viewer.user_id or 0, placed_at=viewer.at
        )  # fmt: skip


@wall.working()
def lift_hold(viewer: Viewer, hold: int, *, reason: str) -> Hold:
    """A hold is lifted, with whose name and why. Raises NotFound as `place_hold` does, Refused where it was lifted before."""
    hold_to_lift(viewer, hold)
    with transaction.atomic():
        held = Hold.objects.select_for_update().get(pk=hold)
        if held.lifted_at is not None:
            raise Refused("This hold has been lifted already.")
        worded(reason, "Say why it is lifted, and on whose authority")
        about = [] if held.person_id is None else [held.person_id]
        write(viewer, Action.ADMINISTRATION, people=about, fields=("legal_hold",), note=f"legal hold {held.pk} lifted")
        held.lifted_at, held.lifted_because, held.lifted_by_id = viewer.at, reason.strip(), viewer.user_id
        held.save()
        return held


@wall.working()
def open_for_review(viewer: Viewer, number: int) -> int:
    """The record is opened to whoever reviews it, for 12 hours, so that a decision rests on what it says; gives the person.

    Raises NotFound and NotPermitted as the review's page does, Refused where there is nothing to decide any more.
    """
    row = review_page(viewer, number).listed.row
    if row.outcome == "keep" or row.agreed is not None:
        raise Refused("This review has been decided.")
    with transaction.atomic():
        write(
            viewer,
            Action.ADMINISTRATION,
            people=[row.person_id],
            fields=("involvement",),
            note=f"retention review {row.pk}",
        )
        Involvement.objects.create(
            user_id=viewer.user_id or 0, post_id=viewer.post_id, person_id=row.person_id, why="retention_review",
            reason=f"Retention review {row.pk}", from_at=viewer.at,
            until_at=viewer.at + READS_FOR,
        )  # fmt: skip
    return row.person_id


@wall.working()
def decide(viewer: Viewer, number: int, *, outcome: str, reason: str, kept_until: date | None = None) -> Review:
    """What a review decided: kept, until when and why, or to be disposed of, to which a second person has to agree.

    Raises NotFound as the review's page does. Refused: decided before, no reason, no day to keep it until, or a disposal that the schedule,
    a legal hold, or anything that makes the record live does not allow.
    """
    with transaction.atomic():
        row = _locked(viewer, number)
        if row.outcome:
            raise Refused("This review has been decided already.")
        worded(reason)
        today = local(viewer.at).date()
        if outcome == "keep" and (kept_until is None or kept_until <= today):
            raise Refused("Say until which day it is kept: a day to come.")
        if outcome == "dispose":
            may_be_disposed_of(row, at=viewer.at)
        elif outcome != "keep":
            raise Refused("Choose whether it is kept or disposed of.")
        row.outcome, row.reason, row.decided_at, row.decided_by_id = outcome, reason.strip(), viewer.at, viewer.user_id
        row.kept_until = kept_until if outcome == "keep" else None
        return _written(viewer, row, outcome)


@wall.working()
def agree(viewer: Viewer, number: int, *, agrees: bool, reason: str) -> Review:
    """A second person agrees to a disposal, or does not: then it is kept, and looked at again in a year.

    Raises NotFound as the review's page does. Refused: for whoever decided it, where nothing waits, and as `decide` does.
    """
    with transaction.atomic():
        row = _locked(viewer, number)
        if row.outcome != "dispose" or row.agreed is not None:
            raise Refused("Nothing waits for a second person here.")
        if row.decided_by_id == viewer.user_id:
            raise Refused("You decided this yourself, so somebody else has to agree to it.")
        worded(reason)
        if agrees:
            may_be_disposed_of(row, at=viewer.at)
        else:
            row.kept_until = years_after(local(viewer.at).date(), AGAIN_AFTER)
        row.agreed, row.second_reason, row.second_at, row.second_by_id = (
            agrees,
            reason.strip(),
            viewer.at,
            viewer.user_id,
        )
        return _written(viewer, row, "agreed" if agrees else "not agreed")


def may_be_disposed_of(row: Review, *, at: datetime) -> Standing:
    """Raises Refused, saying why, where the records may not be disposed of as things stand; else gives how they are kept."""
    if holds_over(row.person_id):
        raise Refused(HELD)
    if sealed([row.person_id], at):
        raise Refused("The record is sealed: nothing is disposed of before the seal is lifted.")
    standing = standings([row.person_id], as_of=at)[row.person_id]
    if standing.kept.live:
        raise Refused(f"These records are not due any more: {standing.kept.live}.")
    if not standing.kept.may_go(local(at).date()):
        until = standing.kept.keep_until
        raise Refused(f"The schedule keeps these records until {say_date(until) if until else 'a day not known'}.")
    return standing


def _locked(viewer: Viewer, number: int) -> Review:
    """The review as it is now, held until the decision is written, for a reviewer who may know of it."""
    review_page(viewer, number)
    return Review.objects.select_for_update().get(pk=number)


def _written(viewer: Viewer, row: Review, outcome: str) -> Review:
    write(
        viewer,
        Action.REVIEW,
        people=[row.person_id],
        fields=("retention_review",),
        outcome=outcome,
        note=f"retention review {row.pk}",
    )
    row.save()
    return row
