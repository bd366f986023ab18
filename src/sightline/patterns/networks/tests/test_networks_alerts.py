"""Several children of different homes, one adult."""

from __future__ import annotations

import pytest

from alarms import outcome, raised

PEOPLE = """
people:
  one: {born: 1999-05-05, sex: F}
  two: {born: 1999-06-06, sex: F}
  three: {born: 2000-06-06, sex: F}
  sister: {born: 2001-06-06, sex: F}
  mother: {born: 1980-01-01, sex: F}
  man: {born: 1985-03-03, sex: M}
relationships:
  - [mother, parent, one, {lives_with: true}]
  - [mother, parent, sister, {lives_with: true}]
MORE
"""


def case(*entries: str, markers: str = "", more: str = "") -> str:
    marks = f"markers:\n  - {markers}\n" if markers else ""
    return PEOPLE.replace("MORE", more) + marks + "\n".join(["events:", *entries, "until: 2014-04-01 12:00:00"])


def seen(
    day: str,
    child: str,
    kind: str = "intelligence.recorded",
    data: str = "{kind: exploitation, summary: s}",
    role: str = "subject",
) -> str:
    return f"  - {{at: 2014-03-{day} 10:00:00, type: {kind}, source: intelligence, people: {{child: {child}, {role}: man}}, data: {data}}}"


TWO = [seen("04", "one"), seen("06", "two")]
MARKED = "[one, exploitation_risk, 2014-01-01]"


@pytest.mark.requirement("SE-17", "SE-22")
def test_three_children_or_two_where_a_risk_is_on_record() -> None:
    three = case(*TWO, seen("10", "three", "crime.recorded", "{category: sexual, child_is: victim}", "suspect"))
    assert raised(three, "network_found") == [("network_found", "man", "2014-03-10 10:03")]
    assert raised(case(*TWO), "network_found") == []
    for marked in (MARKED, "[man, registered_sex_offender, 2010-01-01]"):
        assert raised(case(*TWO, markers=marked), "network_found") == [("network_found", "man", "2014-03-06 10:03")]


@pytest.mark.requirement("SE-17")
def test_every_child_of_it_is_named_in_the_alert() -> None:
    found = [r.finding for r in outcome(case(*TWO, markers=MARKED)).raised if r.finding.kind == "network_found"]
    assert found[0].concerns == {1, 2, 6}
    assert found[0].recipient == "exploitation_team"


@pytest.mark.requirement("SE-17")
@pytest.mark.parametrize("kind", ["missing.returned", "exploitation.indicated", "disruption.considered"])
def test_links_of_any_pathway_count(kind: str) -> None:
    role = "adult" if kind.startswith("missing") else "subject"
    assert len(raised(case(TWO[0], seen("06", "two", kind, "{}", role), markers=MARKED), "network_found")) == 1


def test_a_family_or_brothers_and_sisters_are_no_network() -> None:
    sisters = [seen("04", "one"), seen("06", "sister")]
    assert raised(case(*sisters, markers=MARKED), "network_found") == []
    father = "  - [man, step_parent, one, {lives_with: true}]"
    assert raised(case(*TWO, markers=MARKED, more=father), "network_found") == []
    beaten = [
        seen(d, c, "crime.recorded", "{category: violence, child_is: victim}", "suspect")
        for d, c in (("04", "one"), ("06", "two"))
    ]
    assert raised(case(*beaten, markers=MARKED), "network_found") == []


@pytest.mark.requirement("SE-17", "SI-39")
@pytest.mark.parametrize("kind", ["investigation.opened", "strategy.held", "meeting.held"])
def test_one_piece_of_work_that_names_them_all_answers(kind: str) -> None:
    both = f"  - {{at: 2014-03-05 10:00:00, type: {kind}, source: crime, people: {{child: [one, two]}}}}"
    assert raised(case(*TWO, both, markers=MARKED), "network_found") == []
    assert len(raised(case(*TWO, both.replace("two]", "sister]"), markers=MARKED), "network_found")) == 1


@pytest.mark.requirement("SE-17")
def test_children_named_together_at_a_place_whose_owner_is_unknown() -> None:
    named = seen("04", "[NAMES]", data="{kind: location, summary: s}").replace(", subject: man", "")
    three = named.replace("NAMES", "one, two, three")
    assert raised(case(three), "network_found") == [("network_found", "one", "2014-03-04 10:03")]
    assert raised(case(named.replace("NAMES", "one, two")), "network_found") == []
    assert len(raised(case(named.replace("NAMES", "one, two"), markers=MARKED), "network_found")) == 1
    assert raised(case(named.replace("NAMES", "one, two, sister")), "network_found") == []
    together = (
        three.replace("03-04", "03-05")
        .replace("intelligence.recorded", "strategy.held")
        .replace("{kind: location, summary: s}", "{}")
    )
    assert raised(case(together.replace("03-05", "03-03"), three), "network_found") == []
