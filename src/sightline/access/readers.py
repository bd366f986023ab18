"""Those to whom a paper is given by name: the post they hold here, and what of a record they could open themselves. No more goes to them on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sightline.access import gate, wall
from sightline.access.casework import WORK
from sightline.access.models import Involvement, Post
from sightline.access.policy import NOTHING, Decision
from sightline.access.roles import role_name
from sightline.access.rota import live_posts
from sightline.access.spans import live_at
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency
from sightline.kernel.errors import Refused

KEPT_APART = "This cannot be given to that person. Choose somebody else, or ask the data guardian."


@dataclass(frozen=True)
class Reader:
    """Who is given a paper. `seen`: they, looking, at the moment at which it is printed; `oneself`: whoever prints it."""

    name: str
    role: str
    agency: str
    seen: Viewer
    oneself: bool = False

    @property
    def listed(self) -> str:
        """As a form names them."""
        return "Myself" if self.oneself else f"{self.name}, {self.role}, {self.agency}"

    @property
    def called(self) -> str:
        """As the access log has them: name, agency and post."""
        return f"{self.name}, {self.agency}, post {self.seen.post_id}"


def oneself(viewer: Viewer) -> Reader:
    """Whoever prints, as their own reader."""
    agency = Agency.objects.filter(key=viewer.agency).values_list("name", flat=True).first() or viewer.agency
    return Reader(viewer.name, role_name(viewer.role), agency, viewer, oneself=True)


def readers(viewer: Viewer, posts: Iterable[int]) -> dict[int, Reader]:
    """Whoever holds these posts now, by post and in order of agency and name; without the viewer."""
    held = Post.objects.filter(live_posts(viewer.at), pk__in=set(posts)).exclude(user_id=viewer.user_id or 0)
    rows = held.select_related("user", "agency").order_by("agency__name", "user__name", "pk")
    return {
        p.pk: Reader(
            str(p.user),
            role_name(p.role),
            p.agency.name,
            replace(
                viewer, user_id=p.user_id, name=str(p.user), role=p.role, agency=p.agency.key, post_id=p.pk, team_id=p.team_id,
                agency_kind=p.agency.kind, reason="", confirmed=False,
            ),
        )
        for p in rows
    }  # fmt: skip


@wall.working()
def working_with(person: int, at: datetime) -> set[int]:
    """The posts that work with somebody at a moment."""
    live = Involvement.objects.filter(live_at(at), person_id=person, why__in=WORK)
    return set(live.values_list("post_id", flat=True))


@wall.working()  # whoever prints is not told of others' work and conflicts, and gives no more than these allow all the same
def given_to(reader: Reader, people: Iterable[int], *, around: bool = False) -> dict[int, Decision]:
    """What a reader is given of these people, as the gate would give it to them; nothing of anybody from whom a conflict of interest keeps them."""
    seen = gate.sees(reader.seen, people, around=around)
    if reader.oneself:
        return seen
    return {p: NOTHING if gate.excluded(reader.seen, p) else given for p, given in seen.items()}


def reads(viewer: Viewer, reader: Reader, person: int, *, note: str) -> None:
    """Raises Refused, the refusal written down, where the reader could not open this person's record, without saying why."""
    if not reader.oneself and not given_to(reader, [person])[person].content:
        gate.refuse(viewer, people=[person], note=f"{note} for somebody who may not read it: {reader.called}")
        raise Refused(KEPT_APART)
