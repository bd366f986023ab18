"""Second looks at any hour, under-ones first, opened by whoever takes them; and how far the two grades agree, with how many that rests on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.agencies.models import Team
from sightline.chronology.record import record_many
from sightline.clocks.limits import Limits
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.oversight.grading.queries import agreement_page, waiting
from sightline.oversight.grading.rules import Graded, agreement, pairs
from sightline.oversight.grading.services import take
from sightline.patterns.grades.queries import grade_page
from sightline.patterns.grades.services import grade_again

FRIDAY = datetime(2026, 10, 30, 22, 0, tzinfo=UTC)
SATURDAY = FRIDAY + timedelta(hours=26)


def child(key: str, born: str) -> int:
    return person_of(write_person("referral_unit", key, forenames=key.title(), surname="Fenwick", born=born, at=FRIDAY))


def grade(
    key: str,
    ref: str,
    value: str,
    *,
    at: datetime,
    stage: str = "initial",
    role: str = "response",
    by: str = "Tom Reeve",
) -> None:
    said = {"tool": "child", "grade": value, "stage": stage, "role": role}
    made = entry(
        "risk.assessed",
        {"child": [("referral_unit", key)]},
        source="referral_unit",
        ref=ref,
        at=at,
        data=said,
        by=by,
        agency="police",
    )
    record_many([made], feed_viewer(at=at))


@pytest.fixture
def on_call(db: None) -> Member:
    return make_member("oncall", "Ida Bell", "on_call_specialist", "police")


@pytest.mark.django_db
@pytest.mark.requirement("RA-12", "RA-15")
def test_a_grade_set_on_friday_night_waits_for_whoever_is_on_call_on_saturday_and_a_baby_comes_first(
    on_call: Member, constable: Member
) -> None:
    girl, baby = child("girl", "2016-01-01"), child("baby", "2026-05-01")
    grade("girl", "g", "standard", at=FRIDAY)
    grade("baby", "b", "high", at=FRIDAY + timedelta(hours=1))
    viewer = on_call.viewer(at=SATURDAY)
    page = waiting(viewer)
    assert [(w.person, w.under_one) for w in page.rows] == [(baby, True), (girl, False)] and not page.in_hours
    assert page.rows[1].due == FRIDAY + timedelta(hours=24), "the weekend stops no clock"
    with pytest.raises(NotFound):
        grade_page(viewer, girl)
    with pytest.raises(NotPermitted):
        take(constable.viewer(at=SATURDAY), girl, page.rows[1].graded.event, at=SATURDAY)
    with pytest.raises(NotFound):
        take(viewer, baby, page.rows[1].graded.event, at=SATURDAY)
    assert AccessEntry.objects.filter(outcome="refused", note="second look at a grade").count() == 2
    take(viewer, girl, page.rows[1].graded.event, at=SATURDAY)
    given = AccessEntry.objects.filter(outcome="given", note="second look at a grade", user_id=on_call.user.pk)
    assert given.get().people == [girl]
    grade_again(viewer, girl, page.rows[1].graded.event, grade="standard", reason="", at=SATURDAY)
    assert [w.person for w in waiting(on_call.viewer(at=SATURDAY + timedelta(minutes=1))).rows] == [baby]


@pytest.mark.django_db
@pytest.mark.requirement("RA-15")
def test_the_list_and_the_worklist_say_what_waits_without_a_name(on_call: Member, constable: Member) -> None:
    now = timezone.now()
    child("girl", "2016-01-01")
    grade("girl", "g", "standard", at=now - timedelta(hours=2))
    screen = signed_in(on_call)
    said = text(screen.get("/grades/waiting/"))
    assert "Child: standard" in said and "No specialist is on duty for this now" in said and "Fenwick" not in said
    assert "Look again at grades set at the scene 1 waits" in text(screen.get("/work/"))
    assert signed_in(constable).get("/grades/waiting/").status_code == 403


def _graded(n: int, value: str, *, again: bool = False, hours: int = 0) -> Graded:
    stage, role = ("secondary", "specialist") if again else ("initial", "response")
    return Graded(
        2 * n + again,
        FRIDAY + timedelta(days=n, hours=hours),
        "child",
        value,
        stage,
        role,
        "Tom Reeve",
        "police",
        frozenset({n}),
    )


@pytest.mark.requirement("RA-16")
def test_a_rate_stands_beside_how_many_it_is_of_and_too_few_give_none() -> None:
    firsts = [_graded(n, "standard") for n in range(7)]
    seconds = [
        _graded(n, "high" if n < 2 else "low" if n == 2 else "standard", again=True, hours=30 if n else 1)
        for n in range(6)
    ]
    held = pairs([*seconds, *firsts])
    found = agreement("Tom Reeve", held, Limits(), FRIDAY + timedelta(days=6, hours=2))
    assert (found.graded, found.looked_at, found.agreed, found.raised, found.lowered) == (7, 6, 3, 2, 1)
    assert (found.rate, found.late) == (50, 5), "one was in time, and one still has time"
    assert agreement("Tom Reeve", held[:4], Limits(), FRIDAY).rate is None
    of_another_kind = Graded(99, FRIDAY, "missing", "high", "secondary", "specialist", "", "police", frozenset({0}))
    assert pairs([firsts[0], of_another_kind])[0].second is None


@pytest.mark.django_db
@pytest.mark.requirement("RA-16")
def test_agreement_is_told_by_officer_team_and_district_to_those_who_lead(constable: Member, ext: Member) -> None:
    now = timezone.now()
    Team.objects.filter(pk=constable.post.team_id).update(name="Marsham response", area="North")
    for n in range(5):
        child(f"c{n}", "2016-01-01")
        grade(f"c{n}", f"f{n}", "standard", at=now - timedelta(days=9))
        grade(
            f"c{n}",
            f"s{n}",
            "high" if n else "standard",
            at=now - timedelta(days=8, hours=20),
            stage="secondary",
            role="specialist",
            by="Ida Bell",
        )
    inspector = make_member("insp", "Insp Ray Cole", "detective_inspector", "police")
    said = text(signed_in(inspector).get("/grades/agreement/"))
    for name in ("Tom Reeve", "Marsham response", "North"):
        assert f"{name} 5 5 1 4 0 0 20% of 5" in said
    for member in (constable, ext):
        assert signed_in(member).get("/grades/agreement/").status_code == 403
    elsewhere = make_member("mgr", "Sunita Rao", "supervisor", "social_care")
    assert not agreement_page(elsewhere.viewer(at=now)).parts[0][1], "another agency's officers are not theirs to see"
