"""Whoever decides who is who is shown those only whom they may read, and each of them stands in the log."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from cast import LONG_AGO, Member, involve, make_member, person_of, write_person
from sightline.access import budgets
from sightline.access.budgets import Budget, BudgetSpent
from sightline.access.models import AccessEntry
from sightline.pathways.identity.queries import identity_page
from sightline.pathways.identity.queries.deciding import to_answer, to_decide
from sightline.pathways.identity.tests.test_second_person import said, two
from sightline.people.models import Candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> Member:
    """Bryn Hale, who decides too."""
    return make_member("hale", "Bryn Hale", "mash_manager", "hub")


def alike(records: list[int]) -> None:
    """Two records wait for somebody to say whether they are one person's."""
    left, right = sorted(records)
    Candidate.objects.create(left_id=left, right_id=right, bits=6.5, model_version="t", why="forename: a short form")


def looks(member: Member, other: int) -> QuerySet[AccessEntry]:
    """The member's looks at somebody, side by side with another."""
    side_by_side = ["addresses", "born", "names"]
    return AccessEntry.objects.filter(
        user_id=member.user.pk, people=[other], fields=side_by_side, note="may be the same", outcome="given"
    )


@pytest.mark.requirement("IS-03")
def test_whoever_may_be_the_same_stands_in_the_log_when_they_are_shown_side_by_side(team_manager: Member) -> None:
    records, (one, other) = two(team_manager)
    alike(records)
    assert [p.person for p, *_ in to_decide(team_manager.viewer(), one).others] == [other]
    assert looks(team_manager, other).exists()


@pytest.mark.requirement("IS-03", "JD-02")
def test_a_second_persons_look_at_the_other_stands_in_the_log_however_unlike_they_are(
    team_manager: Member, second: Member
) -> None:
    _, people = two(team_manager, second)
    proposal = said(people, team_manager)
    assert to_answer(second.viewer(), people[0], proposal).other.person == people[1]
    assert looks(second, people[1]).exists()


@pytest.mark.requirement("IS-01")
def test_whoever_may_be_the_same_is_named_to_those_only_who_may_read_them(team_manager: Member, second: Member) -> None:
    records, (one, other) = two(team_manager)
    alike(records)
    involve(second, one)
    assert [c[0] for c in identity_page(team_manager.viewer(), one).candidates] == [other]
    assert identity_page(second.viewer(), one).candidates == ()


@pytest.mark.requirement("IS-04")
def test_no_more_who_may_be_the_same_are_shown_side_by_side_than_a_role_opens_in_an_hour(
    team_manager: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    records, (one, _) = two(team_manager)
    third = write_person("missing", "N3", at=LONG_AGO, forenames="Idris", surname="Bell")
    involve(team_manager, person_of(third))
    for other in (records[1], third):
        alike([records[0], other])
    assert len(to_decide(team_manager.viewer(), one).others) == 2
    monkeypatch.setattr(budgets, "budget_of", lambda *_: Budget(1, 9))
    with pytest.raises(BudgetSpent):
        to_decide(team_manager.viewer(), one)
