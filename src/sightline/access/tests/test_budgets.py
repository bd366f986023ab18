"""Nobody leafs through a force's children: a role's budget of records, reckoned from the log, which no new sign-in begins again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cast import NOW, Member, involve
from sightline.access import budgets, gate
from sightline.access.breakglass import break_glass
from sightline.access.budgets import Budget, BudgetSpent, budget_of
from sightline.access.log import Action
from sightline.access.models import AccessEntry, Post

pytestmark = pytest.mark.django_db
TWO = Budget(2, 3)


@pytest.fixture
def worker(social_worker: Member, monkeypatch: pytest.MonkeyPatch) -> Member:
    monkeypatch.setattr(budgets, "budget_of", lambda *_: TWO)
    involve(social_worker, *range(1, 9), at=NOW - timedelta(days=3))
    return social_worker


def opens(member: Member, *people: int, hours: float = 0, action: Action = Action.CONSULTATION) -> None:
    gate.look(member.viewer(at=NOW + timedelta(hours=hours)), people, fields=["names"], action=action)


@pytest.mark.requirement("IS-04")
def test_one_more_person_than_an_hour_allows_stays_closed_and_the_refusal_is_logged(worker: Member) -> None:
    opens(worker, 1)
    opens(worker, 2)
    with pytest.raises(BudgetSpent, match="than your role opens in an hour"):
        opens(worker, 3)
    last = AccessEntry.objects.latest("id")
    assert (last.action, last.outcome, last.people, last.note) == (
        "refusal",
        "refused",
        [3],
        "beyond the hour's budget",
    )


def test_those_already_open_stay_open(worker: Member) -> None:
    opens(worker, 1)
    opens(worker, 2)
    opens(worker, 1, 2)


def test_a_day_has_a_budget_of_its_own(worker: Member) -> None:
    opens(worker, 1, 2)
    opens(worker, 3, hours=2)
    with pytest.raises(BudgetSpent, match="than your role opens in a day"):
        opens(worker, 4, hours=4)
    opens(worker, 4, hours=27)


def test_another_post_of_the_same_person_does_not_begin_a_new_budget(worker: Member) -> None:
    opens(worker, 1, 2)
    Post.objects.filter(pk=worker.post.pk).update(held_until=NOW)
    second = Post.objects.create(user=worker.user, role="case_owner", agency=worker.post.agency, held_from=NOW)
    again = Member(worker.user, second)
    involve(again, 5)
    with pytest.raises(BudgetSpent):
        opens(again, 5)


def test_lists_records_and_refusals_are_not_counted(worker: Member) -> None:
    opens(worker, *range(1, 9), action=Action.LIST)
    opens(worker, 3, action=Action.COLLECTION)
    opens(worker, 1, 2)


@pytest.mark.requirement("IS-02")
def test_an_emergency_is_never_held_up(worker: Member) -> None:
    opens(worker, 1, 2)
    break_glass(worker.viewer(reason="a child in danger now"), [7])
    opens(worker, 7)
    with pytest.raises(BudgetSpent):
        opens(worker, 6)


def test_a_system_that_delivers_has_no_budget(worker: Member) -> None:
    from cast import feed_viewer

    assert budgets.over(feed_viewer(), range(10_000)) == ""


def test_budgets_are_dated_and_a_role_not_named_has_the_default() -> None:
    day = date(2026, 11, 2)
    assert budget_of("practitioner", day) == budget_of("no such role", day)
    assert budget_of("call_handler", day).hour > budget_of("practitioner", day).hour
    with pytest.raises(LookupError):
        budget_of("practitioner", date(1999, 1, 1))
