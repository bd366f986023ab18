"""What the pages work out for themselves, without a database: contradictions, generations, dangers, reasons, filters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from sightline.chronology import wording
from sightline.chronology.view import Happening
from sightline.pathways.identity.queries import Disagreement
from sightline.people.matching.explaining import _SHOWN
from sightline.people.matching.scoring import shipped_model
from sightline.people.persons import Said
from sightline.web import family, filters
from sightline.web.accounts import contradictions
from sightline.web.answers import why

NOW = datetime(2026, 11, 2, 14, 5, tzinfo=UTC)
REPORTED, PLAN = "missing.reported", "plan.started"


def _happening(kind: str, days: float, source: str = "missing", **data: object) -> Happening:
    at = NOW - timedelta(days=days)
    return Happening(1, kind, at, at, at, "minute", source, "r", "", "", {"child": (1,)}, "", None, "", data)


def _lines(*happenings: Happening) -> list[wording.Line]:
    return [wording.line(h, 1, date(2016, 3, 4), {}) for h in happenings]


@pytest.mark.requirement("JD-19")
@pytest.mark.parametrize(
    ("accounts", "kept"),
    [
        (("2016-03-04", "2016-04-03"), ("2016-03-04", "2016-04-03")),
        (("2016-03-04", "2016", '2016 to 2017: said to be "9"'), ()),
        (("2016-03-04", "2011", "2016"), ("2016-03-04", "2011")),
        (("2016-03-04", "2019 to 2020: said to be 7"), ("2016-03-04", "2019 to 2020: said to be 7")),
        (("2016-03-04", "in spring"), ()),
    ],
)
def test_only_accounts_that_cannot_all_be_right_contradict(accounts: tuple[str, ...], kept: tuple[str, ...]) -> None:
    said = Disagreement("Date of birth", tuple(Said(a, ("crime",), NOW) for a in accounts))
    assert tuple(s.value for d in contradictions((said,)) for s in d.accounts) == kept


@pytest.mark.parametrize(
    ("relation", "age", "expected"),
    [("parent", 30, -1), ("child", 1, 1), ("sibling", 30, 0), ("lives at the same address", 41, -1),
     ("lives at the same address", 12, 0), ("lives at the same address", None, 0), ("parent, carer", None, -1)],
)  # fmt: skip
def test_generations_are_told_by_relation_and_else_by_age(relation: str, age: int | None, expected: int) -> None:
    assert family.tier(relation, age, 10) == expected


def test_a_dangerous_adult_is_a_danger_and_a_siblings_plan_is_not() -> None:
    fact = lambda kind, weight: SimpleNamespace(kind=kind, weight=weight)  # noqa: E731
    household = [
        ("man", (fact("violent", 90), fact("mental_health", 55))),
        ("sister", (fact("child_protection_plan", 88),)),
    ]
    assert [(m, [f.kind for f in facts]) for m, facts in family.dangers(household)] == [("man", ["violent"])]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("forename the same: Mo, +7.8 bits", "first name Mo"),
        ("surname a form of the same name: Hussein / Hussain, +6.5 bits", "“Hussein” is a form of Hussain"),
        ("forename swapped with the surname: Mo / Hussain, +12.3 bits", "first name and surname the other way round"),
        ("born the age fits: 2015 to 2017 / 2016-10-22, +4.4 bits", "the age fits: born 22 October 2016"),
        ("postcode the same sector: ZS57AB / ZS57AD, +4.4 bits", "a postcode close by: ZS5 7AD"),
        ("postcode different: ZS1 / ZS2, -3.4 bits", "but the postcode is not the same: said ZS1, held ZS2"),
        (
            "born a generation apart: 2016 / 1980, -10.4 bits",
            "but date of birth a generation apart: said 2016, held 1980",
        ),
        ("surname different", "but surname: different"),
        ("born day and month swapped", "date of birth: day and month swapped"),
        ("but: two different NHS numbers", "but two different NHS numbers"),
        ("lives at the address asked about", "lives at the address asked about"),
        ("nhs_number: not known", "nothing beyond the place"),
    ],
)
def test_a_reason_is_in_a_call_handlers_words_and_what_speaks_against_says_so(reason: str, said: str) -> None:
    assert why((reason,)) == said


def test_every_level_of_the_model_can_be_said() -> None:
    for comparison in shipped_model().comparisons:
        field = _SHOWN[comparison.field][0]
        for level in (x.label for x in comparison.levels if x.label != "not known"):
            for reason in (f"{field} {level}: A / B, +1.0 bits", f"{field} {level}"):
                assert "{" not in why((reason,)) and "bits" not in why((reason,))
                assert why((reason,)) != "nothing beyond the place"


def test_filters_narrow_by_kind_system_and_years_and_keep_the_order() -> None:
    lines = _lines(_happening(REPORTED, 800), _happening(PLAN, 80, "child_protection"), _happening(REPORTED, 9))
    shown = lambda query: [x.event.at for x in filters.chosen(lines, filters.narrowed(QueryDict(query)), at=NOW)]  # noqa: E731
    assert len(shown("")) == 3 and shown("") == sorted(shown(""))
    assert len(shown("kind=Missing&years=1")) == 1
    assert len(shown("source=child_protection")) == 1
    assert shown("order=newest") == sorted(shown(""), reverse=True)
    assert len(shown("years=nonsense&page=-4")) == 3


def test_notes_of_records_being_held_are_shown_only_when_asked_for() -> None:
    lines = _lines(_happening("person.recorded", 10), _happening(REPORTED, 9))
    assert [x.title for x in filters.chosen(lines, filters.narrowed(QueryDict("")), at=NOW)] == ["Missing reported"]
    assert [x.title for x in filters.chosen(lines, filters.narrowed(QueryDict("kind=Records")), at=NOW)] == [
        "Person recorded"
    ]


def test_a_long_chronology_has_pages_and_loses_nothing() -> None:
    lines = _lines(*(_happening(REPORTED, n) for n in range(250)))
    by = [filters.narrowed(QueryDict(f"page={n}")) for n in range(1, 6)]
    assert [len(filters.on_page(lines, b)) for b in by] == [50] * 5
    assert len(filters.pages(250, by[0])) == 5 and filters.pages(50, by[0]) == []


@pytest.mark.requirement("JD-24")
def test_the_age_at_an_entry_turns_on_the_birthday() -> None:
    day = (NOW - datetime(2026, 3, 4, 12, tzinfo=UTC)) / timedelta(days=1)
    assert [x.age for x in _lines(_happening(REPORTED, day + 1), _happening(REPORTED, day))] == [9, 10]


def test_what_was_not_supplied_is_named_and_what_was_is_in_words() -> None:
    (line,) = _lines(_happening(REPORTED, 1, graded="no_apparent", last_seen_place="the park"))
    assert ("Graded", "no apparent") in line.said
    assert "Circumstances" in line.unknown and "Graded" not in line.unknown


@pytest.mark.requirement("JD-18")
@pytest.mark.parametrize(
    ("kind", "standing"),
    [("intelligence.recorded", "Unverified report"), ("crime.recorded", "Allegation"), ("risk.assessed", "Opinion"),
     ("voice.captured", "Their own account"), ("conference.held", "Fact")],
)  # fmt: skip
def test_each_kind_of_entry_claims_its_own_kind_of_truth(kind: str, standing: str) -> None:
    assert wording.standing_of(kind) == standing
