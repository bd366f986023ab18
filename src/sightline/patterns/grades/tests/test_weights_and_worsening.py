"""What weighs of a child's circumstances, and whether it comes more often or graver: each from listed facts, and no more than they say."""

from __future__ import annotations

from datetime import date

import pytest

from alarms import outcome
from sightline.clocks.limits import LocalLimit

WHEN = "2014-03-04 20:00:00"


def child(said: str, *, markers: str = "", events: str = "", grade: str = "low") -> str:
    """A child, a father at home and one grading."""
    return (
        f"people:\n  child: {{{said}}}\n  father: {{born: 1978-02-02, sex: M}}\n  near: {{born: 1970-01-01, sex: M}}\n"
        "relationships:\n  - [father, parent, child, {lives_with: true}]\n  - [near, neighbour, child]\n"
        f"markers: [{markers}]\nevents:\n{events}"
        f"  - {{at: {WHEN}, type: risk.assessed, source: referral_unit, people: {{child: child}},\n"
        f"     data: {{tool: child, grade: {grade}, stage: initial, role: response}}}}\n"
        "until: 2014-03-06 12:00:00\n"
    )


def why(text: str, *local: LocalLimit) -> str:
    """What is said of a grade that is too low; empty where it is not."""
    found = [r.finding.why for r in outcome(text, local).raised if r.finding.kind == "risk_underestimated"]
    return found[0] if found else ""


def limit(name: str, value: int, on: date) -> LocalLimit:
    return LocalLimit(name, value, on, "The partnership")


@pytest.mark.requirement("RA-11")
def test_circumstances_weigh_factor_by_factor_and_the_weights_are_dated_settings() -> None:
    marks = "[child, looked_after, 2013-01-01], [near, violent, 2012-01-01]"
    text = child("born: 2010-05-05, disability: [deaf]", markers=marks)
    assert (
        "circumstances of the child that weigh 7 together (a child under five 2; a disability 2; in care, or lately in care 2; "
        "danger near the home 1)" in why(text)
    )
    before, after = date(2014, 1, 1), date(2014, 4, 1)
    assert "weigh 9 together" in why(text, limit("risk.weight.care", 4, before))
    assert why(text, limit("risk.weight.raises", 8, before)) == "" != why(text, limit("risk.weight.raises", 8, after))
    assert why(child("born: 2010-05-05, disability: [none]", markers=marks)) != "", "the rest still weighs five"
    assert why(child("born: 2004-05-05, disability: [deaf]", markers=marks)) != ""
    assert why(child("born: 2004-05-05, disability: [none]", markers=marks)) == "", "what is not so weighs nothing"


@pytest.mark.requirement("RA-12")
@pytest.mark.parametrize(("born", "first"), [("2013-05-05", True), ("2012-05-05", False)])
def test_a_child_under_one_raises_the_floor_and_is_looked_at_first(born: str, first: bool) -> None:
    text = child(f"born: {born}")
    assert ("a child under one" in why(text)) is first
    (unseen,) = [r.finding.why for r in outcome(text).raised if r.finding.kind == "risk_not_reviewed"]
    assert ("look at this first" in unseen) is first


def calls(*days: str, kind: str = "domestic_abuse") -> str:
    return "".join(
        f"  - {{at: {d} 20:00:00, type: contact.received, source: command_and_control, people: {{child: child, suspect: father}},"
        f" data: {{channel: '999', kind: {kind}}}}}\n"
        for d in days
    )


def crime(day: str, offence: str) -> str:
    return (
        f"  - {{at: {day} 20:30:00, type: crime.recorded, source: crime, people: {{child: child, suspect: father}},"
        f" data: {{offence: {offence}, category: violence, child_is: victim}}}}\n"
    )


@pytest.mark.requirement("RA-05")
@pytest.mark.parametrize(
    ("events", "says"),
    [
        (calls("2013-11-20", "2014-01-05", "2014-02-05", "2014-03-03"), "more often: 3 in the last 3 months, 1 in the 3 months before"),
        (calls("2013-10-20", "2013-11-20", "2014-01-05", "2014-02-05", "2014-03-03"), ""),
        (calls("2013-06-01", "2013-09-01") + crime("2014-03-03", "wounding"), "graver: the newest is what could have killed, the 2 before it"),
        (crime("2013-06-01", "wounding") + calls("2013-09-01", "2014-03-03"), ""),
        (calls("2014-02-05") + crime("2014-03-03", "wounding"), ""),
    ],
    ids=["more often", "as often as before", "graver", "less grave", "too few to say"],
)  # fmt: skip
def test_worse_is_said_only_of_incidents_that_are_listed(events: str, says: str) -> None:
    found = [r.finding for r in outcome(child("born: 2004-05-05", events=events)).raised]
    (held,) = [f for f in found if f.kind == "risk_underestimated"] or [None]
    said = held.why if held else ""
    assert says in said if says else "more often" not in said and "graver" not in said
    if says:
        assert held is not None and {"2013-06-01", "2013-11-20"} & {f"{e.at:%Y-%m-%d}" for e in held.rests_on}
