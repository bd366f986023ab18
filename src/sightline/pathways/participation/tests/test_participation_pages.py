"""How a child takes part: what is explained until they can say it back, who is at their side, and what they complain of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from screens import signed_in, text
from sightline.access.models import Involvement
from sightline.alerts.models import Alert, Told
from sightline.alerts.services import settle_everybody
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.participation.rules import in_plain_words

pytestmark = pytest.mark.django_db
KEY = ("social_care", "neve")


@pytest.fixture
def child(constable: Member) -> int:
    """Neve, fourteen, whom PC Reeve works with."""
    now = timezone.now()
    born = f"{now.year - 14}-01-01"
    person = person_of(write_person(*KEY, forenames="Neve", surname="Ashdown", born=born, at=now - timedelta(days=9)))
    involve(constable, person, at=now)
    return person


@pytest.fixture
def client(constable: Member, child: int) -> Client:
    return signed_in(constable)


def happened(what: str, role: str = "child", /, *, hours: float = 50, **said: Any) -> None:
    at = timezone.now() - timedelta(hours=hours)
    record_many([entry(what, {role: [KEY]}, source=KEY[0], ref=f"{what}/{hours}", at=at, data=said)], feed_viewer())


def write(client: Client, child: int, what: str, /, **said: Any) -> Any:
    return client.post(f"/person/{child}/taking-part/{what}/", said)


def kept(kind: str) -> dict[str, Any]:
    return Event.objects.filter(kind=kind).latest("id").data


def page(client: Client, child: int) -> str:
    return text(client.get(f"/person/{child}/taking-part/"))


@pytest.mark.requirement("VO-02")
def test_a_child_is_told_why_nothing_more_is_done_until_they_can_say_it_back(client: Client, child: int) -> None:
    title = "Explain to the child why nothing more is done"
    happened("investigation.closed", outcome="no_further_action_evidence", reason="Two accounts")
    assert title in text(client.get("/work/?due=overdue"))
    said = {
        "what": "We believe you. We cannot prove it in court.",
        "said_back": "You think I lied",
        "understood": "no",
        "token": "a",
    }
    bare = write(client, child, "closing", **said)
    assert bare.status_code == 422 and "Say whom the child can come back to" in text(bare)
    assert "Say how the child reaches them" in text(bare)
    said |= {"contact": "Ms Cole, head of year", "route": "Her office, any lunch break"}
    assert write(client, child, "closing", **said).status_code == 302
    assert title in text(client.get("/work/")), "told, and not understood"
    write(client, child, "closing", **said | {"said_back": "You believe me", "understood": "yes", "token": "b"})
    work = text(client.get("/work/"))
    assert title not in work and "Tell the child and family" not in work
    shown = page(client, child)
    assert "To come back to: Ms Cole, head of year, Her office, any lunch break" in shown
    assert "“You believe me” Understood" in shown and "“You think I lied” Not understood" in shown


@pytest.mark.requirement("VO-20")
def test_a_way_back_is_not_a_place_where_the_child_must_never_be_reached(client: Client, child: int) -> None:
    happened("contact.preferred", "subject", by="text", never_at=["07700 900456"])
    said = {
        "contact": "Ms Cole",
        "what": "We believe you",
        "said_back": "You believe me",
        "understood": "yes",
        "token": "a",
    }
    wrong = write(client, child, "closing", **said, route="Ring her on +44 7700 900456")
    assert wrong.status_code == 422 and "This must not go out so" in text(wrong)
    assert write(client, child, "closing", **said, route="Her office").status_code == 302


@pytest.mark.requirement("VO-10")
def test_who_was_offered_at_their_side_who_came_and_what_it_changed(client: Client, child: int) -> None:
    offered = {
        "who": "advocate",
        "agency": "Lantern Voices",
        "to": "child",
        "answer": "accepted",
        "because": "Somebody for me",
    }
    assert write(client, child, "advocate", **offered | {"token": "a"}).status_code == 302
    assert "Ask what came of the advocate or mediator" in text(client.get("/work/"))
    asks = client.get(f"/person/{child}/taking-part/advocate-came/").content.decode()
    assert 'value="Lantern Voices"' in asks, "it is known already"
    came = {
        "agency": "Lantern Voices",
        "did": "Sat with her at the conference",
        "effect": "helped",
        "changed": "She read it out herself",
    }
    assert write(client, child, "advocate-came", **came).status_code == 302
    assert "Ask what came of the advocate" not in text(client.get("/work/"))
    shown = page(client, child)
    assert "Advocate of Lantern Voices, offered to the child: accepted, “Somebody for me”" in shown
    assert "Sat with her at the conference Helped She read it out herself" in shown


@pytest.mark.requirement("VO-09")
def test_a_complaint_stays_with_the_case_and_a_supervisor_looks_and_answers(client: Client, child: int) -> None:
    sergeant = make_member("greave", "Ann Greave", "supervisor", "police")
    said = {"from_": "child", "about": "attitude", "text": "He rolled his eyes when I talked", "token": "a"}
    for _ in range(2):
        assert write(client, child, "complaint", **said).status_code == 302
    assert Event.objects.filter(kind="complaint.received").count() == 1
    here, link = f"/person/{child}/taking-part/", f'href="/person/{child}/taking-part/answer/"'
    assert "there is a complaint" not in text(client.get("/work/")) and link not in client.get(here).content.decode()
    settle_everybody(at=timezone.now() + timedelta(minutes=4))
    alert = Alert.objects.get(kind="complaint_unseen", cleared_at=None)
    assert "supervisor" in Told.objects.filter(alert=alert).values_list("role", flat=True)
    answered = {
        "which": "sightline:complaint/a",
        "outcome": "upheld",
        "text": "He was wrong. Another officer comes on Friday.",
    }
    refused = write(client, child, "answer", **answered)
    assert refused.status_code == 403 and not Event.objects.filter(kind="complaint.answered").exists()
    assert Involvement.objects.filter(post=sergeant.post, person_id=child, why="alert").exists(), "to open the case by"
    involve(sergeant, child, at=timezone.now())
    above = signed_in(sergeant)
    assert "Look at a case: there is a complaint" in text(above.get("/work/"))
    assert link in above.get(here).content.decode()
    assert write(above, child, "answer", **answered).status_code == 302
    settle_everybody(at=timezone.now() + timedelta(minutes=9))
    assert not Alert.objects.filter(kind="complaint_unseen", cleared_at=None).exists()
    assert "Look at a case: there is a complaint" not in text(above.get("/work/"))
    write(above, child, "complaint", **said | {"token": "b"})
    own = write(above, child, "answer", **answered | {"which": "sightline:complaint/b"})
    assert own.status_code == 422 and "Somebody other than whoever wrote the complaint down" in text(own)
    assert "Upheld He was wrong. Another officer comes on Friday. Ann Greave" in page(client, child)


@pytest.mark.requirement("VO-18")
def test_special_measures_are_explained_early_and_the_child_chooses(client: Client, child: int) -> None:
    title = "Explain special measures, and ask what the child chooses"
    happened("investigation.opened", "victim", hours=200, team="child_protection")
    assert title in text(client.get("/work/?due=overdue"))
    recorded, screens = "Questions by the defence recorded beforehand", "Screens in the courtroom"
    said = {
        "explained": [recorded],
        "wanted": [recorded, screens],
        "choice": "I do not want to see him",
        "asked_for": "not_yet",
    }
    answer = write(client, child, "special-measures", **said)
    assert answer.status_code == 422 and "The child can only choose what was explained to them" in text(answer)
    said |= {"explained": [recorded, screens], "wanted": [recorded]}
    assert write(client, child, "special-measures", **said).status_code == 302
    assert title not in text(client.get("/work/"))
    assert f"Wants: {recorded} Does not want: {screens} Said: “I do not want to see him”" in page(client, child)
    assert kept("special_measures.chosen")["not_wanted"] == [screens]


@pytest.mark.requirement("VO-14")
def test_bail_in_plain_words_and_whether_it_can_be_kept(client: Client, child: int) -> None:
    happened(
        "bail.set",
        "suspect",
        kind="pre_charge",
        conditions=["Not to contact Kai Doyle directly or indirectly", "Curfew 19:00 to 07:00"],
    )
    assert "Give the bail conditions in plain words" in text(client.get("/work/?due=overdue"))
    asks = text(client.get(f"/person/{child}/taking-part/bail/"))
    assert "Do not meet, call, write to or message Kai Doyle, online either" in asks
    assert "Ask: Is home safe then? Do school, work or a visit reach into those hours?" in asks
    said = {
        "to": "parent",
        "conditions": "Do not meet Kai\nBe home by seven",
        "workable": "in_part",
        "help_offered": "A lift from football",
    }
    answer = write(client, child, "bail", **said)
    assert answer.status_code == 422 and "Say what the conditions clash with" in text(answer)
    assert "Say who was asked to change them" in text(answer)
    said |= {"clashes": "Football ends at eight", "change_asked": "Custody sergeant, today", "token": "a"}
    assert write(client, child, "bail", **said).status_code == 302
    assert "Have bail conditions changed that cannot be kept" in text(client.get("/work/"))
    assert "Not all can be kept: Football ends at eight Help offered: A lift from football" in page(client, child)
    write(client, child, "bail", **said | {"workable": "yes", "token": "b"})
    assert "bail conditions" not in text(client.get("/work/"))


@pytest.mark.requirement("VO-14")
@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("To reside and sleep each night at 14 Kiln Row", "Sleep every night at 14 Kiln Row."),
        ("Not to enter Larkscar town centre.", "Do not go to Larkscar town centre, not even to pass through."),
        ("Report to Westgate on Mondays", "Go to Westgate on Mondays and give your name to the officer there."),
        ("No unsupervised contact with Ivy", "Do not be with Ivy unless the adult who was named is there."),
        ("As the court directs", "As the court directs"),
    ],
)
def test_each_condition_in_plain_words(written: str, plain: str) -> None:
    assert in_plain_words(written).plain == plain


@pytest.mark.requirement("VO-21")
def test_custody_rights_are_explained_until_the_child_says_them_back(client: Client, child: int) -> None:
    title = "Explain the custody rights in the child's words"
    happened("detention.rights_given", hours=2, appropriate_adult_present=True)
    assert title in text(client.get("/work/?due=overdue"))
    said = {"words": "A lawyer comes free", "understood": "no", "adult_present": "yes", "token": "a"}
    bare = write(client, child, "rights", **said)
    assert bare.status_code == 422 and "Write down what the child said back" in text(bare)
    write(client, child, "rights", **said | {"said_back": "Yes"})
    assert "They could not say them back" in text(client.get("/work/"))
    write(
        client,
        child,
        "rights",
        **said | {"said_back": "I can have a lawyer and pay nothing", "understood": "yes", "token": "b"},
    )
    assert title not in text(client.get("/work/"))
    assert kept("rights.explained")["said_back"] == "I can have a lawyer and pay nothing"


@pytest.mark.requirement("VO-15")
def test_how_often_a_child_was_let_down_is_counted_and_a_supervisor_is_told(client: Client, child: int) -> None:
    for n in range(3):
        happened("interview.held", hours=100 + n, recorded=True)
        said = {"what": "Home visit", "by": "us", "because": "Nobody free", "token": f"a{n}"}
        write(client, child, "appointment", **said)
        assert ("Appointments that were cancelled on them: 3 A supervisor is told" in page(client, child)) is (n == 2)
    write(client, child, "appointment", what="Home visit", by="family", because="Ill", token="x")
    write(client, child, "worker", role="Social worker", before="Ann", now="Ben", because="Left", goodbye_said="no")
    shown = page(client, child)
    assert "Times the child was asked to tell it: 3 A supervisor is told" in shown
    assert "Changes of worker: 1 a supervisor is told at 3" in shown and "cancelled on them: 3" in shown
    settle_everybody(at=timezone.now() + timedelta(minutes=4))
    alert = Alert.objects.get(kind="let_down_again", cleared_at=None)
    assert alert.part == "cancelled" and "3 appointments that were cancelled on them within 365 days" in alert.why


@pytest.mark.requirement("VO-16")
def test_the_guide_stands_in_the_screens_of_a_visit_and_an_interview(client: Client, child: int) -> None:
    for address in ("taking-part/interview", "taking-part/rights", "voice/heard"):
        assert "How to speak with a child: short steps" in text(client.get(f"/person/{child}/{address}/")), address
    begun = client.post(f"/person/{child}/concern/", {"children": [child], "encounter": "incident"})
    assert "How to speak with a child: short steps" in text(client.get(begun["Location"]))
    interview = text(client.get(f"/person/{child}/taking-part/interview/"))
    assert "Let them practise." in interview and "Ask once, and openly." in interview
    said = {"recorded": "yes", "interviewers": "DC Ida Kay\nAmina Okoro", "minutes": "30", "asked_to_stop": "no"}
    assert write(client, child, "interview", **said).status_code == 302
    assert kept("interview.held") == {
        "recorded": True,
        "interviewers": ["DC Ida Kay", "Amina Okoro"],
        "minutes": 30,
        "asked_to_stop": False,
    }
