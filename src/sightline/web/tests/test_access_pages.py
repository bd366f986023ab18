"""The pages of the access log: what I looked at, what a user looked at, the queue of looks, and conflicts of interest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from cast import LONG_AGO, Member, involve, make_member
from scenes import Boy
from screens import search, signed_in, text
from sightline.access.commands import account
from sightline.access.models import AccessEntry, Exclusion, LookReview, OnDuty, StaffDetail
from sightline.access.staff import exclude
from sightline.kernel.errors import NotFound
from sightline.pathways.contact.tests.conftest import opens

pytestmark = pytest.mark.django_db
ABSENT = 987_654_321
NAMES = ("Hussein", "Mohammed", "Layla")
NOTE = "asked her: the call was hers, as the control room bears out"


@pytest.fixture
def guardian(data_guardian: Member) -> Client:
    """Ruth Abel at a screen."""
    return signed_in(data_guardian)


@pytest.fixture
def declared(call_handler: Member) -> StaffDetail:
    """Jo Marsh declares the boy's surname and postcode as her own."""
    said = ["--surname", "Hussein", "--street", "3 Kiln Row", "--postcode", "zs5 7ab"]
    done = CliRunner().invoke(account, ["marsh", *said], catch_exceptions=False)
    assert done.exit_code == 0
    return StaffDetail.objects.get(user=call_handler.user)


def queue_of(guardian: Client) -> str:
    return text(guardian.get("/access/review/"))


@pytest.mark.requirement("IS-03")
def test_what_i_looked_at_is_mine_to_read_by_number_and_field(handler: Client, scene: Boy) -> None:
    search(handler)
    handler.get(f"/person/{scene.boy}/")
    page = text(handler.get("/access/mine/"))
    assert f"Person {scene.boy}" in page and "chronology" in page and "Search" in page
    assert not any(name in page for name in NAMES)


@pytest.mark.requirement("IS-03", "IS-05")
def test_my_own_page_says_of_what_was_refused_no_more_than_i_asked(handler: Client, scene: Boy) -> None:
    for number in (scene.stranger, ABSENT):
        handler.get(f"/person/{number}/")
    page = text(handler.get("/access/mine/"))
    for number in (scene.stranger, ABSENT):
        assert f"/person/{number}/" in page and f"Person {number}" not in page


@pytest.mark.requirement("IS-03", "IS-04")
def test_a_guardian_reads_what_a_user_looked_at_and_nobody_else_does(
    handler: Client, call_handler: Member, guardian: Client, constable: Member, scene: Boy
) -> None:
    search(handler)
    path = f"/access/users/{call_handler.user.pk}/"
    page = text(guardian.get(path))
    assert "What Jo Marsh looked at" in page and f"Person {scene.boy}" in page and not any(n in page for n in NAMES)
    refused = signed_in(constable).get(path)
    assert (
        refused.status_code == 403 and AccessEntry.objects.filter(user_id=constable.user.pk, outcome="refused").exists()
    )


@pytest.mark.requirement("IS-03")
def test_a_user_of_an_agency_that_has_its_own_guardian_is_as_nobody_to_another(
    handler: Client, call_handler: Member, guardian: Client, data_guardian: Member, scene: Boy
) -> None:
    make_member("own", "Own Guardian", "data_guardian", "police")
    search(handler)
    answers = [guardian.get(f"/access/users/{n}/") for n in (call_handler.user.pk, ABSENT, data_guardian.user.pk)]
    assert {a.status_code for a in answers} == {404} and len({a.content for a in answers}) == 1
    assert "Jo Marsh" not in queue_of(guardian)


@pytest.mark.requirement("IS-05", "IS-03")
def test_of_somebody_from_whom_they_are_kept_a_guardian_reads_no_look(
    handler: Client, call_handler: Member, guardian: Client, data_guardian: Member, scene: Boy, declared: StaffDetail
) -> None:
    search(handler)
    handler.get(f"/person/{scene.boy}/")
    path = f"/access/users/{call_handler.user.pk}/"
    assert f"Person {scene.boy}" in text(guardian.get(path)) and "own surname" in queue_of(guardian)
    Exclusion.objects.create(
        user=data_guardian.user, person_id=scene.boy, reason="own son", from_at=scene.at - timedelta(days=1)
    )
    assert f"Person {scene.boy}" not in text(guardian.get(path)) and f"/person/{scene.boy}/" not in text(
        guardian.get(path)
    )
    assert "own surname" not in queue_of(guardian)


@pytest.mark.requirement("IS-04")
def test_a_look_at_ones_own_surname_and_postcode_is_in_the_queue_and_once_reviewed_no_more(
    handler: Client, guardian: Client, data_guardian: Member, scene: Boy, declared: StaffDetail
) -> None:
    assert "(0)" in queue_of(guardian)
    search(handler)
    page = queue_of(guardian)
    assert "Looked at somebody of their own surname (+4); Looked at somebody of their own postcode (+5)" in page
    assert not any(name in page for name in NAMES)
    look = AccessEntry.objects.filter(action="search").get().pk
    at = f"/access/review/{look}/"
    assert "own surname (+4)" in text(guardian.get(at))
    assert guardian.post(at, {"outcome": "fine", "note": "no"}).status_code == 422 and not LookReview.objects.exists()
    assert guardian.post(at, {"outcome": "asked", "note": NOTE}).headers["Location"] == "/access/review/"
    assert "own surname" not in queue_of(guardian) and NOTE in text(guardian.get(at))
    written = AccessEntry.objects.get(action="review")
    assert (written.user_id, written.outcome, written.note) == (data_guardian.user.pk, "asked", f"look {look}")
    assert guardian.post(at, {"outcome": "fine", "note": NOTE}).status_code == 409


OWN_SEARCH = "by their own search alone, and no contact or incident recorded since (+3)"


@pytest.mark.requirement("IS-04")
def test_whom_only_a_search_opened_is_in_the_queue_until_a_contact_is_recorded(
    handler: Client, guardian: Client, scene: Boy
) -> None:
    search(handler)
    handler.get(f"/person/{scene.boy}/")
    page = queue_of(guardian)
    assert page.count(OWN_SEARCH) == 2, "the search, and the page opened after it"
    assert "no live involvement" not in page.lower()
    opens(handler, scene)
    assert OWN_SEARCH not in queue_of(guardian)


@pytest.mark.requirement("IS-04")
def test_the_surname_of_the_account_is_the_users_own_though_nothing_was_declared(guardian: Client, scene: Boy) -> None:
    kin = make_member("kin", "Karim Hussein", "call_handler", "police")
    assert not StaffDetail.objects.exists()
    search(signed_in(kin))
    assert "Looked at somebody of their own surname (+4)" in queue_of(guardian)


@pytest.mark.requirement("IS-04")
def test_a_burst_of_refusals_is_one_look_to_review(guardian: Client, social_worker: Member, scene: Boy) -> None:
    screen = signed_in(social_worker)
    for _ in range(4):
        screen.get(f"/person/{scene.boy}/")
    assert "Refused" not in queue_of(guardian)
    screen.get(f"/person/{scene.stranger}/")
    page = queue_of(guardian)
    assert "Refused 5 times in an hour (+4)" in page and page.count("Refused") == 1
    first = AccessEntry.objects.filter(user_id=social_worker.user.pk, action="refusal").order_by("pk")[0]
    look = text(guardian.get(f"/access/review/{first.pk}/"))
    assert f"Person {scene.boy}" in look and f"Person {scene.stranger}" in look, "all of them, not the first alone"


@pytest.mark.requirement("IS-04")
def test_whoever_is_reviewed_is_not_told_by_who_looked(
    handler: Client, guardian: Client, scene: Boy, declared: StaffDetail
) -> None:
    search(handler)
    look = AccessEntry.objects.filter(action="search").get().pk
    guardian.get("/access/conflicts/")
    guardian.get(f"/access/review/{look}/")
    guardian.post(f"/access/review/{look}/", {"outcome": "asked", "note": NOTE})
    path = f"/person/{scene.boy}/looked/"
    assert "Ruth Abel" in text(guardian.get(path))
    page = text(handler.get(path))
    assert (
        "Jo Marsh" in page and "Ruth Abel" not in page and "What those who review looks do is not listed here" in page
    )


@pytest.mark.requirement("IS-03")
def test_who_looked_leaves_out_nothing_and_goes_on_to_older_pages(
    handler: Client, call_handler: Member, scene: Boy
) -> None:
    search(handler)
    line = {
        "role": "practitioner",
        "agency": "health",
        "action": "consultation",
        "people": [scene.boy],
        "fields": ["names"],
    }
    old = timezone.now() - timedelta(days=400)
    AccessEntry.objects.bulk_create(
        AccessEntry(at=old, route=f"/old/{n}/", reason=f"why {n}.", **line) for n in range(210)
    )
    path, said = f"/person/{scene.boy}/looked/", ""
    for page in range(1, 6):
        said += text(handler.get(f"{path}?page={page}"))
    assert all(f"why {n}." in said for n in range(210)) and "Jo Marsh" in said
    assert "Older" in text(handler.get(path)) and "Older" not in text(handler.get(f"{path}?page=5"))
    assert "written down" in said, "a line that says another time than that of its writing"


@pytest.mark.requirement("IS-04")
def test_at_night_outside_the_rota_is_in_the_queue(
    guardian: Client, call_handler: Member, constable: Member, scene: Boy
) -> None:
    night = timezone.localtime().replace(hour=2, minute=0) - timedelta(days=1)
    involve(call_handler, scene.boy, at=night)
    given = {
        "role": "call_handler",
        "agency": "police",
        "action": "consultation",
        "fields": ["names"],
        "people": [scene.boy],
    }
    AccessEntry.objects.create(at=night, user_id=call_handler.user.pk, request_ref="r", **given)
    assert "turn of duty" not in queue_of(guardian), "a team that has set no rota has everybody on duty"
    turn = {"from_at": night - timedelta(hours=4), "until_at": night + timedelta(hours=4), "set_by": 1, "set_at": night}
    OnDuty.objects.create(post=constable.post, **turn)
    assert "At night, when it was not their turn of duty (+2)" in queue_of(guardian)
    OnDuty.objects.create(post=call_handler.post, **turn)
    assert "turn of duty" not in queue_of(guardian)


@pytest.mark.requirement("IS-04")
def test_nobody_reviews_their_own_looks(guardian: Client, data_guardian: Member, scene: Boy) -> None:
    given = {
        "role": "data_guardian",
        "agency": "hub",
        "action": "consultation",
        "fields": ["names"],
        "people": [scene.boy],
    }
    AccessEntry.objects.create(
        at=timezone.now() - timedelta(hours=1), user_id=data_guardian.user.pk, request_ref="r", **given
    )
    assert "No live involvement" not in queue_of(guardian)
    other = signed_in(make_member("two", "Second Guardian", "data_guardian", "hub"))
    assert "No live involvement" in queue_of(other)


@pytest.mark.requirement("IS-05")
def test_a_guardian_who_is_kept_from_a_child_keeps_nobody_else_from_them(
    data_guardian: Member, call_handler: Member, scene: Boy
) -> None:
    at, by = timezone.now(), data_guardian.viewer(at=timezone.now())
    own = Exclusion.objects.create(user=data_guardian.user, person_id=scene.boy, reason="own nephew", from_at=LONG_AGO)
    with pytest.raises(NotFound):
        exclude(by, call_handler.user.pk, scene.boy, reason="a friend of the family", at=at)
    own.delete()
    assert (
        exclude(by, call_handler.user.pk, scene.boy, reason="a friend of the family", at=at).user == call_handler.user
    )


@pytest.mark.requirement("IS-04", "IS-05")
def test_a_conflict_is_suggested_by_number_and_holds_once_a_guardian_agrees(
    handler: Client, guardian: Client, call_handler: Member, scene: Boy, declared: StaffDetail
) -> None:
    page = text(guardian.get("/access/conflicts/"))
    assert f"Jo Marsh and person {scene.boy}" in page and f"Jo Marsh and person {scene.mother}" in page
    assert f"person {scene.stepfather}" not in page, "the same postcode, another surname and another house"
    assert f"person {scene.grandmother}" not in page, "the same surname, another postcode"
    assert not any(name in page for name in NAMES)
    search(handler)
    assert handler.get(f"/person/{scene.boy}/").status_code == 200
    pair = f"{call_handler.user.pk}-{scene.boy}"
    assert guardian.post("/access/conflicts/", {"pair": pair, "reason": "no"}).status_code == 422
    assert guardian.post("/access/conflicts/", {"pair": f"1-{ABSENT}", "reason": "own nephew"}).status_code == 422
    assert not Exclusion.objects.exists()
    assert guardian.post("/access/conflicts/", {"pair": pair, "reason": "own nephew"}).status_code == 302
    assert handler.get(f"/person/{scene.boy}/").status_code == 404
    assert f"Jo Marsh and person {scene.boy}" not in text(guardian.get("/access/conflicts/"))


@pytest.mark.requirement("IS-04", "IS-05")
def test_whoever_lives_in_the_users_own_house_is_suggested_whatever_their_surname(
    guardian: Client, call_handler: Member, scene: Boy
) -> None:
    StaffDetail.objects.create(user=call_handler.user, lines="14 Kiln Row", postcode="ZS5 7AB")
    page = text(guardian.get("/access/conflicts/"))
    assert all(f"Jo Marsh and person {p} Same address" in page for p in (scene.boy, scene.mother, scene.stepfather))
    assert f"person {scene.stranger}" not in page


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("path", ["/access/review/", "/access/conflicts/", "/access/users/1/", "/access/review/1/"])
def test_whoever_guards_nothing_reads_no_page_of_review(handler: Client, call_handler: Member, path: str) -> None:
    assert handler.get(path).status_code == 403
    assert AccessEntry.objects.filter(user_id=call_handler.user.pk, action="refusal").exists()
