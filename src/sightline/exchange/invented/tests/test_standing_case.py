"""The boy whom the call handler must find is in every force, with those who are like him."""

from datetime import date

from sightline.exchange.invented.invent import block_diary

UNTIL = date(2026, 3, 31)


def boys(force):
    return [row for row in force.truth("people") if row["surname"] == "Hussain" and row["known_as"] == "Mo"]


def test_the_boy_and_his_cousin_are_nine_and_ten_near_zs5(force):
    found = boys(force)
    assert {2026 - int(row["born"][:4]) for row in found} <= {10, 11} and len(found) == 2
    assert all(row["postcode"].startswith("ZS5 ") for row in found)


def test_the_boy_is_in_ten_systems(force):
    boy = next(row["person_id"] for row in boys(force) if row["forenames"] == "Mohammed")
    systems = {row["system"] for row in force.truth("records") if row["person_id"] == boy}
    assert systems >= {
        "command_and_control", "crime", "missing", "domestic_abuse", "marac", "social_care", "child_abuse", "child_protection",
        "health", "education",
    }  # fmt: skip


def test_his_plan_is_in_force_and_his_father_on_bail(force):
    plans = [row for row in force.rows("child_protection") if row.get("Category") == "PHY" and "PlanEnd" not in row]
    assert any(str(row["Surname"]).lower().startswith(("hu", "ho")) for row in plans)
    bail = [row for row in force.rows("crime") if "Not to contact Shabana Kauser" in str(row["BAIL_CONDITIONS"])]
    assert len(bail) == 2 and all(row["BAIL_UNTIL"] == "15/05/2026" and row["BAIL_TYPE"] == "PRE" for row in bail)


def test_a_dog_and_a_registered_offender_at_his_address(force):
    block = block_diary(0, 5, UNTIL)
    home = next(
        one
        for one in block.block.people
        if one.forename == "Shabana" and one.last == "Kauser" and one.children(block.block.people)
    )
    lines = home.address_on(UNTIL).lines()
    assert any(row["place_address"] == lines and row["kind"] == "DOG" for row in force.rows("intelligence"))
    assert any("WRAGG is said to sleep" in str(row["text"]) for row in force.rows("intelligence"))
    assert any(
        row["LOC_WARNINGS"] == "DOG" and row["LOC_ADDRESS"] == lines for row in force.rows("command_and_control")
    )


def test_three_others_could_be_taken_for_him(force):
    people = force.truth("people")
    assert any(
        row["forenames"] == "Hussain" and row["surname"] == "Mohammed" and row["born"].startswith("2015")
        for row in people
    )
    assert any(
        row["forenames"] == "Mohammed" and row["surname"] == "Hussain" and row["born"] < "2000" for row in people
    )
    records = {row["person_id"] for row in force.truth("records")}
    assert all(row["person_id"] in records for row in boys(force))


def test_he_goes_missing_often(force):
    keys = {
        row["record_key"]
        for row in force.truth("records")
        if row["system"] == "missing" and row["person_id"] in {one["person_id"] for one in boys(force)}
    }
    assert sum(row["mp_id"] in keys for row in force.rows("missing")) == 6
