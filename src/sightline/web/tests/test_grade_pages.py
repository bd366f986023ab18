"""The floor under a grade, as a browser gets it: fact by fact with the entries, and a lower grade that takes a reason and a supervisor."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of
from screens import signed_in, text
from sightline.access.models import AccessEntry, Restriction
from sightline.agencies.systems import record_failure
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


@pytest.mark.requirement("RA-02")
def test_beside_every_grade_stands_the_history_used_the_checks_not_returned_and_what_is_unknown(
    who: dict[str, int], officer: Member
) -> None:
    now = timezone.now()
    call = {"channel": "999", "kind": "domestic_abuse"}
    feed("contact.received", {"child": [KEYS["child"]]}, "c", days=40, data=call)
    late = timedelta(days=1)
    known_later = entry("contact.received", {"child": [KEYS["child"]]}, source="domestic_abuse", ref="c2", at=now - 60 * late,
                        recorded_at=now, data=call)  # fmt: skip
    record_many([known_later], feed_viewer(at=now))
    asked = {"of": "health", "purpose": "What is known of injuries", "lawful_basis": "public task"}
    feed("information.requested", {"child": [KEYS["child"]]}, "q", days=2, data=asked)
    record_failure("housing", at=now - 3 * late, reason="no extract")
    said = {"tool": "missing", "grade": "medium", "stage": "initial", "role": "response", "history_considered": False}
    feed("risk.assessed", {"child": [KEYS["child"]]}, "r3", days=0.5, data=said)
    every = text(signed_in(officer).get(f"/person/{who['child']}/grades/"))
    home, missing = every.split("Other grades of risk")
    for shown in (home, missing):
        assert "1 entry about this child and home in the 12 months before." in shown
        assert "1 more entry was learnt of only afterwards" in shown
        assert "Asked of Health" in shown and re.search(r"Housing: down since \d", shown)
        assert "hether the child was seen that day" in shown and "No search of record systems is recorded" in shown
    assert "whether whoever graded looked at the history" in home and "they did not look at it" in missing


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


@pytest.mark.requirement("IS-08")
def test_of_a_suspect_whose_record_is_restricted_nothing_is_said_beside_a_grade(
    who: dict[str, int], officer: Member
) -> None:
    since = timezone.now()
    Restriction.objects.create(person_id=who["suspect"], state="restricted", reason="a colleague", from_at=since)
    said = text(signed_in(officer).get(f"/person/{who['child']}/grades/"))
    assert "A weapon: at least high" in said and "A suspect recorded as violent" not in said


@pytest.mark.requirement("IS-03")
def test_whose_entries_a_grade_rests_on_is_written_down_as_looked_at(who: dict[str, int], officer: Member) -> None:
    involve(officer, who["suspect"], at=timezone.now())
    assert "truck an officer in 2024" in text(signed_in(officer).get(f"/person/{who['child']}/grades/"))
    looks = AccessEntry.objects.filter(note="grades", user_id=officer.user.pk, outcome="given").order_by("pk")
    assert [e.people for e in looks] == [[who["child"]], [who["suspect"]]]


@pytest.mark.requirement("RA-01", "RA-27")
def test_a_lower_grade_takes_a_reason_and_stands_out_until_a_supervisor_agrees(
    who: dict[str, int], officer: Member, sergeant: Member
) -> None:
    child, below_before = who["child"], below(who["child"])
    page = f"/person/{child}/grades/"
    screen = signed_in(officer)
    refused = screen.post(f"{page}{graded()}/", {"grade": "low", "reason": ""})
    assert refused.status_code == 422 and "the grade is lower than what is recorded supports" in text(refused)
    means = {f"impact_{child}": "She hid behind the sofa"}
    assert screen.post(f"{page}{graded()}/", {"grade": "low", "reason": WHY} | means).headers["Location"] == page
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
    means = {who["child"]: "She does not sleep"}
    grade_again(officer.viewer(at=at), who["child"], graded(), grade="high", reason="", at=at, impacts=means)
    assert below(who["child"]) == []
    with pytest.raises(Refused):
        grade_again(officer.viewer(at=at), who["child"], graded(), grade="enormous", reason=WHY, at=at)


@pytest.mark.requirement("RA-07")
def test_a_grade_of_violence_between_adults_says_what_it_means_for_each_child(
    who: dict[str, int], officer: Member
) -> None:
    screen, page = signed_in(officer), f"/person/{who['child']}/grades/{graded()}/"
    assert "What does it mean for Ada Fenwick?" in text(screen.get(page))
    refused = screen.post(page, {"grade": "high", "reason": "", f"impact_{who['child']}": " "})
    assert refused.status_code == 422 and "for each child, and not for the adult alone: Ada Fenwick." in text(refused)
    assert not Event.objects.filter(source="sightline").exists()
    assert screen.post(page, {"grade": "high", f"impact_{who['child']}": "She hid behind the sofa"}).status_code == 302
    assert Event.objects.get(kind="risk.assessed", source="sightline").data["child_impact_considered"] is True
    assert Event.objects.get(kind="child.impact_assessed").data["impact"] == "She hid behind the sofa"


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


@pytest.mark.requirement("RA-05")
def test_the_person_page_says_that_it_gets_worse_only_with_the_incidents_that_show_it(
    who: dict[str, int], officer: Member
) -> None:
    page = f"/person/{who['child']}/"
    for n, days in enumerate((80, 40, 20)):
        about = {"child": [KEYS["child"]]}
        assert "Getting worse" not in text(signed_in(officer).get(page))
        feed("contact.received", about, f"w{n}", days=days, data={"channel": "999", "kind": "domestic_abuse"})
    said = text(signed_in(officer).get(page))
    assert "More often: 3 in the last 3 months, none in the 3 months before Getting worse" in said
    assert said.count("Contact received, domestic abuse (") == 3


def test_the_person_page_and_the_alert_lead_to_it(who: dict[str, int], officer: Member) -> None:
    link = f'href="/person/{who["child"]}/grades/"'
    assert link in signed_in(officer).get(f"/person/{who['child']}/").content.decode()
    (alert,) = below(who["child"])
    specialist = make_member("spec", "Spec Ialist", "specialist_supervisor", "police")
    assert link in signed_in(specialist).get(f"/alerts/{alert.pk}/").content.decode()
