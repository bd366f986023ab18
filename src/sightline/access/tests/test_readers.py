"""Whoever is given a paper by name gets what they could open themselves, and nothing of somebody from whom a conflict of interest keeps them."""

from __future__ import annotations

import pytest

from cast import LONG_AGO, Member, person_of, write_person
from sightline.access import gate
from sightline.access.breakglass import break_glass
from sightline.access.models import Exclusion
from sightline.access.policy import NOTHING
from sightline.access.readers import Reader, given_to

WHY = "he is on the bridge now and his worker cannot be reached"


@pytest.mark.django_db
@pytest.mark.requirement("IS-05")
def test_nobody_is_given_a_paper_about_their_own_kin_although_they_opened_the_record_in_an_emergency(
    constable: Member,
) -> None:
    child = person_of(write_person("crime", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne"))
    Exclusion.objects.create(user=constable.user, person_id=child, reason="own nephew", from_at=LONG_AGO)
    break_glass(constable.viewer(reason=WHY), [child])
    reader = Reader("Tom Reeve", "Response officer", "Marsham Police", constable.viewer())
    assert gate.readable(reader.seen, [child]) == {child}
    assert given_to(reader, [child]) == {child: NOTHING}
