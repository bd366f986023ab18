"""Reference lists: loaded from a file, looked up without a script, and the number of what was chosen kept with the form."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from screens import text
from sightline.kernel.errors import Refused
from sightline.pathways.concern.commands import lists
from sightline.pathways.concern.models import Listed
from sightline.pathways.concern.queries.lists import FOUND, OFFERED, chosen, lists_of_places, look_up
from sightline.pathways.concern.services.lists import load_list
from sightline.pathways.concern.tests.test_concern_pages import begun, family, filled, forms, officer, people

__all__ = ["family", "officer", "people"]
pytestmark = pytest.mark.django_db
COLUMNS = ("kind", "reference", "name", "address", "postcode", "closed_on")
TOLD = (
    ("school", "990001", "St Osric's Primary School", "Mill Street, Larkscar", "ZS5 1AA", ""),
    ("school", "990002", "St Osric's Primary School", "Green Lane, Wincott", "ZS3 1AA", ""),
    ("nursery", "EY990003", "Little Larks", "Orchard Street, Wincott", "ZS3 1AB", ""),
    ("surgery", "Z99004", "Kiln Lane Surgery", "Kiln Lane, Larkscar", "ZS5 1AC", ""),
    ("school", "990005", "Old Forge School", "Forge Row, Larkscar", "ZS5 1AD", "2020-07-31"),
    ("health_visitor", "ZN9906", "Ola Brennan", "", "", ""),
    ("social_worker", "ZW9907", "Gwen Price", "", "", ""),
)  # fmt: skip


def rows(*told: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, line, strict=True)) for line in told]


@pytest.fixture
def listed(db: None) -> None:
    load_list(rows(*TOLD), whole=True, on=timezone.now().date())


@pytest.mark.requirement("CN-09")
def test_what_was_chosen_from_a_list_is_kept_with_its_number_and_stands_there_next_time(
    listed: None, officer: Client, people: dict[str, int]
) -> None:
    where, c = begun(officer, people, "ana"), f"c{people['ana']}"
    page = officer.get(where).content.decode()
    offered = {m[1]: m[2] for m in re.finditer(r'<datalist id="list-([a-z-]+)">(.*?)</datalist>', page, re.S)}
    assert "Little Larks (EY990003)" in offered["school"] and "Kiln Lane Surgery (Z99004)" in offered["gp"]
    assert "Old Forge" not in offered["school"], "one that has closed is not offered"
    typed = {f"{c}-school": "osric", f"{c}-gp": "Kiln Lane Surgery", f"{c}-health_visitor": "Ola Brennan (ZN9906)",
             f"{c}-social_worker": "Somebody from the duty team"}  # fmt: skip
    asked = officer.post(where, filled(people, "ana", do="find", **typed)).content.decode()
    assert "School or nursery: which of these?" in asked and "Green Lane, Wincott, ZS3 1AA" in asked
    assert "GP surgery: which" not in asked, "a name that only one has is chosen already"
    picked = {f"{c}-school-of-list": "990002", f"{c}-gp-of-list": ""}
    assert officer.post(where, filled(people, "ana", do="send_anyway", **typed, **picked)).status_code == 302
    (sent,) = (e.data for e in forms())
    assert (sent["school"], sent["school_ref"]) == ("St Osric's Primary School", "990002")
    assert (sent["gp"], sent["gp_ref"], sent["health_visitor_ref"]) == ("Kiln Lane Surgery", "Z99004", "ZN9906")
    assert sent["social_worker"] == "Somebody from the duty team" and "social_worker_ref" not in sent
    shown = text(officer.get(f"/person/{people['ana']}/concerns/{forms()[0].pk}/"))
    assert "Number of the school or nursery 990002" in shown
    again = officer.get(begun(officer, people, "ana", token="second")).content.decode()
    assert 'value="St Osric&#39;s Primary School (990002)"' in again and 'value="Kiln Lane Surgery (Z99004)"' in again


@pytest.mark.requirement("CN-09")
@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        ("school", "st osrics", ["990001", "990002"]),
        ("school", "osric larkscar", ["990001"]),
        ("school", "ZS3", ["EY990003", "990002"]),
        ("school", "Osric Juniors", ["990001", "990002"]),
        ("school", "forge", []),
        ("school", "St Osric's Primary School (990001)", []),
        ("school", "zs51aa", ["990001"]),
        ("gp", "nowhere at all", []),
        ("gp", "", []),
    ],
)
def test_a_list_is_looked_up_by_any_words_of_name_and_address(
    listed: None, field: str, typed: str, found: list[str]
) -> None:
    assert [one.reference for one in look_up(field, typed, timezone.now())] == found


@pytest.mark.requirement("CN-09")
def test_a_number_of_another_list_or_a_name_that_two_have_chooses_nothing(listed: None) -> None:
    at = timezone.now()
    assert not chosen({"school": "St Osric's Primary School", "gp": "Little Larks (EY990003)"}, at)
    assert not chosen({"school": "Another name (990001)"}, at), "a number beside another name is not taken for it"


@pytest.mark.requirement("CN-09")
def test_a_list_is_loaded_from_a_file_whole_and_what_left_it_is_offered_no_more(listed: None, tmp_path: Path) -> None:
    file, at = tmp_path / "lists.csv", timezone.now()
    file.write_text("kind,reference,name,address,postcode\nschool,990001,St Osric's Academy,Mill Street,ZS5 1AA\n")
    said = CliRunner().invoke(lists, ["--whole", str(file)], catch_exceptions=False)
    assert "1 lines; 1 no longer on the list" in said.output
    offered = lists_of_places(at)
    assert offered["school"] == ["Little Larks (EY990003)", "St Osric's Academy (990001)"], (
        "nurseries are not of this file"
    )
    assert Listed.objects.filter(reference="990002").exists(), "what was chosen once still says what it is"
    many = [("school", f"98{n:04d}", f"School {n}", "", "", "") for n in range(OFFERED + 1)]
    load_list(rows(*many), whole=False, on=at.date())
    assert lists_of_places(at)["school"] == [], "a long list is looked up, not sent to every screen"
    assert len(look_up("school", "school", at)) == FOUND + 1, "that there are more is said"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("shop", "1", "A", "", "", ""), "Line 2: the kind"),
        (("school", "", "A", "", "", ""), "Line 2: a number"),
        (("school", "9(1)", "A", "", "", ""), "Line 2: a number has"),
        (("school", "1", "A", "", "", "soon"), "Line 2: closed_on"),
    ],
)
def test_a_list_that_cannot_be_read_changes_nothing_and_names_the_line(line: tuple[str, ...], says: str) -> None:
    with pytest.raises(Refused, match=says):
        load_list(rows(line), whole=True, on=date(2026, 3, 1))
    with pytest.raises(Refused, match="twice"):
        load_list(rows(TOLD[0], TOLD[0]), whole=True, on=date(2026, 3, 1))
    assert not Listed.objects.exists()


def test_the_invented_list_can_be_loaded() -> None:
    file = Path(__file__).parents[1] / "invented_lists.csv"
    assert CliRunner().invoke(lists, ["--whole", str(file)], catch_exceptions=False).exit_code == 0
    assert Listed.objects.filter(kind="surgery").count() > 100
