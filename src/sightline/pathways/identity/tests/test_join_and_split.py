"""Joining and splitting people: by a named person, with a reason, and undone without a trace but the decision itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, involve, make_member, person_of, seal, write_person
from sightline.access import gate
from sightline.access.models import AccessEntry, Exclusion, Involvement, Restriction
from sightline.chronology.models import Event
from sightline.chronology.queries import chronologies
from sightline.chronology.record import record_many
from sightline.chronology.view import Chronology
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.pathways.identity.panels import who_looked
from sightline.pathways.identity.services import join, must_link, must_not_link, split
from sightline.people.anchors import identities_of, records_of
from sightline.people.links import Linking, now_known_as, regroup
from sightline.people.models import Link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "same boy: his mother confirmed both addresses"
MO = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-05-04", "sex": "M", "nhs_number": "9990001200"}


def scene(*people: dict[str, str]) -> tuple[list[int], list[int]]:
    """Source records of the given descriptions, each somebody for now, with one event each; (records, people)."""
    records = [write_person("crime", f"N{n}", at=LONG_AGO, **said) for n, said in enumerate(people)]
    for n, _ in enumerate(people):
        about = {"child": [("crime", f"N{n}")]}
        said = entry(
            "marker.set",
            about,
            source="crime",
            ref=f"m{n}",
            at=LONG_AGO + n * DAY,
            data={"kind": "self_harm", "detail": f"{n}"},
        )
        record_many([said], feed_viewer(at=LONG_AGO))
    return records, [person_of(r) for r in records]


def told(chronology: Chronology) -> list[tuple[object, ...]]:
    return [(h.event_id, h.kind, dict(h.people), dict(h.data)) for h in chronology]


@pytest.mark.requirement("JD-02", "JD-01", "JD-22")
def test_a_strong_match_is_joined_by_one_person_and_the_chronology_is_one(team_manager: Member) -> None:
    infant, offender = MO, {**MO, "forenames": "Mo"}
    _, (one, other) = scene(infant, offender)
    involve(team_manager, one, other)
    decided = join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    assert not decided.waiting
    assert len(chronologies([one])[one].of_kind("marker.set")) == 2
    event = Event.objects.get(pk=decided.event_id)
    assert (event.kind, event.by, event.data["same"], event.data["reason"]) == (
        "identity.decided",
        "Sunita Rao",
        True,
        WHY,
    )
    link = Link.objects.get(record__key="N1", until_at=None)
    assert (link.decided_by, link.reason, link.identity_id) == ("Sunita Rao", WHY, one)
    assert link.bits is not None
    assert link.bits > 12
    assert now_known_as(other) == one


@pytest.mark.requirement("JD-02", "IS-11")
def test_a_split_gives_back_exactly_what_was(team_manager: Member) -> None:
    records, people = scene(MO, {**MO, "forenames": "Mo"})
    one, other = people
    involve(team_manager, one, other)
    before = {p: told(c) for p, c in chronologies(people).items()}
    join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    split(
        one,
        [records[1]],
        reason="two cousins of one name after all",
        by=team_manager.viewer(at=NOW + DAY),
        at=NOW + DAY,
    )
    assert identities_of(records) == dict(zip(records, people, strict=True))
    without_decisions = {p: [t for t in told(c) if t[1] != "identity.decided"] for p, c in chronologies(people).items()}
    assert without_decisions == before
    links = Link.objects.filter(record_id=records[1]).order_by("id").values_list("identity_id", "until_at")
    assert list(links) == [(other, NOW), (one, NOW + DAY), (other, None)]


@pytest.mark.requirement("IS-03", "IS-11")
def test_a_look_under_the_number_that_a_join_took_away_is_still_listed_and_after_a_split_no_others(
    team_manager: Member, social_worker: Member
) -> None:
    records, (one, other) = scene(MO, {**MO, "forenames": "Mo"})
    involve(team_manager, one, other, at=LONG_AGO)
    involve(social_worker, one, other, at=LONG_AGO)

    def looks(person: int, at: datetime) -> None:
        gate.look(social_worker.viewer(reason=f"look at {at:%d %H}", at=at), [person], fields=["names"])

    def listed(person: int, at: datetime) -> set[str]:
        return {e.reason for e in who_looked(team_manager.viewer(at=at), person).entries if e.reason.startswith("look")}

    looks(other, NOW - DAY)
    join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    assert listed(one, NOW + DAY) == {f"look at {NOW - DAY:%d %H}"}, "under the number that is nobody's now"
    looks(one, NOW + DAY)
    split(
        one, [records[1]], reason="two cousins of one name", by=team_manager.viewer(at=NOW + 2 * DAY), at=NOW + 2 * DAY
    )
    looks(one, NOW + 3 * DAY)
    both = {f"look at {NOW - DAY:%d %H}", f"look at {NOW + DAY:%d %H}"}
    assert listed(other, NOW + 4 * DAY) == both, "and not what was looked at of the first alone"


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undoing_joins_in_reverse_restores_every_person_under_their_own_id(
    team_manager: Member, data: st.DataObject
) -> None:
    with transaction.atomic():
        records = [write_person("crime", f"N{n}", at=LONG_AGO, **MO) for n in range(5)]
        involve(team_manager, *(person_of(r) for r in records))
        history = []
        for step in range(data.draw(st.integers(1, 4))):
            held = sorted(records_of(set(identities_of(records).values())).items())
            one, other = data.draw(st.permutations(range(len(held))))[:2]
            history.append((identities_of(records), held[one][1]))
            at = NOW + step * DAY
            join(held[one][0], held[other][0], reason=WHY, by=team_manager.viewer(at=at), at=at)
        for step, (before, away) in enumerate(reversed(history)):
            at = NOW + (step + 10) * DAY
            split(person_of(away[0]), away, reason="undoing what was joined", by=team_manager.viewer(at=at), at=at)
            assert identities_of(records) == before
        transaction.set_rollback(True)


@pytest.mark.requirement("JD-02")
def test_a_weak_match_takes_two_people(team_manager: Member) -> None:
    records, (one, other) = scene(MO, {"forenames": "Mo", "surname": "Khan"})
    second = make_member("hale", "Sunita Rao", "missing_coordinator", "police")  # of the same name, and another person
    involve(team_manager, one, other)
    involve(second, one, other)
    first = join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    assert first.waiting
    again = join(one, other, reason=WHY, by=team_manager.viewer(at=NOW + DAY), at=NOW + DAY)
    assert again.waiting
    assert identities_of(records) == dict(zip(records, (one, other), strict=True))
    assert not join(one, other, reason=WHY, by=second.viewer(at=NOW + DAY), at=NOW + DAY).waiting
    assert len(set(identities_of(records).values())) == 1


@pytest.mark.requirement("JD-02")
def test_two_different_nhs_numbers_are_not_joined_by_one_person(team_manager: Member) -> None:
    _, (one, other) = scene(MO, {**MO, "nhs_number": "9990001219"})
    involve(team_manager, one, other)
    assert join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW).waiting


@pytest.mark.parametrize("verb", [join, must_link, must_not_link])
def test_only_roles_trusted_with_it_decide_who_is_who(constable: Member, verb: Callable[..., object]) -> None:
    _, (one, other) = scene(MO, MO)
    involve(constable, one, other)
    args = (one, other) if verb is join else tuple(Link.objects.values_list("record_id", flat=True)[:2])
    with pytest.raises(NotPermitted):
        verb(*args, reason=WHY, by=constable.viewer(), at=NOW)
    assert AccessEntry.objects.filter(user_id=constable.user.pk, action="refusal").exists()


@pytest.mark.requirement("IS-01", "IS-03")
def test_nobody_joins_or_splits_whom_they_may_not_see_and_the_refusal_is_kept(team_manager: Member) -> None:
    records, (one, other) = scene(MO, MO)
    involve(team_manager, one)
    for act in (
        lambda by: join(one, other, reason=WHY, by=by, at=NOW),
        lambda by: split(other, [records[1]], reason=WHY, by=by, at=NOW),
        lambda by: must_link(records[0], records[1], reason=WHY, by=by, at=NOW),
        lambda by: must_link(records[0], 99_999_999, reason=WHY, by=by, at=NOW),
    ):
        refusals = AccessEntry.objects.filter(action="refusal").count()
        with pytest.raises(NotFound):
            act(team_manager.viewer())
        assert AccessEntry.objects.filter(action="refusal").count() == refusals + 1
    assert not Event.objects.filter(kind="identity.decided").exists()


def test_a_decision_without_a_reason_is_refused_and_changes_nothing(team_manager: Member) -> None:
    records, (one, other) = scene(MO, MO)
    involve(team_manager, one, other)
    with pytest.raises(Refused):
        join(one, other, reason="yes", by=team_manager.viewer(), at=NOW)
    assert identities_of(records) == dict(zip(records, (one, other), strict=True))


@pytest.mark.parametrize("away", ["all", "none", "strangers"])
def test_a_split_must_leave_somebody_on_each_side(team_manager: Member, away: str) -> None:
    records, (one, other, third) = scene(MO, MO, MO)
    involve(team_manager, one, other, third)
    join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    chosen = {"all": records[:2], "none": [], "strangers": [records[2]]}[away]
    with pytest.raises(Refused):
        split(one, chosen, reason="not the same boy at all", by=team_manager.viewer(), at=NOW)


def test_records_kept_apart_are_parted_and_the_rest_of_a_person_takes_a_split(team_manager: Member) -> None:
    records, (one, other, third) = scene(MO, MO, MO)
    involve(team_manager, one, other, third)
    join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    must_not_link(records[0], records[1], reason="father and son of one name", by=team_manager.viewer(), at=NOW + DAY)
    assert len(set(identities_of(records).values())) == 3
    for a, b in ((0, 1), (1, 2)):
        must_link(records[a], records[b], reason=WHY, by=team_manager.viewer(), at=NOW + 2 * DAY)
    with pytest.raises(Refused, match="Split"):
        must_not_link(
            records[0], records[2], reason="father and son of one name", by=team_manager.viewer(), at=NOW + 3 * DAY
        )


@pytest.mark.requirement("IS-01")
def test_a_sealed_person_stays_sealed_when_joined_and_only_they_are_when_parted_again(team_manager: Member) -> None:
    records, (one, other) = scene(MO, MO)
    involve(team_manager, one, other)
    join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    split(one, [records[1]], reason="not the same boy at all", by=team_manager.viewer(), at=NOW)
    seal(other)
    Exclusion.objects.create(user=team_manager.user, person_id=other, reason="nephew", from_at=NOW + 5 * DAY)
    regroup([records], Linking("test", NOW + DAY, "joined by the matcher"))
    (person,) = set(identities_of(records).values())
    live = Restriction.objects.filter(person_id=person, until_at=None)
    assert [r.state for r in live] == ["sealed"]
    regroup([[records[0]], [records[1]]], Linking("test", NOW + 2 * DAY, "parted"))
    assert not Restriction.objects.filter(person_id=one, until_at=None).exists()
    assert Restriction.objects.filter(person_id=other, until_at=None).exists()


@pytest.mark.requirement("JD-02")
def test_whom_to_ask_and_when_a_restriction_is_looked_at_again_go_with_it_to_whom_it_is_carried() -> None:
    records, (one, other) = scene(MO, MO)
    said = {"state": "restricted", "reason": "a police officer's child", "ask": "Duty manager", "set_by": 7}
    for n, day in enumerate((date(2027, 2, 1), None)):
        Restriction.objects.create(person_id=other, from_at=NOW + n * DAY / 9, review_on=day, **said)
    regroup([records], Linking("test", NOW + DAY, "joined by the matcher"))
    (person,) = set(identities_of(records).values())
    carried = Restriction.objects.filter(person_id=person, until_at=None, carried_from=other)
    assert person == one
    assert set(carried.values_list("ask", "review_on", "set_by")) == {
        ("Duty manager", d, 7) for d in (date(2027, 2, 1), None)
    }
    regroup([records], Linking("test", NOW + 2 * DAY, "said again"))
    assert carried.count() == 2
    regroup([[records[0]], [records[1]]], Linking("test", NOW + 3 * DAY, "parted"))
    assert not carried.exists()
    assert Restriction.objects.filter(person_id=other, until_at=None).count() == 2


def test_who_works_with_one_keeps_them_when_joined_and_loses_the_other_when_parted(
    team_manager: Member, social_worker: Member
) -> None:
    records, (one, other) = scene(MO, MO)
    involve(team_manager, one, other)
    involve(social_worker, other)
    join(one, other, reason=WHY, by=team_manager.viewer(), at=NOW)
    held = Involvement.objects.filter(user=social_worker.user)
    assert held.filter(person_id=one, until_at=None).count() == 1
    split(one, [records[1]], reason="not the same boy at all", by=team_manager.viewer(at=NOW + DAY), at=NOW + DAY)
    assert not held.filter(person_id=one, until_at=None).exists()
    assert held.filter(person_id=other, until_at=None).exists()
