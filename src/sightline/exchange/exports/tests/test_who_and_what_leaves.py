"""No address that is kept safe leaves in an export: whoever it is kept safe of, and whenever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, involve, person_of, write_person
from sightline.access.models import Exclusion
from sightline.chronology.record import record_many
from sightline.exchange.exports import queries, services
from sightline.kernel.errors import NotFound, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("IS-12")]
WHO = {"recipient": "Jo Penn, force solicitor", "purpose": "For the hearing on Thursday", "basis": "legal_obligation"}
CHILD, MOTHER = ("social_care", "C0"), ("social_care", "M0")
REFUGE = {"lines": "12 Hidden Lane", "postcode": "ZS9 1QQ"}


@pytest.fixture
def child(social_worker: Member) -> int:
    """A child who lives with her mother, at an address that both have."""
    made = person_of(write_person("social_care", "C0", surname="Hollin", forenames="Ash", born="2015-03-04"))
    write_person("social_care", "M0", surname="Hollin", forenames="May", born="1990-03-04")
    told = [
        entry("address.recorded", {"subject": [who]}, source="social_care", ref=f"a{who[1]}", data=REFUGE)
        for who in (CHILD, MOTHER)
    ]
    tie = {"subject": [MOTHER], "other": [CHILD]}
    told.append(entry("relationship.recorded", tie, source="social_care", ref="r1", data={"kind": "parent"}))
    record_many(told, feed_viewer())
    involve(social_worker, made)
    return made


def keep_safe(days_from_now: int) -> None:
    at = NOW + timedelta(days=days_from_now)
    place = "12 Hidden Lane, ZS9 1QQ"
    record_many(
        [entry("address.protected", {"subject": [MOTHER]}, source="social_care", ref="s1", at=at, place=place)],
        feed_viewer(at=at),
    )


@pytest.mark.parametrize("form", ["document", "table"])
def test_what_is_kept_safe_of_her_mother_does_not_leave_as_the_childs_own(
    social_worker: Member, child: int, form: str
) -> None:
    keep_safe(-1)
    note = entry("child.seen", {"child": [CHILD]}, source="social_care", ref="c1", note="seen at 12 hidden lane")
    record_many([note], feed_viewer())
    viewer = social_worker.viewer()
    file = services.fetch(viewer, services.ask_for(viewer, [child], form=form, **WHO).number)
    said = bytes(file.content).decode().lower()
    assert "ash hollin" in said
    assert "hidden lane" not in said


def test_a_file_is_not_given_again_once_an_address_in_it_is_kept_safe(social_worker: Member, child: int) -> None:
    viewer = social_worker.viewer()
    number = services.ask_for(viewer, [child], form="document", **WHO).number
    first = services.fetch(viewer, number)
    assert "12 Hidden Lane" in bytes(first.content).decode()
    assert services.fetch(social_worker.viewer(at=NOW + timedelta(hours=1)), number).sha256 == first.sha256
    keep_safe(1)
    with pytest.raises(Refused, match="kept safe since"):
        services.fetch(social_worker.viewer(at=NOW + timedelta(days=2)), number)


@pytest.mark.requirement("IS-09")
@pytest.mark.parametrize("form", ["document", "table"])
def test_nobody_exports_a_child_they_do_not_work_with_or_may_only_know_of(
    social_worker: Member, call_handler: Member, child: int, form: str
) -> None:
    with pytest.raises(NotFound):
        services.ask_for(call_handler.viewer(), [child], form=form, **WHO)
    assert queries.everybody(social_worker.viewer()) == [child]
    Exclusion.objects.create(user=social_worker.user, person_id=child, reason="own niece", from_at=LONG_AGO)
    assert queries.everybody(social_worker.viewer()) == []
    with pytest.raises(NotFound):
        services.ask_for(social_worker.viewer(), [child], form=form, **WHO)
