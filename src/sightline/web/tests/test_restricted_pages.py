"""A restricted record on every page: that it is there, when it was last added to, whom to ask; never a name, an entry, a reason or a count."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Member, involve
from scenes import Boy
from screens import REASON, search, signed_in, text
from sightline.access.models import AccessEntry, Involvement, Restriction
from sightline.exchange.api.services import give_key

pytestmark = pytest.mark.django_db
HIS = ("Mohammed", "Hussein", "9990000018", "4 March 2016", "Kiln Row", "errands", "neglect", "child protection plan")


@pytest.fixture
def restricted(scene: Boy, social_worker: Member) -> Boy:
    """The boy's record is restricted, and Amina Okoro has him."""
    since = scene.at
    Restriction.objects.create(person_id=scene.boy, state="restricted", reason="a colleague's child", from_at=since)
    involve(social_worker, scene.boy, at=scene.at)
    return scene


@pytest.mark.requirement("IS-08", "JD-11")
def test_a_search_that_finds_a_restricted_record_says_so_and_whom_to_ask(handler: Client, restricted: Boy) -> None:
    answer = search(handler, address="", postcode="", name="Mo Hussein", age="10")
    said = text(answer)
    shown = said[said.index("People") :]
    assert "A restricted record" in said
    assert "There is a history, and it is not permitted for your post" in said
    assert "Case owner, Marsham Children's Services team, Marsham Children's Services" in said
    his = shown[shown.index("A restricted record") :].split("Mother on the line")[0]
    assert not [value for value in HIS if value in his.split("None of these?")[0]]
    assert f"/person/{restricted.boy}/" in answer.content.decode()
    opened = Involvement.objects.filter(why="first_contact").values_list("person_id", flat=True)
    assert set(opened) == {restricted.boy}, "those he lives with are not opened by a search for him"


@pytest.mark.requirement("IS-08", "IS-01")
def test_his_page_says_how_to_obtain_it_and_nothing_else_of_him(handler: Client, restricted: Boy) -> None:
    search(handler)
    answer = handler.get(f"/person/{restricted.boy}/")
    said = text(answer)
    assert answer.status_code == 200
    assert "This record is restricted" in said
    assert "not permitted for your post" in said
    assert "Last added to on" in said
    assert "Case owner" in said
    assert "Open a record in an emergency" in said
    assert not [value for value in HIS if value in answer.content.decode()]
    newest = AccessEntry.objects.filter(action="consultation").order_by("-id")[0]
    assert (newest.people, newest.fields) == ([restricted.boy], ["pointer"])


@pytest.mark.requirement("IS-01", "IS-08")
@pytest.mark.parametrize("at", ["records/", "looked/", "grades/", "records/same/"])
def test_no_other_page_of_his_gives_anything(handler: Client, restricted: Boy, at: str) -> None:
    search(handler)
    answer = handler.get(f"/person/{restricted.boy}/{at}")
    assert answer.status_code in (403, 405)
    assert not [value for value in HIS if value in answer.content.decode()]


@pytest.mark.requirement("IS-08")
def test_around_his_mother_he_is_somebody_whose_name_is_not_permitted(
    handler: Client, call_handler: Member, restricted: Boy
) -> None:
    involve(call_handler, restricted.mother, why="first_contact", at=restricted.at)
    page = handler.get(f"/person/{restricted.mother}/").content.decode()
    assert "Layla Hussein" in page
    assert "Name not permitted for your post" in page
    assert "Mohammed" not in page
    assert "child protection plan" not in page


@pytest.mark.requirement("IS-08")
def test_the_place_where_he_lives_counts_him_and_does_not_name_him(
    handler: Client, call_handler: Member, restricted: Boy
) -> None:
    involve(call_handler, restricted.mother, why="first_contact", at=restricted.at)
    page = text(handler.get(f"/address/{restricted.premises}/"))
    assert "Layla Hussein" in page
    assert "Mohammed" not in page


@pytest.mark.requirement("IS-08", "IS-01")
def test_whoever_has_him_reads_him_as_before(restricted: Boy, social_worker: Member) -> None:
    said = text(signed_in(social_worker).get(f"/person/{restricted.boy}/"))
    assert "Mohammed Ali Hussein" in said
    assert "Subject of a child protection plan" in said


@pytest.mark.requirement("IS-08")
def test_a_calling_system_is_told_the_same(handler: Client, call_handler: Member, restricted: Boy) -> None:
    key = give_key("command", call_handler.post.agency, at=restricted.at)
    asked = {"on_behalf_of": call_handler.user.username, "reason": REASON, "name": "Mo Hussein", "age": "10"}
    answer = Client().post(
        "/api/first-contact", asked, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )
    (his,) = [f for f in answer.json()["found"] if f["person"] == restricted.boy]
    assert his["restricted"]["ask"] == [
        {"role": "Case owner", "team": "Marsham Children's Services team", "agency": "Marsham Children's Services"}
    ]
    assert (his["name"], his["born"], his["addresses"], his["reasons"], his["bits"]) == (
        "Name not permitted for your post", None, [], [], 0,
    )  # fmt: skip
    assert (his["standing"], his["household"], his["latest"], his["sources"], his["hazards"]) == ([], [], [], [], [])


@pytest.mark.requirement("IS-08")
def test_an_open_page_says_what_is_held_and_not_shown_and_whom_to_ask(page: str) -> None:
    assert "Held, and not shown to you" in page
    held = page[page.index("Held, and not shown to you") :]
    assert "Intelligence: 1 entry" in held
    assert "1 handled as shared on conditions" in held, (
        "a report that does not say how it may be shared is not taken to be free"
    )
    assert "Ask the police" in held
    assert "errands" not in page


@pytest.mark.requirement("IS-10")
def test_what_was_shared_on_conditions_is_read_by_its_own_agency_s_who_work_with_him(
    scene: Boy, constable: Member
) -> None:
    involve(constable, scene.boy, at=scene.at)
    assert "Said to run errands" in text(signed_in(constable).get(f"/person/{scene.boy}/?kind=Intelligence"))
