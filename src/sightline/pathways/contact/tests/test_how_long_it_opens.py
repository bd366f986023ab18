"""How long a search with a typed reason opens a record: the declared limit, or what the partnership has decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import Member
from scenes import boys_life
from sightline.access.models import Involvement
from sightline.alerts.models import LocalSetting
from sightline.pathways.contact.queries import Asked, first_contact


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize(("decided", "hours"), [(None, 12), (2, 2)])
def test_a_search_opens_those_found_for_as_long_as_is_decided_here(
    call_handler: Member, decided: int | None, hours: int
) -> None:
    now = timezone.now()
    boys_life(now)
    if decided is not None:
        LocalSetting.objects.create(
            name="first_contact.opens", amount=decided, unit="hours", from_on=now.date() - timedelta(days=1), decided_by="the board",
            reason="looked at too long", at=now, user_id=1,
        )  # fmt: skip
    viewer = call_handler.viewer(at=now, reason="mother on the line")
    first_contact(viewer, Asked(name="Mo Hussein", postcode="ZS5 7AB"), at=now)
    assert set(Involvement.objects.filter(why="first_contact").values_list("until_at", flat=True)) == {
        now + timedelta(hours=hours)
    }
