"""Verbs of the concern form: begin, save, send, add, review; and of the child's voice."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.access import gate, wall
from sightline.access.casework import TEAM, open_to, posts_of
from sightline.access.log import Action, write
from sightline.access.roles import May, roles
from sightline.access.viewer import Viewer
from sightline.alerts.routing import open_recorded
from sightline.alerts.settings import limits
from sightline.chronology.entries import Entry
from sightline.chronology.models import Event
from sightline.chronology.record import record
from sightline.chronology.stepping import HERE, begin, entry_here, held_here, take
from sightline.clocks.limits import SEARCH_OPENS
from sightline.kernel.errors import Refused
from sightline.kernel.moments import local
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.queries import Known, form_page, sent_under, written_by
from sightline.pathways.concern.queries.lists import chosen
from sightline.pathways.concern.rules import COURSE, NARRATIVE, alike, missing_from
from sightline.people.anchors import found, identities_of, keys_for

ELSEWHERE = (
    "This form was saved in another window meanwhile. Nothing was overwritten: "
    "what stands here is what you typed here. Save again to keep it."
)
NOBODY = "You have this child open for reading only through another's record. Search for them first, and say why."


class SavedElsewhere(Refused):
    """Another window of the same author has saved since this one was shown. Nothing of either is lost: both are on the page."""


def open_children(viewer: Viewer, person: int, others: Iterable[int]) -> list[int]:
    """The children a form is about: the first, and those around them whom the reason in force opens to this viewer too."""
    wanted = set(others) - {person}
    if wanted - gate.involved(viewer, wanted) and viewer.may(May.SEARCH_AT_FIRST_CONTACT):
        gate.open_first_contact(viewer, wanted, until=limits().due(SEARCH_OPENS.name, viewer.at))
    if left := wanted - gate.involved(viewer, wanted):
        gate.refuse(viewer, people=left, note="concern form")
        raise Refused(NOBODY)
    return [person, *sorted(wanted)]


def record_unnamed(viewer: Viewer, person: int, *, known: str, token: str, at: datetime) -> int:
    """A child who was there and whom nobody has named yet: a record of their own, who lives with the child the form is about.

    Gives their number. The same token again gives the same child.
    """
    baby = (HERE, f"unnamed/{token}")
    kin = {"subject": (_keys([person])[person],), "other": (baby,)}
    said: dict[str, Any] = {
        "recorded_at": viewer.at,
        "extracted_at": viewer.at,
        "agency": viewer.agency,
        "by": viewer.name,
    }
    with transaction.atomic():
        born = Entry(
            "person.recorded", at, HERE, f"unnamed/{token}/person", {"child": (baby,)}, {"born_text": known}, **said
        )
        record(born, viewer, asked=False)
        with wall.working():  # nobody's yet, so not there to be seen
            (number,) = identities_of(found([baby]).values()).values()
        open_recorded(viewer, [number], reason="recorded them")
        tie = Entry(
            "relationship.recorded",
            at,
            HERE,
            f"unnamed/{token}/tie",
            kin,
            {"kind": "sibling", "lives_with": True},
            **said,
        )
        record(tie, viewer)
    return number


def begin_draft(viewer: Viewer, known: Known, *, encounter: str, token: str, at: datetime) -> Draft:
    """A form is begun, with what is known filled in already. The same token again gives the same draft."""
    people = [c.person for c in known.children]
    write(viewer, Action.COLLECTION, people=people, fields=["kinds_of_entry"], note="concern form begun")
    answers: dict[str, list[str]] = {
        "at": [f"{local(at):%Y-%m-%dT%H:%M}"], "encounter": [encounter or "incident"],
        "household": ["\n".join(known.household)], "other_children": ["\n".join(known.other_children)],
        "adults_with_access": ["\n".join(known.adults)],
    }  # fmt: skip
    for child in known.children:
        answers |= {f"c{child.person}-{name}": [value] for name, value in child.stands.items()}
        answers[f"_{child.person}"] = [child.name, "speaks" if child.speaks else ""]
    answers["_names"] = list(known.names)
    made = {"author_id": viewer.user_id, "people": people, "answers": answers, "begun_at": at, "saved_at": at}
    return Draft.objects.get_or_create(token=token, defaults=made)[0]


def token_from(sent: str = "") -> str:
    """A name for one form, that nobody can guess: the one that came with it, or a new one."""
    return sent if re.fullmatch(r"\w{1,40}", sent) else secrets.token_hex(12)


def save_draft(draft: Draft, typed: Mapping[str, list[str]], *, seen: int | None, window: str, at: datetime) -> Draft:
    """Keep what was typed. `seen`: how often it had been saved when this window of the browser was shown.

    Raises SavedElsewhere, with nothing overwritten, where another window has saved since.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        told = {name: values for name, values in held.answers.items() if name.startswith("_")} | {"_window": [window]}
        new = {name: list(values) for name, values in typed.items() if not name.startswith("_")} | told
        same = new | {"_window": held.answers.get("_window")} == held.answers
        if seen not in (None, held.saves) and held.answers.get("_window") != [window] and not same:
            raise SavedElsewhere(ELSEWHERE)
        held.answers, held.saves, held.saved_at = new, held.saves + (not same), max(at, held.begun_at)
        held.save(update_fields=["answers", "saves", "saved_at"])
    return held


def keep_typed(user: int, token: str, typed: Mapping[str, list[str]], *, at: datetime) -> bool:
    """What came back after its author's session had ended is kept in their own draft, unsent; whether there was one. Shows nothing."""
    with wall.working():
        held = Draft.objects.filter(token=token, author_id=user).first()
        if held is None:
            return False
        try:
            save_draft(held, typed, seen=_number(typed.get("saves")), window="".join(typed.get("window", ())), at=at)
        except SavedElsewhere:
            return False
    return True


def _number(said: list[str] | None) -> int | None:
    return int(said[0]) if said and said[0].isdecimal() else None


@wall.working()
def discard(draft: Draft) -> None:
    """A draft goes: it was sent, or its author wants it no more."""
    Draft.objects.filter(pk=draft.pk).delete()


@wall.working()
def discard_old(*, at: datetime) -> int:
    """Drafts go that nobody saved for longer than the limit; gives how many."""
    old = [d.pk for d in Draft.objects.all() if limits().due("concern.draft_kept", d.saved_at) <= at]
    return Draft.objects.filter(pk__in=old).delete()[0]


@dataclass(frozen=True)
class Part:
    """One child's form, ready to be sent: the entry's fields, those of the visit among them."""

    person: int
    said: Mapping[str, Any]
    unanswered: int = 0


def send(
    viewer: Viewer, draft: Draft, parts: Iterable[Part], *, known: Iterable[str], at: datetime
) -> tuple[tuple[int, int], ...]:
    """One concern form for each child, all or none; a copy to the writer's supervisors; the draft goes. Gives (person, entry) of each.

    The same draft again gives what was sent before. Raises NotFound where the writer may not know of a child, FieldErrors.
    """
    every = list(parts)
    with transaction.atomic():
        if not Draft.objects.select_for_update().filter(pk=draft.pk).exists():
            return sent_under(viewer, draft.token)
        keys = _keys(p.person for p in every)
        for part in every:
            data = _whole(viewer, part, draft.token, known)
            begin(viewer, COURSE, "concern.notified", token=f"{draft.token}-{part.person}", people={"child": (keys[part.person],)},
                  data=data, at=at)  # fmt: skip
        about = [p.person for p in every]
        open_to(supervisors(viewer), about, why=TEAM, reason="A concern form to look at", at=viewer.at)
        discard(draft)
    return sent_under(viewer, draft.token)


@wall.working()
def _keys(people: Iterable[int]) -> dict[int, tuple[str, str]]:
    return keys_for(people)


def _whole(viewer: Viewer, part: Part, token: str, known: Iterable[str]) -> dict[str, Any]:
    """With what is worked out as it is sent: how many the lists leave out, how many questions stay open, whose words are the same."""
    said = dict(part.said)
    for name, one in chosen(said, viewer.at).items():
        said |= {name: one.name, f"{name}_ref": one.reference}
    listed = [line for name in ("household", "other_children", "adults_with_access") for line in said.get(name, ())]
    extra = {
        "left_out": len(
            missing_from(listed, known)
        ),  # how many: their names are theirs, and stand in no text about somebody else
        "unanswered": part.unanswered,
        "same_words_as": _copied(viewer, said, token),
    }
    fallback = {"kinds": ["not said"], "seen_alone": False}
    return fallback | said | {name: value for name, value in extra.items() if value} | {"account": viewer.user_id}


@wall.working()
def _copied(viewer: Viewer, said: Mapping[str, Any], token: str) -> int:
    """How many other forms of this writer, of late and not of this visit, say it in the same words. A number, and nothing of whose they are."""
    back = limits().due("concern.copied_looks_back", viewer.at) - viewer.at
    least = limits().number("concern.copied_from", viewer.at)
    held = Event.objects.filter(
        written_by(viewer), source=HERE, kind="concern.notified", received_at__gte=viewer.at - back
    )
    held = held.exclude(ref__startswith=f"{COURSE.key}/{token}-")
    ours = _narrative(said)
    same = {
        ref.rsplit("-", 1)[0]
        for ref, data in held.values_list("ref", "data")
        if alike(ours, _narrative(data)) * 100 >= least
    }
    return len(same)


def _narrative(said: Mapping[str, Any]) -> str:
    return " ".join(str(said.get(name) or "") for name in NARRATIVE)


def supervisors(viewer: Viewer) -> set[int]:
    """The posts that look at this writer's forms: of their own agency, by roles that answer for others' grades. Empty where nobody holds one."""
    named = ("supervisor", *_above(viewer))
    answer = [key for key, role in roles().items() if May.AGREE_TO_GRADES in role.may and key in named]
    return posts_of(viewer.agency, at=viewer.at, roles=answer) - {viewer.post_id} if answer else set()


def _above(viewer: Viewer) -> tuple[str, ...]:
    role = roles().get(viewer.role)
    return (role.above,) if role else ()


def add(
    viewer: Viewer,
    person: int,
    entry: int,
    *,
    token: str,
    text: str,
    views: str = "",
    demeanour: str = "",
    at: datetime,
) -> int:
    """Something came up after the form was sent: it stands beside the original, which stays as it was. Raises NotFound, Refused."""
    run = form_page(viewer, person, entry).run
    said = {"text": text, "views": views, "demeanour": demeanour}
    data = {name: value for name, value in said.items() if value}
    return take(viewer, COURSE, person, run.key, "concern.added", token=token, data=data, at=at)


def review(
    viewer: Viewer, person: int, entry: int, *, token: str, seen: int, outcome: str, feedback: str, at: datetime
) -> int:
    """A supervisor signs a form off or sends it back, and tells the writer what they think of it. Raises NotFound, NotPermitted, Changed."""
    gate.require(viewer, May.AGREE_TO_GRADES)
    page = form_page(viewer, person, entry)
    if not page.may_review and not page.run.over:
        raise Refused(
            "Somebody else has to look at this form: a supervisor in the writer's own agency, and not its writer."
        )
    data = {"outcome": outcome, "feedback": feedback}
    return take(viewer, COURSE, person, page.run.key, "concern.reviewed", token=token, seen=seen, data=data, at=at)


def tell(
    viewer: Viewer, person: int, kind: str, *, token: str, data: Mapping[str, Any], at: datetime, role: str = "child"
) -> int:
    """An entry about the child's voice: what they said, what they were told, whom they trust, that an officer met them. Raises NotFound."""
    gate.look(viewer, [person], fields=["chronology"])
    if held := held_here(f"voice/{token}"):
        return held
    said = {name: value for name, value in data.items() if value not in (None, "", [])}
    who = {role: (_keys([person])[person],)}
    return record(entry_here(viewer, kind, f"voice/{token}", who, said, at), viewer)
