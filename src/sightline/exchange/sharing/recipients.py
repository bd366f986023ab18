"""To whom something is given, and what the policy lets their kind of agency see."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access import wall
from sightline.access.models import Exclusion, Post
from sightline.access.policy import Decision, Held, Of, State, Tier, decide, handled, tier
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.exchange.sharing.document import Line

WHO_WORKS_WITH_THEM = "practitioner"


@dataclass(frozen=True)
class Recipient:
    """An agency and a person or post in it. Without `agency`: one that has no account here, of a kind that was said."""

    agency: str
    name: str
    kind: str
    who: str


def recipient_of(agency: str, who: str, *, name: str = "", kind: str = "") -> Recipient | None:
    """The recipient that a form names; nothing for an agency that is not there."""
    if not agency:
        return Recipient("", name.strip(), kind, who.strip()) if name.strip() else None
    held = Agency.objects.filter(key=agency).first()
    return Recipient(held.key, held.name, held.kind, who.strip()) if held else None


@dataclass(frozen=True)
class Allowed:
    """What somebody of the recipient's kind of agency may read who works with the child, worked out as for a viewer of this system."""

    viewer: Viewer
    given: Decision

    def reads(self, line: Line, source: str) -> bool:
        """Whether what one system says in a line may be given to them."""
        return may_have(self.viewer, self.given, line, source)

    def knows_of(self, source: str) -> bool:
        """Whether they may know that a system holds something."""
        return tier(self.viewer, source) is not Tier.NO


def may_have(viewer: Viewer, given: Decision, line: Line, source: str) -> bool:
    """Whether somebody to whom this much is given of a person may have what one system says of them in a line."""
    use = "content" if line.about == Of.SENSITIVE else "standing"
    handled_so = handled(viewer, line.code, use, given.held)
    if line.about == Of.FREE:
        return given.shows(Of.FREE) and tier(viewer, source) is not Tier.NO
    return handled_so and given.gives_from(Of(line.about), tier(viewer, source))


def allowed(recipient: Recipient, viewer: Viewer) -> Allowed:
    """What the policy gives a recipient of a record that is open."""
    them = Viewer(
        None, recipient.who, WHO_WORKS_WITH_THEM, recipient.agency, 0, None, viewer.at, "", agency_kind=recipient.kind
    )
    return Allowed(them, decide(them.role, recipient.kind, [Held.LIVE], State.OPEN))


def kept_apart(viewer: Viewer, recipient: Recipient, person: int) -> bool:
    """Whether somebody of that name in that agency has a conflict of interest about this person: oneself, own family, own address."""
    posts = Post.objects.filter(agency__key=recipient.agency or None).select_related("user")
    users = [p.user_id for p in posts if p.user.name.strip() and p.user.name.casefold() in recipient.who.casefold()]
    with wall.working():  # whoever gives it is not told of others' conflicts, and is kept from giving all the same
        return Exclusion.objects.filter(live_at(viewer.at), user_id__in=users, person_id=person).exists()
