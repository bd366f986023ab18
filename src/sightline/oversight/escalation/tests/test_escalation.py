"""From something stalled to a named counterpart, an answer, the next tier, and the partnership; each clears the alert that watches it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, seal, write_person
from challenging import late, name
from screens import hidden, signed_in, text
from sightline.access.models import Involvement
from sightline.alerts.models import Alert, Told
from sightline.alerts.services import settle_everybody
from sightline.chronology.courses import Course
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.discovery import declared
from sightline.oversight.escalation.models import Counterpart
from sightline.oversight.escalation.rules import ESCALATION

pytestmark = pytest.mark.django_db
CHILD = {"child": [("social_care", "C1")]}


@pytest.fixture
def scene(constable: Member, team_manager: Member) -> tuple[Client, int]:
    """A girl whose school visit nobody made, a constable who waits, and social care's manager, named at the first tier."""
    girl = person_of(write_person("social_care", "C1", forenames="Mo", surname="Hussein", born="2017-03-04"))
    said = {"id": "a1", "what": "See Mo at school", "owner": "Amina Okoro", "agency": "social_care"}
    due = {"due": (timezone.now() - timedelta(hours=1)).isoformat()}
    long_ago = timezone.now() - timedelta(days=3)
    held = [entry("strategy.held", CHILD, source="social_care", ref="s", at=long_ago, data={"decision": "assessment", "rationale": "r"}),
            entry("action.set", CHILD, source="social_care", ref="a", at=long_ago + timedelta(minutes=1), data=said | due)]  # fmt: skip
    record_many(held, feed_viewer(at=timezone.now()))
    involve(constable, girl, at=timezone.now())
    name(team_manager, 1, username="rao", named="Sunita Rao, duty manager")
    return signed_in(constable), girl


def raise_it(client: Client, girl: int, **changed: str) -> str:
    """Pressed from the action that is overdue; gives the page of the escalation."""
    action = Event.objects.get(kind="action.set").pk
    path = f"/person/{girl}/escalations/new/?thing=action&number={action}"
    page = client.get(path)
    body = page.content.decode()
    filled = re.search(r'name="text"[^>]*>([^<]*)<', body)[1].strip()  # type: ignore[index]
    said = {"to_agency": "social_care", "about": "delay", "text": filled}
    assert re.search(r'value="social_care"[^>]*checked', body) and "See Mo at school" in filled, "one press"
    return str(client.post(path, hidden(page) | said | changed).headers["Location"])


@pytest.mark.requirement("QA-17", "QA-18")
def test_one_press_from_an_action_reaches_who_is_named_and_an_answer_clears_the_alert(
    scene: Any, team_manager: Member
) -> None:
    client, girl = scene
    page = raise_it(client, girl)
    raised = Event.objects.get(kind="escalation.raised")
    assert (
        raised.data["to"] == "Sunita Rao, duty manager"
        and raised.data["level"] == 1
        and "See Mo at school" in raised.data["what"]
    )
    assert Involvement.objects.filter(user=team_manager.user, person_id=girl, why="referral").exists()
    record_many(
        [entry("escalation.answered", {"child": [("crime", "x")]}, source="crime", ref="heard", data={})], feed_viewer()
    )
    settle_everybody(at=timezone.now() + timedelta(days=4))
    assert Alert.objects.filter(kind="escalation_unanswered", cleared_at=None).count() == 1
    assert "Answer an escalation" not in text(client.get("/work/")) and client.get(page).status_code == 200
    assert client.post(page, {"resolved": "yes", "text": "Somebody will go there today"}).status_code == 403
    hers = signed_in(team_manager)
    assert "Answer an escalation" in text(hers.get("/work/"))
    assert (
        hers.post(
            page, hidden(hers.get(page)) | {"resolved": "yes", "text": "Amina Okoro goes there at two"}
        ).status_code
        == 302
    )
    assert "said to be resolved" in text(client.get(page))
    settle_everybody(at=timezone.now() + timedelta(days=4))
    assert not Alert.objects.filter(kind="escalation_unanswered", cleared_at=None).exists()


@pytest.mark.requirement("QA-18")
def test_whoever_raises_it_may_show_the_agency_alone_and_the_log_still_knows(scene: Any) -> None:
    client, girl = scene
    page = raise_it(client, girl, quietly="on")
    assert Event.objects.get(kind="escalation.raised").by == "Somebody at Marsham Police"
    shown = re.sub(r"sl-who.*?</p>", "", client.get(page).content.decode(), flags=re.S)
    assert "Tom Reeve" not in shown and "Somebody at Marsham Police" in shown


@pytest.mark.requirement("QA-17", "QA-19")
def test_an_answer_is_challenged_tier_by_tier_and_what_the_last_leaves_is_the_partnerships(
    scene: Any, team_manager: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, girl = scene
    page = raise_it(client, girl)
    assert "cannot be taken higher now. They have until" in text(
        client.post(page + "higher/", hidden(client.get(page + "higher/")) | {"text": "It is not done yet"})
    )
    hers = signed_in(team_manager)
    hers.post(page, hidden(hers.get(page)) | {"resolved": "no", "text": "We have nobody to send"})
    chair = make_member("lowe", "Peter Lowe", "partner_lead", "social_care")
    his = signed_in(chair)
    for tier in (2, 3):
        assert "Nothing is on it" in text(his.get("/escalations/agenda/")), tier
        sent = client.post(
            page + "higher/", hidden(client.get(page + "higher/")) | {"text": f"It must be done, tier {tier}"}
        )
        assert sent.status_code == 302
        late(monkeypatch)
    assert "Police to Social care: delay 1 case" in text(his.get("/escalations/agenda/"))
    assert "On the partnership's agenda: Police to social care" in text(his.get("/work/"))
    assert client.get("/escalations/agenda/").status_code == 403
    entry_id = int(page.rstrip("/").rsplit("/", 1)[1])
    assert client.post(f"/escalations/agenda/{girl}/{entry_id}/").status_code == 403
    opened = his.post(f"/escalations/agenda/{girl}/{entry_id}/")
    assert opened.status_code == 302 and opened.headers["Location"] == page, text(opened)
    said = {"decision": "One worker a week is lent by the hub", "owner": "Peter Lowe", "due": ""}
    assert his.post(page + "settle/", hidden(his.get(page + "settle/")) | said).status_code == 302
    assert "the partnership decided" in text(client.get(page)).lower() and "Nothing is on it" in text(
        his.get("/escalations/agenda/")
    )


@pytest.mark.requirement("QA-18")
def test_from_any_course_and_from_an_alert_and_the_same_thing_once(scene: Any, constable: Member) -> None:
    client, girl = scene
    met = Event.objects.get(kind="strategy.held").pk
    assert any(c.key == "strategy" for c in declared("rules", Course)) and ESCALATION in declared("rules", Course)
    assert "A strategy discussion, since" in text(client.get(f"/person/{girl}/escalations/new/?thing=run&number={met}"))
    assert client.get(f"/person/{girl}/escalations/new/?thing=run&number=987654").status_code == 404
    raise_it(client, girl)
    action = f"/person/{girl}/escalations/new/?thing=action&number={Event.objects.get(kind='action.set').pk}"
    again = client.post(
        action,
        hidden(client.get(action)) | {"to_agency": "social_care", "about": "delay", "text": "It is still not done"},
    )
    assert again.status_code == 422 and "escalated already" in text(again)
    late_at = timezone.now() - timedelta(minutes=5)
    alert = Alert.objects.create(kind="referral_unanswered", subject_id=girl, cause="social_care:s", to_role="response_officer", due_at=late_at,
                                 first_at=late_at, why="No decision has been recorded.", rule="referral_unanswered", rests_on=[met])  # fmt: skip
    Told.objects.create(alert=alert, role="response_officer", at=late_at, posts=[constable.post.pk], how="involved")
    link = f"/person/{girl}/escalations/new/?thing=alert&number={alert.pk}"
    assert link.replace("&", "&amp;") in client.get(f"/alerts/{alert.pk}/").content.decode()
    body = client.get(link).content.decode()
    assert "No decision has been recorded." in body and re.search(r'value="social_care"[^>]*checked', body)


@pytest.mark.requirement("QA-17")
def test_counterparts_are_named_by_their_own_agency_from_a_day_and_what_was_said_before_stays(
    scene: Any, constable: Member, team_manager: Member
) -> None:
    assert name(constable, 1, username="", named="Tom Reeve").status_code == 403
    assert name(team_manager, 2, username="reeve", named="Tom Reeve").status_code == 422, "of another agency"
    name(team_manager, 1, username="", named="Ann Lee, duty manager")
    page = text(signed_in(constable).get("/escalations/"))
    assert (
        "Ann Lee, duty manager, 01632 960001 Since" in page and "Sunita Rao, duty manager, named by Sunita Rao" in page
    )
    assert Counterpart.objects.count() == 2


@pytest.mark.requirement("QA-20")
def test_how_often_it_was_called_for_beside_how_often_it_was_used(
    scene: Any, team_manager: Member, constable: Member
) -> None:
    client, girl = scene
    raise_it(client, girl)
    for n, rung in ((1, 0), (2, 1)):
        alert = Alert.objects.create(kind="referral_unanswered", subject_id=girl, cause=f"x:{n}", to_role="mash_manager", due_at=timezone.now(),
                                     first_at=timezone.now(), why="w", rule="referral_unanswered")  # fmt: skip
        Told.objects.create(alert=alert, role=f"r{rung}", rung=rung, at=timezone.now())
    page = text(signed_in(team_manager).get("/escalations/figures/"))
    assert "Hub to social care 1 0 0 0 0 0 0" in page and "Police to social care 0 1 0 0 0 0 0" in page
    assert signed_in(constable).get("/escalations/figures/").status_code == 403
    seal(girl)
    assert "Nothing called for it" in text(signed_in(team_manager).get("/escalations/figures/")), "not even as a number"


@pytest.mark.requirement("QA-20")
def test_a_figure_of_so_few_that_it_could_point_to_a_child_is_given_to_those_alone_who_may_read_of_each(
    scene: Any, constable: Member
) -> None:
    """Six children's visits were not made; of five an escalation is answered; a lead who works with none of them learns no figure under five."""
    client, girl = scene
    raise_it(client, girl)
    others = [
        person_of(write_person("social_care", f"D{n}", forenames=f"Kit{n}", surname="Hussein", born="2016-01-02"))
        for n in range(5)
    ]
    for n, child in enumerate(others):
        involve(constable, child, at=timezone.now())
        said = {"about": "delay", "level": 1, "to_agency": "social_care", "text": "Nobody went", "to": "Sunita Rao"}
        told = [entry("escalation.raised", {"child": [("social_care", f"D{n}")]}, source="sightline", ref=f"escalation/{n}", at=timezone.now(),
                      data=said, agency="police")]  # fmt: skip
        told += [entry("escalation.answered", {"child": [("social_care", f"D{n}")]}, source="sightline", ref=f"sightline:escalation/{n}#answered/x",
                       at=timezone.now(), data={"resolved": True, "text": "Gone"})] if n < 2 else []  # fmt: skip
        record_many(told, feed_viewer(at=timezone.now()))
    lead, reader = (make_member(u, u.title(), "detective_superintendent", "police") for u in ("apart", "reads"))
    involve(reader, girl, *others, at=timezone.now())
    assert "Police to social care 0 6 2 2 0 2 0" in text(signed_in(reader).get("/escalations/figures/"))
    shown = text(signed_in(lead).get("/escalations/figures/"))
    assert "Police to social care 0 6 Not given Not given 0 Not given 0" in shown and "fewer than 5 children" in shown
    for child in others[:4]:
        seal(child)
    assert "Police to social care 0 Not given" in text(signed_in(lead).get("/escalations/figures/"))


def test_whoever_is_not_involved_sees_nothing_of_it(scene: Any, ext: Member) -> None:
    client, girl = scene
    page = raise_it(client, girl)
    for path in (page, page + "higher/", page + "settle/", f"/person/{girl}/escalations/new/"):
        assert signed_in(ext).get(path).status_code == 404


@pytest.mark.requirement("IS-01")
def test_what_stalled_is_said_to_those_alone_whose_agency_reads_it(scene: Any, health_visitor: Member) -> None:
    client, girl = scene
    involve(health_visitor, girl, at=timezone.now())
    path = f"/person/{girl}/escalations/new/?thing=action&number={Event.objects.get(kind='action.set').pk}"
    assert "See Mo at school" in text(client.get(path))
    assert "See Mo at school" not in text(signed_in(health_visitor).get(path)), "that there is an action, and not which"
