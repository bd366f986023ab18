"""Reports, charges, results, closings; the family told; other children heard; children treated as suspects."""

from __future__ import annotations

import pytest

import alarms
from alarms import case, raised, standing

entry = alarms.Entries(people="child: child, suspect: man")


def crime(
    offence: str = "assault",
    category: str = "violence",
    is_: str = "victim",
    people: str = "child: child, suspect: man",
) -> str:
    data = f"{{offence: '{offence}', category: {category}, child_is: {is_}}}"
    return entry("2014-03-04 10:00", "crime.recorded", data, people)


OPENED = entry("2014-03-04 10:10", "investigation.opened", "{team: child_protection}")


def told(at: str) -> str:
    return entry(at, "family.informed", "{whom: parent, what: news}", "child: child, parent: mother")


def closed(more: str, outcome: str = "no_further_action_evidence") -> str:
    return entry("2014-03-20 10:00", "investigation.closed", f"{{outcome: {outcome}, reason: r{more}}}")


@pytest.mark.requirement("SI-27")
def test_an_outside_report_is_chased_after_a_fortnight() -> None:
    asked = entry("2014-03-04 10:00", "report.requested", "{of: health}", "child: child")
    other = entry("2014-03-10 10:00", "report.received", "{of: education}", "child: child")
    came = entry("2014-03-10 10:00", "report.received", "{of: health}", "child: child")
    assert raised(case(asked, other), "report_delayed") == [("report_delayed", "child", "2014-03-18 10:00")]
    assert raised(case(asked, came), "report_delayed") == []


@pytest.mark.requirement("DF-11")
def test_a_charging_decision_is_chased_after_four_weeks_on_the_wall_clock() -> None:
    sent = entry("2014-03-04 10:00", "cps.submitted")
    assert raised(case(sent), "charge_decision_delayed") == [("charge_decision_delayed", "child", "2014-04-01 10:00")]
    for done in ("cps.decided", "charge.made"):
        data = "{decision: no_charge}" if done == "cps.decided" else "{offence: o}"
        assert raised(case(sent, entry("2014-03-20 10:00", done, data)), "charge_decision_delayed") == []
    again = entry("2014-03-22 10:00", "cps.submitted")
    back = entry("2014-03-20 10:00", "cps.decided", "{decision: more_evidence}")
    assert [at for _, _, at in raised(case(sent, back, again), "charge_decision_delayed")] == ["2014-04-19 10:00"]


BOTH = ", remaining_risk_considered: {}, safeguarding_plan: {}"
PLAN = entry("2014-03-10 10:00", "plan.started", "{kind: safety}", "child: child")


@pytest.mark.requirement("SI-31", "SI-32")
@pytest.mark.parametrize(
    ("lines", "alarm"),
    [
        ((closed(BOTH.format("false", "false")),), True),
        ((closed(BOTH.format("true", "true")),), False),
        ((closed(BOTH.format("true", "false")),), True),
        ((PLAN, closed(BOTH.format("true", "false"))), False),  # nobody new is needed: a plan stands
        ((PLAN, closed(BOTH.format("false", "false"))), True),
        ((closed(""),), True),  # nothing was recorded
        ((PLAN, closed("")), False),
        ((closed("", "unfounded"),), False),  # found not to have happened
        ((closed(BOTH.format("false", "false"), "charged"),), False),
        ((closed(BOTH.format("false", "false"), "transferred"),), False),
        ((crime(is_="suspect", people="child: child, suspect: child"), closed(BOTH.format("false", "false"))), False),
    ],
)
def test_a_closing_says_what_risk_remains_and_who_protects_the_child(lines: tuple[str, ...], alarm: bool) -> None:
    assert raised(case(*lines), "closed_with_risk") == (
        [("closed_with_risk", "child", "2014-03-20 10:03")] if alarm else []
    )


def test_a_plan_made_afterwards_answers_a_closing() -> None:
    after = entry("2014-03-21 10:00", "plan.started", "{kind: safety}", "child: child")
    assert standing(case(closed(BOTH.format("false", "false")), after), "closed_with_risk") == set()


def given(
    kind: str = "caution", for_: str = "common assault", people: str = "child: child, suspect: man", more: str = ""
) -> str:
    return entry("2014-03-20 10:00", "disposal.given", f"{{kind: {kind}, for: '{for_}'{more}}}", people)


@pytest.mark.requirement("SI-37")
@pytest.mark.parametrize(
    ("lines", "alarm"),
    [
        ((given(for_="sexual assault"),), True),
        (
            (crime("touching", "sexual"), given(for_="a lesser matter")),
            True,
        ),  # what was recorded counts, not what it was called
        ((given(),), False),
        ((entry("2013-03-20 10:00", "disposal.given", "{kind: caution, for: assault}", "suspect: man"), given()), True),
        ((entry("2013-03-20 10:00", "court.result", "{result: convicted}", "suspect: man"), given()), True),
        ((entry("2013-03-20 10:00", "court.result", "{result: acquitted}", "suspect: man"), given()), False),
        (
            (
                given(for_="sexual assault"),
                entry("2014-03-20 09:00", "investigation.reviewed", "{by_role: inspector, satisfied: true}"),
            ),
            False,
        ),
        ((given("outcome_21", "indecent image", "child: child, suspect: child", ", child_is_suspect: true"),), False),
    ],
)
def test_a_result_fits_the_seriousness_and_the_repetition(lines: tuple[str, ...], alarm: bool) -> None:
    assert bool(raised(case(*lines), "disposal_mismatch")) is alarm


@pytest.mark.requirement("VO-03")
@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ((OPENED,), ["2014-04-01 10:10"]),
        ((OPENED, told("2014-03-10 10:00")), ["2014-04-07 10:00"]),
        ((OPENED, told("2014-03-19 10:00"), closed("")), ["2014-03-22 00:00"]),  # Thursday; by the end of Friday
        ((OPENED, closed(""), told("2014-03-20 16:00")), []),
        (
            (
                OPENED,
                told("2014-03-19 10:00"),
                entry("2014-03-20 10:00", "charge.made", "{offence: o}"),
                told("2014-03-21 23:00"),
            ),
            ["2014-04-18 23:00"],
        ),
        ((OPENED, told("2014-03-19 10:00"), closed("", "transferred")), []),
        ((entry("2014-03-04 10:10", "investigation.opened", "{team: online}", "suspect: man"),), []),  # no family
    ],
)
def test_a_family_hears_every_four_weeks_and_of_each_decision(lines: tuple[str, ...], when: list[str]) -> None:
    assert [at for _, _, at in raised(case(*lines), "family_not_informed")] == when


def seen(spoken: str, kind: str = "child.seen") -> str:
    return entry("2014-03-05 10:00", kind, f"{{alone: true, spoken_to: {spoken}}}", "child: brother")


AT_HOME = crime(people="child: child, suspect: father")


@pytest.mark.requirement("SI-22")
@pytest.mark.parametrize(
    ("lines", "alarm"),
    [
        ((AT_HOME,), True),
        ((AT_HOME, seen("false")), True),  # seen asleep
        ((AT_HOME, seen("true")), False),
        ((AT_HOME, entry("2014-03-05 10:00", "interview.held", "{recorded: true}", "child: brother")), False),
        ((crime(),), False),  # a stranger, elsewhere
        ((crime("theft", "theft_damage", people="child: child, suspect: father"),), False),
        ((crime(people="child: [child, brother], suspect: father"),), False),  # one of those harmed
    ],
)
def test_a_brother_in_the_home_is_heard(lines: tuple[str, ...], alarm: bool) -> None:
    assert raised(case(*lines), "witness_outstanding") == (
        [("witness_outstanding", "brother", "2014-03-06 10:00")] if alarm else []
    )


@pytest.mark.requirement("SI-24")
def test_both_children_are_heard_where_one_is_said_to_have_harmed_the_other() -> None:
    peers = crime(people="child: child, suspect: brother")
    assert {who for _, who, _ in raised(case(peers), "witness_outstanding")} == {"child", "brother"}
    both = (seen("true"), entry("2014-03-05 10:00", "child.seen", "{alone: true, spoken_to: true}", "child: child"))
    assert raised(case(peers, *both), "witness_outstanding") == []


def at_twelve(*lines: str) -> str:
    """Three years on: the child is twelve, past the age of criminal responsibility."""
    return case(*lines).replace("2014-", "2017-")


OWN = "child: child, suspect: child"
ARREST = "2014-03-04 11:00"


def blamed(offence: str, category: str = "other", victim: str = "") -> str:
    return crime(offence, category, "suspect", OWN + (f", victim: {victim}" if victim else ""))


def arrested(offence: str = "o") -> str:
    return entry(ARREST, "suspect.arrested", f"{{offence: '{offence}'}}", OWN)


CARE = entry("2014-03-01 10:00", "marker.set", "{kind: looked_after}", "subject: child")
USED = entry("2014-03-01 10:00", "exploitation.indicated", "{kind: county_lines}", "child: child")
HARMED = entry(
    "2014-02-20 10:00",
    "crime.recorded",
    "{offence: sharing an image, category: online, child_is: victim}",
    "child: child",
)


@pytest.mark.requirement("SI-30", "SH-09", "SH-10", "SH-16", "CU-37")
@pytest.mark.parametrize(
    ("lines", "alarm"),
    [
        ((blamed("wasting police time"),), True),  # at once, before anybody questions the child
        ((blamed("causing wasteful employment of the police"),), True),
        ((HARMED, blamed("making an indecent image of herself", "online"), arrested()), True),
        ((blamed("sharing an indecent image", "online"), arrested()), False),  # no sign that the child was harmed by it
        ((blamed("common assault", "violence", "brother"), arrested()), True),
        ((blamed("criminal damage", "theft_damage", "father"), arrested()), True),
        ((blamed("wounding with a knife", "violence", "brother"), arrested()), False),
        ((blamed("common assault", "violence", "man"), arrested()), False),
        ((CARE, blamed("criminal damage at the home", "theft_damage"), arrested()), True),
        ((CARE, blamed("robbery", "violence"), arrested()), False),
        ((USED, blamed("supplying cannabis", "drugs"), arrested()), True),
        ((blamed("supplying cannabis", "drugs"), arrested()), False),
        (
            (blamed("common assault", "violence", "brother"),),
            False,
        ),  # recorded, as it must be, and nobody treated as a suspect
        (
            (
                blamed("common assault", "violence", "brother"),
                entry(ARREST, "suspect.seen", "{under_caution: false}", OWN),
            ),
            False,
        ),
        (
            (
                blamed("common assault", "violence", "brother"),
                entry(ARREST, "suspect.seen", "{under_caution: true}", OWN),
            ),
            True,
        ),
    ],
)
def test_safeguarding_comes_first(lines: tuple[str, ...], alarm: bool) -> None:
    assert bool(raised(at_twelve(*lines), "child_criminalised")) is alarm


@pytest.mark.requirement("SI-30")
def test_told_once_for_one_affair_and_answered_by_an_inspector() -> None:
    lines = (
        blamed("common assault", "violence", "brother"),
        arrested(),
        entry("2014-03-04 15:00", "suspect.seen", "{under_caution: true}", OWN),
    )
    assert raised(at_twelve(*lines), "child_criminalised") == [("child_criminalised", "child", "2017-03-04 11:03")]
    looked = entry(
        "2014-03-05 10:00", "investigation.reviewed", "{by_role: superintendent, satisfied: true}", "child: child"
    )
    assert standing(at_twelve(*lines, looked), "child_criminalised") == set()


@pytest.mark.requirement("SI-30")
def test_a_child_below_the_age_of_responsibility() -> None:
    small = entry(ARREST, "suspect.arrested", "{offence: theft}", "child: brother, suspect: brother")
    assert raised(case(small), "child_criminalised") == [("child_criminalised", "brother", "2014-03-04 11:03")]
