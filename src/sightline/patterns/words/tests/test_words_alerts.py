"""Words that put it down to the child."""

from __future__ import annotations

import pytest

from alarms import raised

CLOSED = """
events:
  - {{at: 2014-03-04 10:00:00, type: investigation.closed, source: crime, people: {{child: child}},
     data: {{outcome: no_further_action_victim, reason: "{reason}", remaining_risk_considered: true, safeguarding_plan: true}}}}
until: 2014-03-05 12:00:00
"""


@pytest.mark.requirement("CN-25")
@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("It is her lifestyle choice to be out with them.", True),
        ("He is wasting police time.", True),
        ("She puts herself at risk and will not help herself.", True),
        ("Known to be streetwise and promiscuous.", True),
        ("She is choosing to associate with these males.", True),
        ("Little credibility given her behaviour.", True),
        ("Willing participant.", True),
        ("Mother was told and she consented to the referral.", False),
        ("Mother leads a chaotic lifestyle.", False),
        ("Father says the girl made it up.", False),
        ("The evidential test is not met; the worker stays with her.", False),
        ("She chose to give her account on video.", False),
    ],
)
def test_what_a_record_says_of_a_child(reason: str, told: bool) -> None:
    assert bool(raised(CLOSED.format(reason=reason), "victim_blaming")) is told


def test_the_childs_own_words_are_written_down_as_they_are() -> None:
    text = """
events:
  - {at: 2014-03-04 10:00:00, type: concern.notified, source: child_abuse, people: {child: child},
     data: {kinds: [exploitation], what_happened: found in a car, seen: true, seen_alone: true, views: says it is her own choice,
            action_taken: taken home, grade: high}}
until: 2014-03-05 12:00:00
"""
    assert raised(text, "victim_blaming") == []
