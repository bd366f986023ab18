"""A section 47 enquiry, page by page: the agreed procedure, its outcome, what next, and the gates before it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import entry, feed_viewer
from screens import hidden, text
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.enquiry.services.enquiries import lacking
from sightline.pathways.enquiry.tests.at_screens import CHILD, GATE, first, send

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("SI-05")
def test_the_agreed_procedure_is_dated_and_what_it_asks_is_shown_or_answered_for(scene: Any) -> None:
    client, boy, _ = scene
    assert "Safeguarding partnership, invented force" in text(client.get("/procedure/"))
    send(client, f"/person/{boy}/enquiry/start/", mode="joint", reason="An assault by an adult", lead="Amina Okoro")
    run = f"/person/{boy}/enquiry/enquiries/{first('enquiry.started')}/"
    assert "Not shown yet The child was seen alone" in text(client.get(run))
    seen = entry(
        "child.seen", CHILD, source="social_care", ref="s", at=timezone.now(), data={"alone": True, "spoken_to": True}
    )
    record_many([seen], feed_viewer(at=timezone.now()))
    page = text(client.get(run))
    assert "Shown The child was seen alone" in page and "Not shown yet Each agency that knows the child" in page
    form = client.get(run + "complete/").content.decode()
    assert "duty_child_seen" not in form and "duty_agencies_asked" in form


@pytest.mark.requirement("FC-18")
def test_what_helps_the_child_understand_stands_on_every_form_of_a_discussion_and_an_enquiry(scene: Any) -> None:
    client, boy, _ = scene
    call = f"/person/{boy}/enquiry/start/"
    assert "Language:" not in text(client.get(call)), "nobody has asked yet"
    told = {"kind": "assault", "language": "Arabic", "interpreter": True}
    asked = entry("contact.received", CHILD, source="social_care", ref="n", at=timezone.now(), data=told)
    record_many([asked], feed_viewer(at=timezone.now()))
    assert "Language: Arabic. Interpreter needed: yes." in text(client.get(call))
    send(client, call, mode="joint", reason="An assault by an adult", lead="Amina Okoro")
    run = f"/person/{boy}/enquiry/enquiries/{first('enquiry.started')}/"
    assert all("Language: Arabic." in text(client.get(page)) for page in (run, run + "complete/"))


ENDED = {
    "nature": "criminal", "finding": "happened", "outcome": "concern_substantiated_ongoing_risk", "rationale": "He said so",
    "next": "conference",
    "accounts_conflict": "no", "child_said": "I want it to stop", "child_changed": "He stays with his aunt", "away_from_home": "no",
}  # fmt: skip


def end(client: Client, boy: int, **changed: Any) -> tuple[Any, str]:
    """An enquiry is started, apart from any before it, a clinician asked, and it is ended as said."""
    begun = {"mode": "joint", "reason": "An assault by an adult", "lead": "Amina Okoro", "separate": "Another day"}
    send(client, f"/person/{boy}/enquiry/start/", **begun)
    asked = entry(
        "health.consulted", CHILD, source="social_care", ref="h", at=timezone.now(), data={"role": "paediatrician"}
    )
    record_many([asked], feed_viewer(at=timezone.now()))
    run = f"/person/{boy}/enquiry/enquiries/{Event.objects.filter(kind='enquiry.started').latest('id').pk}/"
    page = client.get(run + "complete/")
    duties = dict.fromkeys(re.findall(r'name="(duty_\w+)"', page.content.decode()), "It was not needed")
    return client.post(run + "complete/", hidden(page) | duties | ENDED | changed), run


@pytest.mark.requirement("SI-06", "SI-34")
def test_an_outcome_with_differing_accounts_weighed_and_what_the_child_changed_leads_on(scene: Any) -> None:
    client, boy, _ = scene
    assert end(client, boy, accounts_conflict="yes")[0].status_code == 422
    weighed = {
        "accounts": "He says hit; the partner says a fall",
        "adult_account_tested": "Stairs photographed, doctor asked",
        "accounts_weighed": "His",
    }
    answer, run = end(client, boy, accounts_conflict="yes", **weighed)
    assert answer.status_code == 302
    told = Event.objects.get(kind="enquiry.completed").data
    assert (
        told["adult_account_tested"] == "Stairs photographed, doctor asked"
        and "The child was seen alone: It was not needed" in told["steps_not_done"]
    )
    assert "a conference or a plan is owed" in text(client.get(run)) and "Call a conference or begin a plan" in text(
        client.get("/work/")
    )
    met = entry("conference.called", CHILD, source="sightline", ref="conference/x", at=timezone.now(), data={})
    record_many([met], feed_viewer(at=timezone.now()))
    assert "Nothing more is owed here" in text(client.get(run))


WHOLE = {"rationale": "r", "child_said": "s", "child_changed": "c", "finding": "happened", "outcome": "substantiated_no_ongoing_risk",
         "next": "plan"}  # fmt: skip

UNPROVEN = {"finding": "found_not_to_have_happened", "outcome": "not_substantiated_risk_remains", "follow_up": "f"}


@pytest.mark.requirement("SI-06", "SI-32", "SI-34")
@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({}, ""),
        ({"child_said": ""}, "what the child said"),
        ({"child_changed": ""}, "what it changed"),
        ({"accounts_conflict": True, "accounts": "a", "accounts_weighed": "w"}, "test the adult's account"),
        ({"accounts_conflict": True, "accounts": "a", "adult_account_tested": "t"}, "which account was preferred"),
        ({"finding": "child_declined"}, "say different things"),
        ({"outcome": "concern_substantiated_ongoing_risk", "next": "no_further_action"}, "a conference or a plan"),
        ({"next": "no_further_action"}, "who holds that risk"),
        ({"finding": "insufficient_evidence", "outcome": "not_substantiated", "follow_up": "f"}, "what risk remains"),
        ({"outcome": "not_substantiated_risk_remains"}, "say different things"),
        (UNPROVEN, "who holds that risk"),
        (UNPROVEN | GATE, ""),
        (UNPROVEN | GATE | {"next": "no_further_action"}, "a risk that goes on leads to"),
    ],
)
def test_what_ending_an_enquiry_must_say(said: dict[str, Any], asks: str) -> None:
    lacks = lacking(WHOLE | said, away_from_home=False)
    assert (asks in "; ".join(lacks)) and bool(lacks) == bool(asks)


@pytest.mark.requirement("SI-31", "SI-32", "VO-02")
@pytest.mark.parametrize(
    ("finding", "asks"),
    [
        ("insufficient_evidence", "what would change this"),
        ("child_declined", "who stays in touch"),
        ("found_not_to_have_happened", "what support"),
    ],
)
def test_each_finding_that_ends_it_has_its_own_follow_up_and_no_further_action_its_gate(
    scene: Any, finding: str, asks: str
) -> None:
    client, boy, _ = scene
    nothing = {"finding": finding, "outcome": "not_substantiated", "next": "no_further_action"}
    said = text(end(client, boy, **nothing)[0])
    assert (
        asks in said
        and "what risk remains" in said
        and "who holds that risk" in said
        and "come back to somebody" in said
        and "whom the child can come back to, by name" in said
    )
    answer, run = end(client, boy, follow_up="Amina Okoro on Friday", **nothing, **GATE)
    assert answer.status_code == 302 and "nothing more is owed" in text(client.get(run))
    assert Event.objects.get(kind="enquiry.completed").data["finding"] == finding


@pytest.mark.requirement("SI-33")
def test_after_an_enquiry_that_could_not_decide_nobody_goes_home_without_an_assessment_and_a_plan(scene: Any) -> None:
    client, boy, _ = scene
    undecided = {
        "finding": "insufficient_evidence",
        "outcome": "not_substantiated",
        "next": "no_further_action",
        "away_from_home": "yes",
    }
    _, run = end(client, boy, follow_up="Looked at again in May", **undecided, **GATE)
    assert "the child does not go home until" in text(client.get(run))
    home = {"safe": "yes", "safeguarding_plan": "Weekly visits, his aunt sleeps there"}
    assert "no assessment of the risk is recorded" in text(send(client, run + "return/", **home))
    assessed = entry("risk.assessed", CHILD, source="social_care", ref="r", at=timezone.now(), data={"grade": "medium"})
    record_many([assessed], feed_viewer(at=timezone.now()))
    assert "say what plan keeps the child safe" in text(send(client, run + "return/", safe="yes", safeguarding_plan=""))
    assert send(client, run + "return/", **home).status_code == 302
    assert "nothing more is owed" in text(client.get(run))


@pytest.mark.requirement("SI-06")
def test_one_that_is_not_substantiated_while_a_risk_remains_leads_on(scene: Any) -> None:
    client, boy, _ = scene
    remains = UNPROVEN | GATE | {"next": "plan"}
    answer, run = end(client, boy, **remains)
    assert answer.status_code == 302
    assert Event.objects.get(kind="enquiry.completed").data["outcome"] == "not_substantiated_risk_remains"
    said = text(client.get(run))
    assert "not substantiated risk remains" in said and "a conference or a plan is owed" in said


CLEARED = ENDED | GATE | {
    "finding": "found_not_to_have_happened", "outcome": "not_substantiated", "next": "no_further_action", "follow_up": "A visit",
}  # fmt: skip
ASKED = {"attended": ["Social care: A", "Police: B", "Health: C"], "decision": "enquiry_joint", "abuse_alleged": True}


def cleared(client: Client, boy: int, **changed: Any) -> Any:
    run = f"/person/{boy}/enquiry/enquiries/{first('enquiry.started')}/complete/"
    page = client.get(run)
    duties = dict.fromkeys(re.findall(r'name="(duty_\w+)"', page.content.decode()), "It was not needed")
    return client.post(run, hidden(page) | duties | CLEARED | changed)


@pytest.mark.requirement("SI-03")
@pytest.mark.parametrize(("days", "answer"), [(40, 422), (0.05, 302)])
def test_health_at_a_discussion_before_what_is_suspected_now_does_not_explain_it_away(
    scene: Any, days: float, answer: int
) -> None:
    client, boy, _ = scene
    met = entry(
        "strategy.held",
        CHILD,
        source="social_care",
        ref="before/met",
        at=timezone.now() - timedelta(days=days),
        data=ASKED,
    )
    record_many([met], feed_viewer(at=timezone.now()))
    send(client, f"/person/{boy}/enquiry/start/", mode="joint", reason="An assault by an adult", lead="Amina Okoro")
    given = cleared(client, boy)
    assert given.status_code == answer and ("ask a clinician first" in text(given)) == (answer == 422)


@pytest.mark.requirement("SI-03")
def test_whoever_explained_an_injury_is_chosen_of_those_of_health_who_were_heard(scene: Any) -> None:
    client, boy, _ = scene
    assert end(client, boy, clinician="His mother, a nurse")[0].status_code == 422
    assert not Event.objects.filter(kind="enquiry.completed").exists()
    assert end(client, boy, clinician="paediatrician")[0].status_code == 302
    assert Event.objects.get(kind="enquiry.completed").data["clinician"] == "paediatrician"


@pytest.mark.requirement("SI-05")
def test_of_two_who_start_an_enquiry_from_blank_pages_the_second_is_led_to_the_first(scene: Any) -> None:
    client, boy, _ = scene
    path, said = f"/person/{boy}/enquiry/start/", {"mode": "joint", "reason": "An assault by an adult", "lead": "Amina"}
    mine, theirs = hidden(client.get(path)), hidden(client.get(path))
    assert client.post(path, theirs | said).status_code == 302
    late = client.post(path, mine | said | {"lead": "Ida Kay"})
    page = late.content.decode()
    assert late.status_code == 422 and "Ida Kay" in page and f"enquiries/{first('enquiry.started')}/" in page
    assert Event.objects.filter(kind="enquiry.started").count() == 1
    assert client.post(path, theirs | said).status_code == 302, "the same form again is no second one"
    assert client.post(path, hidden(late) | said | {"separate": "Another child hit him"}).status_code == 302
    assert Event.objects.filter(kind="enquiry.started").latest("id").data["separate_because"] == "Another child hit him"


@pytest.mark.requirement("SI-31")
def test_a_way_back_that_must_never_be_used_is_refused(scene: Any) -> None:
    client, boy, _ = scene
    never = entry("contact.preferred", {"subject": CHILD["child"]}, source="social_care", ref="w", at=timezone.now(),
                  data={"by": "letter", "detail": "School", "never_at": ["07700 900123"]})  # fmt: skip
    record_many([never], feed_viewer(at=timezone.now()))
    nothing = {"outcome": "substantiated_no_ongoing_risk", "next": "no_further_action"} | GATE
    assert "must not go out so" in text(end(client, boy, **nothing | {"way_back": "Text him on 07700900123"})[0])
