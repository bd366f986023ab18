"""The pages of alerts, as a browser gets them: told, answered, on the person's page, and the rules and limits behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, seal
from screens import signed_in, text
from sightline.access.models import AccessEntry, Exclusion
from sightline.alerts import services
from sightline.alerts.models import Acknowledgement, Alert, LocalSetting, Told
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
COMMAND = "command_and_control"
NAMES = {"ada": "Ada Fenwick", "ben": "Ben Fenwick"}
DOING = "Unit 12 is on its way, there in ten minutes"


@dataclass(frozen=True)
class Call:
    """A call about two children an hour ago to which nobody has gone, and who they are."""

    ada: int
    ben: int
    at: datetime

    def alert(self, who: int) -> Alert:
        """The alert that nobody has come to this child."""
        return Alert.objects.get(kind="attendance_overdue", subject_id=who)


@pytest.fixture
def inspector(db: None) -> Member:
    return make_member("inspector", "Ines Pector", "duty_inspector", "police")


@pytest.fixture
def superintendent(db: None) -> Member:
    return make_member("super", "Sue Intendent", "detective_superintendent", "police")


@pytest.fixture
def call(inspector: Member) -> Call:
    """Told to the duty inspector."""
    now = timezone.now()
    people = {name: (COMMAND, name) for name in NAMES}
    for name, key in people.items():
        said = dict(zip(("forenames", "surname"), NAMES[name].split(), strict=True)) | {"born": "2018-05-06"}
        record_many([entry("person.recorded", {"subject": [key]}, source=COMMAND, ref=f"{name}/p",
                           at=now - timedelta(days=9), data=said)], feed_viewer(at=now))  # fmt: skip
    record_many([entry("contact.received", {"child": list(people.values())}, source=COMMAND, ref="c1",
                       at=now - timedelta(hours=1), data={"graded": "immediate", "kind": "assault"},
                       note="Shouting heard upstairs")], feed_viewer(at=now))  # fmt: skip
    record_many([entry("attendance.arrived", {"child": [(COMMAND, "elsewhere")]}, source=COMMAND, ref="a1",
                       at=now - timedelta(days=2))], feed_viewer(at=now))  # fmt: skip
    found = anchored(people.values(), at=now)
    who = [person_of(found[key]) for key in people.values()]
    services.settle(who, at=now)
    involve(inspector, *who, at=now)
    return Call(*who, now)


@pytest.fixture
def screen(inspector: Member, call: Call) -> Client:
    return signed_in(inspector)


@pytest.mark.requirement("RA-01")
def test_my_alerts_say_what_who_why_since_when_and_what_next(screen: Client) -> None:
    said = text(screen.get("/alerts/"))
    shown = said[said.index("Attendance overdue") :]
    assert re.search(r"Nobody has arrived within 15 minutes of a contact graded immediate about a child", shown)
    assert re.search(r"Next: Send the nearest officer now", shown)
    assert re.search(r"Due since \d+ \w+ \d{4}, \d\d:\d\d, 45 minutes ago\. Rests on 1 entry\.", shown)


def test_two_children_of_one_call_are_one_line_that_names_both(screen: Client, call: Call) -> None:
    said = text(screen.get("/alerts/"))
    assert said.count("Nobody has arrived within 15 minutes") == 1
    assert re.search(r"Attendance overdue Ada Fenwick and Ben Fenwick Not answered", said)
    count = Alert.objects.filter(told__role="duty_inspector").count()
    assert f"{count} alerts stand. " in said and f" {count} are not answered." in said


def test_home_says_first_how_many_stand(screen: Client) -> None:
    said = text(screen.get("/"))
    count = Told.objects.filter(role="duty_inspector").count()
    assert count >= 2
    assert 0 < said.index(f"{count} alerts stand for you") < said.index("Who is it about?")


def test_a_look_at_a_list_and_at_one_is_written_down(screen: Client, call: Call, inspector: Member) -> None:
    screen.get("/alerts/")
    screen.get(f"/alerts/{call.alert(call.ada).pk}/")
    mine = AccessEntry.objects.filter(user_id=inspector.user.pk, outcome="given")
    listed, one = mine.get(route="/alerts/"), mine.get(route__startswith="/alerts/", people=[call.ada])
    assert (listed.action, set(listed.people), listed.fields) == ("list", {call.ada, call.ben}, ["alerts", "names"])
    assert (one.action, one.reason) == ("consultation", "alert: attendance overdue")


def test_one_alert_says_by_what_right_on_what_and_who_is_next(screen: Client, call: Call) -> None:
    said = text(screen.get(f"/alerts/{call.alert(call.ada).pk}/"))
    assert "About Ada Fenwick, aged" in said
    assert re.search(r"Duty inspector: .*Next, if nobody answers: Detective superintendent, \d+ \w+ \d{4}", said)
    assert re.search(r"Attendance: immediate: 15 minutes", said) and "Local default" in said
    assert "Shouting heard upstairs" in said[said.index("The entries it rests on") :]
    assert "Nobody has answered" in said


def test_an_answer_is_kept_and_shown(screen: Client, call: Call) -> None:
    one = f"/alerts/{call.alert(call.ada).pk}/"
    assert "What are you doing about it?" in text(screen.get(one + "answer/"))
    assert screen.post(one + "answer/", {"reason": DOING}).headers["Location"] == one
    assert Acknowledgement.objects.get().reason == DOING
    said = text(screen.get(one))
    assert DOING in said and "Told again after" in said and "Nobody has answered" not in said
    left = Alert.objects.filter(told__role="duty_inspector").count() - 1
    assert re.search(rf" {left or 'None'} (is|are) not answered", text(screen.get("/alerts/")))


@pytest.mark.parametrize(("reason", "why"), [("", "Say what you are doing about it"), ("ok", "at least 10 characters")])
def test_an_answer_that_says_nothing_is_refused_in_words(screen: Client, call: Call, reason: str, why: str) -> None:
    answer = screen.post(f"/alerts/{call.alert(call.ada).pk}/answer/", {"reason": reason})
    assert (answer.status_code, why in text(answer)) == (422, True)
    assert not Acknowledgement.objects.exists()


def test_what_is_put_right_meanwhile_wants_no_answer(screen: Client, call: Call) -> None:
    alert = call.alert(call.ada)
    Alert.objects.filter(pk=alert.pk).update(cleared_at=call.at)
    assert screen.post(f"/alerts/{alert.pk}/answer/", {"reason": DOING}).status_code == 409
    assert "Answer this alert" not in text(screen.get(f"/alerts/{alert.pk}/"))
    assert not Acknowledgement.objects.exists()


@pytest.mark.requirement("IS-01")
def test_ext_sees_nothing_and_cannot_tell_an_alert_from_none(ext: Member, call: Call) -> None:
    client, alert = signed_in(ext), call.alert(call.ada)
    assert "No alert stands" in text(client.get("/alerts/"))
    for path in ("", "answer/"):
        there, absent = client.get(f"/alerts/{alert.pk}/{path}"), client.get(f"/alerts/987654321/{path}")
        assert (there.status_code, absent.status_code) == (404, 404)
        assert there.content == absent.content
    assert client.post(f"/alerts/{alert.pk}/answer/", {"reason": DOING}).status_code == 404
    assert AccessEntry.objects.filter(user_id=ext.user.pk, outcome="refused", people=[call.ada]).count() == 3


@pytest.mark.requirement("IS-01")
def test_a_role_of_another_kind_of_agency_is_not_that_role(call: Call) -> None:
    other = make_member("other", "O Ther", "duty_inspector", "health")
    involve(other, call.ada, call.ben, at=timezone.now())
    assert "No alert stands" in text(signed_in(other).get("/alerts/"))


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("how", ["sealed", "excluded"])
@pytest.mark.parametrize("other", ["ada", "ben"])
def test_somebody_who_may_not_be_known_of_leaves_no_trace_and_hides_no_other_child(
    screen: Client, call: Call, inspector: Member, how: str, other: str
) -> None:
    gone, since = getattr(call, other), call.at - timedelta(days=1)
    if how == "sealed":
        seal(gone, since=since)
    else:
        Exclusion.objects.create(user=inspector.user, person_id=gone, reason="own nephew", from_at=since)
    hers = {"ada": "Ben Fenwick", "ben": "Ada Fenwick"}[other]
    left = call.ada + call.ben - gone
    for path in ("/alerts/", f"/alerts/{call.alert(left).pk}/", f"/person/{left}/"):
        said = text(screen.get(path))
        assert "Attendance overdue" in said and hers in said and NAMES[other] not in said, path
    assert screen.get(f"/alerts/{call.alert(gone).pk}/").status_code == 404
    assert not AccessEntry.objects.filter(user_id=inspector.user.pk, people__contains=[gone], outcome="given").exists()


@pytest.mark.requirement("IS-05")
def test_what_rests_on_an_entry_of_somebody_sealed_alone_is_not_there(screen: Client, call: Call) -> None:
    for gone in (call.ada, call.ben):
        since = call.at - timedelta(days=1)
        seal(gone, since=since)
    assert "No alert stands" in text(screen.get("/alerts/")) and "No alert stands" in text(screen.get("/"))
    assert screen.get(f"/alerts/{call.alert(call.ada).pk}/").status_code == 404


def test_a_team_is_seen_by_whoever_is_above_somebody_and_by_nobody_else(
    call: Call, superintendent: Member, constable: Member
) -> None:
    for member in (superintendent, constable):
        involve(member, call.ada, call.ben, at=timezone.now())
    above = signed_in(superintendent)
    assert "No alert stands" in text(above.get("/alerts/"))
    said = text(above.get("/alerts/?whose=team"))
    assert "Ada Fenwick and Ben Fenwick" in said and "Told: Duty inspector" in said
    one = f"/alerts/{call.alert(call.ada).pk}/"
    assert "Answer this alert" not in text(above.get(one))
    assert above.post(one + "answer/", {"reason": DOING}).status_code == 403
    below = signed_in(constable)
    refused = below.get("/alerts/?whose=team")
    assert refused.status_code == 403 and "No other post answers to yours" in text(refused)
    assert below.get(one).status_code == 404
    assert not Acknowledgement.objects.exists()


def test_the_person_page_shows_who_was_told_and_what_was_put_right(
    screen: Client, call: Call, constable: Member
) -> None:
    path, link = f"/person/{call.ada}/", f'href="/alerts/{call.alert(call.ada).pk}/"'
    said = text(screen.get(path))
    part = said[said.index("Alerts Attendance") :]
    assert re.search(r"Nobody has arrived within 15 minutes.*?Told: Duty inspector, \d+ ", part)
    assert link in screen.get(path).content.decode()
    involve(constable, call.ada, at=timezone.now())
    not_told = signed_in(constable).get(path)
    assert "Nobody has arrived within 15 minutes" in text(not_told) and link not in not_told.content.decode()
    Alert.objects.update(cleared_at=call.at)
    after = text(screen.get(path))
    assert "No alert stands that you may see" in after
    assert re.search(r"Alerts that were put right \(\d+\).*Attendance overdue.*put right", after)


@pytest.mark.requirement("JD-11")
def test_an_alert_on_the_person_page_shows_no_more_than_the_agency_may_read(
    call: Call, social_worker: Member, health_visitor: Member
) -> None:
    for member in (social_worker, health_visitor):
        involve(member, call.ada, at=timezone.now())
    pointer = text(signed_in(social_worker).get(f"/person/{call.ada}/"))
    assert "Attendance overdue" in pointer and "within 15 minutes of a contact graded" not in pointer
    assert "Rests on 1 entry, of which those of Command and control are not shown to your agency" in pointer
    assert "Attendance overdue" not in text(signed_in(health_visitor).get(f"/person/{call.ada}/"))


def test_every_kind_of_alert_is_listed_with_its_source(screen: Client) -> None:
    said = text(screen.get("/rules/"))
    assert "Attendance overdue" in said and "Local default, decided by nobody yet" in said and "(law" in said
    assert not re.search(r"\b[A-Z]{2}-\d\d\b", said), "no number of ours"
    assert "Told to: Duty inspector, then Detective superintendent" in said
    assert "Fenwick" not in said


def limit(**changed: str) -> dict[str, str]:
    day = (timezone.localtime() + timedelta(days=3)).date()
    said = {"count": "30", "unit": "minutes", "from_on": f"{day.day} {day.month} {day.year}"}
    return said | {"decided_by": "Chief Superintendent Invented", "reason": "three counties wide"} | changed


@pytest.mark.parametrize(("role", "agency"), [("administrator", "police"), ("partner_lead", "social_care")])
def test_a_local_limit_is_decided_from_a_day_and_its_history_is_shown(role: str, agency: str) -> None:
    client = signed_in(make_member("decider", "De Cider", role, agency))
    assert "It is 15 minutes now" in text(client.get("/limits/attendance.immediate/"))
    assert client.post("/limits/attendance.immediate/", limit()).headers["Location"] == "/limits/"
    assert (row := LocalSetting.objects.get()) and (row.amount, row.unit) == (30, "minutes")
    said = text(client.get("/limits/"))
    assert re.search(r"Attendance: immediate .*?15 minutes.*?30 minutes from \d+ \w+ \d{4}: three counties wide", said)
    assert "Chief Superintendent Invented" in said


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"count": ""}, "Enter the new limit as a number"),
        ({"count": "soon"}, "like 15"),
        ({"count": "0"}, "must be 1 or more"),
        ({"unit": "fortnights"}, "Choose a unit"),
        ({"from_on": "tomorrow"}, "like 27 3 2027"),
        ({"from_on": "1 1 2020"}, "what was late before stays late"),
        ({"decided_by": " "}, "Say who decided this"),
        ({"reason": "because"}, "at least 10 characters"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_in_words(
    superintendent: Member, changed: dict[str, str], why: str
) -> None:
    answer = signed_in(superintendent).post("/limits/attendance.immediate/", limit(**changed))
    assert (answer.status_code, why in text(answer)) == (422, True), text(answer)
    assert not LocalSetting.objects.exists()


def test_law_is_fixed_and_only_some_posts_decide(superintendent: Member, inspector: Member) -> None:
    above, below = signed_in(superintendent), signed_in(inspector)
    fixed = text(above.get("/limits/")).split("Fixed by law or guidance Limit")[1]
    assert "Children Act 1989" in fixed and "Change" not in fixed
    name = re.search(r'id="(protection[\w.]+)"', above.get("/limits/").content.decode().split('id="fixed"')[1])
    assert name and above.post(f"/limits/{name[1]}/", limit()).status_code == 409
    assert above.get("/limits/no.such.limit/").status_code == 404
    assert 'href="/limits/' not in below.get("/limits/").content.decode()
    told = "Your post does not decide them"
    assert [told in text(c.get("/limits/")) for c in (above, below)] == [False, True]
    assert below.post("/limits/attendance.immediate/", limit()).status_code == 403
    assert not LocalSetting.objects.exists()
    assert AccessEntry.objects.filter(user_id=inspector.user.pk, outcome="refused").exists()
