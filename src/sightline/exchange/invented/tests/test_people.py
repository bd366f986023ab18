"""The invented people: numbers that nobody bears, families as they are, rates as the table says."""

import re
from collections import Counter
from datetime import date

import pytest

from sightline.exchange.invented import identifiers, places, rates
from sightline.exchange.invented.damage import mistype, recorded
from sightline.exchange.invented.damage_rates import DAMAGE, Damage
from sightline.exchange.invented.families import Neighbourhood
from sightline.exchange.invented.invent import block_diary
from sightline.exchange.invented.layouts.catalogue import LAYOUTS
from sightline.exchange.invented.people import seeded

UNTIL = date(2026, 3, 31)
BLOCKS = 50
# Every postcode area of the United Kingdom, the crown dependencies and the non-geographic ones.
_AREAS = """
AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN
EX FK FY G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N
NE NG NN NP NR NW OL OX PA PE PH PL PO PR QC RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN
TQ TR TS TW UB W WA WC WD WF WN WR WS WV XX YO ZE
"""
REAL_AREAS = set(_AREAS.split())


@pytest.fixture(scope="module")
def diaries():
    return [block_diary(number, 11, UNTIL) for number in range(BLOCKS)]


@pytest.fixture(scope="module")
def people(diaries):
    return [person for diary in diaries for person in diary.block.people]


def check_digit_fits(number: str) -> bool:
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9]))
    return (11 - total % 11) % 11 == int(number[9])


def test_nhs_numbers_are_valid_all_from_the_999_range_and_borne_once(people):
    numbers = [person.nhs_number for person in people if person.nhs_number]
    assert len(numbers) == len(set(numbers)) > len(people) / 3
    for number in numbers:
        assert re.fullmatch(r"999\d{7}", number) and check_digit_fits(number)
    assert all(person.nhs_number for person in people if person.age_on(UNTIL) < 18)


def test_nhs_numbers_in_the_extracts_too(force):
    found = {str(row["nhs_number"]) for row in force.rows("health") if row["nhs_number"]}
    found |= {str(row["nhs_number"]) for row in force.rows("social_care") if row["nhs_number"]}
    assert found and all(number.startswith("999") and check_digit_fits(number) for number in found)


def test_the_check_digit_ten_is_never_used():
    checks = [identifiers.nhs_check_digit(f"9990000{tail:02d}") for tail in range(60)]
    assert None in checks
    assert all(check_digit_fits(f"9990000{tail:02d}{check}") for tail, check in enumerate(checks) if check is not None)


def test_telephones_are_the_ones_kept_for_drama(people):
    for person in people:
        assert not person.phone or re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", person.phone)


def test_no_postcode_area_is_real(force, people):
    postcodes = {address.postcode for person in people for _, address in person.addresses}
    for row in force.rows("crime"):
        postcodes |= {str(row[name]) for name in ("LOC_POSTCODE", "VIC_POSTCODE", "SUS_POSTCODE") if row[name]}
    postcodes |= {address.postcode for district in places.DISTRICTS for _, address in places.childrens_homes(district)}
    for postcode in postcodes:
        area = re.match(r"[A-Z]+", postcode)
        assert area is not None and area[0] not in REAL_AREAS
        assert re.fullmatch(r"[A-Z]{2}\d{1,2} \d[A-Z]{2}", postcode)
    assert any(postcode.startswith("ZS5 ") for postcode in postcodes)


def test_no_two_households_are_made_at_one_address():
    homes = Counter(
        home.address for number in (*range(8), 100, 101) for home in Neighbourhood(number, 1, UNTIL).build().households
    )
    assert max(homes.values()) == 1


def test_twins_namesakes_step_families_moves_and_new_names_exist(people):
    twins = [person for person in people if person.twin is not None]
    assert twins and all(one.born == one.twin.born and one.forename != one.twin.forename for one in twins)
    assert any(one.father and one.father.forename == one.forename and one.father.last == one.last for one in people)
    assert any(one.step_parent for one in people)
    assert sum(len(one.addresses) > 1 for one in people) > len(people) / 4
    assert any(one.renamed_on for one in people) and any("adopted" in one.traits for one in people)
    siblings = Counter((one.mother.number) for one in people if one.mother)
    assert any(
        one.mother and one.father and one.mother.step_parent is None and siblings[one.mother.number] > 1
        for one in people
    )
    cousins = [one for one in people if one.father and one.father.father]
    grandfathers = Counter(one.father.father.number for one in cousins)
    assert max(grandfathers.values()) > 1


def test_share_of_the_young_is_the_pilot_forces(people):
    young = sum(person.age_on(UNTIL) < 19 for person in people) / len(people)
    assert young == pytest.approx(0.223, abs=0.025)


def test_parents_are_older_than_their_children(people):
    for person in people:
        for parent in (person.mother, person.father):
            if parent is not None:
                assert (person.born - parent.born).days > 13 * 365


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("referrals", lambda rows: sum(row.system == "social_care" and row.cells["status"] != "LAC" for row in rows)),
        ("section_47", lambda rows: sum("s47_start" in row.cells for row in rows)),
        ("domestic_incidents", lambda rows: sum(row.system == "domestic_abuse" for row in rows)),
        ("marac_cases", lambda rows: sum(row.system == "marac" for row in rows)),
        ("intelligence", lambda rows: sum(row.system == "intelligence" for row in rows)),
        (
            "adult_detentions",
            lambda rows: sum(row.system == "custody" and "AARequestedAt" not in row.cells for row in rows),
        ),
        (
            "child_detentions",
            lambda rows: sum(row.system == "custody" and "AARequestedAt" in row.cells for row in rows),
        ),
        ("missing_people", lambda rows: len({row.people["subject"].number for row in rows if row.system == "missing"})),
        ("registered_offenders", lambda rows: sum(row.cells.get("ENTRY_TYPE") == "REG" for row in rows)),
        ("looked_after", lambda rows: len({row.people["child"].number for row in rows if row.system == "placements"})),
    ],
)
def test_rates_are_the_tables_within_chance(diaries, key, count):
    """Within four standard deviations of the count to be expected, the standing case left out."""
    rows = [row for diary in diaries[1:] for row in diary.rows]
    wanted = rates.expected(key, sum(len(diary.block.people) for diary in diaries[1:]))
    assert abs(count(rows) - wanted) < 4 * wanted**0.5 + 1


def test_those_in_need_on_a_day_are_near_the_table(diaries):
    """A stock that follows from flows and durations: nearness, not chance, is what counts."""
    rows = [
        row
        for diary in diaries[1:]
        for row in diary.rows
        if row.system == "social_care" and row.cells["status"] != "CLOSED"
    ]
    found = len({row.people["child"].number for row in rows})
    assert found == pytest.approx(
        rates.expected("in_need", sum(len(diary.block.people) for diary in diaries[1:])), rel=0.4
    )


def test_trouble_comes_again_to_the_same_families(diaries):
    homes = Counter(
        row.people["victim"].household.number
        for diary in diaries[1:]
        for row in diary.rows
        if row.system == "domestic_abuse" and row.people["victim"].household
    )
    assert max(homes.values()) >= 6


def test_health_contacts_are_the_tables(diaries):
    people = sum(len(diary.block.people) for diary in diaries)
    wanted = rates.expected("child_health_contacts", people) + rates.expected("adult_health_contacts", people)
    assert sum(row.system == "health" for diary in diaries for row in diary.rows) == pytest.approx(wanted, rel=0.12)


def test_every_system_has_its_damage():
    assert set(DAMAGE) == set(LAYOUTS)


def test_without_damage_a_record_is_the_person(people):
    none = Damage().softened(0.0)
    for person in people[:200]:
        held = recorded(seeded("clean", person.number), person, none)
        assert (held.forename, held.surname, held.born, held.sex) == (
            person.forename,
            person.last,
            person.born,
            person.sex,
        )


def test_damage_comes_as_often_as_its_table_says(people):
    grown = people * 2
    swapped = sum(
        recorded(
            seeded("s", place), one, Damage(names_swapped=0.2, typing=0, misheard=0, spelling=0, nickname=0)
        ).forename
        != one.forename
        for place, one in enumerate(grown)
    )
    assert swapped / len(grown) == pytest.approx(0.2, abs=0.04)
    missing = sum(
        recorded(seeded("b", place), one, Damage(born_missing=0.3)).born is None for place, one in enumerate(grown)
    )
    assert missing / len(grown) == pytest.approx(0.3, abs=0.03)


def test_a_slip_of_the_fingers_is_one_slip():
    for place in range(200):
        slip = mistype(seeded("slip", place), "Hussain")
        assert abs(len(slip) - 7) <= 1 and slip[0] == "H"


def test_nothing_happens_to_anybody_before_birth(diaries):
    for diary in diaries:
        for row in diary.rows:
            for role, person in row.people.items():
                assert person.born <= row.updated.date(), (row.system, role)
