"""Every rule and model is registered with version, owner, results and day; and whom its alerts are about is shown, without naming anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cast import NOW, Member, make_member, person_of, seal, write_person
from screens import signed_in, text
from sightline.access.models import Exclusion
from sightline.alerts.findings import rules
from sightline.alerts.models import Acknowledgement, Alert
from sightline.kernel.errors import NotPermitted
from sightline.oversight.register.commands import results
from sightline.oversight.register.queries import effect_page, register_page
from sightline.oversight.register.rules import Child, Registered, Tested, effects, registered, version_of

CASE = """
id: R1
source: a test
kind: failure
title: a test
people:
  child: {born: 2004-05-05, sex: F}
events:
  - {at: 2014-03-04 10:00:00, type: missing.reported, source: missing, people: {child: child}, data: {graded: high, reported_by: parent}}
until: 2014-03-05 12:00:00
expect:
  - {alert: missing_no_action, subject: child, by: 2014-03-04 11:05:00}
  - {alert: plan_drift, subject: child, by: 2014-03-04 11:05:00}
"""


@pytest.mark.requirement("IS-22")
def test_every_rule_and_the_model_has_version_owner_and_day_and_a_change_is_another_version(tmp_path) -> None:  # type: ignore[no-untyped-def]
    held = registered()
    assert {r.name for r in rules()} | {"matching"} == {x.name for x in held}
    assert all(x.version and x.owner and x.retires_on for x in held)
    grades = next(x for x in held if x.name == "grades.risk_underestimated")
    assert grades.version == version_of("patterns.grades") != version_of("patterns.networks")
    assert grades.past(grades.retires_on) and not grades.past(grades.retires_on - timedelta(days=1))
    case = tmp_path / "case.yaml"
    case.write_text(CASE)
    found = results([case])
    assert "missing_no_action:\n    forbidden: 0\n    met: 1\n    missed: 0" in found
    assert "plan_drift:\n    forbidden: 0\n    met: 0\n    missed: 1" in found


@pytest.mark.requirement("IS-22")
@pytest.mark.django_db
def test_the_page_says_how_often_each_was_overruled_and_what_its_thresholds_are(constable: Member) -> None:
    for n in range(8):
        alert = an_alert(n + 1, "senior_review_due", "senior_look.senior_review_due")
        if n < 2:
            Acknowledgement.objects.create(
                alert=alert, user_id=1, role="x", at=NOW, reason="seen by the board", until_at=NOW
            )
    seal(98)
    Exclusion.objects.create(user=constable.user, person_id=99, reason="own nephew", from_at=NOW - timedelta(days=9))
    for hidden in (98, 99):
        an_alert(hidden, "senior_review_due", "senior_look.senior_review_due")
    page = register_page(constable.viewer())
    line = next(x for x in page.lines if x.it.name == "senior_look.senior_review_due")
    assert (line.told, line.overruled, line.rate) == (8, 2, 25)
    assert ("senior_review.every", "10") in [(t.name, t.now) for t in line.thresholds]
    said = text(signed_in(constable).get("/register/"))
    assert f"Version {line.it.version}. Owner: Detective superintendent." in said


def an_alert(person: int, kind: str, rule: str) -> Alert:
    return Alert.objects.create(kind=kind, subject_id=person, cause=f"c{person}", to_role="supervisor", due_at=NOW, why="x", rule=rule,
                                concerns=[person], first_at=NOW - timedelta(days=5))  # fmt: skip


@pytest.mark.requirement("RA-28")
def test_a_group_of_whom_alerts_are_more_often_is_pointed_out_and_few_are_not_said() -> None:
    children = [Child(n, {"sex": "F" if n < 20 else "M", "care": "looked after" if n < 3 else ""}) for n in range(40)]
    found = {(e.by, e.group): e for e in effects(children, {*range(10), *range(20, 25)})}
    girls, boys = found["sex", "F"], found["sex", "M"]
    assert (girls.children, girls.alerted, girls.ratio, girls.apart) == (20, 10, 2.0, True)
    assert (boys.alerted, boys.ratio, boys.apart) == (5, 0.5, True)
    assert ("care", "looked after") not in found, "three children are no figure"
    alike = effects([Child(n, {"sex": "FM"[n % 2]}) for n in range(40)], set(range(20)))
    assert [e.apart for e in alike] == [False, False]


@pytest.mark.requirement("RA-28")
@pytest.mark.django_db
def test_effect_by_ethnicity_disability_sex_care_and_district_of_children_on_record(constable: Member) -> None:
    for n in range(24):
        said = {"forenames": "Ada", "surname": f"Fenwick{n}", "born": "2016-05-06", "sex": "F" if n % 2 else "M",
                "ethnicity": "White British" if n < 12 else "Pakistani", "disability": ["autism"] if n < 12 else None}  # fmt: skip
        person = person_of(write_person("social_care", f"k{n}", **{k: v for k, v in said.items() if v}))
        if n < 12 or n > 18:
            an_alert(person, "plan_missing", "plan.plan_missing")
    superintendent = make_member("super", "Sue Super", "detective_superintendent", "police")
    found = {(e.by, e.group): e for e in effect_page(superintendent.viewer(), "plan_missing")}
    white, other = found["ethnicity", "White British"], found["ethnicity", "Pakistani"]
    assert (white.alerted, white.ratio, white.apart) == (12, 2.4, True) and (other.alerted, other.ratio) == (5, 0.42)
    assert found["disability", "recorded"].ratio == 2.4 and not found["sex", "F"].apart
    assert {by for by, _ in found} == {"sex", "ethnicity", "disability", "care", "district"}
    assert "Ethnicity: Pakistani 12 5 0.42 To be explained" in text(
        signed_in(superintendent).get("/register/plan_missing/")
    )
    seal(person)
    exclude = Exclusion(user=superintendent.user, reason="own niece", from_at=NOW - timedelta(days=9))
    exclude.person_id = Alert.objects.filter(kind="plan_missing").earliest("pk").subject_id
    exclude.save()
    left = {e.group: (e.children, e.alerted) for e in effect_page(superintendent.viewer(), "plan_missing")}
    assert left["White British"] == (11, 11) and left["Pakistani"] == (11, None), "four are not told"
    with pytest.raises(NotPermitted):
        effect_page(constable.viewer(), "plan_missing")


def test_results_of_an_earlier_version_say_so() -> None:
    for version, same in (("v1", False), ("v2", True)):
        done = Tested(1, 0, 0, version, date(2026, 1, 1))
        assert Registered("a.b", "b", "means", "v2", "supervisor", date(2027, 1, 1), (), done).as_tested is same
