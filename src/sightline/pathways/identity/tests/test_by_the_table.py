"""What is read for a purpose is what the policy table gives for that purpose: a partnership may change its rows, and the pages follow."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest

from cast import LONG_AGO, Member, involve, make_member, person_of, seal, write_person
from sightline.access import policy
from sightline.kernel.errors import NotFound
from sightline.pathways.identity.panels import who_looked
from sightline.pathways.identity.queries.deciding import to_answer
from sightline.pathways.identity.tests.test_second_person import said, two

pytestmark = pytest.mark.django_db


def forget() -> None:
    """What was worked out from the table before."""
    for cached in (policy.rows, policy._row, policy.conceals, policy.lifts):
        cached.cache_clear()


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, object]]]:
    """The rows by which it is decided, for a partnership to change."""
    held = deepcopy(dict(policy.table()))
    monkeypatch.setattr(policy, "table", lambda: held)
    forget()
    yield held["decision"]
    monkeypatch.undo()
    forget()


@pytest.mark.requirement("IS-05")
def test_who_looked_at_a_sealed_child_is_for_reviewers_where_the_table_says_so(
    data_guardian: Member, table: list[dict[str, object]]
) -> None:
    child = person_of(write_person("social_care", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne"))
    seal(child)
    assert who_looked(data_guardian.viewer(), child).whole
    (row,) = [r for r in table if r.get("right") == "review_access"]
    row["state"] = ["open", "restricted"]
    forget()
    with pytest.raises(NotFound):
        who_looked(data_guardian.viewer(), child)


@pytest.mark.requirement("IS-01", "JD-02")
def test_a_second_person_is_shown_the_other_where_the_table_gives_them_for_deciding_who_is_who(
    team_manager: Member, table: list[dict[str, object]]
) -> None:
    second = make_member("hale", "Bryn Hale", "mash_manager", "hub")
    _, (one, other) = two(team_manager)
    involve(second, one)
    involve(second, other, why="first_contact")
    proposal = said([one, other], team_manager)
    assert to_answer(second.viewer(), one, proposal).other.person == other
    (row,) = [r for r in table if r["says"] == "and at first contact where the record is open"]
    table.remove(row)
    forget()
    with pytest.raises(NotFound):
        to_answer(second.viewer(), one, proposal)
