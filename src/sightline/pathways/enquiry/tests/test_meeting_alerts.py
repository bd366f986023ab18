"""Meetings without a partner, without a record or without effect; actions past their time; separation without an end."""

from __future__ import annotations

from functools import partial

import pytest

import alarms
from alarms import raised, standing

case = partial(alarms.case, until="2014-03-12 12:00:00")
entry = alarms.Entries(source="social_care")


def strategy(attended: str, more: str = "") -> str:
    return entry(
        "2014-03-04 10:00:00",
        "strategy.held",
        f"{{attended: [{attended}], decision: enquiry_joint, rationale: r{more}}}",
    )


ACTION = entry(
    "2014-03-04 10:10:00", "action.set", "{id: a1, what: visit, owner: social worker, due: 2014-03-06 17:00:00}"
)


@pytest.mark.requirement("SI-02", "CP-02")
@pytest.mark.parametrize(
    "held",
    [
        strategy("police, health"),
        strategy("social_care, health"),
        strategy("police, social_care"),  # neglect, say: health is told of by this alert
        strategy("police, social_care, health", ", invited: [police, social_care, health, education]"),
        entry(
            "2014-03-04 10:00:00",
            "conference.held",
            "{kind: initial, attended: [police, health], decision: plan, reports_from: [police]}",
        ),
        entry(
            "2014-03-04 10:00:00",
            "meeting.held",
            "{kind: marac, attended: [police, housing], decisions: the child is safe}",
        ),
    ],
)
def test_a_table_without_somebody_who_must_be_there(held: str) -> None:
    assert raised(case(held, ACTION), "partner_absent") == [("partner_absent", "child", "2014-03-04 10:03")]


@pytest.mark.parametrize(
    "calm",
    [
        strategy("Detective Constable, children's social care, School Nurse"),
        strategy("police, social_care, health", ", invited: [police, social_care, health]"),
        entry(
            "2014-03-04 10:00:00",
            "conference.held",
            "{kind: initial, attended: [social_care], decision: plan, reports_from: [health, police]}",
        ),
        entry("2014-03-04 10:00:00", "meeting.held", "{kind: other, attended: [police]}"),
        entry("2014-03-04 10:00:00", "meeting.held", "{kind: marac}"),  # who came was not supplied
    ],
)
def test_a_table_with_all_or_of_which_it_is_not_known(calm: str) -> None:
    assert raised(case(calm, ACTION), "partner_absent") == []


def test_a_report_sent_beforehand_will_do() -> None:
    report = entry("2014-03-03 10:00:00", "report.received", "{of: health}")
    assert raised(case(report, strategy("police, social_care"), ACTION), "partner_absent") == []


def interview(planned: str, held: str) -> str:
    plan = entry(
        "2014-03-04 09:00:00",
        "interview.planned",
        f"{{needs_assessed: true, intermediary: not_needed, joint: {planned}}}",
    )
    return case(plan, entry("2014-03-04 15:00:00", "interview.held", f"{{recorded: true, joint: {held}}}"))


@pytest.mark.requirement("SI-16")
def test_a_joint_interview_held_alone() -> None:
    assert raised(interview("true", "false"), "partner_absent") == [("partner_absent", "child", "2014-03-04 15:03")]
    assert raised(interview("true", "true"), "partner_absent") == []
    assert raised(interview("false", "false"), "partner_absent") == []


@pytest.mark.requirement("SI-02")
@pytest.mark.parametrize(
    ("met", "count"),
    [
        (entry("2014-03-04 10:00:00", "meeting.held", "{kind: professionals, attended: [police, social_care]}"), 1),
        (
            entry(
                "2014-03-04 10:00:00", "meeting.held", "{kind: other, attended: [police, social_care], decisions: ' '}"
            ),
            1,
        ),
        (entry("2014-03-04 10:00:00", "meeting.held", "{kind: other, decisions: home visit tomorrow}"), 0),
        (entry("2014-03-04 10:00:00", "meeting.held", "{kind: other, decisions: to reconvene next week}"), 1),
        (
            entry(
                "2014-03-04 10:00:00", "meeting.held", "{kind: other, decisions: to reconvene once the medical is in}"
            ),
            0,
        ),
        (strategy("police, social_care, health").replace("enquiry_joint, rationale: r", "reconvene"), 1),
        (
            strategy("police, social_care, health").replace("enquiry_joint", "reconvene"),
            0,
        ),
        (strategy("police, social_care, health"), 1),  # decided, but no action, owner or time
        (strategy("police, social_care, health").replace("enquiry_joint", "no_further_action"), 0),
        (entry("2014-03-04 10:00:00", "action.set", "{id: a1, what: visit, due: 2014-03-20 17:00:00}"), 1),
        (ACTION.replace("03-06", "03-20"), 0),
    ],
)
def test_what_was_decided_is_written_down_within_a_day(met: str, count: int) -> None:
    assert len(raised(case(met), "decision_not_recorded")) == count


@pytest.mark.requirement("SI-02")
def test_an_action_set_afterwards_ends_it() -> None:
    met = entry("2014-03-04 10:00:00", "meeting.held", "{kind: other}")
    late = ACTION.replace("03-04", "03-07").replace("due: 2014-03-06", "due: 2014-03-20")
    assert raised(case(met), "decision_not_recorded") == [("decision_not_recorded", "child", "2014-03-05 10:00")]
    assert standing(case(met, late), "decision_not_recorded") == set()
    assert raised(case(met, ACTION), "decision_not_recorded") == []


MARAC = "{kind: marac, attended: [police, social_care], children_listed: 1, decisions: DECIDED}"


@pytest.mark.requirement("DA-11")
@pytest.mark.parametrize(
    ("decided", "count"),
    [
        ("alarm for the mother", 1),
        ("''", 1),
        ("nothing for the children", 1),
        ("school nurse to see the girl weekly", 0),
    ],
)
def test_a_meeting_that_lists_a_child_decides_about_that_child(decided: str, count: int) -> None:
    met = entry("2014-03-04 10:00:00", "meeting.held", MARAC.replace("DECIDED", decided))
    assert len(raised(case(met), "meeting_without_effect")) == count
    assert raised(case(met), "decision_not_recorded") == []  # one alert for one silence
    assert raised(case(met, ACTION), "meeting_without_effect") == []


@pytest.mark.requirement("CP-08", "CP-20")
def test_an_action_is_overdue_at_its_time_for_each_child_and_never_for_the_adult_named_with_them() -> None:
    both = ACTION.replace("{child: child}", "{child: [child, brother], suspect: man}")
    assert raised(case(both), "action_overdue") == [
        ("action_overdue", "child", "2014-03-06 17:00"),
        ("action_overdue", "brother", "2014-03-06 17:00"),
    ]


@pytest.mark.requirement("CP-08")
@pytest.mark.parametrize("kind", ["action.done", "action.dropped"])
def test_done_or_dropped_by_the_same_id_ends_it(kind: str) -> None:
    def end(name: str, at: str) -> str:
        return entry(at, kind, f"{{id: {name}}}")

    assert raised(case(ACTION, end("a1", "2014-03-06 16:00:00")), "action_overdue") == []
    assert len(raised(case(ACTION, end("a2", "2014-03-06 16:00:00")), "action_overdue")) == 1
    assert standing(case(ACTION, end("a1", "2014-03-08 16:00:00")), "action_overdue") == set()


@pytest.mark.requirement("CP-08")
def test_a_new_time_agreed_takes_the_place_of_the_old_one() -> None:
    again = ACTION.replace("2014-03-04", "2014-03-06").replace("due: 2014-03-06", "due: 2014-03-10")
    assert raised(case(ACTION, again), "action_overdue") == [("action_overdue", "child", "2014-03-10 17:00")]


@pytest.mark.requirement("CP-08")
def test_an_action_about_an_adult_alone_is_told_about_the_adult() -> None:
    assert raised(case(ACTION.replace("child: child", "subject: man")), "action_overdue") == [
        ("action_overdue", "man", "2014-03-06 17:00")
    ]


OPENED = entry(
    "2014-03-04 10:00:00",
    "investigation.opened",
    "{team: child_protection}",
    "child: child, suspect: [mother, father]",
    "crime",
)
MOVED = entry("2014-03-04 18:00:00", "placement.started", "{kind: foster}")
LATER = "2014-05-01 12:00:00"


@pytest.mark.requirement("SI-38")
@pytest.mark.parametrize(
    "move",
    [
        MOVED,
        entry("2014-03-04 18:00:00", "referral.decided", "{decision: accommodated, reason: r}"),
        entry("2014-03-04 18:00:00", "address.recorded", "{lines: foster home, kind: foster}"),
        entry("2014-03-04 18:00:00", "protection.ended", "{reason: relatives}"),
    ],
)
def test_apart_from_parents_while_enquiries_do_not_end(move: str) -> None:
    # 28 days on the wall: the clocks have gone forward meanwhile
    assert raised(case(OPENED, move, until=LATER), "separation_drift") == [
        ("separation_drift", "child", "2014-04-01 18:00")
    ]


@pytest.mark.parametrize(
    "end",
    [
        entry("2014-03-20 10:00:00", "investigation.closed", "{outcome: unfounded, reason: r}"),
        entry("2014-03-20 10:00:00", "charge.made", "{offence: cruelty}", "child: child, suspect: father"),
        entry("2014-03-20 10:00:00", "placement.ended"),
        entry("2014-03-20 10:00:00", "address.recorded", "{lines: home, kind: home}"),
        entry("2014-03-20 10:00:00", "court.result", "{result: order_made}"),
    ],
)
def test_not_once_enquiries_end_or_the_child_goes_home_or_a_court_decides(end: str) -> None:
    assert raised(case(OPENED, MOVED, end, until=LATER), "separation_drift") == []


def test_a_child_long_in_care_is_not_apart_because_of_a_new_investigation() -> None:
    assert raised(case(MOVED.replace("2014-03", "2013-03"), OPENED, until=LATER), "separation_drift") == []
