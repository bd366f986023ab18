"""What a search at first contact says of those around a child: nothing that tells of somebody sealed, and no fact of a restricted record."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import LONG_AGO, Member, entry, feed_viewer, person_of, seal, write_person
from scenes import BOY, Boy
from screens import REASON
from sightline.access.models import Restriction
from sightline.chronology.record import record_many
from sightline.pathways.contact.queries import Asked, Found, first_contact

pytestmark = pytest.mark.django_db


def found(member: Member, boy: int) -> Found:
    """The boy, as whoever answers his mother's call is shown him."""
    now = timezone.now()
    asked = Asked(name="Mo Hussein", postcode="ZS5 7AB")
    (him,) = [
        f for f in first_contact(member.viewer(at=now, reason=REASON), asked, at=now).found if f.person.person == boy
    ]
    return him


@pytest.mark.requirement("IS-05")
def test_a_tie_to_somebody_sealed_is_not_counted_among_what_a_system_holds(call_handler: Member, scene: Boy) -> None:
    sister = person_of(write_person("youth_offending", "sister", at=LONG_AGO, forenames="Noor", surname="Hussein"))
    tie = {"subject": [("youth_offending", "sister")], "other": [BOY]}
    said = entry(
        "relationship.recorded", tie, source="youth_offending", ref="tie", at=LONG_AGO, data={"kind": "sibling"}
    )
    record_many([said], feed_viewer(at=LONG_AGO))

    def held() -> int:
        return next(s.entries for s in found(call_handler, scene.boy).sources if s.key == "youth_offending")

    assert held() == 1
    seal(sister)
    assert held() == 0


@pytest.mark.requirement("IS-01")
def test_of_a_restricted_record_at_the_address_no_standing_fact_is_told(call_handler: Member, scene: Boy) -> None:
    def told() -> list[str]:
        facts = {member.person: held for member, held in found(call_handler, scene.boy).household}
        return [fact.kind for fact in facts[scene.stepfather]]

    assert "registered_sex_offender" in told()
    Restriction.objects.create(person_id=scene.stepfather, state="restricted", reason="a trial", from_at=LONG_AGO)
    assert told() == []
