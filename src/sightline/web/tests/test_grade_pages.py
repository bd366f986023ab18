"""The floor under a grade, as a browser gets it: fact by fact with the entries, and a lower grade that takes a reason and a supervisor."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.alerts import services
from sightline.alerts.models import Alert
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.patterns.grades.queries import grade_page
from sightline.patterns.grades.services import agree, grade_again
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
KEYS = {"child": ("domestic_abuse", "ada"), "victim": ("domestic_abuse", "mum"), "suspect": ("domestic_abuse", "dad")}
WHY = "The knife was a toy, and she said so herself"


@pytest.fixture
def who() -> dict[str, int]:
    """A child whose father is recorded as violent, graded standard though a knife was shown and somebody had drunk."""
    said = {"tool": "domestic_abuse", "grade": "standard", "stage": "initial", "role": "response",
            "factors": ["a knife was shown", "drunk"]}  # fmt: skip
    about = {role: [key] for role, key in KEYS.items()}
    feed(
        "person.recorded",
        {"subject": [KEYS["child"]]},
        "p",
        days=9,
        data={"forenames": "Ada", "surname": "Fenwick", "born": "2018-05-06"},
    )
    feed(
        "marker.set",
        {"subject": [KEYS["suspect"]]},
        "m",
        days=9,
        data={"kind": "violent"},
        note="struck an officer in 2024",
    )
    feed("risk.assessed", about, "r", days=1, by="PC Tom Reeve", data=said)
    found = anchored(KEYS.values(), at=timezone.now())
    return {role: person_of(found[key]) for role, key in KEYS.items()}


def feed(kind: str, people: dict[str, Any], ref: str, *, days: float, **said: Any) -> None:
    now = timezone.now()
    made = entry(kind, people, source="domestic_abuse", ref=ref, at=now - timedelta(days=days), **said)
    record_many([made], feed_viewer(at=now))


def graded() -> int:
    return Event.objects.get(source="domestic_abuse", ref="r").pk


@pytest.fixture
def sergeant(who: dict[str, int]) -> Member:
    member = make_member("sgt", "Sgt Dee Sutcliffe", "supervisor", "police")
    involve(member, who["child"], at=timezone.now())
    return member


@pytest.fixture
def officer(who: dict[str, int], constable: Member) -> Member:
    involve(constable, who["child"], at=timezone.now())
    return constable


def below(child: int) -> list[Alert]:
    """What stands about a grade that is too low."""
    services.settle([child], at=timezone.now() + timedelta(minutes=10))
    return list(Alert.objects.filter(kind="risk_underestimated", subject_id=child, cleared_at=None))


@pytest.mark.requirement("RA-01", "RA-10", "RA-27")
def test_beside_a_grade_stands_the_lowest_that_facts_support_with_each_fact_and_its_entries(
    who: dict[str, int], officer: Member
) -> None:
    said = text(signed_in(officer).get(f"/person/{who['child']}/grades/"))
    assert "Standard Lower than facts support" in said and "Recorded facts support at least: high" in said
    assert re.search(r"A weapon: at least high .*?A knife was shown|A weapon: at least high .*?a knife was shown", said)
    assert "Drink or drugs: at least standard" in said
    known = said[said.index("A suspect recorded as violent, armed or an abuser: at least medium") :]
    assert "An entry of Domestic abuse about somebody whose record you have not opened" in known
    assert "struck an officer" not in said
    assert re.search(r"Nothing is recorded of:.*a threat to kill.*not ruled out", said)


@pytest.mark.requirement("RA-10")
def test_the_combination_that_raised_it_is_named(who: dict[str, int], officer: Member) -> None:
    said = {
        "tool": "child",
        "grade": "medium",
        "stage": "initial",
        "role": "response",
        "factors": ["child saw it, drunk, depressed"],
    }
    feed("risk.assessed", {"child": [KEYS["child"]]}, "r2", days=0.5, data=said)
    (found,) = [g for g in grade_page(officer.viewer(at=timezone.now()), who["child"]).gradings if g.entry.ref == "r2"]
    assert found.lowest.grade == "high" and {f.floor for f in found.facts} == {"medium", "standard"}
    assert found.lowest.together == (("a child who saw it", "drink or drugs", "mental ill-health"),)


def test_what_an_agency_may_not_read_raises_nothing_it_is_shown(who: dict[str, int], health_visitor: Member) -> None:
    involve(health_visitor, who["child"], at=timezone.now())
    said = text(signed_in(health_visitor).get(f"/person/{who['child']}/grades/"))
    assert "A weapon" not in said and "No grading of risk" in said


@pytest.mark.requirement("RA-01", "RA-27")
def test_a_lower_grade_takes_a_reason_and_stands_out_until_a_supervisor_agrees(
    who: dict[str, int], officer: Member, sergeant: Member
) -> None:
    child, below_before = who["child"], below(who["child"])
    page = f"/person/{child}/grades/"
    screen = signed_in(officer)
    refused = screen.post(f"{page}{graded()}/", {"grade": "low", "reason": ""})
    assert refused.status_code == 422 and "the grade is lower than what is recorded supports" in text(refused)
    assert screen.post(f"{page}{graded()}/", {"grade": "low", "reason": WHY}).headers["Location"] == page
    lower = Event.objects.get(source="sightline", kind="risk.assessed")
    assert (lower.data["grade"], lower.data["role"], lower.by) == ("low", "response", "Tom Reeve")
    assert len(below_before) == 1 and below(child), "a reason alone does not lower it"
    above = signed_in(sergeant)
    assert "Do you agree to standard?" in text(above.get(f"{page}{graded()}/"))
    assert above.post(f"{page}{graded()}/", {"agrees": "yes", "reason": "ok"}).status_code == 422
    assert above.post(f"{page}{graded()}/", {"agrees": "yes", "reason": WHY}).status_code == 302
    agreed = Event.objects.filter(source="sightline", kind="risk.assessed").latest("pk")
    assert (agreed.data["grade"], agreed.data["role"], agreed.data["rationale"]) == ("standard", "supervisor", WHY)
    assert below(child) == []
    said = text(screen.get(page))
    assert "Lower, a supervisor agreed" in said and "Set right since" in said and WHY in said


@pytest.mark.requirement("RA-01")
def test_a_supervisor_who_does_not_agree_sets_what_facts_support(who: dict[str, int], sergeant: Member) -> None:
    agree(sergeant.viewer(at=timezone.now()), who["child"], graded(), agrees=False, reason=WHY, at=timezone.now())
    assert Event.objects.get(source="sightline").data["grade"] == "high"
    assert below(who["child"]) == []


def test_a_grade_that_facts_support_takes_neither(who: dict[str, int], officer: Member) -> None:
    at = timezone.now()
    grade_again(officer.viewer(at=at), who["child"], graded(), grade="high", reason="", at=at)
    assert below(who["child"]) == []
    with pytest.raises(Refused):
        grade_again(officer.viewer(at=at), who["child"], graded(), grade="enormous", reason=WHY, at=at)


@pytest.mark.requirement("RA-01", "IS-01")
def test_only_a_supervisor_agrees_and_never_to_their_own(
    who: dict[str, int], officer: Member, ext: Member, sergeant: Member
) -> None:
    at, child = timezone.now(), who["child"]
    with pytest.raises(NotPermitted):
        agree(officer.viewer(at=at), child, graded(), agrees=True, reason=WHY, at=at)
    for refused in (
        lambda v: grade_page(v, child),
        lambda v: grade_again(v, child, graded(), grade="high", reason="", at=at),
    ):
        with pytest.raises(NotFound):
            refused(ext.viewer(at=at))
    assert AccessEntry.objects.filter(user_id=ext.user.pk, outcome="refused", people=[child]).count() == 2
    with pytest.raises(NotFound):
        agree(sergeant.viewer(at=at), child, graded() + 1, agrees=True, reason=WHY, at=at)
    twin = make_member("twin", "PC Tom Reeve", "supervisor", "police")
    involve(twin, child, at=at)
    for verb in (agree, grade_again):
        how: dict[str, Any] = {"agrees": True} if verb is agree else {"grade": "low"}
        with pytest.raises(Refused, match="another supervisor"):
            verb(twin.viewer(at=at), child, graded(), reason=WHY, at=at, **how)


def test_the_person_page_and_the_alert_lead_to_it(who: dict[str, int], officer: Member) -> None:
    link = f'href="/person/{who["child"]}/grades/"'
    assert link in signed_in(officer).get(f"/person/{who['child']}/").content.decode()
    (alert,) = below(who["child"])
    specialist = make_member("spec", "Spec Ialist", "specialist_supervisor", "police")
    assert link in signed_in(specialist).get(f"/alerts/{alert.pk}/").content.decode()
