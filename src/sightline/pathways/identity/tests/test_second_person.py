"""A join below the threshold takes two people: one says so, another agrees or declines, and nobody goes round it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, involve, make_member, person_of, write_person
from sightline.access.breakglass import break_glass
from sightline.access.models import AccessEntry, Exclusion
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.chronology.settling import rebuild
from sightline.exchange.feeds.catalogue import read_mapping
from sightline.exchange.feeds.written import BadMapping
from sightline.kernel.errors import NotFound, NotPermitted, Refused
from sightline.pathways.identity.queries import identity_page
from sightline.pathways.identity.services import agree, decline, join, keep_apart, must_link, split
from sightline.people.decisions import decisions
from sightline.people.linking import link_all
from sightline.people.links import Linking, regroup
from sightline.people.models import Decision, Link
from sightline.people.partition import ordered

pytestmark = pytest.mark.django_db
DAY, SOON = timedelta(days=1), timedelta(minutes=5)
WHY, THEN = "his mother named both addresses", "the school confirms what his mother said"
MO = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-05-04", "sex": "M", "nhs_number": "9990001200"}
TWIN = {**MO, "nhs_number": "9990001219"}
UNLIKE = {"forenames": "Mo", "surname": "Khan"}


@pytest.fixture
def second() -> Member:
    """Bryn Hale, who decides too."""
    return make_member("hale", "Bryn Hale", "mash_manager", "hub")


def two(*members: Member, other: dict[str, str] = UNLIKE) -> tuple[list[int], list[int]]:
    """Two records of two people, everybody involved with both; (records, people)."""
    records = [write_person("crime", "N1", at=LONG_AGO, **MO), write_person("missing", "N2", at=LONG_AGO, **other)]
    people = [person_of(r) for r in records]
    for member in members:
        involve(member, *people)
    return records, people


def said(people: list[int], by: Member) -> int:
    """Somebody says that two are one; gives what waits."""
    decided = join(*people, reason=WHY, by=by.viewer(), at=NOW)
    assert decided.waiting
    return decided.event_id


def apart(records: list[int]) -> bool:
    return person_of(records[0]) != person_of(records[1])


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize("other", [UNLIKE, TWIN], ids=["not alike", "two numbers"])
def test_a_second_person_agrees_and_both_names_are_kept(
    team_manager: Member, second: Member, other: dict[str, str]
) -> None:
    records, people = two(team_manager, second, other=other)
    proposal = said(people, team_manager)
    assert apart(records)
    assert not agree(proposal, reason=THEN, by=second.viewer(at=NOW + DAY), at=NOW + DAY).waiting
    assert not apart(records)
    event = Event.objects.filter(kind="identity.decided").latest("id")
    assert (event.by, event.data["proposed_by"], event.data["proposed_account"]) == (
        "Bryn Hale",
        "Sunita Rao",
        team_manager.user.pk,
    )
    assert Link.objects.get(record_id=records[1], until_at=None).decided_by == "Sunita Rao and Bryn Hale"
    named = AccessEntry.objects.filter(user_id=second.user.pk, action="combination", note="made one person").get()
    assert sorted(named.people) == sorted(people)


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize("answered", [0, 1])
def test_what_one_person_said_twice_is_answered_by_either(team_manager: Member, second: Member, answered: int) -> None:
    records, people = two(team_manager, second)
    again = [join(*people, reason=WHY, by=team_manager.viewer(at=at), at=at).event_id for at in (NOW, NOW + SOON)]
    agree(again[answered], reason=THEN, by=second.viewer(at=NOW + DAY), at=NOW + DAY)
    assert not apart(records)


@pytest.mark.requirement("JD-02")
def test_it_is_shown_as_waiting_on_both_pages_until_it_is_answered(team_manager: Member, second: Member) -> None:
    _, people = two(team_manager, second)
    proposal = said(people, team_manager)
    for one, other in (people, people[::-1]):
        (shown,) = identity_page(second.viewer(), one).waiting
        assert (shown.proposal, shown.other, shown.by, shown.reason, shown.own) == (
            proposal,
            other,
            "Sunita Rao",
            WHY,
            False,
        )
    decline(proposal, reason="nothing shows it yet", by=second.viewer(at=NOW + SOON), at=NOW + SOON)
    assert not any(identity_page(second.viewer(at=NOW + SOON), person).waiting for person in people)


@pytest.mark.requirement("JD-02", "IS-01")
def test_whoever_may_not_know_of_the_other_is_not_told_that_anything_waits(
    team_manager: Member, second: Member
) -> None:
    _, people = two(team_manager)
    involve(second, people[0])
    proposal = said(people, team_manager)
    assert identity_page(second.viewer(), people[0]).waiting == ()
    for answer in (agree, decline):
        with pytest.raises(NotFound):
            answer(proposal, reason=THEN, by=second.viewer(), at=NOW)


@pytest.mark.requirement("JD-02")
def test_declining_says_nothing_of_who_is_who_and_what_was_declined_counts_no_more(
    team_manager: Member, second: Member
) -> None:
    records, people = two(team_manager, second)
    decline(said(people, team_manager), reason="nothing shows it yet", by=second.viewer(), at=NOW + SOON)
    held = decisions(records)
    assert (held.same, held.apart, held.waiting) == (set(), set(), set())
    later = join(*people, reason=THEN, by=second.viewer(at=NOW + DAY), at=NOW + DAY)
    assert later.waiting, "it takes two people again"


@pytest.mark.requirement("JD-02")
def test_while_it_waits_the_two_stay_apart_as_somebody_had_decided(team_manager: Member, second: Member) -> None:
    records, people = two(team_manager, second)
    keep_apart(*people, reason="the school has both boys", by=second.viewer(at=NOW - SOON), at=NOW - SOON)
    proposal = said(people, team_manager)
    assert decisions(records).apart == {ordered(*records)}
    decline(proposal, reason="the school has both boys", by=second.viewer(at=NOW + SOON), at=NOW + SOON)
    assert decisions(records).apart == {ordered(*records)}


@pytest.mark.requirement("JD-02")
def test_whoever_said_it_may_take_it_back_and_not_agree(team_manager: Member, second: Member) -> None:
    records, people = two(team_manager, second)
    proposal = said(people, team_manager)
    with pytest.raises(Refused, match="You said so yourself"):
        agree(proposal, reason=THEN, by=team_manager.viewer(at=NOW + DAY), at=NOW + DAY)
    assert apart(records)
    decline(proposal, reason="I mistook the year", by=team_manager.viewer(at=NOW + DAY), at=NOW + DAY)
    for answer in (agree, decline):
        with pytest.raises(Refused, match="waits no more"):
            answer(proposal, reason=THEN, by=second.viewer(at=NOW + 2 * DAY), at=NOW + 2 * DAY)


@pytest.mark.requirement("JD-02", "IS-01")
def test_a_post_that_does_not_decide_agrees_to_nothing(team_manager: Member, constable: Member) -> None:
    records, people = two(team_manager, constable)
    proposal = said(people, team_manager)
    for answer in (agree, decline):
        with pytest.raises(NotPermitted):
            answer(proposal, reason=THEN, by=constable.viewer(), at=NOW)
    assert apart(records)


@pytest.mark.requirement("JD-02", "IS-01")
@pytest.mark.parametrize("which", [0, 1])
def test_nobody_kept_from_either_agrees_even_in_an_emergency(team_manager: Member, second: Member, which: int) -> None:
    records, people = two(team_manager, second)
    proposal = said(people, team_manager)
    Exclusion.objects.create(user=second.user, person_id=people[which], reason="own nephew", from_at=NOW - DAY)
    break_glass(second.viewer(reason="his life is in danger now"), people)
    for act in (
        lambda by: agree(proposal, reason=THEN, by=by, at=NOW),
        lambda by: join(*people, reason=THEN, by=by, at=NOW),
        lambda by: keep_apart(*people, reason=THEN, by=by, at=NOW),
    ):
        with pytest.raises(NotFound):
            act(second.viewer(at=NOW + SOON))
    assert apart(records)


@pytest.mark.parametrize("number", [0, 99_999_999, -1])
def test_what_is_no_proposal_is_not_found(team_manager: Member, number: int) -> None:
    two(team_manager)
    with pytest.raises(NotFound):
        agree(number, reason=THEN, by=team_manager.viewer(), at=NOW)


@pytest.mark.requirement("JD-02")
def test_a_number_that_differs_anywhere_in_either_person_holds_two_records_apart(team_manager: Member) -> None:
    """A record without a number is like both; by itself it is no way round the numbers of those it would join."""
    records, _ = two(team_manager, other=TWIN)
    bare = {k: v for k, v in MO.items() if k != "nhs_number"} | {"phone": ["07700 900123"], "upn": "A823432020001"}
    both = [write_person(source, "N3", at=LONG_AGO, **bare) for source in ("health", "education")]
    for known, more in zip(records, both, strict=True):
        involve(team_manager, person_of(more))
        regroup([[known, more]], Linking("sightline", NOW - DAY, "alike"))
    assert must_link(*both, reason=WHY, by=team_manager.viewer(), at=NOW).waiting
    assert apart(records)


def _feeds(people: list[tuple[str, str]], **more: object) -> None:
    one, other = people
    told = {"same": True, "reason": "merged in the source", **more}
    about = {"subject": [one], "other": [other]}
    record_many([entry("identity.decided", about, source="crime", ref=f"m{more}", at=NOW, data=told)], feed_viewer())


@pytest.mark.requirement("JD-02")
def test_a_feed_joins_nobody_whatever_it_claims_nor_with_one_person_here(team_manager: Member, second: Member) -> None:
    records, people = two(team_manager, second)
    keys = [("crime", "N1"), ("missing", "N2")]
    for claim in ({}, {"account": second.user.pk, "bits": 99.0}, {"proposed_account": 1, "proposed_by": "Nobody"}):
        _feeds(keys, **claim)
    link_all(feed_viewer(at=NOW + SOON), at=NOW + SOON)
    assert apart(records)
    assert decisions(records).waiting == {ordered(*records)}
    assert not Decision.objects.exclude(account=None, bits=None, proposed_account=None).exists()
    for n, (member, joined) in enumerate(((second, False), (team_manager, True))):
        at = NOW + (n + 1) * DAY
        (waits, *_) = identity_page(member.viewer(at=at), people[0]).waiting
        agree(waits.proposal, reason=THEN, by=member.viewer(at=at), at=at)
        assert apart(records) is not joined


def test_no_feed_speaks_as_what_is_entered_here(tmp_path: object) -> None:
    path = tmp_path / "mapping.yaml"  # type: ignore[operator]
    path.write_text("source: sightline\nrows: csv\n")
    with pytest.raises(BadMapping):
        read_mapping(path)


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize(
    ("set_", "name"),
    [
        ("proposed_account = account", "nobody_agrees_with_themselves"),
        ("declined = true", "declining_joins_nobody"),
        ("account = NULL, proposed_account = NULL", "only_people_here_weigh_a_join"),
    ],
)
def test_the_database_holds_it_too(team_manager: Member, second: Member, set_: str, name: str) -> None:
    _, people = two(team_manager, second)
    agree(said(people, team_manager), reason=THEN, by=second.viewer(at=NOW + DAY), at=NOW + DAY)
    Decision.objects.filter(same=True).update(bits=3.0)
    with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_decision SET {set_} WHERE proposed_account IS NOT NULL")


@pytest.mark.requirement("JD-02", "IS-11")
def test_what_was_agreed_is_there_again_after_everything_is_derived_anew(team_manager: Member, second: Member) -> None:
    records, people = two(team_manager, second)
    agree(said(people, team_manager), reason=THEN, by=second.viewer(at=NOW + SOON), at=NOW + SOON)
    split(person_of(records[0]), [records[1]], reason="two cousins", by=second.viewer(at=NOW + DAY), at=NOW + DAY)
    third = join(*people, reason=THEN, by=team_manager.viewer(at=NOW + 2 * DAY), at=NOW + 2 * DAY)
    before = list(Decision.objects.order_by("event_id").values_list()), decisions(records)
    rebuild()
    assert (list(Decision.objects.order_by("event_id").values_list()), decisions(records)) == before
    assert third.waiting and decisions(records).apart == {ordered(*records)}


@pytest.mark.requirement("JD-02")
@pytest.mark.parametrize("verb", [agree, decline])
def test_a_reason_is_asked_of_the_second_person_too(
    team_manager: Member, second: Member, verb: Callable[..., object]
) -> None:
    records, people = two(team_manager, second)
    proposal = said(people, team_manager)
    with pytest.raises(Refused, match="Say why"):
        verb(proposal, reason="yes", by=second.viewer(), at=NOW)
    assert apart(records) and decisions(records).waiting
