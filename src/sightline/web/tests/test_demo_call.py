"""The printed answer to the demonstration's call is as truthful as the page's."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from cast import Member
from scenes import boys_life
from sightline.agencies.systems import SourceState, record_answer, states
from sightline.pathways.contact.queries import Asked, first_contact
from sightline.web.demo_call import _report_in, show

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.mark.requirement("JD-11")
def test_a_system_is_down_since_this_morning_though_its_last_extract_was_taken_in_just_before() -> None:
    record_answer("probation", at=NOON, extracted_at=NOON)
    _report_in(NOON)
    probation = states(as_of=NOON)["probation"]
    assert probation.state is SourceState.DOWN
    assert probation.says == "down since 24 November 2026, 09:05"
    record_answer("probation", at=NOON.replace(hour=17))
    assert states(as_of=NOON.replace(hour=17))["probation"].state is SourceState.NOTHING_HELD


@pytest.mark.requirement("JD-11")
def test_the_printed_answer_says_of_each_system_what_it_holds_about_those_shown(
    call_handler: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    boys_life(NOON)
    _report_in(NOON)
    viewer = call_handler.viewer(at=NOON, reason="mother on the line, worried about her son")
    show(first_contact(viewer, Asked(name="Mo Hussein", age="10", postcode="ZS5 7AB"), at=NOON))
    said = capsys.readouterr().out
    holds = next(line for line in said.splitlines() if SourceState.HOLDS.value in line)
    for system in ("Offender management, ", "Child protection, 1 entry", "Missing, 8 entries", "Social care, "):
        assert system in holds
    assert re.search(r"down: Probation, down since 24 November 2026, 09:05", said)
    assert "suggested response: Immediate" in said
