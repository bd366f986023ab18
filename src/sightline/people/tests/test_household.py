"""Who lived with whom, and who was what to whom, on any day; every fact with its source, contradictions kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cast import LONG_AGO, NOW, Member, entry, feed_viewer, involve, person_of, write_person
from sightline.access.models import Involvement
from sightline.alerts.settings import limits
from sightline.chronology.record import record_many
from sightline.clocks.limits import SEARCH_OPENS
from sightline.kernel.errors import NotFound
from sightline.pathways.identity.services import move, name_child, record_unnamed_child, relate
from sightline.people.household import children_around, household, relations, unnamed_children, visitors
from sightline.people.models import SourceRecord
from sightline.people.persons import persons
from sightline.people.places import residents
from sightline.people.premises import premises_key

pytestmark = pytest.mark.django_db
MILL, HIGH = "4 Mill Lane, ZS5 7AB", "18 High Street, ZS6 2QX"
JUNE, JULY, AUGUST = date(2024, 6, 15), date(2024, 7, 15), date(2024, 8, 15)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def person(key: str, born: str | None = None, source: str = "social_care", **said: object) -> int:
    told = {"forenames": key.title(), "surname": "Lowe", **({"born": born} if born else {}), **said}
    return person_of(write_person(source, key, at=LONG_AGO, **told))


def lives(
    key: str, lines: str, since: str, until: str | None = None, *, kind: str = "home", source: str = "social_care"
) -> None:
    said = {"lines": lines, "kind": kind, "from": since, **({"until": until} if until else {})}
    ref = f"{key}/{lines}/{since}/{kind}"
    record_many(
        [entry("address.recorded", {"subject": [(source, key)]}, source=source, ref=ref, at=LONG_AGO, data=said)],
        feed_viewer(),
    )


def related(
    subject: str,
    other: str,
    kind: str,
    *,
    ref: str = "",
    learnt: date | None = None,
    source: str = "social_care",
    **said: object,
) -> None:
    people = {"subject": [(source, subject)], "other": [(source, other)]}
    told = {"recorded_at": at(learnt)} if learnt else {}
    one = entry(
        "relationship.recorded", people, source=source, ref=ref or f"{subject}/{other}/{kind}", at=LONG_AGO, data={"kind": kind, **said}, **told
    )  # fmt: skip
    record_many([one], feed_viewer())


def names(members: tuple[object, ...]) -> list[str]:
    return [m.name.split()[0] for m in members]  # type: ignore[attr-defined]


@pytest.mark.requirement("JD-05")
def test_the_household_is_who_shared_the_home_on_that_day() -> None:
    child = person("child", "2016-05-04")
    for key in ("mum", "uncle", "later"):
        person(key, "1990-01-01")
    stays = {
        "child": ("2020-01-01", None),
        "mum": ("2019-01-01", None),
        "uncle": ("2024-06-01", "2024-07-01"),
        "later": ("2024-08-01", None),
    }
    for key, (since, until) in stays.items():
        lives(key, MILL, since, until)
    assert names(household(child, JUNE)) == ["Mum", "Uncle"]
    assert names(household(child, JULY)) == ["Mum"]
    assert names(household(child, AUGUST)) == ["Later", "Mum"]
    assert household(child, date(2018, 1, 1)) == ()
    assert len(residents(premises_key(MILL), JUNE)) == 3
    assert len(residents(premises_key(MILL), JULY)) == 2


@pytest.mark.requirement("JD-05")
def test_whoever_moves_leaves_the_old_home_but_another_sources_word_is_kept() -> None:
    child, mum = person("child", "2016-05-04"), person("mum", "1990-01-01")
    lives("child", MILL, "2020-01-01")
    lives("mum", MILL, "2020-01-01")
    lives("mum", HIGH, "2024-07-01")
    assert names(household(child, JUNE)) == ["Mum"]
    assert names(household(child, AUGUST)) == []
    stale = person_of(write_person("housing", "h", at=LONG_AGO, forenames="Zoe", surname="Lowe"))
    lives("h", MILL, "2015-01-01", source="housing")
    assert [(m.person, m.sources) for m in household(child, AUGUST)] == [(stale, ("housing",))]
    assert mum not in {m.person for m in household(child, AUGUST)}


@pytest.mark.requirement("JD-05")
def test_a_baby_without_an_address_lives_where_its_mother_does() -> None:
    partner, _, baby = person("partner", "1985-01-01"), person("mum", "1990-01-01"), person("baby", "2024-01-01")
    lives("partner", MILL, "2020-01-01")
    lives("mum", MILL, "2023-01-01")
    related("mum", "baby", "parent", lives_with=True, since="2024-01-01")
    assert names(household(partner, JUNE)) == ["Mum", "Baby"]
    assert names(household(baby, JUNE)) == ["Partner", "Mum"]
    assert household(baby, JUNE)[1].relation == "parent"


@pytest.mark.requirement("JD-05")
@pytest.mark.parametrize("kind", ["care_home", "hospital", "school", "secure"])
def test_a_place_is_no_household(kind: str) -> None:
    child = person("child", "2016-05-04")
    person("other", "2015-01-01")
    lives("child", MILL, "2020-01-01", kind=kind)
    lives("other", MILL, "2020-01-01", kind=kind)
    assert household(child, JUNE) == ()


@pytest.mark.requirement("JD-05")
def test_visitors_and_children_who_live_elsewhere_are_listed_apart() -> None:
    child = person("child", "2016-05-04")
    for key, born in (
        ("dad", "1988-01-01"),
        ("sister", "2012-01-01"),
        ("guest", "1995-01-01"),
        ("grown", "2000-01-01"),
    ):
        person(key, born)
    for key in ("child", "dad"):
        lives(key, MILL, "2020-01-01")
    for key in ("sister", "guest", "grown"):
        lives(key, HIGH, "2020-01-01")
    lives("guest", MILL, "2024-06-01", "2024-07-01", kind="temporary")
    related("dad", "sister", "parent", since="2012-01-01")
    related("dad", "grown", "parent", since="2000-01-01")
    assert names(household(child, JUNE)) == ["Dad"]
    assert names(visitors(child, JUNE)) == ["Guest", "Sister"]
    assert visitors(child, JUNE)[1].relation == "child of Dad Lowe, lives elsewhere"
    assert names(visitors(child, JULY)) == ["Sister"]


def test_a_family_with_nowhere_else_lives_in_its_temporary_home() -> None:
    child = person("child", "2016-05-04")
    person("mum", "1990-01-01")
    lives("child", MILL, "2024-06-01", kind="temporary")
    lives("mum", MILL, "2024-06-01", kind="temporary")
    assert names(household(child, JUNE)) == ["Mum"]


def test_the_dead_live_nowhere() -> None:
    child = person("child", "2016-05-04")
    person("gran", "1950-01-01", died="2024-07-01")
    for key in ("child", "gran"):
        lives(key, MILL, "2020-01-01")
    assert names(household(child, JUNE)) == ["Gran"]
    assert names(household(child, JULY)) == []


@pytest.mark.requirement("JD-04")
def test_relationships_are_dated_sourced_and_seen_from_both_sides() -> None:
    child, boyfriend = person("child", "2009-05-04"), person("man", "1990-01-01")
    related("man", "child", "partner", since="2024-06-01", ended="2024-08-01", source="social_care")
    for person_, other in ((child, boyfriend), (boyfriend, child)):
        assert [(r.person, r.relation, r.source) for r in relations(person_, JUNE)] == [
            (other, "partner", "social_care")
        ]
        assert relations(person_, date(2024, 5, 31)) == relations(person_, date(2024, 8, 1)) == ()
        assert len(relations(person_)) == 1


@pytest.mark.requirement("JD-04")
def test_a_sources_later_word_takes_the_place_of_its_earlier_and_another_sources_does_not() -> None:
    mum, _ = person("mum", "1990-01-01"), person("man", "1988-01-01")
    related("man", "mum", "partner", since="2020-01-01", lives_with=True, learnt=date(2020, 1, 1))
    related("man", "mum", "partner", ref="again", since="2024-07-01", lives_with=False, learnt=date(2024, 7, 1))
    assert [r.lives_with for r in relations(mum, JUNE)] == [True]
    assert [r.lives_with for r in relations(mum, JULY)] == [False]
    assert names(household(mum, JULY)) == []


def test_an_adults_children_are_those_around_them_wherever_they_live() -> None:
    man = person("man", "1985-01-01")
    for key, born in (
        ("stepson", "2016-01-01"),
        ("daughter", "2014-01-01"),
        ("grown", "2000-01-01"),
        ("wife", "1987-01-01"),
    ):
        person(key, born)
    for key in ("man", "stepson", "wife"):
        lives(key, MILL, "2020-01-01")
    lives("daughter", HIGH, "2020-01-01")
    related("man", "daughter", "parent", since="2014-01-01")
    related("man", "grown", "parent", since="2000-01-01")
    assert sorted(names(children_around(man, JUNE))) == ["Daughter", "Stepson"]


@pytest.mark.requirement("JD-24")
def test_age_is_that_of_the_day_and_unknown_is_not_zero() -> None:
    child, leap, unknown = person("child", "2014-06-15"), person("leap", "2008-02-29"), person("unknown")
    held = persons([child, leap, unknown])
    birthdays = [held[child].age_on(date(year, 6, day)) for year in (2024, 2030, 2032) for day in (14, 15)]
    assert birthdays == [9, 10, 15, 16, 17, 18]
    assert [held[leap].age_on(date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [17, 18]
    assert held[unknown].age_on(JUNE) is None


@pytest.mark.requirement("JD-06")
def test_a_child_known_to_exist_but_not_named_is_counted_until_named(social_worker: Member) -> None:
    mum = person("mum", "1990-01-01")
    lives("mum", MILL, "2020-01-01")
    involve(social_worker, mum)
    by = social_worker.viewer()
    child = record_unnamed_child(mum, kind="parent", lives_with=True, by=by, at=NOW, sex="F", born_text="about 2")
    today = NOW.date()
    members = household(mum, today)
    assert [(m.person, m.name, m.age, m.relation) for m in members] == [(child, "Not yet named", None, "child")]
    (waiting,) = unnamed_children([m.person for m in (*members,)], as_of=NOW)
    assert (waiting.person, waiting.since, waiting.identify_by) == (child, NOW, NOW + timedelta(days=1))
    tie = Involvement.objects.get(why="recorded", person_id=child)
    assert tie.until_at == limits().due(SEARCH_OPENS.name, NOW), "afterwards through the family, or not at all"
    later = NOW + timedelta(hours=3)
    name_child(child, forenames="Nia", surname="Lowe", by=social_worker.viewer(at=later), at=later)
    assert unnamed_children([child], as_of=later) == ()
    assert household(mum, today)[0].name == "Nia Lowe"


def test_what_is_entered_here_is_an_event_with_who_and_when(social_worker: Member) -> None:
    child, man = person("child", "2016-05-04"), person("man", "1990-01-01")
    involve(social_worker, child, man)
    by = social_worker.viewer()
    relate(man, child, kind="step_parent", lives_with=True, since=JUNE, by=by, at=NOW)
    move(child, lines=MILL, kind="home", since=JUNE, by=by, at=NOW)
    assert [(r.relation, r.since, r.source) for r in relations(child, JULY)] == [("step-parent", JUNE, "sightline")]
    assert residents(premises_key(MILL), JULY) == (child,)
    assert SourceRecord.objects.count() == 2


def test_nobody_relates_or_moves_whom_they_may_not_see(ext: Member, social_worker: Member) -> None:
    child, man = person("child", "2016-05-04"), person("man", "1990-01-01")
    involve(social_worker, child)
    with pytest.raises(NotFound):
        relate(man, child, kind="parent", by=social_worker.viewer(), at=NOW)
    with pytest.raises(NotFound):
        move(child, lines=MILL, kind="home", by=ext.viewer(), at=NOW)
    with pytest.raises(NotFound):
        record_unnamed_child(man, kind="parent", by=ext.viewer(), at=NOW)


@pytest.mark.requirement("JD-03")
def test_every_name_by_which_somebody_is_known_is_kept_with_whose_word_it_is() -> None:
    joe = person("joe", aliases=["J-Man", "Joey  Lowe"])
    found = persons([joe])[joe].aliases
    assert [(s.value, s.sources) for s in found] == [("J-Man", ("social_care",)), ("Joey Lowe", ("social_care",))]
