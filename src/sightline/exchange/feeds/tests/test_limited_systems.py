"""Systems of which most may see little: what is held, what a page says of it to whom, and what it does not say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from cast import Member, involve, make_member, person_of
from screens import signed_in, text
from sightline.exchange.feeds.tests.police_extracts import record_of, said_of_row, standing, take_in, told

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def page_of(member: Member, source: str, key: str, shown: str = "") -> str:
    """What a person's page says to somebody who works with them; `shown`: which entries are asked for."""
    person = person_of(record_of(source, key).pk)
    involve(member, person, at=timezone.now())
    return text(signed_in(member).get(f"/person/{person}/{shown}"))


@pytest.mark.requirement("JD-34")
def test_the_register_gives_a_pointer_and_key_facts_and_the_facts_end_with_the_requirement(constable: Member) -> None:
    take_in("visor")
    assert standing("visor", "VS90010001", at=AUTUMN) == {
        "registered_sex_offender": ["On ViSOR, risk high: ask DC 2210 Wray, Eastmoor Police"], "shpo": ["In force until 04/05/2029"],
    }  # fmt: skip
    assert standing("visor", "VS90010002", at=AUTUMN) == {"risk_to_children": ["On ViSOR: ask Ashdale Police"]}
    assert standing("visor", "VS90010003", at=AUTUMN) == {}, "taken off"
    page = page_of(constable, "visor", "VS90010001", "?kind=Records")
    assert "Registered sex offender" in page and "ask DC 2210 Wray, Eastmoor Police" in page
    assert "not shown to your agency: ask ViSOR" in page


@pytest.mark.requirement("JD-73")
def test_advice_about_a_forced_marriage_is_held_with_its_reference_and_shown_to_almost_nobody(
    constable: Member, social_worker: Member
) -> None:
    take_in("forced_marriage_unit")
    row = said_of_row("forced_marriage_unit", "FM90010001")
    asked, given = row["advice.requested"], row["advice.given"]
    assert (asked.at, asked.by, asked.note) == ("2026-06-05 10:15", "DS 2071 Lund", "Case reference FM90010001")
    assert asked.data == {"of": "forced marriage unit", "question": "How do we reach her before the flight?"}
    assert (given.by, given.data) == (
        "FMU duty desk",
        {"text": "Ring her at school only. Never write to the house."},
    )
    assert {*said_of_row("forced_marriage_unit", "FM90010002")} == {"advice.requested"}, "not yet answered"
    police = page_of(constable, "forced_marriage_unit", "FP90010001")
    assert "not shown to your agency: ask Forced Marriage Unit" in police
    assert "Ring her at school" not in police and "before the flight" not in police
    assert "Advice requested" not in page_of(social_worker, "forced_marriage_unit", "FP90010001")


@pytest.mark.requirement("JD-69")
def test_voluntary_services_contribute_and_see_their_own_alone(social_worker: Member) -> None:
    take_in("voluntary")
    take_in("missing")
    interview = told("voluntary", "VO90010001/return_interview.held")
    assert interview.data == {
        "reasons": "Rows at home about her phone.", "places": ["the flat over the takeaway"],
        "people": ["an older lad called Kez"], "shared_with_police": True,
    }  # fmt: skip
    support = told("voluntary", "VO90010002/support/information.supplied")
    assert support.data == {"summary": "Exploitation support began: Weekly meetings at school"}
    voice = told("voluntary", "VO90010003/voice.captured")
    assert voice.data == {"whose": "child", "about": "wish", "text": "I want the same social worker."}
    assert {*said_of_row("voluntary", "VO90010004")} == {"return_interview.offered"}, "he did not want one"
    charity = make_member("cole", "Mina Cole", "practitioner", "voluntary")
    own = page_of(charity, "voluntary", "VC90010001")
    assert "Rows at home about her phone" in own and "Weekly meetings at school" in own
    assert "Not permitted" in own
    assert "Rows at home about her phone" in page_of(social_worker, "voluntary", "VC90010001")


@pytest.mark.requirement("JD-57")
def test_a_family_court_case_holds_proceedings_guardian_hearings_and_orders(social_worker: Member) -> None:
    take_in("family_court")
    row = said_of_row("family_court", "ZS26C90001/FC90010001")
    assert row["proceedings.issued"].data == {"kind": "care", "number": "ZS26C90001", "court": "Larkscar Family Court"}
    assert row["proceedings.issued"].note.split("\n") == [
        "Applicant: Marsham Council",
        "The child's solicitor: Ridd and Vane",
    ]
    guardian = row["guardian.appointed"]
    assert guardian.data == {"who": "Esme Oduya, children's guardian", "may_read_records": True}
    assert "Children Act 1989 s42" in guardian.note
    hearings = {name: step.data for name, step in row.items() if "hearing" in name}
    assert hearings["1/hearing.held"] == {"kind": "case management", "result": "Assessments directed"}
    assert hearings["2/hearing.listed"]["kind"] == "issues resolution"
    assert hearings["2/hearing.listed"]["hearing_at"].startswith("2026-12-14T10:30")
    assert "2/hearing.held" not in hearings, "it is still to come"
    assert row["1/order.made"].data == {"order": "interim_care", "detail": "Lives with his aunt"}
    page = page_of(social_worker, "family_court", "FC90010001")
    assert "Family court order in force" in page and "Interim care: Lives with his aunt" in page


@pytest.mark.requirement("JD-57")
def test_a_court_order_stands_for_child_and_adult_until_it_ends_or_runs_out() -> None:
    take_in("family_court")
    spring = datetime(2026, 4, 1, tzinfo=UTC)
    both = ["non molestation: Not to come to Kestrel Road", "prohibited steps: Not to take her abroad"]
    assert sorted(standing("family_court", "FC90010002", at=spring)["court_order"]) == both
    assert sorted(standing("family_court", "FR90010002", at=spring)["court_order"]) == both
    assert standing("family_court", "FC90010002", at=AUTUMN)["court_order"] == both[:1], "one was ended in June"
    assert standing("family_court", "FC90010002", at=datetime(2027, 3, 9, 12, tzinfo=UTC)) == {}, "the other ran out"
    assert said_of_row("family_court", "ZS26P90002/FC90010002")["proceedings.ended"].data == {
        "outcome": "Lives with her mother"
    }


@pytest.mark.requirement("JD-68")
def test_a_barring_referral_made_one_owed_and_what_was_decided() -> None:
    take_in("disclosure_and_barring")
    row = said_of_row("disclosure_and_barring", "DB90010001")
    assert [(row[k].at, row[k].people) for k in ("employment.ended", "dbs.referred", "dbs.decided")] == [
        (day, {"worker": ["DP90010001"]}) for day in ("2026-03-02", "2026-03-09", "2026-09-20")
    ]
    assert (row["employment.ended"].data, row["dbs.decided"].data) == (
        {"because_of_risk": True}, {"outcome": "barred_children"}
    )  # fmt: skip
    assert standing("disclosure_and_barring", "DP90010001", at=AUTUMN) == {
        "other": ["Barred from working with children"]
    }
    owed = said_of_row("disclosure_and_barring", "DB90010002")
    assert {*owed} == {"employment.ended"}, "removed because of risk, and nobody has referred her"
    assert said_of_row("disclosure_and_barring", "DB90010003")["dbs.decided"].data == {"outcome": "not_barred"}
    assert standing("disclosure_and_barring", "DP90010003", at=AUTUMN) == {}
