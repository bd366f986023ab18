"""What a viewer reads of alerts: told to their role, about people they may read, cut to what their agency may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of, seal
from sightline.access import gate, policy
from sightline.access.models import AccessEntry, Exclusion, Restriction
from sightline.access.policy import Decision, Of
from sightline.alerts.decided import limits_page
from sightline.alerts.models import Acknowledgement, Alert, LocalSetting, Told
from sightline.alerts.queries import (
    alert_page,
    alerts_about,
    how_many_stand,
    joined,
    my_alerts,
    team_alerts,
)
from sightline.alerts.whose import team_roles
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
WHY = "Nobody has arrived within 15 minutes."


def child(name: str, *, source: str = "crime", days: float = 3) -> tuple[int, int]:
    """A child in one entry of one system; gives the child and the entry."""
    key = (source, name)
    at = NOW - timedelta(days=days)
    record_many([entry("contact.received", {"child": [key]}, source=source, ref=f"{name}/c", at=at,
                       data={"graded": "immediate"}, note=f"about {name}")], feed_viewer(at=NOW))  # fmt: skip
    return person_of(anchored([key], at=NOW)[key]), Event.objects.get(source=source, ref=f"{name}/c").pk


def alert(who: int, *rests_on: int, to: str = "duty_inspector", at: datetime = NOW, **said: object) -> Alert:
    """One alert, told to a role."""
    given = {
        "kind": "attendance_overdue", "subject_id": who, "cause": f"crime:{who}", "to_role": to, "due_at": at, "why": WHY,
        "rule": "contact.attendance_overdue", "concerns": [who], "rests_on": list(rests_on), "first_at": at,
        "step": "Send the nearest officer now.",
    } | said  # fmt: skip
    made = Alert.objects.create(**given)
    Told.objects.create(alert=made, role=to, rung=0, at=at)
    return made


@pytest.fixture
def inspector() -> Member:
    return make_member("inspector", "Ines Pector", "duty_inspector", "police")


def test_longest_due_comes_first_and_what_is_answered_last(inspector: Member) -> None:
    held = [child(name) for name in ("ada", "ben", "cal")]
    involve(inspector, *(who for who, _ in held))
    made = [alert(who, e, at=NOW - timedelta(days=n)) for n, (who, e) in enumerate(held)]
    Acknowledgement.objects.create(alert=made[2], user_id=1, role="duty_inspector", at=NOW, reason="on the way now",
                                   until_at=NOW + timedelta(hours=1))  # fmt: skip
    board = my_alerts(inspector.viewer())
    assert [line.first.alert for line in board.lines] == [made[1].pk, made[0].pk, made[2].pk]
    assert (board.standing, board.due_today, board.unanswered) == (3, 1, 2)
    later = my_alerts(inspector.viewer(at=NOW + timedelta(hours=1)))
    assert (later.lines[0].first.alert, later.unanswered) == (made[2].pk, 3), "an answer that has run out is none"


def test_what_is_put_right_or_told_to_others_or_about_a_colleagues_child_is_not_mine(inspector: Member) -> None:
    (mine, e), (other, f) = child("ada"), child("ben")
    involve(inspector, mine)
    involve(make_member("colleague", "Col League", "duty_inspector", "police"), other)
    alert(mine, e, cleared_at=NOW)
    alert(mine, e, to="crime_registrar", kind="crime_not_recorded")
    alert(other, f)
    assert (my_alerts(inspector.viewer()).standing, how_many_stand(inspector.viewer())) == (0, 0)


def test_one_kind_from_one_cause_is_one_line_and_another_cause_another(inspector: Member) -> None:
    held = [child(name) for name in ("ada", "ben", "cal")]
    involve(inspector, *(who for who, _ in held))
    (ada, e), (ben, f), (cal, g) = held
    same = [alert(ada, e, cause="crime:call"), alert(ben, f, cause="crime:call")]
    apart = [alert(cal, g), alert(ada, e, cause="crime:call", kind="child_not_seen")]
    board = my_alerts(inspector.viewer())
    found = {frozenset(x.alert for x in line.alerts): line for line in board.lines}
    assert found.keys() == {frozenset(a.pk for a in same), *(frozenset([a.pk]) for a in apart)}
    line = found[frozenset(a.pk for a in same)]
    assert (set(line.people), line.whys) == ({ada, ben}, (WHY,))
    assert [len(group) for group in joined([*same, *apart])] == [2, 1, 1]


@pytest.mark.requirement("JD-11")
def test_why_is_read_only_where_every_system_it_rests_on_may_be_read(inspector: Member) -> None:
    who, full = child("ada")
    pointer = Event.objects.get(pk=child("ben", source="health")[1])
    involve(inspector, who)
    one, both = alert(who, full), alert(who, full, pointer.pk, kind="child_not_seen")
    found = {line.first.alert: line.first for line in my_alerts(inspector.viewer()).lines}
    assert (found[one.pk].why, found[one.pk].withheld) == (WHY, ())
    assert (found[both.pk].why, found[both.pk].withheld, found[both.pk].entries) == ("", ("health",), 2)
    assert found[both.pk].says.startswith("An incident involving a child") and found[both.pk].step


@pytest.mark.requirement("JD-11")
def test_a_next_step_that_says_something_of_the_child_is_withheld_with_why_and_whom_to_ask_stands_instead(
    inspector: Member,
) -> None:
    who, full = child("ada")
    pointer, rule = Event.objects.get(pk=child("ben", source="health")[1]), "alerts.return_interview_missing"
    involve(inspector, who)
    for_anybody = "Offer the child an interview with somebody independent, or hold the one that they accepted."
    own, filled = {"rule": rule, "step": "Ring Ada's aunt."}, {"rule": rule, "step": for_anybody}
    made = [
        alert(who, full, **own),
        alert(who, full, pointer.pk, **own, part="b"),
        alert(who, full, pointer.pk, **filled, part="c"),
    ]
    found = {a.alert: a.step for line in my_alerts(inspector.viewer()).lines for a in line.alerts}
    assert [found[a.pk] for a in made] == [
        "Ring Ada's aunt.",
        "Ask health what this rests on, and act on what you know.",
        for_anybody,
    ]


@pytest.mark.requirement("JD-11")
def test_an_entry_that_may_not_be_read_or_is_of_somebody_not_opened_is_only_named(inspector: Member) -> None:
    (who, own), (_, other), (_, pointer) = child("ada"), child("ben", days=2), child("cal", source="health", days=1)
    involve(inspector, who)
    page = alert_page(inspector.viewer(), alert(who, own, other, pointer).pk)
    assert [(e.source, e.happening.note if e.happening else None) for e in page.entries] == [
        ("crime", "about ada"), ("crime", None), ("health", None),
    ]  # fmt: skip


@pytest.mark.requirement("IS-03")
def test_a_look_names_the_people_and_the_fields_and_a_refusal_is_written_too(inspector: Member, ext: Member) -> None:
    who, e = child("ada")
    involve(inspector, who)
    made = alert(who, e)
    before = AccessEntry.objects.count()
    alert_page(inspector.viewer(), made.pk)
    looked = AccessEntry.objects.order_by("pk")[before]
    assert (looked.people, looked.fields, looked.action) == ([who], ["alerts", "chronology", "names"], "consultation")
    with pytest.raises(NotFound):
        alert_page(ext.viewer(), made.pk)
    refused = AccessEntry.objects.latest("pk")
    assert (refused.people, refused.outcome, refused.user_id) == ([who], "refused", ext.user.pk)


@pytest.mark.requirement("IS-03")
def test_how_many_stand_and_which_are_about_somebody_are_looks_too(inspector: Member) -> None:
    who, e = child("ada")
    involve(inspector, who)
    alert(who, e)
    how_many_stand(inspector.viewer())
    alerts_about(inspector.viewer(), who)
    looked = AccessEntry.objects.filter(user_id=inspector.user.pk, action="list").order_by("pk")
    assert [(one.note, one.people, one.fields) for one in looked] == [
        ("how many alerts stand", [], ["alerts"]),
        ("alerts about a person", [who], ["alerts"]),
    ]


@pytest.mark.requirement("IS-01")
def test_no_list_is_given_to_whom_the_table_gives_nobodys_name(
    inspector: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, e = child("ada")
    involve(inspector, who)
    alert(who, e)
    given = policy._row

    def nameless(*case: object) -> Decision:
        found = given(*case)  # type: ignore[arg-type]
        return replace(found, gives={what: g for what, g in found.gives.items() if what is not Of.IDENTIFYING})

    assert my_alerts(inspector.viewer()).lines
    monkeypatch.setattr(policy, "_row", nameless)
    with pytest.raises(gate.Withheld):
        my_alerts(inspector.viewer())


@pytest.mark.requirement("IS-05")
def test_a_sealed_child_whom_an_alert_concerns_too_is_not_in_it_and_closes_it_to_nobody(inspector: Member) -> None:
    (who, e), (sister, _) = child("ada"), child("sis")
    involve(inspector, who, sister)
    made = alert(who, e, concerns=[who, sister])
    assert alert_page(inspector.viewer(), made.pk).shown.concerns == {sister}
    seal(sister)
    page = alert_page(inspector.viewer(), made.pk)
    assert (page.people.keys(), page.shown.concerns) == ({who}, frozenset())


@pytest.mark.requirement("IS-05")
def test_an_alert_that_rests_on_an_entry_of_somebody_excluded_alone_is_not_there(inspector: Member) -> None:
    (who, own), (kin, theirs) = child("ada"), child("kin")
    involve(inspector, who, kin)
    kept, gone = alert(who, own), alert(who, own, theirs, kind="child_not_seen")
    Exclusion.objects.create(user=inspector.user, person_id=kin, reason="own brother", from_at=NOW - timedelta(days=1))
    assert [line.first.alert for line in my_alerts(inspector.viewer()).lines] == [kept.pk]
    assert [s.alert for s in alerts_about(inspector.viewer(), who)[0]] == [kept.pk]
    assert how_many_stand(inspector.viewer()) == 1
    with pytest.raises(NotFound):
        alert_page(inspector.viewer(), gone.pk)


def test_a_team_is_the_roles_of_ones_agency_and_no_others(
    inspector: Member, constable: Member, social_worker: Member
) -> None:
    roles = team_roles(inspector.viewer())
    assert {"custody_sergeant", "detective_inspector"} <= roles
    assert not {"duty_inspector", "social_care_manager", "mash_manager", "case_owner"} & roles
    who, e = child("ada")
    involve(inspector, who)
    alert(who, e, to="custody_sergeant")
    alert(who, e, to="social_care_manager", kind="child_not_seen")
    assert team_alerts(inspector.viewer()).standing == 1
    with pytest.raises(NotPermitted):
        team_alerts(constable.viewer())


def test_a_persons_alerts_stand_or_are_past_and_concern_them_too(inspector: Member) -> None:
    (who, e), (sister, _) = child("ada"), child("sis")
    involve(inspector, who, sister)
    stands = alert(who, e, concerns=[who, sister])
    past = alert(who, e, kind="child_not_seen", cleared_at=NOW)
    assert [[s.alert for s in part] for part in alerts_about(inspector.viewer(), who)] == [[stands.pk], [past.pk]]
    assert [[s.alert for s in part] for part in alerts_about(inspector.viewer(), sister)] == [[stands.pk], []]


def test_a_limit_holds_from_its_day_and_its_history_stays(inspector: Member) -> None:
    for count, days in ((20, -10), (30, 5)):
        LocalSetting.objects.create(name="attendance.immediate", amount=count, unit="minutes", decided_by="the board",
                                    from_on=(NOW + timedelta(days=days)).date(), reason="wide", at=NOW, user_id=1)  # fmt: skip
    now = {x.name: x for x in limits_page(inspector.viewer())}["attendance.immediate"]
    assert (now.now, [d.says for d in now.history], now.may_change) == (
        "20 minutes",
        ["30 minutes", "20 minutes"],
        True,
    )
    later = {x.name: x for x in limits_page(inspector.viewer(at=NOW + timedelta(days=6)))}
    assert later["attendance.immediate"].now == "30 minutes"


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(("code", "says"), [("permitted", WHY), ("conditions", ""), (None, "")])
def test_an_alert_that_rests_on_a_report_shared_on_conditions_does_not_say_what_it_says(
    inspector: Member, code: str | None, says: str
) -> None:
    data = {"kind": "drugs", "summary": "seen with a knife"} | ({"handling": code} if code else {})
    key = ("intelligence", "dee")
    record_many([entry("intelligence.recorded", {"subject": [key]}, source="intelligence", ref="dee/i", at=NOW,
                       data=data)], feed_viewer(at=NOW))  # fmt: skip
    who, report = person_of(anchored([key], at=NOW)[key]), Event.objects.get(ref="dee/i").pk
    made = alert(who, report)
    involve(inspector, who, why="first_contact")
    ((shown,), _) = alerts_about(inspector.viewer(), who)
    assert (shown.why, shown.withheld) == (says, () if says else ("intelligence",))
    (held,) = alert_page(inspector.viewer(), made.pk).entries
    assert (held.happening is not None) is bool(says)
    involve(inspector, who, why="allocated")
    ((shown,), _) = alerts_about(inspector.viewer(), who)
    assert shown.why == WHY, "whoever works with the child reads it"


@pytest.mark.requirement("IS-08")
def test_an_alert_that_concerns_somebody_whose_record_is_restricted_has_no_sentence_with_their_name(
    inspector: Member,
) -> None:
    (who, said), (sibling, _) = child("ada"), child("eve")
    alert(who, said, concerns=[who, sibling])
    involve(inspector, who)
    ((shown,), _) = alerts_about(inspector.viewer(), who)
    assert shown.why == WHY
    Restriction.objects.create(person_id=sibling, state="restricted", reason="theirs", from_at=NOW)
    ((shown,), _) = alerts_about(inspector.viewer(), who)
    assert shown.why == ""
