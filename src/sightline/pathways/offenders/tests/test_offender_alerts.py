"""People who pose a risk: beside a child, not visited, changed, released, asked about."""

from __future__ import annotations

from datetime import date

import pytest

from alarms import raised, standing
from sightline.clocks.limits import Limits
from sightline.kernel.law import Standing

RISK = "markers:\n  - [man, registered_sex_offender, 2010-01-01]\n"


def case(*rows: tuple[str, str, str, str], until: str = "2014-04-30 00:00:00", head: str = RISK) -> str:
    """A case from rows of (when, kind, people, data); everything comes from offender management unless `kind` says `@system`."""
    lines = []
    for at, named, people, said in rows:
        kind, _, source = named.partition("@")
        lines.append(
            f"  - {{at: {at}:00, type: {kind}, source: {source or 'offender_management'}, people: {{{people}}}, data: {{{said}}}}}"
        )
    return "\n".join([head, "events:", *lines, f"until: {until}", ""])


def times(text: str, kind: str) -> list[tuple[str, str]]:
    return [(who, at[5:]) for _, who, at in raised(text, kind)]


FOUND = ("2014-03-04 13:00", "missing.returned@missing", "child: child, adult: man", "found_by: police")


@pytest.mark.requirement("MP-16")
def test_somebody_registered_who_is_found_with_a_child_is_told_of_at_once() -> None:
    assert times(case(FOUND), "offender_near_child") == [("child", "03-04 13:03")]
    assert times(case(FOUND, head=""), "offender_near_child") == []  # nothing is recorded of him
    cleared = ("2014-03-01 09:00", "marker.cleared", "subject: man", "kind: registered_sex_offender")
    assert times(case(cleared, FOUND), "offender_near_child") == []


@pytest.mark.requirement("MP-16")
def test_a_call_at_his_address_links_a_child_to_him_though_he_is_not_named() -> None:
    home = RISK + "addresses:\n  - [man, 22 Alder Row, home, 2012-01-01]\n"
    call = (
        "events:\n  - {at: 2014-03-04 13:00:00, type: contact.received, source: command_and_control, place: 22 Alder Row,\n"
        "     people: {child: child}, data: {channel: '999', kind: concern_for_child, graded: priority}}\nuntil: 2014-03-04 14:00:00\n"
    )
    assert times(home + call, "offender_near_child") == [("child", "03-04 13:03")]
    assert times(home + call.replace("22 Alder Row", "24 Alder Row"), "offender_near_child") == []


def test_whoever_manages_him_and_knows_of_the_child_is_not_told_what_they_wrote() -> None:
    known = (
        "2014-03-04 14:00",
        "offender.changed",
        "offender: man, child: child",
        "what: contact_with_child, notified: false",
    )
    assert not standing(case(FOUND, known), "offender_near_child")


VISIT = ("2014-01-31 10:00", "offender.visited", "offender: man", "seen: true")


@pytest.mark.requirement("MP-02")
@pytest.mark.parametrize(
    ("level", "due"), [("very_high", "02-28 10:00"), ("high", "04-30 10:00"), ("medium", "07-31 10:00")]
)
def test_visits_are_due_by_the_level_of_risk(level: str, due: str) -> None:
    registered = (
        "2014-01-01 10:00",
        "offender.registered",
        "offender: man",
        f"scheme: registered_sex_offender, risk: {level}",
    )
    assert times(case(registered, VISIT, until="2014-12-31 00:00:00"), "visit_overdue") == [("man", due)]


@pytest.mark.requirement("MP-02")
def test_a_visit_that_found_nobody_is_no_visit_a_higher_level_brings_it_forward_and_prison_stops_it() -> None:
    registered = (
        "2014-01-01 10:00",
        "offender.registered",
        "offender: man",
        "scheme: registered_sex_offender, risk: high",
    )
    nobody = ("2014-04-20 10:00", "offender.visited", "offender: man", "seen: false")
    raised_level = (
        "2014-03-15 10:00",
        "risk.assessed",
        "offender: man",
        "tool: offender, grade: very_high, stage: review",
    )
    prison = ("2014-02-10 10:00", "custody.received@prison", "offender: man", "prison: Westmoor")
    until = "2014-06-30 00:00:00"
    assert times(case(registered, VISIT, nobody, until=until), "visit_overdue") == [("man", "04-30 10:00")]
    assert times(case(registered, VISIT, raised_level, until=until), "visit_overdue") == [("man", "03-15 10:00")]
    assert times(case(registered, VISIT, prison, until=until), "visit_overdue") == []
    assert (
        times(
            case(("2014-03-04 10:00", "offender.changed", "offender: man", "what: travel"), until=until),
            "visit_overdue",
        )
        == []
    )


@pytest.mark.requirement("MP-04")
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, 1),
        (("2014-03-05 10:00", "offender.visited", "offender: man", "seen: true"), 0),
        (("2014-03-05 10:00", "offender.visited", "offender: man", "seen: false"), 1),
        (("2014-03-05 10:00", "suspect.arrested@custody", "suspect: man", "offence: breach"), 0),
        (("2014-03-05 10:00", "referral.made@referral_unit", "child: child", "to: social_care, basis: s47"), 0),
    ],
)
def test_a_change_or_breach_is_answered_in_three_working_days(
    answer: tuple[str, str, str, str] | None, told: int
) -> None:
    breach = ("2014-03-04 10:00", "offender.breached", "offender: man, child: child", "what: stayed with a child")
    rows = [breach, answer] if answer else [breach]
    assert times(case(*rows), "offender_change_unanswered") == [("child", "03-08 00:00")] * told


PLANNED = ("2014-03-04 10:00", "custody.release_planned@prison", "offender: man", "release_on: 2014-04-28")


@pytest.mark.requirement("MP-09")
def test_police_and_childrens_services_are_told_of_a_release_four_weeks_before() -> None:
    asked = ("2014-03-10 10:00", "probation.checked@probation", "offender: man", "children: 1, answered: true")
    met = (
        "2014-03-10 10:00",
        "meeting.held@probation",
        "offender: man",
        "kind: mappa, attended: [police, probation, social_care]",
    )
    assert times(case(PLANNED), "release_unprepared") == [("man", "03-31 00:00")]
    assert times(case(PLANNED, asked), "release_unprepared") == [("man", "03-31 00:00")]  # nobody told the police
    assert times(case(PLANNED, met), "release_unprepared") == []
    short = (*PLANNED[:3], "release_on: 2014-03-10")
    assert times(case(short), "release_unprepared") == [("man", "03-04 10:03")]


REQUEST = (
    "2014-03-04 10:00",
    "disclosure.requested",
    "child: child, subject: man, reporter: mother",
    "about: her new partner",
)


@pytest.mark.requirement("MP-06")
def test_a_request_is_checked_in_a_day_and_decided_in_forty_five_before_april_2023() -> None:
    checked = ("2014-03-04 15:00", "contact.checked", "subject: man", "systems: [crime, intelligence]")
    decided = (
        "2014-03-20 15:00",
        "disclosure.decided",
        "subject: man",
        "disclose: true, to: mother, reason: she can protect",
    )
    assert times(case(REQUEST), "disclosure_overdue") == [("child", "03-05 10:00"), ("child", "04-18 10:00")]
    assert times(case(REQUEST, checked), "disclosure_overdue") == [("child", "04-18 10:00")]
    assert times(case(REQUEST, checked, decided), "disclosure_overdue") == []


@pytest.mark.requirement("MP-06")
@pytest.mark.parametrize(
    ("asked", "until", "due"),
    [("2023-04-02 10:00", "2023-06-30", "05-17 10:00"), ("2023-04-03 10:00", "2023-06-30", "05-01 10:00")],
)
def test_the_guidance_of_april_2023_shortened_the_time_for_a_decision(asked: str, until: str, due: str) -> None:
    request = (asked, *REQUEST[1:])
    checked = (f"{asked[:10]} 15:00", "contact.checked", "subject: man", "systems: [crime, intelligence]")
    assert times(case(request, checked, until=f"{until} 00:00:00"), "disclosure_overdue") == [("child", due)]


@pytest.mark.requirement("MP-02")
def test_since_june_2017_how_often_somebody_is_visited_is_a_local_default() -> None:
    before, since = (Limits().version("visit.high", day) for day in (date(2017, 6, 28), date(2017, 6, 29)))
    assert (before.source.standing, since.source.standing) == (Standing.GUIDANCE, Standing.LOCAL)
    assert before.value == since.value
