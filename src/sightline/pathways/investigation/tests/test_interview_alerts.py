"""How a child is asked, what is made of words taken back, and care for whoever helps the police."""

from __future__ import annotations

import pytest

from alarms import case, crime, entry, raised, standing

PLAN = "{needs_assessed: true, intermediary: not_needed}"


@pytest.mark.requirement("SI-14", "SI-15")
@pytest.mark.parametrize(
    ("plan", "data", "alarm"),
    [
        (PLAN, "{recorded: true}", False),
        ("", "{recorded: true}", True),
        ("{needs_assessed: false, intermediary: not_needed}", "{recorded: true}", True),
        ("{needs_assessed: true, intermediary: not_considered}", "{recorded: true}", True),
        ("{needs_assessed: true, intermediary: needed}", "{recorded: true, intermediary_used: false}", True),
        ("{needs_assessed: true, intermediary: needed}", "{recorded: true, intermediary_used: true}", False),
        ("{needs_assessed: true, intermediary: needed}", "{recorded: true}", False),  # nobody said that none was used
    ],
)
def test_an_interview_is_planned_round_the_child(plan: str, data: str, alarm: bool) -> None:
    lines = [entry("2014-03-05 09:00", "interview.planned", plan)] if plan else []
    found = raised(case(*lines, entry("2014-03-06 10:00", "interview.held", data)), "interview_unplanned")
    assert found == ([("interview_unplanned", "child", "2014-03-06 10:03")] if alarm else [])


def interviews(*times: int) -> str:
    return case(
        *(
            entry(f"2014-03-{6 + n:02} 10:00", "interview.held", f"{{recorded: true, times_asked: {t}}}")
            for n, t in enumerate(times)
        )
    )


@pytest.mark.requirement("SI-17")
@pytest.mark.parametrize(
    ("times", "when"),
    [
        ((1, 1), []),
        ((1, 1, 1), ["2014-03-08 10:03"]),
        ((3,), ["2014-03-06 10:03"]),
        ((1, 2), []),
        ((1, 2, 3), ["2014-03-08 10:03"]),
        ((2, 2), ["2014-03-07 10:03"]),
    ],
)
def test_twice_is_as_often_as_a_child_tells_it(times: tuple[int, ...], when: list[str]) -> None:
    assert [at for _, _, at in raised(interviews(*times), "account_repeated")] == when


@pytest.mark.requirement("SI-18")
@pytest.mark.parametrize(
    ("data", "alarm"),
    [
        ("asked_to_stop: true, went_on: true", True),
        ("asked_to_stop: true, went_on: false", False),
        ("asked_to_stop: true", False),
        ("asked_to_stop: false", False),
    ],
)
def test_questions_that_went_on(data: str, alarm: bool) -> None:
    assert (
        bool(
            raised(
                case(entry("2014-03-06 10:00", "interview.held", f"{{recorded: true, {data}}}")), "interview_conduct"
            )
        )
        is alarm
    )


def taken_back(data: str = "{}", people: str = "child: child") -> str:
    return entry("2014-03-10 10:00", "retraction.recorded", data, people)


@pytest.mark.requirement("SI-29")
@pytest.mark.parametrize(
    ("suspect", "data", "more", "alarm"),
    [
        ("father", "{}", (), True),
        ("father", "{possible_pressure: false}", (), False),  # somebody asked
        ("man", "{possible_pressure: true}", (), True),
        ("man", "{}", (), True),  # nothing kept him from her
        (
            "man",
            "{}",
            (
                entry(
                    "2014-03-05 10:00",
                    "bail.set",
                    "{kind: pre_charge, conditions: ['no contact with the child']}",
                    "child: child, suspect: man",
                ),
            ),
            False,
        ),
    ],
)
def test_words_taken_back_are_a_sign_of_risk(suspect: str, data: str, more: tuple[str, ...], alarm: bool) -> None:
    text = case(crime(people=f"child: child, suspect: {suspect}"), *more, taken_back(data))
    assert raised(text, "retraction_pressure") == (
        [("retraction_pressure", "child", "2014-03-10 10:03")] if alarm else []
    )


@pytest.mark.requirement("SI-29")
def test_one_alert_for_child_and_mother_until_the_child_is_heard_alone() -> None:
    text = (
        crime(people="child: child, suspect: father"),
        taken_back(),
        entry("2014-03-10 11:00", "retraction.recorded", "{}", "child: child, parent: mother"),
    )
    assert len(raised(case(*text), "retraction_pressure")) == 1
    alone = entry("2014-03-11 10:00", "child.seen", "{alone: true, spoken_to: true}")
    watched = entry("2014-03-11 10:00", "child.seen", "{alone: false, spoken_to: true}")
    assert standing(case(*text, alone), "retraction_pressure") == set()
    assert standing(case(*text, watched), "retraction_pressure") == {("retraction_pressure", "child")}


def care(at: str, what: str) -> str:
    return entry(f"2014-03-06 {at}", "interview.care", f"{{what: {what}}}", "victim: mother")


def held(at: str, data: str) -> str:
    return entry(f"2014-03-06 {at}", "interview.held", f"{{recorded: true{data}}}", "victim: mother")


@pytest.mark.requirement("SI-19", "VO-15")
@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ((care("13:00", "transport"),), ["15:00"]),  # fetched, and nothing since
        ((care("13:00", "transport"), care("14:00", "drink")), []),
        ((care("13:00", "transport"), held("13:30", ", minutes: 40")), []),
        ((held("13:30", ", minutes: 200"),), ["15:30"]),
        ((held("13:30", ", minutes: 200"), care("15:00", "break")), []),
        ((held("13:30", ""),), []),  # how long it took is not known
        ((held("13:30", ", minutes: 40"), care("14:20", "transport")), []),  # taken home
    ],
)
def test_two_hours_without_anything(lines: tuple[str, ...], when: list[str]) -> None:
    assert [at[-5:] for _, _, at in raised(case(*lines), "witness_care_missing")] == when
