"""What first contact tells somebody of searches not made and history not used, sentence by sentence."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import raised, standing

events = partial(alarms.in_march, source="command_and_control", until="2014-03-08 18:00:00")


CALL = '04 18:20 contact.received | child: child, suspect: father | channel: "999", kind: assault, graded: priority, caller_is: parent'
SEARCH = "04 18:22 contact.checked | child: child, suspect: father | systems: [command_and_control, crime, intelligence, child_abuse]"
SENT = "04 18:24 attendance.dispatched"
NOTHING = SEARCH + ', found: "nothing held"'
GRADE = "04 21:00 risk.assessed | child: child, suspect: father | tool: domestic_abuse, grade: standard, stage: initial"
VIOLENT = "markers:\n  - [father, violent, 2013-05-01]\n"


@pytest.mark.requirement("JD-11", "FC-14", "DA-03")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((CALL, NOTHING), ["2014-03-04 18:25"]),
        ((CALL, SEARCH + ", found: arrested for assault last year"), []),
        ((CALL, SEARCH), []),
        ((CALL, SEARCH, GRADE + ", history_considered: false"), ["2014-03-04 21:03"]),
        ((CALL, SEARCH, GRADE), []),
        ((CALL, SEARCH, "04 20:00 arrest.considered | child: child, suspect: father | decision: 'no'"), ["2014-03-04 20:03"]),
        ((CALL, SEARCH + ", found: arrested last year",
          "04 20:00 arrest.considered | child: child, suspect: father | decision: 'no'"), []),
    ],
)  # fmt: skip
def test_what_systems_held_and_a_decision_left_out(rows: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(*rows, head=VIOLENT), "history_missed")] == told
    assert raised(events(*rows), "history_missed") == []  # nothing was held: nothing was missed


def test_a_grade_with_the_history_ends_it() -> None:
    rows = (CALL, NOTHING, GRADE + ", history_considered: true")
    assert raised(events(*rows, head=VIOLENT), "history_missed", cleared=True) == []


@pytest.mark.requirement("JD-11")
def test_a_meeting_without_history_and_a_form_that_forgets_the_last_one() -> None:
    form = "concern.notified | | kinds: [neglect], what_happened: x, seen: true, seen_alone: true, action_taken: x, grade: standard"
    first, second = f"01 12:00 {form}", f"06 12:00 {form}, previous_known: none"
    meeting = "07 12:00 meeting.held | | kind: marac, history_supplied: false"
    assert [at for *_, at in raised(events(first, second), "history_missed")] == ["2014-03-06 12:03"]
    assert raised(events(second), "history_missed") == []
    assert [at for *_, at in raised(events(first, meeting), "history_missed")] == ["2014-03-07 12:03"]


@pytest.mark.requirement("FC-14")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((CALL, SEARCH, SENT), []),
        ((CALL, SENT), ["2014-03-04 18:27"]),
        ((CALL, SENT, SEARCH.replace("18:22", "18:26")), []),
        ((CALL, SEARCH.replace(", intelligence, child_abuse", ""), SENT), ["2014-03-04 18:27"]),
        ((CALL, SEARCH + ", found: child abuse system down", SENT), ["2014-03-04 18:27"]),
        ((CALL, SEARCH.replace("child_abuse", "child_protection"), SENT), []),  # social care's list says it too
        (
            (CALL.replace('channel: "999", kind: assault, graded: priority, caller_is: parent', "kind: assault"), SENT),
            [],
        ),  # a form
        ((CALL, "04 18:22 contact.checked | child: child", SENT), []),
        ((CALL, SEARCH.replace("child: child, ", ""), SENT), []),
        ((CALL.replace("priority", "no_attendance"),), ["2014-03-04 18:25"]),
        ((CALL,), []),
    ],
)
def test_systems_are_searched_before_it_is_decided_who_goes(rows: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(*rows), "checks_not_run")] == told


@pytest.mark.requirement("JD-11")
def test_somebody_who_goes_back_to_a_system_that_was_down_ends_it() -> None:
    rows = (CALL, SEARCH + ", found: system down", SENT, SEARCH.replace("18:22", "20:00"))
    assert len(raised(events(*rows), "checks_not_run")) == 1
    assert standing(events(*rows), "checks_not_run") == set()


@pytest.mark.requirement("FC-14")
def test_a_search_that_lacks_something_is_told_once_whatever_is_decided_after_it() -> None:
    rows = (CALL, SEARCH.replace(", intelligence, child_abuse", ""), SENT.replace("18:24", "18:40"))
    assert [at for *_, at in raised(events(*rows), "checks_not_run")] == ["2014-03-04 18:25"]
