"""What the person page says of concern forms and of the child's voice, and what is owed of both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from sightline.access.viewer import Viewer
from sightline.alerts.settings import limits
from sightline.chronology.courses import runs
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.reaching import ways_of
from sightline.chronology.stepping import made_by
from sightline.chronology.view import Chronology, Happening
from sightline.chronology.worklists import Owed, Worklist
from sightline.pathways.concern.queries import drafts_of, reviews
from sightline.pathways.concern.rules import COURSE, next_update, reached_nobody, to_be_asked, trusted_adult

COLOURS = {"sent": "blue", "sent_back": "orange", "signed_off": "green"}
STATES = {"sent": "Not signed off", "sent_back": "Sent back", "signed_off": "Signed off"}
NEWEST = 5


def _of(viewer: Viewer, chronology: Chronology, at: datetime) -> Told:  # noqa: ARG001
    person = chronology.subject
    begins = (
        Begin("Write a concern form", reverse("concern-start", args=[person])),
        Begin("The child's own voice", reverse("voice", args=[person])),
    )
    drafts = [PanelLine("Your form, begun and not sent", at=d.saved_at, state="Draft", href=reverse("concern-fill", args=[d.token]), colour="yellow")
              for d in drafts_of(viewer, person)]  # fmt: skip
    own = runs(COURSE, chronology)[::-1][:NEWEST]
    sent = [PanelLine(f"Concern form by {r.first.by or r.first.agency}", at=r.first.at, state=STATES[r.state], colour=COLOURS[r.state],
                      href=reverse("concern-form", args=[person, r.first.event_id])) for r in own]  # fmt: skip
    return Told((*drafts, *sent), begins)


ON_THE_PAGE = Panel("Concern forms and the child's voice", 15, _of)


def _owed(viewer: Viewer, own: Chronology, at: datetime) -> Iterator[Owed]:
    """What is owed: a form looked at by its supervisor, one sent back, a child spoken to safely; and what is owed to the child's voice."""
    person = own.subject
    for run in runs(COURSE, own):
        href = reverse("concern-form", args=[person, run.first.event_id])
        due = run.entries[-1].at + timedelta(days=1)
        if reviews(viewer, run) and run.state == "sent":
            copied = "In the same words as other forms of this writer" if run.first.get("same_words_as") else ""
            yield Owed("Look at a concern form", person, due, f"{href}review/", copied or "A copy for its supervisor")
        if run.state == "sent_back" and made_by(viewer, run.first):
            yield Owed("Add to a concern form", person, due, href, "Your supervisor asks for more")
        if (by := _not_spoken_to(own, run.first)) is not None:
            yield Owed("Speak to the child", person, by, href, str(run.first.get("safer_opportunity") or ""))
    yield from _owed_to_the_family(own, at)


def _owed_to_the_family(own: Chronology, at: datetime) -> Iterator[Owed]:
    """The child and family told, another way found to reach them, a trusted adult named anew, words asked for again."""
    person, held = own.subject, limits()
    if (due := next_update(own, at, held)) is not None:
        yield Owed("Tell the child and family", person, due, reverse("voice-told", args=[person]))
    if tried := reached_nobody(own, held):
        yield Owed(
            "Find another way to reach the family",
            person,
            tried[-1].at,
            reverse("voice", args=[person]),
            f"Tried {len(tried)} times",
        )
    if trusted_adult(own)[1]:
        yield Owed(
            "Ask whom the child trusts now",
            person,
            at,
            reverse("voice-trusted", args=[person]),
            "The adult they trusted has left",
        )
    ways = ways_of(own, at)
    if (due := to_be_asked(own, at, held, ways.never_by)) is not None:
        how = f"By {ways.by.replace('_', ' ')}, as they wish" if ways.by else "Ask first how they may be reached safely"
        never = f". Never by {', '.join(ways.never_by)}" if ways.never_by else ""
        yield Owed("Ask what it was like for them", person, due, reverse("voice-heard", args=[person]), how + never)
    yield from _interpreted(own)


def _not_spoken_to(own: Chronology, form: Happening) -> datetime | None:
    """By when a child is to be spoken to whom it was safer not to speak to then; none where somebody did since."""
    by = form.get("safer_by")
    spoken = any(
        h.at > form.at and (h.kind == "voice.captured" or h.get("spoken_to"))
        for h in own.of_kind("voice.captured", "child.seen")
    )
    return datetime.fromisoformat(by) if by and not spoken else None


def _interpreted(own: Chronology) -> Iterator[Owed]:
    """Words that a relative or a friend interpreted, until they are asked again with a professional."""
    heard = [h for h in own.of_kind("voice.captured") if h.get("interpreter")]
    if heard and heard[-1].get("interpreter") in ("relative", "friend"):
        yield Owed("Ask again with a professional interpreter", own.subject, heard[-1].at, reverse("voice-heard", args=[own.subject]),
                   f"A {heard[-1].get('interpreter')} interpreted")  # fmt: skip


def _begun(viewer: Viewer, team: bool, at: datetime) -> Iterator[Owed]:  # noqa: ARG001
    """The viewer's own forms that are begun and not sent: due by the end of the shift in which they were begun. Nobody else's are known."""
    for draft in () if team else drafts_of(viewer):
        due = limits().due("concern.form", draft.begun_at)
        yield Owed("Send the concern form you began", draft.people[0], due, reverse("concern-fill", args=[draft.token]))


READS = (
    *COURSE.kinds, "charge.made", "child.seen", "closing.explained", "conference.held", "contact.preferred", "enquiry.completed", "enquiry.started",
    "family.informed", "family.not_reached", "investigation.closed", "order.made", "plan.ended", "plan.reviewed", "plan.started", "referral.decided",
    "referral.made", "strategy.held", "trusted_adult.left", "trusted_adult.named", "voice.captured",
)  # fmt: skip
WORK = Worklist("concern", "Concern forms and the child's voice", 15, of=_owed, also=_begun, kinds=READS)
