"""A child who could be fetched, and a colleague who asked for advice, left waiting."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import raised

events = partial(alarms.in_march, source="command_and_control", until="2014-03-08 18:00:00")


LOCATED = "04 22:00 missing.located | | where: flat in town"


@pytest.mark.requirement("FC-25", "MC-05")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), ["2014-03-04 23:00"]),
        (("04 22:40 attendance.dispatched",), ["2014-03-04 23:00"]),
        (("04 22:40 attendance.arrived",), []),
        (("04 22:40 missing.enquiry | | kind: phone",), ["2014-03-04 23:00"]),
        (("04 22:40 missing.enquiry | | kind: address",), []),
        (("04 22:40 missing.returned | | found_by: self, harmed: 'no'",), []),
        ((LOCATED.replace("22:00", "22:30"),), ["2014-03-04 23:00"]),
    ],
)
def test_a_likely_place_is_gone_to_within_the_hour(more: tuple[str, ...], told: list[str]) -> None:
    gone = "04 20:00 missing.reported | | graded: medium, reported_by: parent"
    assert [at for *_, at in raised(events(gone, LOCATED, *more), "recovery_late")] == told


@pytest.mark.requirement("FC-25")
def test_a_call_naming_a_place_tells_where_a_missing_child_may_be() -> None:
    gone = "04 20:00 missing.reported | | graded: medium, reported_by: parent"
    call = '04 21:00 contact.received | | channel: "101", kind: concern_for_child, graded: priority, caller_is: parent | | place: 5 Mill Row'
    assert [at for *_, at in raised(events(gone, call), "recovery_late")] == ["2014-03-04 22:00"]
    assert raised(events(call), "recovery_late") == []


ASKED = "04 22:00 advice.requested | | of: child abuse specialist"


@pytest.mark.requirement("FC-17")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), ["2014-03-04 23:00"]),
        (("04 22:30 advice.given | | text: see him at school in the morning",), []),
        (("04 22:30 advice.given | | text: nobody on duty until the morning",), ["2014-03-04 23:00"]),
        (("04 22:30 advice.requested | | of: duty detective",), ["2014-03-04 23:00"]),
    ],
)
def test_an_officer_who_asks_a_specialist_is_answered_within_the_hour(more: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(ASKED, *more), "advice_unreachable")] == told
