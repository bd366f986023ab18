"""Referrals made, decided, told, repeated, thin and left waiting, sentence by sentence."""

from __future__ import annotations

import pytest

import alarms
from alarms import raised, standing

events = alarms.in_march


LONG = "girl of nine says her father hit her with a belt last night and asks not to go home"
MADE = "04 12:45 referral.made | | to: social_care, basis: s17, summary: " + LONG
ANSWER = "05 10:00 referral.decided | | decision: {}, reason: x | social_care"
ACK = "05 09:00 referral.acknowledged | | | social_care"
BACK = "06 10:00 referral.fed_back | | outcome: assessment begun, helped: too_early | social_care"


def at(text: str, kind: str) -> list[str]:
    return [when for *_, when in raised(text, kind)]


@pytest.mark.requirement("RF-07")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), ["2014-03-06 00:00"]),
        ((ACK,), ["2014-03-06 00:00"]),
        ((ANSWER.format("early_help"),), []),
        ((ANSWER.format("returned_for_information"),), []),
        (("05 10:00 strategy.held | | attended: [police], decision: enquiry_joint | social_care",), []),
        (("05 10:00 assessment.started | | | social_care",), []),
        ((MADE.replace("12:45", "15:00"),), ["2014-03-06 00:00"]),
        ((ANSWER.format("enquiry").replace("social_care", "marac"),), []),
    ],
)
def test_social_care_decides_within_a_working_day(more: tuple[str, ...], told: list[str]) -> None:
    assert at(events(MADE, *more), "referral_unanswered") == told


@pytest.mark.requirement("RF-07")
def test_a_working_day_knows_weekends_and_an_answer_to_one_agency_is_none_to_another() -> None:
    assert at(events(MADE.replace("04 12:45", "07 12:45")), "referral_unanswered") == ["2014-03-11 00:00"]
    marac = "04 12:50 referral.made | | to: marac, basis: marac, summary: " + LONG
    listed = "05 10:00 referral.decided | | decision: enquiry, reason: listed | referral_unit"
    assert at(events(MADE, marac, listed), "referral_unanswered") == ["2014-03-06 00:00"]
    assert at(events(marac), "referral_unanswered") == []


@pytest.mark.requirement("RF-07")
def test_a_late_decision_ends_it_and_a_brother_left_out_of_it_still_waits() -> None:
    both = MADE.replace("| |", "| child: [child, brother] |")
    late = ANSWER.format("early_help").replace("05 10:00", "10 10:00")
    assert standing(events(both, late), "referral_unanswered") == {("referral_unanswered", "brother")}


@pytest.mark.requirement("RF-08", "RF-09")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((ANSWER.format("early_help"),), ["2014-03-19 00:00"]),
        ((ANSWER.format("early_help"), BACK), []),
        (("05 10:00 strategy.held | | attended: [police], decision: enquiry_joint | social_care",), []),
    ],
)
def test_whoever_referred_is_told_what_came_of_it(more: tuple[str, ...], told: list[str]) -> None:
    assert at(events(MADE, *more), "feedback_missing") == told


ASK = "04 09:00 information.requested | | of: {}, purpose: earlier injuries, lawful_basis: x{}"


@pytest.mark.requirement("JD-23", "RF-14")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((ASK.format("general practice", ""),), ["2014-03-06 00:00"]),
        ((ASK.format("general practice", ", needed_by: 2014-03-04 13:00:00"),), ["2014-03-04 13:00"]),
        ((ASK.format("health", ""), "04 12:00 information.supplied | | summary: x | health"), []),
        ((ASK.format("health", ""), "04 12:00 information.refused | | reason: x | health"), []),
        ((ASK.format("health", ""), ASK.format("education", ""), "04 12:00 information.supplied | | summary: x | education"),
         ["2014-03-06 00:00"]),
        (("03 12:00 information.supplied | | summary: x | health", ASK.format("health", "")), ["2014-03-06 00:00"]),
    ],
)  # fmt: skip
def test_a_partner_answers_by_when_it_was_needed(rows: tuple[str, ...], told: list[str]) -> None:
    assert at(events(*rows), "information_unanswered") == told


@pytest.mark.requirement("JD-23")
@pytest.mark.parametrize(
    ("by", "to", "told"),
    [
        ("health", "Marsham social care", []),
        ("health", "Marsham Police", ["2014-03-06 00:00"]),
        ("education", "Marsham social care", ["2014-03-06 00:00"]),
    ],
)
def test_what_the_agency_asked_shares_with_whoever_asked_is_an_answer_and_no_other_share_is(
    by: str, to: str, told: list[str]
) -> None:
    share = f"04 12:00 information.shared | | to: {to}, purpose: x, lawful_basis: [x], reason: x, sections: [x] | | agency: {by}"
    asked = ASK.format("health", "") + " | | agency: social_care"
    assert at(events(asked, share), "information_unanswered") == told


@pytest.mark.requirement("RF-12")
def test_a_referral_says_enough_to_decide() -> None:
    thin = MADE.replace(LONG, "See log.")
    assert at(events(thin), "referral_thin") == ["2014-03-04 12:48"]
    passed_on = MADE.replace(LONG, "Domestic incident attended, child at address, for your attention.")
    assert at(events(passed_on), "referral_thin") == ["2014-03-04 12:48"]
    assert at(events(MADE), "referral_thin") == []
    assert at(events(MADE.replace(", summary: " + LONG, "")), "referral_thin") == []  # a feed that does not supply it
    assert at(events(MADE, ANSWER.format("returned_for_information")), "referral_thin") == ["2014-03-05 10:03"]
    assert standing(events(thin, MADE.replace("04 12:45", "05 09:00")), "referral_thin") == set()


AGAIN = MADE.replace("04 12:45", "25 12:45")


@pytest.mark.requirement("RF-10")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((ANSWER.format("no_further_action"),), ["2014-03-25 12:48"]),
        ((ANSWER.format("signpost"),), ["2014-03-25 12:48"]),
        ((ANSWER.format("returned_for_information"),), []),
        ((ANSWER.format("child_in_need_assessment"), "06 09:00 assessment.started | | | social_care"), []),
        ((ANSWER.format("child_in_need_assessment"), "06 09:00 assessment.started | | | social_care",
          "20 09:00 assessment.completed | | outcome: nothing to offer | social_care"), ["2014-03-25 12:48"]),
        ((ANSWER.format("no_further_action"), MADE.replace("04 12:45", "27 12:45")), ["2014-03-25 12:48"]),
        ((), ["2014-03-25 12:48"]),
    ],
)  # fmt: skip
def test_a_child_referred_again_after_a_case_that_was_closed(more: tuple[str, ...], told: list[str]) -> None:
    assert at(events(MADE, AGAIN, *more), "repeat_referral") == told


def test_something_else_done_this_time_ends_it() -> None:
    rows = (
        MADE,
        ANSWER.format("no_further_action"),
        AGAIN,
        ANSWER.format("strategy_discussion").replace("05 10:00", "26 10:00"),
    )
    assert standing(events(*rows), "repeat_referral") == set()


HIGH = "04 22:00 concern.notified | | kinds: [x], what_happened: x, seen: true, seen_alone: true, action_taken: x, grade: high"


@pytest.mark.requirement("RF-09")
@pytest.mark.parametrize(
    "sign",
    [
        HIGH,
        "04 22:00 risk.assessed | | tool: exploitation, grade: very_high, stage: secondary",
        "04 22:00 protection.taken | | grounds: x, kind: removed",
        "04 22:00 crime.recorded | child: child, suspect: man | offence: x, category: sexual, child_is: victim",
        "04 22:00 crime.recorded | child: child, suspect: father | offence: x, category: violence, child_is: victim",
        "04 22:00 child.seen | | alone: true, spoken_to: true, safe: false",
        "04 22:00 exploitation.indicated | | kind: sexual",
    ],
)
def test_significant_harm_suspected_is_referred_within_a_day(sign: str) -> None:
    assert at(events(sign), "referral_missing") == ["2014-03-05 22:00"]
    assert at(events(sign, MADE.replace("04 12:45", "05 09:00")), "referral_missing") == []


@pytest.mark.requirement("RF-09")
@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ((HIGH.replace("grade: high", "grade: medium"),), 0),
        ((HIGH, "05 08:00 risk.assessed | | tool: child, grade: high, stage: secondary"), 1),
        ((HIGH, "05 10:00 strategy.held | | attended: [police], decision: enquiry_joint | social_care"), 0),
        ((HIGH, "04 23:00 detention.informed | | whom: social_care"), 0),
        ((HIGH, "04 23:00 detention.informed | | whom: parent"), 1),
        (("01 10:00 plan.started | | kind: child_in_need | social_care", HIGH), 0),
        (("01 10:00 plan.started | | kind: child_in_need | social_care", "02 10:00 plan.ended | | reason: x, outcome: same | social_care",
          HIGH), 1),
        ((MADE.replace("04 12:45", "01 12:45"), ANSWER.format("no_further_action").replace("05", "02", 1), HIGH), 1),
        ((HIGH + "| social_care",), 0),
        (("04 22:00 crime.recorded | child: child, suspect: man | offence: x, category: violence, child_is: victim",), 0),
        (("04 22:00 crime.recorded | child: child, suspect: child | offence: x, category: sexual, child_is: both",), 0),
    ],
)  # fmt: skip
def test_once_for_one_suspicion_and_not_where_social_care_has_it(rows: tuple[str, ...], count: int) -> None:
    assert len(at(events(*rows), "referral_missing")) == count


GRADED = "07 22:00 risk.assessed | | tool: domestic_abuse, grade: medium, stage: initial, role: response"


@pytest.mark.requirement("RF-04")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((GRADED,), ["2014-03-11 00:00"]),
        ((GRADED, HIGH.replace("04 22:00", "07 23:00").replace("grade: high", "grade: medium")), ["2014-03-11 00:00"]),
        (
            (
                GRADED,
                GRADED.replace("07 22:00", "10 09:00").replace(
                    "initial, role: response", "secondary, role: specialist"
                ),
            ),
            [],
        ),
        ((GRADED, MADE.replace("04 12:45", "10 09:00")), []),
        ((HIGH.replace("04 22:00", "07 22:00").replace("grade: high", "grade: standard"),), []),
        (("07 22:00 referral.made | | to: police unit, basis: other, summary: " + LONG,), ["2014-03-11 00:00"]),
        (
            (
                "07 22:00 referral.made | | to: police unit, basis: other, summary: " + LONG,
                "10 09:00 referral.acknowledged | |",
            ),
            [],
        ),
        ((MADE.replace("04 12:45", "07 22:00"),), []),  # social care's own clock tells of that one
    ],
)
def test_what_came_to_a_unit_on_friday_is_begun_by_monday(rows: tuple[str, ...], told: list[str]) -> None:
    assert at(events(*rows), "queue_backlog") == told


@pytest.mark.requirement("RF-12")
def test_what_the_receiver_wrote_down_and_what_has_a_form_of_its_own_is_not_thin() -> None:
    short = MADE.replace(LONG, "Bruise on the cheek.")
    assert len(at(events(short), "referral_thin")) == 1
    assert at(events(short + " | social_care"), "referral_thin") == []
    assert at(events(short.replace("basis: s17", "basis: marac")), "referral_thin") == []
    assert len(at(events(short.replace("| |", "| child: [child, brother] |")), "referral_thin")) == 1


@pytest.mark.requirement("RF-07")
def test_a_referral_whose_basis_is_not_supplied_is_one_to_social_care_by_where_it_went() -> None:
    assert at(events(MADE.replace(", basis: s17", "")), "referral_unanswered") == ["2014-03-06 00:00"]
    assert (
        at(events(MADE.replace("basis: s17, ", "").replace("to: social_care", "to: health")), "referral_unanswered")
        == []
    )


@pytest.mark.requirement("RF-04")
def test_what_waits_at_a_unit_says_what_it_is_and_since_when_and_one_form_about_two_children_waits_once() -> None:
    form = "07 22:00 concern.notified | child: [child, brother] | kinds: [x], what_happened: x, seen: true, action_taken: x, grade: medium"
    (alert,) = [r for r in alarms.outcome(events(form)).raised if r.finding.kind == "queue_backlog"]
    assert alert.finding.why.startswith(
        "A concern form, graded medium, has waited at the unit since 07 March 2014, 22:00"
    )
    marac = "07 22:00 referral.made | | to: marac, basis: marac, summary: " + LONG
    assert at(events(marac), "queue_backlog") == []  # it has a calendar of its own


def _many(came: int, decided: int, *more: str, until: str = "2014-03-13 12:00:00") -> str:
    """So many referrals on Monday, and so many of them decided on Wednesday; by Thursday noon."""
    made = [
        f"10 {8 + n // 6:02}:{n % 6 * 10:02} referral.made | | to: social_care, basis: s17, summary: {LONG}"
        for n in range(came)
    ]
    done = [
        f"12 {8 + n // 6:02}:{n % 6 * 10:02} referral.decided | | decision: early_help | social_care"
        for n in range(decided)
    ]
    return events(*made, *done, *more, until=until)


@pytest.mark.requirement("RF-05")
@pytest.mark.parametrize(
    ("came", "decided", "told"),
    [
        (30, 12, True),
        (30, 28, False),
        (12, 12, False),
        (30, 4, False),
    ],  # of four decisions nobody can say how much it clears in a day
)
def test_more_comes_to_a_unit_than_it_clears(came: int, decided: int, told: bool) -> None:
    found = [
        r.finding for r in alarms.outcome(_many(came, decided)).raised if r.finding.part == "depth" and not r.cleared_at
    ]
    assert bool(found) is told
    assert {(f.subject, f.recipient, f.concerns) for f in found} <= {(-1, "mash_manager", frozenset({-1}))}


@pytest.mark.requirement("RF-05")
def test_a_backlog_that_lasts_over_a_weekend_is_one_alert_however_much_comes_on_monday() -> None:
    more = [
        f"{day} 09:{n:02} referral.made | | to: social_care, basis: s17, summary: {LONG}"
        for day in (17, 18)
        for n in range(3)
    ]
    lasting = _many(30, 12, *more, until="2014-03-19 12:00:00")
    assert [r.cleared_at for r in alarms.outcome(lasting).raised if r.finding.part == "depth"] == [None]
