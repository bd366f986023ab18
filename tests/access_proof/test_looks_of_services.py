"""What is written or listed about a child by a service is refused to whoever has nothing to do with the child, whatever page calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cast import LONG_AGO, NOW, Member, involve, person_of, write_person
from sightline.access.gate import Withheld
from sightline.access.models import AccessEntry, Restriction
from sightline.access.viewer import Viewer
from sightline.alerts.queries import alerts_about
from sightline.chronology.models import Event
from sightline.kernel.errors import NotFound
from sightline.oversight.retention.queries import holding_page
from sightline.pathways.concern.services import tell
from sightline.pathways.enquiry.queries import other_children
from sightline.pathways.identity.services import move, name_child, record_unnamed_child, relate
from sightline.pathways.participation.services import complain, write_down
from sightline.pathways.referral.queries.one import called_of
from sightline.pathways.referral.services.asking import ask
from sightline.pathways.referral.services.referring import Referred, refer, tell_setting

pytestmark = pytest.mark.django_db
SAID = {"what": "He shouts at night", "about": "home", "seen_alone": True}
TO = ("social_care",)
REFERRED = Referred(TO, "s47", "urgent", "Hurt", "A visit", "Bruises", "not_sought")
CALLS: dict[str, Callable[[Viewer, int], Any]] = {
    "alerts about": alerts_about,
    "other children": other_children,
    "legal holds": holding_page,
    "the child's voice": lambda v, p: tell(v, p, "child.voice", token="t", data=SAID, at=NOW),
    "how the child takes part": lambda v, p: write_down(v, p, "child.voice", token="t", data=SAID, at=NOW),
    "a complaint": lambda v, p: complain(v, p, token="t", data={"what": "Nobody called"}, at=NOW),
    "a question": lambda v, p: ask(
        v, p, of=TO, question="What is known of them?", lawful_basis="public task", called="Ada", token="t", at=NOW
    ),
    "a referral": lambda v, p: refer(v, REFERRED, token="t", at=NOW, person=p),
    "a word to a school": lambda v, p: tell_setting(v, p, of="school", told="Be kind", called="Ada", token="t", at=NOW),
    "whom it is about": called_of,
    "an unnamed child": lambda v, p: record_unnamed_child(p, kind="parent", by=v, at=NOW),
    "a name": lambda v, p: name_child(p, forenames="Ada", surname="Byrne", by=v, at=NOW),
    "a tie": lambda v, p: relate(p, p, kind="sibling", by=v, at=NOW),
    "a home": lambda v, p: move(p, lines="1 Fell Row", kind="home", by=v, at=NOW),
}


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("what", CALLS)
def test_whoever_has_nothing_to_do_with_the_child_is_refused_and_nothing_is_written_of_them(
    social_worker: Member, what: str
) -> None:
    child = person_of(write_person("social_care", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne"))
    before = Event.objects.count()
    with pytest.raises(NotFound):
        CALLS[what](social_worker.viewer(at=NOW + timedelta(minutes=1)), child)
    assert Event.objects.count() == before
    assert AccessEntry.objects.filter(outcome="refused", people=[child]).exists()


@pytest.mark.requirement("IS-08")
@pytest.mark.parametrize(
    "what",
    ["the child's voice", "how the child takes part", "a complaint", "an unnamed child", "a name", "a tie", "a home"],
)
def test_whoever_may_only_know_that_there_is_a_restricted_record_writes_nothing_in_it(
    call_handler: Member, what: str
) -> None:
    child = person_of(write_person("social_care", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne"))
    involve(call_handler, child, why="first_contact", until=NOW + timedelta(hours=12))
    Restriction.objects.create(person_id=child, state="restricted", reason="a colleague's child", from_at=LONG_AGO)
    before = Event.objects.count()
    with pytest.raises(Withheld):
        CALLS[what](call_handler.viewer(at=NOW + timedelta(minutes=1)), child)
    assert Event.objects.count() == before
