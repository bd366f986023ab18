"""What is read of several people, of somebody for a paper, and of an earlier moment: of those alone and of that alone which is open to the viewer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import NOW, Member, entry, feed_viewer, involve
from scenes import Boy, boys_life
from sightline.access.readers import Reader, readers
from sightline.access.viewer import Viewer
from sightline.chronology.on_paper import gathered
from sightline.chronology.queries import chronology_as_held
from sightline.chronology.record import record_many
from sightline.chronology.worklists import several
from sightline.people.models import SourceRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def boy(social_worker: Member) -> Boy:
    scene = boys_life()
    involve(social_worker, scene.boy)
    return scene


@pytest.mark.requirement("IS-01")
def test_of_several_people_those_alone_are_read_whose_record_is_open(boy: Boy, social_worker: Member) -> None:
    held = several(social_worker.viewer(), [boy.boy, boy.mother, boy.stranger])
    assert held.keys() == {boy.boy} and held[boy.boy].happenings


@pytest.mark.requirement("IS-01")
def test_whom_only_the_reader_of_a_paper_may_open_is_not_in_it_and_counted_as_closed(
    boy: Boy, social_worker: Member, constable: Member
) -> None:
    involve(constable, boy.boy, boy.stranger)
    viewer, also = social_worker.viewer(), {boy.stranger: "suspect"}
    (reader,) = readers(viewer, [constable.post.pk]).values()

    def on_it(viewer: Viewer, reader: Reader) -> tuple[bool, int]:
        got = gathered(viewer, reader, boy.boy, note="a paper", also=also)
        return boy.stranger in {p.person for p in got.people}, got.closed

    assert on_it(viewer, reader) == (False, 1)
    involve(social_worker, boy.stranger)
    assert on_it(viewer, reader) == (True, 0)


@pytest.mark.requirement("JD-11")
def test_of_an_earlier_moment_no_more_is_read_than_the_agency_may_read(
    boy: Boy, social_worker: Member, constable: Member
) -> None:
    involve(constable, boy.boy)
    key = SourceRecord.objects.get(source="social_care", forenames="Mohammed Ali").key
    for hours, note in ((0, "bruise behind the ear"), (1, "bruise on the arm")):
        seen = entry("health.consulted", {"subject": [("social_care", key)]}, source="health", ref=f"h{hours}",
                     data={"role": "gp"}, note=note)  # fmt: skip
        record_many([seen], feed_viewer(at=NOW + timedelta(hours=hours)))

    def then(member: Member) -> list[tuple[bool, str]]:
        held = chronology_as_held(member.viewer(at=NOW + timedelta(hours=2)), boy.boy, moment=NOW)
        return [(h.pointer, h.note) for h in held.of_kind("health.consulted")]

    assert then(social_worker) == [(False, "bruise behind the ear")]
    assert then(constable) == [(True, "")]
