"""Default is no; what is sealed, absent or not one's own gives one answer; first contact opens twelve hours to those who answer calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from cast import LONG_AGO, NOW, Member, involve, make_member, person_of, seal, write_person
from sightline.access import gate
from sightline.access.models import AccessEntry, Exclusion, Involvement, Restriction
from sightline.access.roles import May, roles
from sightline.chronology.queries import chronologies, chronology_as_held, chronology_of
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.pathways.identity.panels import who_looked
from sightline.pathways.identity.queries import identity_page, person_page

pytestmark = pytest.mark.django_db
WHY = "mother on the line, boy has not come home"
ABSENT = 987_654_321
ANSWER_CALLS = {
    "call_handler",
    "response_officer",
    "duty_inspector",
    "custody_sergeant",
    "on_call_specialist",
    "mash_manager",
}


@pytest.fixture
def child() -> int:
    return person_of(
        write_person("social_care", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne", born="2016-05-04")
    )


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("role", sorted(roles()))
def test_no_role_reads_anybody_without_involvement(child: int, role: str) -> None:
    someone = make_member("someone", "Some One", role, "police")
    with pytest.raises(NotFound):
        gate.look(someone.viewer(), [child], fields=["names"])


@pytest.mark.requirement("IS-01")
def test_an_administrator_reads_nobody_even_when_involved(child: int) -> None:
    admin = make_member("admin", "Ad Min", "administrator", "police")
    involve(admin, child)
    with pytest.raises(NotFound):
        gate.look(admin.viewer(), [child], fields=["names"])


@pytest.mark.requirement("IS-01")
def test_involvement_opens_from_when_until_when(child: int, social_worker: Member) -> None:
    involve(social_worker, child, until=NOW + timedelta(hours=1))
    gate.look(social_worker.viewer(), [child], fields=["names"])
    for at in (NOW - timedelta(hours=2), NOW + timedelta(hours=1)):
        with pytest.raises(NotFound):
            gate.look(social_worker.viewer(at=at), [child], fields=["names"])


@pytest.mark.requirement("IS-01")
def test_sealed_absent_and_uninvolved_are_the_same_answer(child: int, social_worker: Member, ext: Member) -> None:
    sealed = person_of(write_person("social_care", "C2", at=LONG_AGO, forenames="Sy", surname="Lane"))
    involve(social_worker, sealed)
    seal(sealed)
    said = set()
    for who, person in (
        (social_worker, sealed),
        (social_worker, ABSENT),
        (social_worker, child),
        (ext, child),
        (ext, sealed),
    ):
        with pytest.raises(NotFound) as answer:
            gate.look(who.viewer(), [person], fields=["names"])
        said.add((type(answer.value), answer.value.message, answer.value.status))
    assert len(said) == 1


def test_one_person_out_of_reach_closes_the_whole_look(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    with pytest.raises(NotFound):
        gate.look(social_worker.viewer(), [child, ABSENT], fields=["names"])
    assert not AccessEntry.objects.filter(action="consultation").exists()


@pytest.mark.requirement("IS-01")
def test_somebody_excluded_sees_nothing_of_their_own_family(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    Exclusion.objects.create(user=social_worker.user, person_id=child, reason="own nephew", from_at=LONG_AGO)
    with pytest.raises(NotFound):
        gate.look(social_worker.viewer(), [child], fields=["names"])
    assert gate.hidden(social_worker.viewer(), [child]) == {child}


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize(("since", "until"), [(-48, -1), (-48, 0), (1, 2)])
def test_a_seal_or_a_conflict_of_interest_keeps_nobody_out_before_it_begins_or_after_it_ends(
    child: int, social_worker: Member, since: int, until: int
) -> None:
    involve(social_worker, child)
    spans = {"from_at": NOW + timedelta(hours=since), "until_at": NOW + timedelta(hours=until)}
    viewer = social_worker.viewer()
    Exclusion.objects.create(user=social_worker.user, person_id=child, reason="own nephew", **spans)
    assert gate.readable(viewer, [child]) == {child} and not gate.unseen(viewer)
    Restriction.objects.create(person_id=child, state="sealed", reason="protected witness", **spans)
    assert gate.readable(viewer, [child]) == {child} and not gate.unseen(viewer)


READS: list[Callable[[object, int], object]] = [
    lambda viewer, person: chronology_of(viewer, person),
    lambda viewer, person: chronology_as_held(viewer, person, moment=NOW),
    lambda viewer, person: person_page(viewer, person, at=NOW),
    lambda viewer, person: identity_page(viewer, person),
    lambda viewer, person: who_looked(viewer, person),
]


@pytest.mark.requirement("IS-01", "IS-03")
@pytest.mark.parametrize("read", READS, ids=["chronology", "as held", "person page", "identity page", "who looked"])
def test_ext_sees_nobody_by_any_read_and_each_refusal_is_written_down(
    child: int, ext: Member, read: Callable[..., object]
) -> None:
    with pytest.raises(NotFound):
        read(ext.viewer(reason="curious"), child)
    entry = AccessEntry.objects.get(user_id=ext.user.pk)
    assert (entry.action, entry.outcome, entry.people, entry.reason) == ("refusal", "refused", [child], "curious")


UNTIL = NOW + timedelta(hours=12)


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("role", sorted(roles()))
def test_first_contact_is_open_to_roles_that_answer_calls_and_to_no_others(child: int, role: str) -> None:
    someone = make_member("someone", "Some One", role, "police")
    viewer = someone.viewer(reason=WHY)
    if role in ANSWER_CALLS:
        assert gate.open_first_contact(viewer, [child], until=UNTIL) == {child}
        return
    with pytest.raises(NotPermitted):
        gate.open_first_contact(viewer, [child], until=UNTIL)
    assert not Involvement.objects.exists()
    assert AccessEntry.objects.get(user_id=someone.user.pk).action == "refusal"


@pytest.mark.requirement("IS-01")
def test_first_contact_opens_until_a_moment_and_writes_why(child: int, call_handler: Member) -> None:
    gate.open_first_contact(call_handler.viewer(reason=WHY), [child], until=UNTIL)
    held = Involvement.objects.get()
    assert (held.why, held.reason, held.until_at) == ("first_contact", WHY, NOW + timedelta(hours=12))
    gate.look(call_handler.viewer(at=NOW + timedelta(hours=11, minutes=59)), [child], fields=["names"])
    with pytest.raises(NotFound):
        gate.look(call_handler.viewer(at=NOW + timedelta(hours=12)), [child], fields=["names"])


@pytest.mark.parametrize("reason", ["", "   ", "x", "asdf     "])
def test_a_reason_that_says_nothing_opens_nobody(child: int, call_handler: Member, reason: str) -> None:
    with pytest.raises(Refused):
        gate.open_first_contact(call_handler.viewer().because(reason), [child], until=UNTIL)
    assert not Involvement.objects.exists()


@pytest.mark.requirement("IS-01")
def test_first_contact_passes_over_the_sealed_without_saying_so(child: int, call_handler: Member) -> None:
    seal(child)
    assert gate.open_first_contact(call_handler.viewer(reason=WHY), [child], until=UNTIL) == set()
    assert not Involvement.objects.exists()


def test_rights_are_those_of_the_table_and_an_unknown_role_has_none(social_worker: Member) -> None:
    assert not social_worker.viewer().may(May.DECIDE_IDENTITY)
    stranger = make_member("odd", "Odd Role", "astronaut", "police").viewer()
    assert not any(stranger.may(right) for right in May)


def test_a_chronology_read_below_the_gate_is_named_as_such() -> None:
    assert "passed the gate" in (chronologies.__doc__ or "")
