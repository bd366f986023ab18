"""Work with a child is taken up and handed on by whoever may read the record and whose team works with the child, and by nobody else."""

from __future__ import annotations

import pytest

from cast import NOW, Member, involve, make_member, seal
from sightline.access.handing import hand, take_on
from sightline.access.models import AccessEntry, Exclusion, Involvement
from sightline.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
CHILD = 4711
WHY = "She is off sick this week"


@pytest.fixture
def jo(social_worker: Member) -> Member:
    """A colleague in the team that works with the child."""
    involve(social_worker, CHILD)
    return make_member("jo", "Jo Teammate", "case_owner", "social_care")


def _without(manager: Member) -> None:
    """The team works with the child, and the manager's own record of the child was never opened."""


def _sealed(manager: Member) -> None:
    involve(manager, CHILD)
    seal(CHILD)


def _barred(manager: Member) -> None:
    involve(manager, CHILD)
    Exclusion.objects.create(user=manager.user, person_id=CHILD, reason="a cousin's child", from_at=NOW)


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize("closed", [_without, _sealed, _barred])
def test_a_lead_to_whom_the_record_is_closed_neither_hands_on_nor_takes_up_the_teams_work(
    jo: Member, social_worker: Member, team_manager: Member, closed: object
) -> None:
    closed(team_manager)  # type: ignore[operator]
    for act in (
        lambda by: hand(by, CHILD, jo.post.pk, reason=WHY),
        lambda by: hand(by, CHILD, social_worker.post.pk, reason=WHY),  # who has it: even that is not said
        lambda by: take_on(by, CHILD, reason=WHY),
    ):
        with pytest.raises(NotFound):
            act(team_manager.viewer(at=NOW))
        assert AccessEntry.objects.latest("id").outcome == "refused"
    assert not Involvement.objects.filter(post=jo.post).exists()


def test_a_lead_who_reads_the_record_hands_on_what_the_team_works_with(jo: Member, team_manager: Member) -> None:
    involve(team_manager, CHILD, why="first_contact")
    hand(team_manager.viewer(at=NOW), CHILD, jo.post.pk, reason=WHY)
    (given,) = Involvement.objects.filter(post=jo.post)
    assert (given.person_id, given.given_by, given.reason) == (CHILD, team_manager.post.pk, WHY)
    assert AccessEntry.objects.latest("id").note == f"handed work to post {jo.post.pk}"
