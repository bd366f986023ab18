"""Break-glass: it always works, for a while, for its user alone; owners and guardians are told at once, and somebody else reviews it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cast import LONG_AGO, NOW, Member, involve, make_member, person_of, seal, write_person
from sightline.access import gate
from sightline.access.breakglass import break_glass, lasts, opening, review, reviewed, to_review, told_to
from sightline.access.log import Action, write
from sightline.access.models import AccessEntry, BreakGlass, Exclusion, Involvement
from sightline.access.roles import May, roles
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.pathways.identity.panels import who_looked
from sightline.people.sight import sight_of

pytestmark = pytest.mark.django_db
WHY = "he is on the bridge now and his worker cannot be reached"


def in_time(row: BreakGlass) -> bool:
    """Nothing is overdue."""
    return False


def late(row: BreakGlass) -> bool:
    """Everything is."""
    return True


@pytest.fixture
def child() -> int:
    return person_of(
        write_person("social_care", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne", born="2016-05-04")
    )


def bar(member: Member, person: int) -> None:
    Exclusion.objects.create(user=member.user, person_id=person, reason="own nephew", from_at=LONG_AGO)


@pytest.mark.requirement("IS-02")
@pytest.mark.parametrize("state", ["not involved", "sealed", "excluded", "sealed and excluded"])
def test_it_opens_whatever_stands_in_the_way_for_sixty_minutes_and_for_its_user_alone(
    child: int, call_handler: Member, constable: Member, state: str
) -> None:
    if "sealed" in state:
        seal(child)
    if "excluded" in state:
        bar(call_handler, child)
    with pytest.raises(NotFound):
        gate.look(call_handler.viewer(), [child], fields=["names"])
    (row,) = break_glass(call_handler.viewer(reason=WHY), [child])
    assert (row.conflict, row.sealed) == ("excluded" in state, "sealed" in state)
    for minutes in (0, 59):
        viewer = call_handler.viewer(at=NOW + timedelta(minutes=minutes))
        gate.look(viewer, [child], fields=["names"])
        assert gate.unseen(viewer) == set() and sight_of(viewer).hidden == frozenset()
    after = call_handler.viewer(at=NOW + timedelta(minutes=60))
    with pytest.raises(NotFound):
        gate.look(after, [child], fields=["names"])
    assert gate.hidden(after, [child]) == ({child} if state != "not involved" else set())
    with pytest.raises(NotFound):
        gate.look(constable.viewer(), [child], fields=["names"])
    assert gate.hidden(constable.viewer(), [child]) == ({child} if "sealed" in state else set())


@pytest.mark.requirement("IS-02")
@pytest.mark.parametrize("role", sorted(roles()))
def test_every_post_that_reads_records_can_do_it_and_no_other(child: int, role: str) -> None:
    someone = make_member("someone", "Some One", role, "police")
    viewer = someone.viewer(reason=WHY)
    if viewer.may(May.READ_WHEN_INVOLVED):
        break_glass(viewer, [child])
        assert gate.readable(viewer, [child]) == {child}
        return
    with pytest.raises(NotPermitted):
        break_glass(viewer, [child])
    assert not BreakGlass.objects.exists() and not Involvement.objects.exists()


@pytest.mark.requirement("IS-02", "IS-03")
def test_it_is_in_the_access_log_with_the_reason_that_was_typed(child: int, call_handler: Member) -> None:
    break_glass(call_handler.viewer(reason=WHY), [child])
    entry = AccessEntry.objects.get(user_id=call_handler.user.pk)
    assert (entry.action, entry.people, entry.reason, entry.outcome) == ("break_glass", [child], WHY, "given")


@pytest.mark.parametrize("reason", ["", "         ", "too short"])
def test_a_reason_that_says_nothing_opens_nobody(child: int, call_handler: Member, reason: str) -> None:
    with pytest.raises(Refused):
        break_glass(call_handler.viewer().because(reason), [child])
    assert not BreakGlass.objects.exists() and not AccessEntry.objects.filter(user_id=call_handler.user.pk).exists()


def test_once_open_it_is_not_opened_again_and_afterwards_it_can_be(child: int, call_handler: Member) -> None:
    break_glass(call_handler.viewer(reason=WHY), [child])
    assert break_glass(call_handler.viewer(at=NOW + timedelta(minutes=30), reason=WHY), [child]) == ()
    assert break_glass(call_handler.viewer(at=NOW + timedelta(minutes=61), reason=WHY), [child]) != ()
    assert BreakGlass.objects.count() == 2


@pytest.mark.requirement("IS-02")
def test_whoever_has_the_record_is_told_and_whoever_only_reads_or_is_kept_from_it_is_not(
    child: int,
    call_handler: Member,
    social_worker: Member,
    constable: Member,
    team_manager: Member,
    health_visitor: Member,
) -> None:
    involve(social_worker, child, why="allocated")
    involve(constable, child, why="first_contact")
    involve(team_manager, child, why="team")
    involve(health_visitor, child, why="allocated", until=NOW - timedelta(minutes=1))
    bar(team_manager, child)
    break_glass(call_handler.viewer(reason=WHY), [child])
    told = {m.user.username for m in (social_worker, constable, team_manager, health_visitor) if told_to(m.viewer())}
    assert told == {"okoro"}
    assert not told_to(social_worker.viewer(at=NOW + timedelta(days=15)))


@pytest.mark.requirement("IS-02")
def test_the_guardians_of_the_agency_review_it_and_no_others_while_it_has_any(
    child: int, call_handler: Member, data_guardian: Member
) -> None:
    break_glass(call_handler.viewer(reason=WHY), [child])
    assert to_review(data_guardian.viewer(), in_time), "nobody guards the police, so the hub's guardian does"
    own = make_member("own", "Own Guardian", "data_guardian", "police")
    two = make_member("two", "Second Guardian", "data_guardian", "police")
    assert to_review(own.viewer(), in_time) and to_review(two.viewer(), in_time)
    assert not to_review(data_guardian.viewer(), in_time)
    assert not to_review(call_handler.viewer(), in_time)


@pytest.mark.requirement("IS-02")
@pytest.mark.parametrize("kept_by", ["own opening", "conflict of interest"])
def test_nobody_reviews_their_own_and_nobody_who_is_kept_from_the_person(
    child: int, call_handler: Member, kept_by: str
) -> None:
    guardian = make_member("own", "Own Guardian", "data_guardian", "police")
    lead = make_member("lead", "Le Ad", "partner_lead", "police")
    if kept_by == "conflict of interest":
        bar(guardian, child)
    who = guardian if kept_by == "own opening" else call_handler
    (row,) = break_glass(who.viewer(reason=WHY), [child])
    assert not to_review(guardian.viewer(), in_time)
    assert [r.pk for r in to_review(lead.viewer(), in_time)] == [row.pk], "so it goes to the next level"
    with pytest.raises(NotFound):
        opening(guardian.viewer(), row.pk, in_time)


@pytest.mark.requirement("IS-02")
def test_what_is_overdue_is_told_to_the_next_level_and_stays_with_the_guardian(
    child: int, call_handler: Member
) -> None:
    guardian = make_member("own", "Own Guardian", "data_guardian", "police")
    lead = make_member("lead", "Le Ad", "partner_lead", "police")
    break_glass(call_handler.viewer(reason=WHY), [child])
    assert not to_review(lead.viewer(), in_time)
    assert to_review(lead.viewer(), late) and to_review(guardian.viewer(), late)


@pytest.mark.requirement("IS-02")
def test_a_conflict_of_interest_comes_first_then_the_overdue_then_the_oldest(
    call_handler: Member, constable: Member
) -> None:
    guardian = make_member("own", "Own Guardian", "data_guardian", "police")
    people = [person_of(write_person("crime", f"K{n}", at=LONG_AGO, forenames="A", surname="B")) for n in range(4)]
    bar(constable, people[3])
    for n, person in enumerate(people):
        (constable if n == 3 else call_handler).viewer()
        by = constable if n == 3 else call_handler
        break_glass(by.viewer(at=NOW + timedelta(minutes=n), reason=WHY), [person])
    after = guardian.viewer(at=NOW + timedelta(hours=1))
    order = [r.person_id for r in to_review(after, lambda row: row.person_id == people[2])]
    assert order == [people[3], people[2], people[0], people[1]]


@pytest.mark.requirement("IS-02", "IS-03")
def test_a_review_is_written_down_once_and_closes_it(child: int, call_handler: Member, data_guardian: Member) -> None:
    (row,) = break_glass(call_handler.viewer(reason=WHY), [child])
    by = data_guardian.viewer()
    for outcome, note in (("nonsense", "the control room's log bears it out"), ("justified", "short")):
        with pytest.raises(Refused):
            review(by, row.pk, in_time, outcome=outcome, note=note)
    review(by, row.pk, in_time, outcome="justified", note="the control room's log bears it out")
    entry = AccessEntry.objects.get(action="review")
    assert (entry.user_id, entry.people, entry.outcome) == (data_guardian.user.pk, [child], "justified")
    assert to_review(by, in_time) == () and [r.pk for r in reviewed(by)] == [row.pk]
    with pytest.raises(Refused):
        review(by, row.pk, in_time, outcome="not_justified", note="second thoughts about this one")


def test_the_database_refuses_a_review_by_whoever_opened_it(child: int, call_handler: Member) -> None:
    (row,) = break_glass(call_handler.viewer(reason=WHY), [child])
    row.reviewed_at, row.reviewed_by, row.outcome = NOW, call_handler.user, "justified"
    with pytest.raises(IntegrityError, match="nobody_reviews_their_own_emergency"), transaction.atomic():
        row.save()
    row.reviewed_by, row.outcome = None, ""
    with pytest.raises(IntegrityError, match="emergency_review_is_whole"), transaction.atomic():
        row.save()


@pytest.mark.requirement("IS-02")
def test_an_opening_that_found_nobody_is_written_down_and_reviewed_too(
    call_handler: Member, data_guardian: Member
) -> None:
    (row,) = break_glass(call_handler.viewer(reason=WHY), [])
    assert row.person_id is None and AccessEntry.objects.get().outcome == "nobody found"
    assert to_review(data_guardian.viewer(), in_time) == (row,)


def test_what_is_opened_lets_nobody_else_of_the_sealed_be_known(child: int, call_handler: Member) -> None:
    other = person_of(write_person("crime", "C2", at=LONG_AGO, forenames="Sy", surname="Lane"))
    seal(child)
    seal(other)
    break_glass(call_handler.viewer(reason=WHY), [child])
    assert gate.unseen(call_handler.viewer()) == {other}


def test_how_long_it_lasts_is_dated() -> None:
    assert lasts(NOW.date()).minutes == 60
    with pytest.raises(LookupError):
        lasts(LONG_AGO.date())


def test_a_reviewer_of_looks_reads_of_their_own_kin_what_anybody_reads_who_opened_them(
    child: int, data_guardian: Member, call_handler: Member
) -> None:
    write(call_handler.viewer(), Action.CONSULTATION, people=[child], fields=["names"])
    write(make_member("guardian", "Ola Brandt", "data_guardian", "police").viewer(), Action.REVIEW, people=[child])
    bar(data_guardian, child)
    viewer = data_guardian.viewer(reason=WHY)
    with pytest.raises(NotFound):
        who_looked(viewer, child)
    break_glass(viewer, [child])
    who = {e.who for e in who_looked(viewer, child).entries}
    assert "Jo Marsh" in who
    assert "Ola Brandt" not in who, "what those who review do is for those who review this child's looks"
