"""Redacted copies for court, for disclosure and for somebody who asks what is held: one makes it, another signs it off, only then it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.safe_around import safe_around
from sightline.exchange.sharing.document import Document, LeftOut, Line, read
from sightline.exchange.sharing.drafting import draft
from sightline.exchange.sharing.models import Disclosure, RedactedCopy
from sightline.exchange.sharing.queries import Prepared, as_seen
from sightline.exchange.sharing.recipients import Recipient
from sightline.exchange.sharing.rules import purposes_on, reviews, withheld_for
from sightline.exchange.sharing.services import Grounds, give
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.kernel.moments import local
from sightline.kernel.reasons import worded
from sightline.pathways.identity.queries import person_page
from sightline.people.persons import Person, persons
from sightline.people.safe_words import Safe, blanked, phrases
from sightline.people.sight import sight_of

BY_RIGHT = "Given because the law requires it of whoever holds it: agreements between agencies do not govern it."
STATES = {
    "being_made": "Being made",
    "sent_back": "Sent back by its reviewer",
    "to_review": "Waits for a second person",
    "signed_off": "Signed off, not released",
    "released": "Released",
}


@dataclass(frozen=True)
class CopyLine:
    """One line considered: its number, the part it is in, and why it is held back, if it is."""

    number: int
    section: str
    line: Line
    withheld: str


@dataclass(frozen=True)
class CopyPage:
    """One copy: everything considered, what is held back and why, and what this viewer may do with it."""

    person: Person
    row: RedactedCopy
    purpose: str
    state: str
    lines: tuple[CopyLine, ...]
    makes: bool
    reviews: bool
    made_by: str
    reviewed_by: str


@dataclass(frozen=True)
class CopiesPage:
    """Every copy of one person's record, newest first, with its state."""

    person: Person
    copies: tuple[tuple[RedactedCopy, str, str], ...]


def state_of(row: RedactedCopy) -> str:
    """Where a copy stands: a key of STATES."""
    if row.released_id:
        return "released"
    if row.signed_off:
        return "signed_off"
    if row.ready_at:
        return "to_review"
    return "sent_back" if row.review_note else "being_made"


def copies_page(viewer: Viewer, person: int) -> CopiesPage:
    """What copies of a person's record there are. Raises NotFound where the viewer may not read it."""
    gate.look(viewer, [person], fields=("names", "redacted_copies"), note="copies")
    rows = RedactedCopy.objects.filter(person_id=person).select_related("made_by").order_by("-made_at", "-pk")
    known = purposes_on(local(viewer.at).date())
    found = tuple((r, known[r.purpose].label if r.purpose in known else r.purpose, state_of(r)) for r in rows)
    return CopiesPage(persons([person], sight_of(viewer))[person], found)


def make_copy(viewer: Viewer, person: int, *, purpose: str, asked_by: str, asked_on: date) -> RedactedCopy:
    """Begin a copy of everything its maker may see, with what is about others or a safe address held back beforehand.

    Raises NotFound where the viewer may not read the person, Refused where it isn't said who asked.
    """
    gate.look(viewer, [person], fields=("names", "redacted_copies"), note="make a copy")
    for_what = purposes_on(local(viewer.at).date()).get(purpose)
    if for_what is None or not for_what.copy:
        raise Refused("Choose what the copy is for.")
    if not asked_by.strip():
        raise Refused("Say who asked for it.")
    page = person_page(viewer, person, at=viewer.at)
    every = draft(page, for_what.sections, months=for_what.months)
    whole = every.where(
        lambda line: None if line.about == "free" else line
    )  # what its maker may not read is not theirs to give
    if whole.people - {person}:
        write(
            viewer, Action.CONSULTATION, people=whole.people, fields=("names", "standing_facts"), note="named in a copy"
        )
    safe = safe_around({person, *whole.people, *page.around}, viewer.at)
    held_back = {str(n): why for n, line in enumerate(whole.lines) if (why := _beforehand(line, safe))}
    with transaction.atomic():
        row = RedactedCopy.objects.create(
            person_id=person, purpose=purpose, asked_by=asked_by.strip(), asked_on=asked_on, whole=whole.written(),
            withheld=held_back, made_by_id=viewer.user_id or 0, made_at=viewer.at,
        )  # fmt: skip
        write(
            viewer,
            Action.EXPORT,
            people={person, *whole.people},
            fields=("redacted_copy",),
            note=f"copy {row.pk} begun",
        )
    return row


def _beforehand(line: Line, safe: tuple[Safe, ...]) -> str:
    if line.premises in {s.premises for s in safe} or blanked(line.says, phrases(safe)) != line.says:
        return "safe_address"
    return "third_party" if line.people else ""


def copy_page(viewer: Viewer, person: int, number: int) -> CopyPage:
    """One copy, for whoever made it and for those who may sign it off. Raises NotFound, the refusal written down, for everybody else."""
    gate.look(viewer, [person], fields=("names", "redacted_copies", "redacted_copy"), note=f"copy {number}")
    row = (
        RedactedCopy.objects.select_related("made_by", "reviewed_by", "released")
        .filter(person_id=person, pk=number)
        .first()
    )
    mine = row is not None and row.made_by_id == viewer.user_id
    if row is None or not (mine or reviews(viewer.role)):
        gate.refuse(viewer, people=[person], note=f"copy {number}")
        raise NotFound(gate.NOT_FOUND)
    whole = read(row.whole)
    seen = as_seen(viewer, person, whole)
    if seen.people - {person}:
        write(
            viewer, Action.CONSULTATION, people=seen.people, fields=("redacted_copy",), note=f"named in copy {number}"
        )
    complete, state = len(seen.lines) == len(whole.lines), state_of(row)
    known = purposes_on(local(viewer.at).date())
    label = known[row.purpose].label if row.purpose in known else row.purpose
    lines = tuple(line for line in _numbered(whole, row.withheld) if line.line in seen.lines)
    return CopyPage(
        persons([person], sight_of(viewer))[person], row, label, state, lines, mine and state in ("being_made", "sent_back"),
        not mine and state == "to_review" and complete and reviews(viewer.role), str(row.made_by), str(row.reviewed_by or ""),
    )  # fmt: skip


def _numbered(whole: Document, withheld: Mapping[str, str]) -> list[CopyLine]:
    every = [(s.title, line) for s in whole.sections for line in s.lines]
    return [CopyLine(n, title, line, withheld.get(str(n), "")) for n, (title, line) in enumerate(every)]


def not_theirs(viewer: Viewer, person: int, number: int, says: str) -> NotPermitted:
    """The refusal of a step of a copy that is somebody else's to take, written down."""
    gate.refuse(viewer, people=[person], note=f"copy {number}")
    return NotPermitted(says)


def hold_back(
    viewer: Viewer, person: int, number: int, *, withheld: Mapping[int, str], note: str = "", ready: bool = False
) -> RedactedCopy:
    """Say line by line what is held back and why; `ready`: and ask for review. Raises NotPermitted for anybody but its maker."""
    page = copy_page(viewer, person, number)
    if not page.makes:
        raise not_theirs(viewer, person, number, "Only whoever makes a copy changes it, and not while it is reviewed.")
    if unknown := set(withheld.values()) - withheld_for().keys():
        raise Refused(f"Choose why it is held back: nobody knows {', '.join(sorted(unknown))}.")
    row, count = page.row, len(read(page.row.whole).lines)
    row.withheld = {str(n): why for n, why in withheld.items() if 0 <= n < count}
    row.note = note.strip()
    if ready:
        row.ready_at, row.reviewed_by_id, row.reviewed_at, row.signed_off, row.review_note = (
            viewer.at,
            None,
            None,
            None,
            "",
        )
    with transaction.atomic():
        write(viewer, Action.ALTERATION, people=[person], fields=("redacted_copy",), note=f"copy {number}")
        row.save()
    return row


def sign_off(viewer: Viewer, person: int, number: int, *, agrees: bool, note: str) -> RedactedCopy:
    """A second person signs a copy off, or sends it back with why.

    Raises NotPermitted for its maker, for posts that review none, and for somebody who may not see all that was considered.
    """
    page = copy_page(viewer, person, number)
    if page.row.made_by_id == viewer.user_id:
        raise not_theirs(viewer, person, number, "You made this copy, so another person has to sign it off.")
    if page.state != "to_review":
        raise Refused("This copy does not wait for review.")
    if not page.reviews:
        raise not_theirs(
            viewer, person, number, "Somebody who may see everything that was considered has to sign this off."
        )
    row, checked = page.row, worded(note, "Say what you checked")
    row.review_note = checked
    if agrees:
        row.reviewed_by_id, row.reviewed_at, row.signed_off = viewer.user_id, viewer.at, True
    else:
        row.ready_at = None
    with transaction.atomic():
        write(viewer, Action.REVIEW, people=[person], fields=("redacted_copy",), outcome="given" if agrees else "sent back",
              note=f"copy {number}")  # fmt: skip
        row.save()
    return row


def release(viewer: Viewer, person: int, number: int) -> Disclosure:
    """Give a copy that was signed off to whoever asked. Raises Refused before that, and for one that has left already."""
    page = copy_page(viewer, person, number)
    if page.state == "released":
        raise Refused("This copy was released already.")
    if page.state != "signed_off":
        raise Refused("A second person has to sign this copy off before it is released.")
    row, day = page.row, local(viewer.at).date()
    document = redacted(read(row.whole), row.withheld, safe_around({person, *read(row.whole).people}, viewer.at))
    if not document.lines:
        raise Refused("Everything is held back: there is nothing to release.")
    purpose = purposes_on(day)[row.purpose]
    recipient = Recipient("", row.asked_by, row.purpose, row.asked_by)
    reason = f"{purpose.label}, asked for on {row.asked_on:%Y-%m-%d}. Signed off: {row.review_note}"
    grounds = Grounds(row.purpose, purpose.bases, reason, "not_sought", outside_because=BY_RIGHT)
    with transaction.atomic():
        held = Prepared(page.person, document, safe=False, agreement=None, outside=())
        row.released = give(viewer, person, recipient, grounds, held)
        row.save()
    return row.released


def redacted(whole: Document, withheld: Mapping[str, str], safe: tuple[Safe, ...]) -> Document:
    """What is given of a copy: the lines that are not held back, without any safe address; and how many of each part were held back, and why."""
    numbered = iter(_numbered(whole, withheld))
    kept, counts = [], Counter[tuple[str, str]]()
    texts, places = phrases(safe), {s.premises for s in safe}
    for section in whole.sections:
        left: list[Line] = []
        for _ in section.lines:
            one = next(numbered)
            why = one.withheld or ("safe_address" if one.line.premises in places else "")
            if why:
                counts[section.title, why] += 1
            else:
                left.append(replace(one.line, label=blanked(one.line.label, texts), says=blanked(one.line.says, texts)))
        kept.append(replace(section, lines=tuple(left)))
    said = [
        LeftOut(f"{title}: {n} {'line' if n == 1 else 'lines'}", _because(why)) for (title, why), n in counts.items()
    ]
    return Document(tuple(s for s in kept if s.lines), (*whole.left_out, *said))


def _because(why: str) -> str:
    words = withheld_for()[why]
    return words[:1].lower() + words[1:]
