"""Whom an alert reaches: who has the child, whom the record names, the district's team on duty, all in the post; and never nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of, seal
from sightline.access import gate
from sightline.access.models import Exclusion, Involvement, OnDuty, Post
from sightline.access.rota import end_duty, put_on_duty, rota
from sightline.agencies.models import Team
from sightline.alerts.models import Alert, Told
from sightline.alerts.queries import alert_page, how_many_stand, my_alerts, team_alerts
from sightline.alerts.reach import How, Reach, Reached
from sightline.alerts.routing import STANDS_IN
from sightline.alerts.services import acknowledge
from sightline.alerts.settings import limits
from sightline.alerts.telling import tell
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
KEY = ("crime", "ada")
ANSWER = "The unit is on its way to her now"


@pytest.fixture
def child() -> int:
    """A child who lives in ZS5, in a police record by Tom Reeve."""
    home = {"lines": "4 Holm Lane", "postcode": "ZS5 7AB", "kind": "home"}
    feed("address.recorded", {"subject": [KEY]}, "a1", data=home)
    feed("contact.received", {"child": [KEY]}, "c1", by="PC Tom Reeve", data={"graded": "immediate"})
    return person_of(anchored([KEY], at=NOW)[KEY])


def feed(kind: str, people: dict[str, Any], ref: str, **said: Any) -> None:
    at = NOW - timedelta(days=2)
    record_many([entry(kind, people, source="crime", ref=ref, at=at, **said)], feed_viewer(at=NOW))


def made(child: int, to: str, **said: Any) -> Alert:
    given = {"kind": "attendance_overdue", "cause": "crime:c1", "due_at": NOW, "why": "why", "rule": "r", "concerns": [child],
             "rests_on": [Event.objects.get(ref="c1").pk], "first_at": NOW}  # fmt: skip
    return Alert.objects.create(subject_id=child, to_role=to, **given | said)


def told(child: int, to: str, **said: Any) -> Alert:
    alert = made(child, to, **said)
    tell([(alert, to)], at=NOW, held=limits())
    return alert


def one(username: str, role: str, agency: str = "police", *, team: str = "", area: str = "") -> Member:
    """Somebody in a post, in a team of its own where one is named."""
    member = make_member(username, username.title(), role, agency)
    if team:
        held, _ = Team.objects.get_or_create(
            key=team.lower(), defaults={"name": team, "agency": member.post.agency, "area": area}
        )
        Post.objects.filter(pk=member.post.pk).update(team=held)
        member.post.team = held
        member.post.team_id = held.pk
    return member


def reached(alert: Alert, role: str = "") -> Reached:
    return Reach(role or alert.to_role, [alert], NOW).of(alert)


def on_duty(member: Member, hours: float = 1, since: float = -1) -> OnDuty:
    return OnDuty.objects.create(post=member.post, from_at=NOW + timedelta(hours=since), until_at=NOW + timedelta(hours=hours),
                                 set_by=1, set_at=NOW)  # fmt: skip


def stands(*members: Member) -> list[bool]:
    """Whether anything stands for each of them."""
    return [bool(my_alerts(m.viewer()).standing) for m in members]


def test_it_goes_to_the_holder_of_the_role_who_has_the_child(child: int) -> None:
    hers, other = one("hers", "case_owner", "social_care"), one("other", "case_owner", "social_care")
    involve(hers, child)
    alert = told(child, "case_owner")
    assert reached(alert) == Reached(How.HAS, frozenset({hers.post.pk}))
    assert stands(hers, other) == [True, False]
    assert Told.objects.get().posts == [hers.post.pk] and not Involvement.objects.filter(user=other.user).exists()


def test_merely_having_read_of_a_child_is_not_having_the_child(child: int) -> None:
    reader, other = one("reader", "detective_inspector"), one("other", "detective_inspector")
    involve(reader, child, why="first_contact")
    involve(reader, child, why="alert")
    assert reached(made(child, "detective_inspector")) == Reached(How.POST, frozenset({reader.post.pk, other.post.pk}))


def test_else_to_the_team_of_the_childs_district_and_of_it_to_whoever_is_on_duty(child: int) -> None:
    east = [one(n, "duty_inspector", team="East", area="ZS4, ZS5") for n in ("ann", "bob")]
    west = one("cal", "duty_inspector", team="West", area="ZS9")
    alert = told(child, "duty_inspector")
    assert reached(alert) == Reached(How.DISTRICT, frozenset(m.post.pk for m in east)), "no rota: the whole team"
    on_duty(east[1])
    on_duty(west)
    assert reached(alert).posts == {east[1].post.pk}
    assert stands(*east, west) == [False, True, False]
    OnDuty.objects.update(until_at=NOW)
    assert stands(*east, west) == [True, True, False], "a turn that is over leaves it to the whole team"


def test_where_no_team_has_the_district_all_who_hold_the_role_or_are_on_duty_in_it(child: int) -> None:
    ann, bob = (
        one("ann", "duty_inspector", team="North", area="ZS1"),
        one("bob", "duty_inspector", team="South", area="ZS2"),
    )
    cal = one("cal", "duty_inspector", team="South")
    alert = made(child, "duty_inspector")
    assert reached(alert).posts == {m.post.pk for m in (ann, bob, cal)}
    on_duty(cal)
    assert reached(alert).posts == {ann.post.pk, cal.post.pk}, "North has set nothing"


def test_a_supervisor_is_the_one_of_whoever_recorded_it_or_has_the_child(child: int, social_worker: Member) -> None:
    make = lambda name, team, agency="police": one(name, "supervisor", agency, team=team)  # noqa: E731
    response, custody = make("sgt one", "Response"), make("sgt two", "Custody")
    care = make("manager", "Assessment", "social_care")
    tom = one("PC Tom Reeve", "response_officer", team="Response")
    alert = made(child, "supervisor")
    assert reached(alert) == Reached(How.SUPERVISES, frozenset({response.post.pk})), "whoever recorded it"
    Post.objects.filter(pk=tom.post.pk).update(held_until=NOW)
    assert reached(alert).posts == {response.post.pk, custody.post.pk}, "else those of the agency whose record it is"
    Post.objects.filter(pk=social_worker.post.pk).update(team=care.post.team_id)
    involve(social_worker, child)
    assert reached(alert) == Reached(How.SUPERVISES, frozenset({care.post.pk})), "whoever has the child"


@pytest.mark.parametrize(
    ("role", "kind", "data"),
    [
        ("designated_officer_police", "protection.designated", {"officer": "insp ann"}),
        ("case_owner", "plan.started", {}),
        ("meeting_chair", "meeting.held", {}),
        ("offender_manager", "offender.visited", {}),
    ],
)
def test_a_relative_role_is_whoever_the_newest_entry_names(
    child: int, role: str, kind: str, data: dict[str, str]
) -> None:
    ann, bob = one("insp ann", role), one("insp bob", role)
    feed(kind, {"child": [KEY]}, "n1", by="Insp Ann", data=data)
    assert reached(made(child, role)) == Reached(How.NAMED, frozenset({ann.post.pk}))
    assert Reach(role, [], NOW) and bob.post.pk


def test_an_investigation_is_answered_for_by_the_inspector_of_its_officers_team(child: int) -> None:
    ours, theirs = (
        one("di one", "detective_inspector", team="Abuse"),
        one("di two", "detective_inspector", team="Online"),
    )
    one("ds lister", "detective_sergeant", team="Online")
    feed("investigation.allocated", {"child": [KEY]}, "i1", data={"officer": "DS Lister", "specialist": True})
    assert reached(made(child, "detective_inspector")) == Reached(How.SUPERVISES, frozenset({theirs.post.pk}))
    assert ours.post.pk


def test_whoever_is_kept_from_the_child_is_passed_over(child: int) -> None:
    uncle, other = one("uncle", "detective_inspector"), one("other", "detective_inspector")
    involve(uncle, child)
    Exclusion.objects.create(user=uncle.user, person_id=child, reason="own niece", from_at=NOW - timedelta(days=1))
    alert = told(child, "detective_inspector")
    assert reached(alert).posts == {other.post.pk} and stands(uncle, other) == [False, True]
    Post.objects.filter(pk=other.post.pk).update(held_until=NOW)
    assert reached(alert) == Reached(How.NOBODY, frozenset())


def test_where_nobody_holds_the_role_the_next_on_the_ladder_is_told_at_once(child: int) -> None:
    super_ = one("super", "detective_superintendent")
    alert = told(child, "duty_inspector")
    said = list(Told.objects.filter(alert=alert).order_by("rung").values_list("role", "rung", "at", "how"))
    assert said == [("duty_inspector", 0, NOW, "nobody"), ("detective_superintendent", 1, NOW, "on duty in this post")]
    assert stands(super_) == [True] and Alert.objects.get().next_rung_at is None


@pytest.mark.parametrize("role", STANDS_IN)
def test_where_nobody_on_the_ladder_does_somebody_named_stands_in(child: int, role: str) -> None:
    agency = {"mash_manager": "hub", "social_care_manager": "social_care"}.get(role, "police")
    standing_in = one("standing", role, agency)
    alert = told(child, "crime_registrar")
    assert set(Told.objects.filter(alert=alert).values_list("role", flat=True)) == {"crime_registrar", role}
    assert stands(standing_in) == [True]


def test_a_practitioner_is_told_of_their_own_children_only(child: int, ext: Member, health_visitor: Member) -> None:
    manager = one("hub", "mash_manager", "hub")
    told(child, "practitioner")
    assert stands(ext, health_visitor, manager) == [False, False, True]
    involve(health_visitor, child)
    assert stands(ext, health_visitor) == [False, True]


def test_a_post_taken_up_later_has_it_in_its_list_and_can_open_and_answer_it(child: int) -> None:
    alert = told(child, "duty_inspector")
    late = one("late", "duty_inspector")
    assert not gate.involved(late.viewer(), [child])
    assert how_many_stand(late.viewer()) == 1
    opened = Involvement.objects.get(user=late.user)
    assert (opened.why, opened.until_at) == ("alert", NOW + timedelta(days=28))
    assert alert_page(late.viewer(), alert.pk).reaching["duty_inspector"].names == ("Late",)
    assert acknowledge(late.viewer(), alert.pk, reason=ANSWER, at=NOW).role == "duty_inspector"
    how_many_stand(late.viewer())
    assert Involvement.objects.filter(user=late.user).count() == 1, "opened once"


def test_it_can_be_opened_by_its_address_without_the_list(child: int) -> None:
    alert, late = told(child, "duty_inspector"), one("late", "duty_inspector")
    assert alert_page(late.viewer(), alert.pk).shown.answerable


@pytest.mark.requirement("IS-05")
def test_a_sealed_child_is_opened_to_nobody_by_an_alert(child: int) -> None:
    seal(child, since=NOW - timedelta(days=1))
    alert, late = told(child, "duty_inspector"), one("late", "duty_inspector")
    assert stands(late) == [False] and not Involvement.objects.filter(user=late.user).exists()
    with pytest.raises(NotFound):
        alert_page(late.viewer(), alert.pk)


@pytest.mark.requirement("IS-01")
def test_a_child_of_whom_somebody_may_not_know_is_not_opened_with_one_whom_the_same_alert_concerns(child: int) -> None:
    feed("contact.received", {"child": [("crime", "sis")]}, "c2")
    sister = person_of(anchored([("crime", "sis")], at=NOW)["crime", "sis"])
    one("insp", "duty_inspector")
    uncle = one("uncle", "detective_superintendent")
    Exclusion.objects.create(user=uncle.user, person_id=child, reason="own niece", from_at=NOW - timedelta(days=1))
    told(child, "duty_inspector", concerns=[child, sister], rests_on=[Event.objects.get(ref="c2").pk])
    involve(uncle, sister)
    assert team_alerts(uncle.viewer()).standing == 1
    assert not Involvement.objects.filter(user=uncle.user, person_id=child).exists()


def test_it_is_answered_by_whoever_was_told_where_anybody_it_concerns_is_open_to_them(child: int, ext: Member) -> None:
    feed("contact.received", {"child": [("crime", "sis")]}, "c2")
    sister = person_of(anchored([("crime", "sis")], at=NOW)["crime", "sis"])
    inspector = one("insp", "duty_inspector")
    alert = made(child, "duty_inspector", concerns=[child, sister])
    Told.objects.create(alert=alert, role="duty_inspector", at=NOW)
    with pytest.raises(NotFound):
        acknowledge(inspector.viewer(), alert.pk, reason=ANSWER, at=NOW)
    involve(inspector, sister)
    involve(ext, sister)
    with pytest.raises(NotPermitted):
        acknowledge(ext.viewer(), alert.pk, reason=ANSWER, at=NOW)
    assert acknowledge(inspector.viewer(), alert.pk, reason=ANSWER, at=NOW).until_at == NOW + timedelta(hours=72)
    seal(sister, since=NOW - timedelta(days=1))
    with pytest.raises(NotFound):
        acknowledge(inspector.viewer(), alert.pk, reason=ANSWER, at=NOW)


def test_a_leader_sees_their_own_teams_and_those_above_all_can_choose(child: int) -> None:
    sergeant = one("sgt", "supervisor", team="East")
    constable = one("pc", "response_officer", team="East")
    other = one("pc2", "response_officer", team="West")
    super_ = one("super", "duty_inspector", team="West")
    involve(constable, child)
    told(child, "response_officer")
    assert team_alerts(sergeant.viewer()).standing == 1, "what would be told to them next is open to them"
    assert team_alerts(super_.viewer()).standing == 0, "what would not be is not"
    involve(super_, child)
    east, west = (Team.objects.get(name=n).pk for n in ("East", "West"))
    assert [team_alerts(super_.viewer(), team=t).standing for t in (None, east, west)] == [1, 1, 0]
    for viewer, error in ((sergeant.viewer(), NotFound), (other.viewer(), NotPermitted)):
        with pytest.raises(error):
            team_alerts(viewer, team=west)


def test_a_turn_of_duty_is_set_by_whoever_leads_the_team_and_by_nobody_else() -> None:
    sergeant, pc = one("sgt", "supervisor", team="East"), one("pc", "response_officer", team="East")
    west = one("pc2", "response_officer", team="West")
    later = {"from_at": NOW, "until_at": NOW + timedelta(hours=8), "latest": NOW + timedelta(days=31)}
    turn = put_on_duty(sergeant.viewer(), pc.post.pk, **later)
    assert [t.name for t in rota(sergeant.viewer())[0].turns] == ["Pc"]
    for wrong in ({"until_at": NOW}, {"until_at": NOW + timedelta(days=32)}, {"from_at": NOW + timedelta(hours=1)}):
        with pytest.raises(Refused):
            put_on_duty(sergeant.viewer(), pc.post.pk, **later | wrong)
    with pytest.raises(NotFound):
        put_on_duty(sergeant.viewer(), west.post.pk, **later)
    with pytest.raises(NotPermitted):
        end_duty(pc.viewer(), turn.pk)
    end_duty(sergeant.viewer(at=NOW + timedelta(hours=1)), turn.pk)
    assert OnDuty.objects.get().until_at == NOW + timedelta(hours=1)
