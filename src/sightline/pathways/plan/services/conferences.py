"""Calling a conference, inviting to it, reporting to it, putting it off."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.casework import open_to
from sightline.access.log import Action, write
from sightline.access.models import Post
from sightline.access.rota import live_posts
from sightline.chronology.courses import step_ref
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.reaching import BEFORE, PREFERRED, check_before_reaching, may_be_reached
from sightline.chronology.record import record_many
from sightline.chronology.stepping import begin, entry_here, people_of
from sightline.kernel.moments import start_of
from sightline.pathways.plan.queries.named import meant
from sightline.pathways.plan.queries.runs import as_held
from sightline.pathways.plan.rules import CONFERENCE
from sightline.pathways.plan.rules.conferences import guardians, meeting_at, strategy_that_counts
from sightline.pathways.plan.services.doing import Deed, chairs, leads
from sightline.people.anchors import found, identities_of, keys_for

PARTS = ("child", "parent", "guardian", "advocate")
ROLES = {"parent": "parent", "step-parent": "parent", "carer": "carer", "sibling": "sibling"}


def call(deed: Deed) -> str:
    """Call a conference about a child and those of the family who are named; the court's guardian is invited by itself. Gives the run's key."""
    leads(deed.viewer)
    said, strategy = deed.said, strategy_that_counts(deed.standing.chronology)
    counted = strategy.at if strategy and said["kind"] == "initial" else None
    data = {
        "kind": said["kind"], "meeting_at": said["meeting_at"], "chair": said["chair"], "where": said.get("where") or None,
        "counted_from": counted, "late_because": said.get("late_because") or None,
    }  # fmt: skip
    with transaction.atomic():
        key = begin(
            deed.viewer,
            CONFERENCE,
            "conference.called",
            token=deed.token,
            people=_about(deed),
            data=_only(data),
            at=deed.viewer.at,
        )
        _invite_guardians(deed, key)
    return key


def _only(data: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in data.items() if v not in (None, "", [])}


def _about(deed: Deed) -> dict[str, tuple[PersonKey, ...]]:
    """The child, and those chosen, in their roles."""
    chosen = {int(p): words for p, words in (deed.labels or {}).items() if p in (deed.said.get("about") or ())}
    keys = keys_for([deed.person, *chosen])
    people: dict[str, tuple[PersonKey, ...]] = {"child": (keys[deed.person],)}
    for person, words in chosen.items():
        role = next((r for noun, r in ROLES.items() if noun in words.split(", ")), "other")
        people[role] = (*people.get(role, ()), keys[person])
    return people


def _invite_guardians(deed: Deed, key: str) -> None:
    """A guardian whom the court appointed is invited to every conference, review and planning meeting, whoever calls it."""
    entries = [
        _invited(deed, key, f"{deed.token}-guardian-{n}", {"who": str(g.get("who")), "part": "guardian"})
        for n, g in enumerate(guardians(as_held(deed.viewer, deed.person).chronology))
    ]
    if entries:
        record_many(entries, deed.viewer, asked=True, logged=True)


def _invited(deed: Deed, key: str, token: str, data: dict[str, object]) -> Entry:
    who = keys_for([deed.person])[deed.person]
    viewer = deed.viewer
    ref = step_ref(key, "conference.invited", token)
    return entry_here(viewer, "conference.invited", ref, {"child": (who,)}, data, viewer.at)


def invite(deed: Deed) -> str:
    """Invite posts, who then see it in their work and may read the child's record, and others by name."""
    leads(deed.viewer)
    by = start_of(deed.said["report_by"] + timedelta(days=1)) if deed.said.get("report_by") else _reports_by(deed)
    chosen = [int(p) for p in deed.said.get("posts") or ()]
    posts = list(Post.objects.filter(live_posts(deed.viewer.at), pk__in=chosen).select_related("user", "agency"))
    invited: list[dict[str, object]] = [
        {"who": str(p.user), "part": "agency", "agency": p.agency.key, "report_by": by, "post": p.pk} for p in posts
    ]
    others = [_other(said) for said in str(deed.said.get("others") or "").splitlines() if said.strip()]
    _may_be_reached(deed, others)
    invited += [other | {"by": deed.said["by"]} for other in others]
    with transaction.atomic():
        for n, data in enumerate(invited):
            deed.step("conference.invited", data, nth=n)
        about = people_of(deed.viewer, deed.run.run.first.event_id)
        with wall.working():
            records = found({key for keys in about.values() for key in keys})
            people = set(identities_of(records.values()).values())
        open_to([p.pk for p in posts], people, why="referral", reason="invited to a conference", at=deed.viewer.at)
    return deed.run.run.key


def _may_be_reached(deed: Deed, others: list[dict[str, object]]) -> None:
    """The child, and each of the family by their name, may be asked so, and in front of the others who come. Raises NotSafe.

    Those too whose record the viewer has not opened; not those of whom they may not know.
    """
    names = [str(other["who"]) for other in others]
    family = meant(deed.viewer, deed.person, names) if names else {}
    for n, other in enumerate(others):
        present = [name for m, name in enumerate(names) if m != n]
        for person in sorted(family[names[n]] | ({deed.person} if other["part"] == "child" else set())):
            _may_be_asked(deed, person, present)


def _may_be_asked(deed: Deed, person: int, present: list[str]) -> None:
    """What `check_before_reaching` asks, of somebody too whose record is not open to the viewer. Raises NotSafe."""
    viewer, by = deed.viewer, str(deed.said["by"])
    if gate.readable(viewer, [person]):
        check_before_reaching(viewer, person, by=by, present=present, at=viewer.at)
        return
    write(viewer, Action.COLLECTION, people=[person], fields=[PREFERRED], note=BEFORE)
    may_be_reached(person, by=by, present=present, at=viewer.at)


def _reports_by(deed: Deed) -> datetime | None:
    """So many working days before the conference, by the limit in force."""
    at = meeting_at(deed.run.run)
    if at is None:
        return None
    day = at
    while deed.standing.limits.due("conference.reports", day) > at and (at - day).days < 30:
        day -= timedelta(days=1)
    return max(day, deed.viewer.at)


def _other(said: str) -> dict[str, object]:
    part, _, name = said.partition(":")
    known = part.strip().lower()
    return {"who": (name or said).strip(), "part": known if known in PARTS and name.strip() else "other"}


def report(deed: Deed) -> str:
    """An agency says what it knows and what it can do."""
    data = {
        "agency": deed.viewer.agency,
        "how": deed.said["how"],
        "says": deed.said["report"],
        "can_do": deed.said.get("can_do"),
    }
    deed.step("conference.reported", data)
    return deed.run.run.key


def postpone(deed: Deed) -> str:
    """Put it off, with why and what protects the child meanwhile. The limit goes on."""
    leads(deed.viewer)
    deed.step(
        "conference.postponed",
        {"to": deed.said["to"], "reason": deed.said["reason"], "meanwhile": deed.said["meanwhile"]},
    )
    return deed.run.run.key


def cancel(deed: Deed) -> str:
    """It will not be held. The limit goes on."""
    chairs(deed.viewer)
    deed.step("conference.cancelled", {"reason": deed.said["reason"]})
    return deed.run.run.key
