"""Suspects: spoken to, on bail, at liberty and more dangerous; the conditions that are to protect a child."""

from __future__ import annotations

import pytest

import alarms
from alarms import case, raised, standing

entry = alarms.Entries(people="child: child, suspect: man")


KNOWN = "2014-03-04 10:00"


def named(who: str = "man", data: str = "{}") -> str:
    return entry(KNOWN, "suspect.identified", data, f"child: child, suspect: {who}")


@pytest.mark.requirement("SI-23")
@pytest.mark.parametrize(
    ("line", "when"),
    [
        (named(), "2014-03-11 10:00"),
        (named("man", "{contact_with_children: false}"), "2014-03-11 10:00"),
        (named("man", "{contact_with_children: true}"), "2014-03-05 10:00"),
        (named("man", "{role_with_children: teacher}"), "2014-03-05 10:00"),
        (named("father"), "2014-03-05 10:00"),  # he lives with her
        (named("father", "{contact_with_children: false}"), "2014-03-11 10:00"),
        (
            entry(KNOWN, "crime.recorded", "{offence: assault, category: violence, child_is: victim}"),
            "2014-03-11 10:00",
        ),
    ],
)
def test_a_known_suspect_to_whom_nobody_has_spoken(line: str, when: str) -> None:
    assert raised(case(line), "suspect_not_seen") == [("suspect_not_seen", "child", when)]


@pytest.mark.parametrize(
    "done",
    [
        entry("2014-03-06 10:00", "suspect.seen", "{under_caution: true}"),
        entry("2014-03-06 10:00", "suspect.seen", "{under_caution: false}"),
        entry("2014-03-06 10:00", "suspect.seen", "{under_caution: true}", "suspect: man"),  # the child not named in it
        entry("2014-03-06 10:00", "suspect.arrested"),
        entry("2014-03-04 07:00", "suspect.arrested"),  # before the crime was entered
        entry("2014-03-06 10:00", "detention.authorised", "{station: s, reason: r}", "adult: man"),
        entry("2014-03-06 10:00", "charge.made", "{offence: o}"),
        entry("2014-03-06 10:00", "crime.cancelled", "{reason: r, additional_verifiable_information: true}"),
    ],
)
def test_each_way_in_which_a_suspect_is_dealt_with(done: str) -> None:
    assert raised(case(named(), done), "suspect_not_seen") == []


@pytest.mark.requirement("SI-23")
def test_each_of_several_suspects_and_each_new_matter() -> None:
    two = entry(KNOWN, "suspect.identified", "{}", "child: child, suspect: [man, father]")
    one_seen = entry("2014-03-04 12:00", "suspect.seen", "{under_caution: true}", "child: child, suspect: father")
    assert len(raised(case(two, one_seen), "suspect_not_seen")) == 1
    seen = entry("2014-03-05 10:00", "suspect.seen", "{under_caution: true}")
    again = entry("2014-04-10 10:00", "crime.recorded", "{offence: assault, category: violence, child_is: victim}")
    assert raised(case(named(), seen, again), "suspect_not_seen") == [("suspect_not_seen", "child", "2014-04-17 10:00")]


@pytest.mark.requirement("SI-21", "SI-23")
def test_an_arrest_put_off_with_a_decision_gives_the_time_once_more() -> None:
    put_off = entry("2014-03-08 10:00", "arrest.considered", "{decision: not_now, reason: the child is heard first}")
    assert raised(case(named(), put_off), "suspect_not_seen") == [("suspect_not_seen", "child", "2014-03-15 10:00")]


def test_a_child_who_is_the_suspect_is_another_matter() -> None:
    own = entry(
        KNOWN, "crime.recorded", "{offence: o, category: violence, child_is: suspect}", "child: child, suspect: child"
    )
    assert raised(case(own), "suspect_not_seen") == []


def bail(
    conditions: str = "['no contact with the child']",
    until: str = "",
    kind: str = "pre_charge",
    people: str = "child: child, suspect: man",
) -> str:
    end = f", until: {until}" if until else ""
    return entry(KNOWN, "bail.set", f"{{kind: {kind}, conditions: {conditions}{end}}}", people)


@pytest.mark.requirement("MP-17")
@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ((bail(),), ["2014-04-01 11:00"]),  # 28 days of 24 hours on the wall: the clocks went forward between
        ((bail(people="suspect: man"),), ["2014-04-01 11:00"]),
        ((bail(), entry("2014-03-20 09:00", "bail.checked", "{kept: true}", "suspect: man")), ["2014-04-17 09:00"]),
        ((bail(until="2014-03-20"),), ["2014-03-17 00:00"]),  # about to end, and nothing follows
        (
            (
                bail(until="2014-03-20"),
                entry("2014-03-16 09:00", "bail.set", "{kind: pre_charge, conditions: [no contact]}"),
            ),
            ["2014-04-13 09:00"],
        ),
        ((bail(until="2014-03-20"), entry("2014-03-16 09:00", "charge.made", "{offence: o}")), []),
        (
            (
                bail(until="2014-03-20"),
                entry("2014-03-16 09:00", "investigation.closed", "{outcome: unfounded, reason: r}"),
            ),
            [],
        ),
        ((bail(until="2014-03-20", kind="post_charge"),), []),  # the court sees to what comes next
        ((bail(conditions="[]"),), []),
        (
            (bail("['not to enter the shop']", people="victim: mother, suspect: man"),),
            [],
        ),  # a grown victim, and no child in it
        (
            (bail("['not to go within sight of the school']", people="victim: mother, suspect: man"),),
            ["2014-04-01 11:00"],
        ),
    ],
)
def test_conditions_are_checked_and_do_not_lapse_unseen(lines: tuple[str, ...], when: list[str]) -> None:
    assert [at.replace(" 10:00", " 11:00") for _, _, at in raised(case(*lines), "conditions_unmonitored")] == when


NEWS = "2014-03-20 10:00"


@pytest.mark.requirement("MP-18")
@pytest.mark.parametrize(
    "news",
    [
        entry(NEWS, "bail.breached", "{condition: no contact}"),
        entry(NEWS, "bail.checked", "{kept: false}"),
        entry(
            NEWS, "crime.recorded", "{offence: o, category: sexual, child_is: victim}", "child: brother, suspect: man"
        ),
        entry(NEWS, "intelligence.recorded", "{kind: exploitation, summary: seen with a girl}", "suspect: man"),
        entry(NEWS, "offender.changed", "{what: contact_with_child, notified: false}", "offender: man"),
    ],
)
def test_news_of_a_suspect_on_bail_is_told_at_once_until_somebody_acts(news: str) -> None:
    found = raised(case(bail(), news), "suspect_on_bail_risk")
    assert [at for _, who, at in found if who == "child"] == ["2014-03-20 10:03"]
    arrest = entry("2014-03-20 14:00", "suspect.arrested")
    assert standing(case(bail(), news, arrest), "suspect_on_bail_risk") == set()
    before = entry("2014-03-20 09:40", "suspect.arrested")
    assert raised(case(bail(), before, news), "suspect_on_bail_risk") == []
    assert (
        raised(
            case(bail(), news.replace("suspect: man", "suspect: father").replace("offender: man", "offender: father")),
            "suspect_on_bail_risk",
        )
        == []
    )


@pytest.mark.requirement("DF-19")
def test_bail_run_out_and_bail_drawn_out() -> None:
    assert raised(case(bail(until="2014-03-20")), "suspect_on_bail_risk") == [
        ("suspect_on_bail_risk", "child", "2014-03-21 00:00")
    ]
    more = [
        entry(f"2014-03-{day} 10:00", "bail.set", "{kind: pre_charge, conditions: [no contact]}")
        for day in ("10", "16", "22")
    ]
    assert raised(case(bail(), *more[:2]), "suspect_on_bail_risk") == []
    assert raised(case(bail(), *more), "suspect_on_bail_risk") == [
        ("suspect_on_bail_risk", "child", "2014-03-22 10:03")
    ]
    dated = [m.replace("no contact]", "no contact], until: 2014-06-20") for m in more]
    assert raised(case(bail(), *dated), "suspect_on_bail_risk") == [
        ("suspect_on_bail_risk", "child", "2014-03-22 10:03")  # whenever the last of them is to end
    ]
