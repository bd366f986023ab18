"""Whose word ends the alert about a low grade: whoever reads what it is lower than. What is not theirs to know of changes nothing for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of, seal
from sightline.access.models import AccessEntry
from sightline.access.wall import behind, viewer_is
from sightline.alerts import services
from sightline.alerts.models import Alert
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import Refused
from sightline.patterns.grades.queries import grade_page
from sightline.patterns.grades.services import BEYOND, agree, grade_again
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
CHILD, FATHER = ("domestic_abuse", "ada"), ("domestic_abuse", "dad")
WHY = "She has moved away and he does not know where she is"


@pytest.fixture
def child(db: None) -> int:
    """Graded standard. That the suspect is violent, which makes it medium, only the police's own system of crime says."""
    feed("person.recorded", {"subject": [CHILD]}, "p", days=9, data={"forenames": "Ada", "surname": "Fenwick", "born": "2018-05-06"})  # fmt: skip
    feed("marker.set", {"subject": [FATHER]}, "m", days=9, source="crime", data={"kind": "violent"})
    said = {"tool": "domestic_abuse", "grade": "standard", "stage": "initial", "role": "response"}
    feed("risk.assessed", {"child": [CHILD], "suspect": [FATHER]}, "r", days=1, by="PC Tom Reeve", data=said)
    return person_of(anchored([CHILD], at=NOW)[CHILD])


def feed(
    kind: str, people: dict[str, Any], ref: str, *, days: float, source: str = "domestic_abuse", **said: Any
) -> None:
    record_many([entry(kind, people, source=source, ref=ref, at=NOW - timedelta(days=days), **said)], feed_viewer())


def father() -> int:
    return person_of(anchored([FATHER], at=NOW)[FATHER])


def graded() -> int:
    return Event.objects.get(source="domestic_abuse", ref="r").pk


def stands(child: int) -> bool:
    """Whether it still is to be looked at that the grade is too low."""
    services.settle([child], at=NOW + timedelta(minutes=10))
    return Alert.objects.filter(kind="risk_underestimated", subject_id=child, cleared_at=None).exists()


def lowers(by: Member, child: int, how: str) -> None:
    """A supervisor lets the grade stand: by agreeing to it, by not agreeing and taking what they are shown, or by setting it again."""
    with behind():
        viewer_is(by.user.pk, confirmed=True)
        if how == "again":
            says = {child: "She sleeps well"}
            grade_again(by.viewer(), child, graded(), grade="standard", reason=WHY, at=NOW, impacts=says)
        else:
            agree(by.viewer(), child, graded(), agrees=how == "agrees", reason=WHY, at=NOW)


@pytest.mark.requirement("RA-01", "IS-01")
@pytest.mark.parametrize("how", ["again", "agrees", "does not"])
def test_a_supervisor_who_may_not_read_what_raises_it_does_not_end_it(
    child: int, team_manager: Member, how: str
) -> None:
    involve(team_manager, child)
    (shown,) = grade_page(team_manager.viewer(), child).gradings
    assert (shown.lowest.grade, shown.waits) == ("no_apparent", False), "crime is a pointer for social care"
    assert stands(child)
    with pytest.raises(Refused) as refused:
        lowers(team_manager, child, how)
    assert str(refused.value) == BEYOND and "violent" not in BEYOND
    assert stands(child) and not Event.objects.filter(source="sightline").exists()


@pytest.mark.requirement("RA-01")
def test_they_may_set_a_grade_as_high_as_all_that_is_held_supports(child: int, team_manager: Member) -> None:
    involve(team_manager, child)
    says = {child: "She sleeps badly"}
    grade_again(team_manager.viewer(), child, graded(), grade="medium", reason="", at=NOW, impacts=says)
    assert Event.objects.get(source="sightline", kind="risk.assessed").data["grade"] == "medium" and not stands(child)


@pytest.mark.requirement("RA-01")
@pytest.mark.parametrize("how", ["again", "agrees"])
def test_a_supervisor_who_reads_it_all_ends_it_with_a_reason(child: int, how: str) -> None:
    sergeant = make_member("sgt", "Dee Sutcliffe", "supervisor", "police")
    involve(sergeant, child)
    lowers(sergeant, child, how)
    assert Event.objects.get(source="sightline", kind="risk.assessed").data["grade"] == "standard" and not stands(child)


@pytest.mark.requirement("RA-01")
def test_a_reason_is_asked_for_what_whoever_grades_may_not_read(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    with pytest.raises(Refused, match="Say why"):
        grade_again(
            social_worker.viewer(), child, graded(), grade="low", reason="", at=NOW, impacts={child: "None seen"}
        )


@pytest.mark.requirement("IS-05")
def test_somebody_of_whom_they_may_not_know_changes_nothing_for_them(child: int, team_manager: Member) -> None:
    involve(team_manager, child)
    seal(father())
    with pytest.raises(Refused, match="Nothing waits for agreement"):
        lowers(team_manager, child, "agrees")
    lowers(team_manager, child, "again")
    assert Event.objects.get(source="sightline", kind="risk.assessed").data["grade"] == "standard"
    assert not AccessEntry.objects.filter(user_id=team_manager.user.pk, people__contains=[father()]).exists()


@pytest.mark.requirement("IS-05")
def test_what_happened_to_somebody_sealed_in_the_same_home_changes_nothing_for_them(
    child: int, team_manager: Member
) -> None:
    lodger = ("domestic_abuse", "lodger")
    home = {"lines": "14 Kiln Row", "postcode": "ZS5 7AB", "kind": "home", "from": "2024-01-01"}
    for key in (CHILD, lodger):
        feed("address.recorded", {"subject": [key]}, f"{key[1]}/home", days=300, source="crime", data=home)
    for days in (40, 80, 120):
        called = {"channel": "999", "kind": "domestic_abuse"}
        feed("contact.received", {"victim": [lodger]}, f"call/{days}", days=days, source="crime", data=called)
    involve(team_manager, child)
    seal(person_of(anchored([lodger], at=NOW)[lodger]))
    seal(father())
    says = {child: "She sleeps well"}
    grade_again(team_manager.viewer(), child, graded(), grade="standard", reason=WHY, at=NOW, impacts=says)
    assert Event.objects.get(source="sightline", kind="risk.assessed").data["grade"] == "standard"
