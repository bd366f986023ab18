"""What waited is kept with a grade, and low grades set while much waited are sampled by nobody's choice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of, seal
from screens import signed_in
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotPermitted
from sightline.oversight.reviews.pressure import pressed
from sightline.patterns.after_grading.pressure import sampled
from sightline.patterns.grades.services import grade_again
from sightline.people.anchors import anchored

CHILD = ("domestic_abuse", "ada")


def grade(ref: str, days: float, **said: Any) -> Any:
    data = {"tool": "domestic_abuse", "grade": "standard", "stage": "initial", "role": "response", **said}
    return entry(
        "risk.assessed", {"child": [CHILD]}, source="domestic_abuse", ref=ref, at=NOW - timedelta(days=days), data=data
    )


@pytest.mark.requirement("RA-24")
@pytest.mark.django_db
def test_how_much_waited_is_on_record_with_a_grade(constable: Member) -> None:
    calls = [
        entry("contact.received", {"victim": [("command_and_control", f"v{n}")]}, source="command_and_control", ref=f"c{n}",
              at=NOW - timedelta(days=1 if n < 12 else 40), data={"channel": "999", "kind": "domestic_abuse"})
        for n in range(14)
    ]  # fmt: skip
    record_many([*calls, grade("r", 2)], feed_viewer(at=NOW))
    child = person_of(anchored([CHILD], at=NOW)[CHILD])
    involve(constable, child)
    held = Event.objects.get(source="domestic_abuse", ref="r")
    means = {child: "He wakes at night"}
    made = grade_again(constable.viewer(), child, held.pk, grade="standard", reason="", at=NOW, impacts=means)
    assert Event.objects.get(pk=made).data["queue_length"] == 11, "twelve calls of these two weeks, one of them graded"


@pytest.mark.requirement("RA-24")
@pytest.mark.django_db
def test_low_grades_under_pressure_are_sampled_and_others_are_not(constable: Member) -> None:
    refs = [f"g{n}" for n in range(30)]
    record_many([*(grade(ref, 3, queue_length=30) for ref in refs), *(grade(f"calm{n}", 3, queue_length=2) for n in range(30)),
                 *(grade(f"high{n}", 3, queue_length=30, grade="high") for n in range(30))], feed_viewer(at=NOW))  # fmt: skip
    child = person_of(anchored([CHILD], at=NOW)[CHILD])
    inspector = make_member("di", "Di Inspector", "detective_inspector", "police")
    page = pressed(inspector.viewer())
    assert (page.low, page.under, page.rows) == (60, 30, ())
    assert page.closed == sum(sampled(ref, 5) for ref in refs) > 0
    involve(inspector, child)
    page = pressed(inspector.viewer())
    assert (len(page.rows), page.closed) == (sum(sampled(ref, 5) for ref in refs), 0)
    assert {(r.grade, r.waited, r.again) for r in page.rows} == {("standard", 30, False)}
    assert signed_in(inspector).get("/grades/under-pressure/").status_code == 200
    with pytest.raises(NotPermitted):
        pressed(constable.viewer())
    seal(child)
    page = pressed(inspector.viewer())
    assert (page.low, page.under, page.closed, page.rows) == (0, 0, 0, ()), "not even a number tells of a sealed child"


def test_one_in_five_is_one_in_five() -> None:
    assert 160 < sum(sampled(f"ref {n}", 5) for n in range(1000)) < 240
