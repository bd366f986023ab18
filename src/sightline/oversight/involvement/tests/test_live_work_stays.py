"""Whatever happens in whatever order: no tie of somebody with live work with the child is given an end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import Member, entry, involve
from sightline.access.handing import hand
from sightline.access.models import Involvement
from sightline.chronology.record import record
from sightline.oversight.involvement.services import settle_ties
from sightline.oversight.involvement.tests.conftest import KEY, SEEN, days, feed, stands

pytestmark = pytest.mark.django_db
LONG = {
    "plan": ("plan.started", "plan.ended", {"kind": "child_protection"}),
    "care": ("placement.started", "placement.ended", {"kind": "foster"}),
    "enquiry": ("enquiry.started", "enquiry.completed", {}),
    "missing": ("missing.reported", "missing.returned", {}),
}
FOR_ALL_TIME = ("plan", "care", "enquiry")  # a handing-on does not end these


@dataclass(frozen=True)
class Fact:
    """Something that goes on from a day until a day: of the agency, or of one of the two members."""

    what: str
    who: int
    since: int
    until: int

    def lives(self, who: int, day: float, handed: float | None) -> bool:
        """Whether it is live work of a member on a day, said in another way than the rules do."""
        if self.what in LONG:
            return self.since < day <= self.until and (handed is None or self.what in FOR_ALL_TIME)
        if self.what == "alert":
            return self.who == who and self.since < day <= self.until
        return self.who == who and self.since < day < self.since + 28 and (handed is None or self.since > handed)


FACTS = st.builds(
    lambda what, who, since, long: Fact(what, who, since, since + long),
    st.sampled_from([*LONG, "alert", "wrote"]), st.integers(0, 1), st.integers(2, 150), st.integers(1, 120),
)  # fmt: skip


def happens(fact: Fact, number: int, members: list[Member], child: int) -> None:
    """The fact is recorded, and its end."""
    if fact.what in LONG:
        began, ended, data = LONG[fact.what]
        feed(began, f"r{number}/{began}", at=days(fact.since), data=data)
        feed(ended, f"r{number}/{ended}", at=days(fact.until))
    elif fact.what == "alert":
        stands(child, members[fact.who], since=days(fact.since), until=days(fact.until), cause=f"c{number}")
    else:
        one = entry("child.seen", {"child": [KEY]}, source="sightline", ref=f"seen/{number}", at=days(fact.since), data=SEEN,
                    by=members[fact.who].user.name)  # fmt: skip
        record(one, members[fact.who].viewer(at=days(fact.since)))


@pytest.mark.requirement("IS-01")
@given(
    facts=st.lists(FACTS, max_size=4),
    handed=st.none() | st.integers(3, 150),
    nights=st.lists(st.integers(1, 300), min_size=1, max_size=4, unique=True).map(sorted),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_tie_with_live_work_is_ever_ended(
    social_worker: Member, colleague: Member, team_manager: Member, child: int, facts: list[Fact], handed: int | None, nights: list[int]
) -> None:  # fmt: skip
    """Everything is recorded beforehand; what is not known yet on a night is not counted on it."""
    members = [social_worker, colleague]
    # Nobody writes about a child before the record is open to them.
    facts = [f for f in facts if not (f.what == "wrote" and f.who == 1 and handed and f.since <= handed)]
    with transaction.atomic():
        for member in [social_worker, team_manager] if handed else [*members, team_manager]:
            involve(member, child, at=days(0))
        if handed:
            giving = team_manager.viewer(at=days(handed + 0.5))
            hand(giving, child, colleague.post.pk, reason="She is on leave from Monday")
        for number, fact in enumerate(facts):
            happens(fact, number, members, child)
        for night in nights:
            at = days(night + 0.25)
            settle_ties(at=at)
            check(members, facts, night + 0.25, handed + 0.5 if handed else None)
        transaction.set_rollback(True)


def check(members: list[Member], facts: list[Fact], day: float, handed: float | None) -> None:
    """Who has live work has no end. A tie that was over before the work began again is not taken up by the night."""
    for who, member in enumerate(members):
        ties = Involvement.objects.filter(user=member.user, from_at__lte=days(day)).exclude(until_at__lte=days(day))
        given_away = handed if who == 0 and handed is not None and handed < day else None
        for f in facts:
            if f.lives(
                who, day, given_away
            ):  # what one wrote oneself holds the record for its 28 days, all else without an end
                ends = (
                    ties.filter(until_at__lt=days(f.since + 28))
                    if f.what == "wrote"
                    else ties.filter(until_at__isnull=False)
                )
                assert not ends.exists(), (who, day, f)
