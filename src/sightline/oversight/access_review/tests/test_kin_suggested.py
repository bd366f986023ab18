"""Whose kin lives where somebody who signs in lives: suggested to a data guardian, by number and never by name."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import LONG_AGO, Member
from scenes import boys_life
from sightline.access.models import Exclusion, StaffDetail
from sightline.oversight.access_review.conflicts import suggested_conflicts

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("IS-04", "IS-05")
def test_kin_elsewhere_of_somebody_at_the_users_own_address_is_suggested_and_of_nobody_kept_from_the_guardian(
    data_guardian: Member, call_handler: Member
) -> None:
    scene = boys_life(timezone.now())
    StaffDetail.objects.create(user=call_handler.user, surname="Marsh", lines="14 Kiln Row", postcode="ZS5 7AB")

    def suggested() -> dict[int, str]:
        return {s.person: s.why for s in suggested_conflicts(data_guardian.viewer(at=timezone.now()))}

    home = dict.fromkeys((scene.boy, scene.mother, scene.stepfather), "Same address")
    kin = f"Grandparent of person {scene.boy}, who lives at the same address"
    assert suggested() == home | {scene.grandmother: kin}
    Exclusion.objects.create(user=data_guardian.user, person_id=scene.boy, reason="own nephew", from_at=LONG_AGO)
    assert suggested() == dict.fromkeys((scene.mother, scene.stepfather), "Same address")
