"""Two people were shown as one: each value says whose it is, and when they are two again everybody who was shown them is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, seal, write_person
from screens import signed_in, text
from sightline.access.models import AccessEntry, Exclusion, ToldOfParting
from sightline.chronology.record import record_many

pytestmark = pytest.mark.django_db
WHY = "the school confirmed it by telephone"
MO = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-05-04", "sex": "M", "nhs_number": "9990001200"}
AHMED = MO | {"forenames": "Mohammad", "gp": "Kiln Lane Surgery", "phone": ["07700 900456"]}
NAMES = ("Hussein", "Mohamm", "Kiln", "900456")


@pytest.fixture
def coordinator(db: None) -> Member:
    """Jan Lowe of the police, who decides who is who and may read what the crime system says."""
    return make_member("lowe", "Jan Lowe", "missing_coordinator", "police")


@pytest.fixture
def two(coordinator: Member) -> tuple[int, int]:
    """Two records of the crime system, alike enough to be taken for one boy; the coordinator works with both."""
    at = timezone.now() - timedelta(days=30)
    people = []
    for key, said in (("N1", MO), ("N2", AHMED)):
        people.append(person_of(write_person("crime", key, at=at, **said)))
        heard = {"channel": "999", "kind": "concern_for_child"}
        about, home = {"subject": [("crime", key)]}, {"lines": f"{key[1]} Kiln Row", "kind": "home"}
        record_many(
            [
                entry("address.recorded", about, source="crime", ref=f"{key}/home", at=at, data=home),
                entry(
                    "contact.received", {"child": about["subject"]}, source="crime", ref=f"{key}/m", at=at, data=heard
                ),
            ],
            feed_viewer(at=at),
        )
    involve(coordinator, *people, at=timezone.now())
    return people[0], people[1]


def join(client: Client, two: tuple[int, int]) -> None:
    client.post(f"/person/{two[0]}/records/same/", {"number": str(two[1]), "same": "yes", "reason": WHY})


def part(client: Client, two: tuple[int, int]) -> None:
    client.post(f"/person/{two[0]}/records/apart/", {"away": ["crime/N2"], "reason": "two cousins of one name"})


@pytest.mark.requirement("JD-02", "IS-11")
def test_every_value_of_a_joined_person_says_from_which_record_it_is(coordinator: Member, two: tuple[int, int]) -> None:
    client = signed_in(coordinator)
    assert "Crime N1" not in text(client.get(f"/person/{two[0]}/")), "one record needs no key"
    join(client, two)
    page = text(client.get(f"/person/{two[0]}/"))
    for said in (
        r"Kiln Lane Surgery \(Crime N2,",
        r"07700 900456 \(Crime N2\)",
        r"Mohammed Hussein \(Crime N1,",
        r"Mohammad Hussein \(Crime N2,",
        r"1 Kiln Row: home, since [^(]+\(Crime N1\)",
        r"2 Kiln Row: home, since [^(]+\(Crime N2\)",
        r"NHS number 9990001200 \(Crime N2, N1,|NHS number 9990001200 \(Crime N1, N2,",
        r"Of the record Crime N1\.",
        r"Of the record Crime N2\.",
    ):
        assert re.search(said, page), said
    records = text(client.get(f"/person/{two[0]}/records/"))
    assert re.search(r"Phone 07700 900456: Crime N2,", records)


@pytest.mark.requirement("JD-02", "IS-03")
def test_everybody_who_was_shown_two_people_as_one_is_told_without_a_name(
    coordinator: Member, constable: Member, health_visitor: Member, two: tuple[int, int]
) -> None:
    manager, shown, before = signed_in(coordinator), signed_in(constable), signed_in(health_visitor)
    involve(health_visitor, two[0], at=timezone.now())
    involve(constable, two[1], at=timezone.now())
    before.get(f"/person/{two[0]}/")
    join(manager, two)
    assert shown.get(f"/person/{two[0]}/").status_code == 200
    part(manager, two)
    assert [t.user_id for t in ToldOfParting.objects.all()] == [constable.user.pk]
    home = text(shown.get("/"))
    (notice,) = re.findall(r"Two people were shown to you as one.+?Check what you wrote", home)
    assert not any(name in notice for name in NAMES)
    told = ToldOfParting.objects.get()
    page = shown.get(f"/access/parted/{told.parting_id}/")
    assert "You were shown it" in text(page) and "Who was shown it" not in text(page)
    assert f"/person/{two[1]}/" in page.content.decode() and f"/person/{two[0]}/" not in page.content.decode()
    assert not any(name in text(page) for name in NAMES)
    assert shown.post(f"/access/parted/{told.parting_id}/").headers["Location"] == "/"
    assert "Two people were shown to you as one" not in text(shown.get("/"))
    for other in (before, signed_in(make_member("ext", "Ext Ernal", "practitioner", "health"))):
        assert "Two people were shown" not in text(other.get("/"))
        assert other.get(f"/access/parted/{told.parting_id}/").status_code == 404
        assert other.post(f"/access/parted/{told.parting_id}/").status_code == 404


@pytest.mark.requirement("JD-02", "IS-03", "IS-05")
def test_what_is_told_is_the_same_whether_the_other_is_sealed_since_or_merely_not_theirs(
    coordinator: Member, constable: Member, two: tuple[int, int]
) -> None:
    involve(constable, two[0], at=timezone.now())
    manager, shown = signed_in(coordinator), signed_in(constable)
    join(manager, two)
    shown.get(f"/person/{two[0]}/")
    part(manager, two)
    at = f"/access/parted/{ToldOfParting.objects.get().parting_id}/"
    open_, home = text(shown.get(at)), text(shown.get("/"))
    seal(two[1])
    assert (text(shown.get(at)), text(shown.get("/"))) == (open_, home)
    assert manager.get(at).status_code == 404, "and whoever parted them may know of them no more"


@pytest.mark.requirement("JD-02", "IS-03", "IS-04")
def test_whoever_parted_them_and_the_data_guardian_see_who_was_shown_it_and_who_has_checked(
    coordinator: Member, constable: Member, data_guardian: Member, two: tuple[int, int]
) -> None:
    involve(constable, two[0], at=timezone.now())
    manager, shown, guardian = (signed_in(m) for m in (coordinator, constable, data_guardian))
    join(manager, two)
    shown.get(f"/person/{two[0]}/")
    shown.get(f"/person/{two[0]}/")
    part(manager, two)
    number = ToldOfParting.objects.get().parting_id
    for client in (manager, guardian):
        assert "1 person was told. 1 yet to check" in text(client.get("/access/parted/"))
        page = text(client.get(f"/access/parted/{number}/"))
        assert re.search(r"Tom Reeve Response officer, police .+ 2 Told, not yet", page)
        assert re.search(r"Jan Lowe .+ made them two again", page)
    shown.post(f"/access/parted/{number}/")
    assert "All have checked" in text(guardian.get("/access/parted/"))
    assert "None that you made, or review" in text(shown.get("/access/parted/"))
    looks = AccessEntry.objects.filter(user_id=data_guardian.user.pk, note=f"parting {number}", outcome="given")
    assert {tuple(e.people) for e in looks} == {tuple(sorted(two))}
    Exclusion.objects.create(
        user=data_guardian.user, person_id=two[1], reason="own godson", from_at=timezone.now() - timedelta(days=1)
    )
    assert guardian.get(f"/access/parted/{number}/").status_code == 404
    assert "None that you made, or review" in text(guardian.get("/access/parted/"))
    assert "1 person was told" in text(manager.get("/access/parted/"))
    seal(two[1])
    assert "None that you made, or review" in text(manager.get("/access/parted/")), (
        "nor who made them two, once one is hidden"
    )


@pytest.mark.requirement("JD-02")
def test_a_second_person_agrees_or_declines_at_a_screen(team_manager: Member) -> None:
    second = make_member("hale", "Bryn Hale", "mash_manager", "hub")
    at = timezone.now() - timedelta(days=30)
    records = [write_person("crime", "N1", at=at, **MO), write_person("missing", "N2", at=at, forenames="Mo")]
    people = (person_of(records[0]), person_of(records[1]))
    for member in (team_manager, second):
        involve(member, *people, at=timezone.now())
    first, hers = signed_in(team_manager), signed_in(second)
    for answer, joined in (("decline", False), ("agree", True)):
        join(first, people)
        page = hers.get(f"/person/{people[1]}/records/")
        (to,) = set(re.findall(rf'"(/person/{people[1]}/records/proposed/\d+/)"', page.content.decode()))
        shown = text(hers.get(to))
        assert "Sunita Rao said so," in shown and WHY in shown and "Agree: they are the same person" in shown
        own = text(first.get(to.replace(str(people[1]), str(people[0]), 1)))
        assert "Take it back" in own and "Agree: they" not in own
        assert hers.post(to, {"answer": answer}).status_code == 422
        assert first.post(to, {"answer": "agree", "reason": WHY}).status_code == 422
        assert hers.post(to, {"answer": answer, "reason": WHY}).status_code == 302
        assert (person_of(records[0]) == person_of(records[1])) is joined
        assert hers.get(to).status_code == 404
    linked = text(hers.get(f"/person/{people[0]}/records/"))
    assert "Sunita Rao and Bryn Hale" in linked
