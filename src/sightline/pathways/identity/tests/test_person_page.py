"""The person page: that it is looked at is written down, and what is said of those around the child is what the viewer may know."""

from __future__ import annotations

import pytest

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, involve, person_of, seal, write_person
from scenes import BOY, Boy, boys_life
from sightline.access.models import AccessEntry, Restriction
from sightline.chronology.record import record_many
from sightline.pathways.identity.queries import FIELDS, PersonPage, person_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(social_worker: Member) -> Boy:
    """The boy's life, and Amina Okoro who works with him."""
    life = boys_life()
    involve(social_worker, life.boy)
    return life


def page(member: Member, boy: int) -> PersonPage:
    return person_page(member.viewer(), boy, at=NOW)


@pytest.mark.requirement("IS-03")
def test_the_look_is_written_down_with_every_field_that_the_page_shows(social_worker: Member, scene: Boy) -> None:
    page(social_worker, scene.boy)
    looks = AccessEntry.objects.filter(user_id=social_worker.user.pk, people=[scene.boy], outcome="given")
    assert looks.filter(fields=sorted(FIELDS)).exists()


@pytest.mark.requirement("IS-05")
def test_a_tie_to_somebody_sealed_is_not_counted_among_what_a_system_holds(social_worker: Member, scene: Boy) -> None:
    sister = person_of(write_person("youth_offending", "sister", at=LONG_AGO, forenames="Noor", surname="Hussein"))
    tie = {"subject": [("youth_offending", "sister")], "other": [BOY]}
    said = entry(
        "relationship.recorded", tie, source="youth_offending", ref="tie", at=LONG_AGO, data={"kind": "sibling"}
    )
    record_many([said], feed_viewer(at=LONG_AGO))

    def held() -> int:
        return next(s.entries for s in page(social_worker, scene.boy).sources if s.key == "youth_offending")

    assert held() == 1
    seal(sister)
    assert held() == 0


@pytest.mark.requirement("IS-01")
def test_of_a_restricted_record_in_the_household_no_standing_fact_is_told(social_worker: Member, scene: Boy) -> None:
    def told() -> list[str]:
        facts = {member.person: held for member, held in page(social_worker, scene.boy).at_home}
        return [fact.kind for fact in facts[scene.stepfather]]

    assert "registered_sex_offender" in told()
    Restriction.objects.create(person_id=scene.stepfather, state="restricted", reason="a trial", from_at=LONG_AGO)
    assert told() == []
