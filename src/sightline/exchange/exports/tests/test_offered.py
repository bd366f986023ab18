"""Where a file of somebody's record is offered: to whoever reads the record."""

from __future__ import annotations

import pytest

from cast import LONG_AGO, NOW, Member, involve, person_of, write_person
from sightline.access.models import Restriction
from sightline.chronology.view import Chronology
from sightline.exchange.exports.panels import ON_THE_PAGE


@pytest.mark.django_db
@pytest.mark.requirement("IS-08")
def test_a_file_is_offered_to_whoever_reads_the_record_and_not_to_whoever_may_only_know_of_it(
    social_worker: Member, call_handler: Member
) -> None:
    child = person_of(write_person("social_care", "C0", surname="Hollin", forenames="Ash", born="2015-03-04"))
    involve(social_worker, child)
    involve(call_handler, child, why="first_contact")

    def offered(member: Member) -> list[str]:
        return [begin.href for begin in ON_THE_PAGE.of(member.viewer(), Chronology.of(child, ()), NOW).begins]

    assert offered(social_worker) == offered(call_handler) == [f"/exports/new/?person={child}"]
    Restriction.objects.create(person_id=child, state="restricted", reason="a colleague's child", from_at=LONG_AGO)
    assert (len(offered(social_worker)), offered(call_handler)) == (1, [])
