"""Reviews and legal holds: found, decided by name, agreed to by a second person, and held back while a hold stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cast import NOW, Member, entry, feed_viewer, seal
from sightline.access.models import AccessEntry, Exclusion, Involvement
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.oversight.retention.models import Hold, Review
from sightline.oversight.retention.queries import holds_over, retention_lists, review_page
from sightline.oversight.retention.services import (
    agree,
    decide,
    find_due,
    lift_hold,
    open_for_review,
    place_hold,
    place_hold_on_system,
)
from sightline.oversight.retention.tests.conftest import FRIEND, MAN, Scene
from sightline.people.anchors import anchored, identities_of
from sightline.people.models import Link

WHY = "Nothing has been heard for over twenty years"
INQUIRY = "Letter of the inquiry of 1 October 2026"


def review_of(person: int) -> Review:
    find_due(at=NOW)
    return Review.objects.get(person_id=person, erased_at__isnull=True)


@pytest.mark.requirement("IS-07")
def test_what_is_due_is_found_once_with_its_schedule_and_without_a_value(scene: Scene) -> None:
    assert find_due(at=NOW) == (2, 0)
    assert find_due(at=NOW) == (0, 0)
    row = Review.objects.get(person_id=scene.man)
    assert (row.schedule, row.keep_until, row.review_on) == ("police_3", date(2009, 5, 9), date(2009, 5, 9))
    assert row.holds == {
        "address.recorded": 1,
        "crime.recorded": 2,
        "marker.set": 1,
        "person.recorded": 1,
        "relationship.recorded": 1,
    }
    assert row.shared == 2  # the crime with the friend, and the tie between the two
    assert "zqv" not in str(Review.objects.values())


@pytest.mark.requirement("IS-07")
def test_it_is_due_no_more_when_something_happens(scene: Scene) -> None:
    row = review_of(scene.man)
    seen = entry("contact.received", {"adult": [MAN]}, source="crime", ref="new", at=NOW - timedelta(days=1))
    record_many([seen], feed_viewer(at=NOW))
    assert find_due(at=NOW) == (0, 1)
    assert not Review.objects.filter(pk=row.pk).exists()


@pytest.mark.requirement("IS-07")
def test_whoever_is_in_the_record_of_a_child_is_never_due(scene: Scene) -> None:
    child = ("social_care", "child")
    born = {"forenames": "Tam", "surname": "Young", "born": "2015-01-01"}
    tie = {"subject": [FRIEND], "other": [child]}
    record_many(
        [entry("person.recorded", {"subject": [child]}, source="social_care", ref="c/p", data=born),
         entry("relationship.recorded", tie, source="social_care", ref="c/t", data={"kind": "grandparent"})],
        feed_viewer(at=NOW),
    )  # fmt: skip
    find_due(at=NOW)
    assert [r.person_id for r in Review.objects.all()] == [scene.man]


@pytest.mark.requirement("IS-07")
def test_a_review_is_kept_until_a_day_and_found_again_on_it(scene: Scene) -> None:
    row = review_of(scene.man)
    decide(scene.one.viewer(), row.pk, outcome="keep", reason=WHY, kept_until=date(2028, 1, 1))
    held = Review.objects.get(pk=row.pk)
    assert (held.outcome, held.decided_by_id, held.reason) == ("keep", scene.one.user.pk, WHY)
    find_due(at=NOW)
    assert Review.objects.filter(person_id=scene.man).count() == 1
    find_due(at=NOW + timedelta(days=500))
    assert Review.objects.filter(person_id=scene.man, outcome="").count() == 1


@pytest.mark.requirement("IS-07")
def test_a_disposal_takes_a_second_person(scene: Scene) -> None:
    row = review_of(scene.man)
    decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)
    with pytest.raises(Refused, match="somebody else has to agree"):
        agree(scene.one.viewer(), row.pk, agrees=True, reason=WHY)
    held = agree(scene.other.viewer(), row.pk, agrees=True, reason=WHY)
    assert (held.agreed, held.second_by_id) == (True, scene.other.user.pk)
    with pytest.raises(IntegrityError, match="disposal_takes_two_people"), transaction.atomic():
        Review.objects.filter(pk=row.pk).update(second_by=scene.one.user)


@pytest.mark.requirement("IS-07")
def test_a_disposal_that_is_not_agreed_to_keeps_for_a_year(scene: Scene) -> None:
    row = review_of(scene.man)
    decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)
    agree(scene.other.viewer(), row.pk, agrees=False, reason="A cousin's case is open")
    assert find_due(at=NOW) == (0, 0)
    assert find_due(at=NOW + timedelta(days=366)) == (1, 0)


@pytest.mark.requirement("IS-07")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"outcome": "keep", "reason": WHY}, "until which day"),
        ({"outcome": "keep", "reason": WHY, "kept_until": date(2020, 1, 1)}, "a day to come"),
        ({"outcome": "dispose", "reason": "old"}, "Say why"),
        ({"outcome": "burn", "reason": WHY}, "Choose"),
    ],
)
def test_a_decision_without_a_day_or_a_reason_is_refused(scene: Scene, said: dict, why: str) -> None:
    row = review_of(scene.man)
    with pytest.raises(Refused, match=why):
        decide(scene.one.viewer(), row.pk, **said)
    assert Review.objects.get(pk=row.pk).outcome == ""


@pytest.mark.requirement("IS-07")
def test_nothing_is_disposed_of_while_a_hold_stands(scene: Scene) -> None:
    row = review_of(scene.man)
    hold = place_hold(scene.one.viewer(), scene.man, reason=INQUIRY)
    assert (hold.placed_by_id, hold.reason, hold.placed_at) == (scene.one.user.pk, INQUIRY, NOW)
    with pytest.raises(Refused, match="legal hold"):
        decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)
    with pytest.raises(Refused, match="Say why it is lifted"):
        lift_hold(scene.other.viewer(), hold.pk, reason="ok")
    lifted = lift_hold(scene.other.viewer(), hold.pk, reason="The inquiry reported on 9 November")
    assert (lifted.lifted_by_id, lifted.lifted_because) == (scene.other.user.pk, "The inquiry reported on 9 November")
    decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)


@pytest.mark.requirement("IS-07")
@pytest.mark.parametrize(
    ("source", "since", "held"),
    [
        ("crime", None, True),
        ("crime", date(2003, 5, 1), True),
        ("crime", date(2010, 1, 1), False),
        ("health", None, False),
    ],
)
def test_a_hold_over_a_system_holds_everybody_of_whom_it_has_said_something(
    scene: Scene, source: str, since: date | None, held: bool
) -> None:
    place_hold_on_system(scene.one.viewer(), source, reason=INQUIRY, since_on=since)
    assert bool(holds_over(scene.man)) is held


@pytest.mark.requirement("IS-07")
def test_a_hold_follows_the_records_into_whoever_they_turn_out_to_be(scene: Scene) -> None:
    place_hold(scene.one.viewer(), scene.man, reason=INQUIRY)
    records = anchored([MAN], at=NOW).values()
    Link.objects.filter(record_id__in=records).update(until_at=NOW)
    Link.objects.bulk_create(
        Link(record_id=r, identity_id=scene.friend, from_at=NOW, decided_by="test") for r in records
    )
    assert set(identities_of(records).values()) == {scene.friend}
    assert holds_over(scene.friend)


@pytest.mark.requirement("IS-07")
def test_only_reviewers_of_retention_hold_and_review(scene: Scene, constable: Member) -> None:
    row = review_of(scene.man)
    hold = place_hold(scene.one.viewer(), scene.friend, reason=INQUIRY)
    with pytest.raises(NotPermitted):
        retention_lists(constable.viewer())
    with pytest.raises(NotPermitted):
        decide(constable.viewer(), row.pk, outcome="dispose", reason=WHY)
    with pytest.raises(NotFound):
        place_hold(constable.viewer(), scene.man, reason=INQUIRY)
    with pytest.raises(NotPermitted):
        lift_hold(constable.viewer(), hold.pk, reason=WHY)
    with pytest.raises(NotPermitted):
        place_hold_on_system(constable.viewer(), "crime", reason=INQUIRY)
    assert Hold.objects.count() == 1


@pytest.mark.requirement("IS-05", "IS-07")
def test_somebody_hidden_from_a_reviewer_is_in_none_of_it(scene: Scene) -> None:
    row = review_of(scene.man)
    Exclusion.objects.create(
        user=scene.one.user, person_id=scene.man, reason="his uncle", from_at=NOW - timedelta(days=1)
    )
    viewer = scene.one.viewer()
    assert scene.man not in {x.row.person_id for x in retention_lists(viewer).due}
    with pytest.raises(NotFound):
        review_page(viewer, row.pk)
    with pytest.raises(NotFound):
        place_hold(viewer, scene.man, reason=INQUIRY)
    assert scene.man in {x.row.person_id for x in retention_lists(scene.other.viewer()).due}


@pytest.mark.requirement("IS-07")
def test_a_sealed_record_is_not_reviewed_before_the_seal_is_lifted(scene: Scene) -> None:
    seal(scene.man)
    find_due(at=NOW)
    assert [r.person_id for r in Review.objects.all()] == [scene.friend]


@pytest.mark.requirement("IS-03", "IS-07")
def test_every_step_is_in_the_log_with_whose_it_is_and_no_value(scene: Scene) -> None:
    row = review_of(scene.man)
    hold = place_hold(scene.one.viewer(), scene.man, reason=INQUIRY)
    lift_hold(scene.one.viewer(), hold.pk, reason="The inquiry reported on 9 November")
    review_page(scene.one.viewer(), row.pk)
    decide(scene.one.viewer(), row.pk, outcome="dispose", reason=WHY)
    lines = AccessEntry.objects.filter(people=[scene.man], user_id=scene.one.user.pk)
    said = {(e.action, e.outcome) for e in lines}
    assert {("administration", "given"), ("consultation", "given"), ("review", "dispose")} <= said
    assert "zqv" not in str(list(lines.values()))


@pytest.mark.requirement("IS-07")
def test_the_record_is_opened_to_its_reviewer_for_a_while(scene: Scene) -> None:
    row = review_of(scene.man)
    assert open_for_review(scene.one.viewer(), row.pk) == scene.man
    held = Involvement.objects.get(user=scene.one.user, person_id=scene.man)
    assert held.until_at == NOW + timedelta(hours=12)
    assert held.why == "retention_review"
