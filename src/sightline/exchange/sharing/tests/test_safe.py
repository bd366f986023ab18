"""A safe address: left out of what is given, hidden from whoever is linked to the adult it is kept from, there for those who have the child."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import NOW, Member, entry, feed_viewer, involve, make_member, sign_in
from scenes import BOY, MOTHER, Boy, boys_life
from sightline.access.breakglass import break_glass
from sightline.access.models import Exclusion, Restriction
from sightline.chronology.correcting import correct
from sightline.chronology.queries import as_permitted, chronologies
from sightline.chronology.record import record_many
from sightline.exchange.sharing.copies import make_copy
from sightline.exchange.sharing.protecting import prefer, protect, safe_page, stop_protecting
from sightline.exchange.sharing.queries import prepare
from sightline.exchange.sharing.recipients import Recipient, recipient_of
from sightline.exchange.sharing.services import Grounds, share
from sightline.kernel.errors import Refused
from sightline.pathways.contact.queries import Asked, first_contact
from sightline.pathways.identity.queries import person_page
from sightline.people.places import place, places_like
from sightline.people.premises import premises_key
from sightline.people.safe import kept_from
from sightline.people.sight import sight_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("IS-12")]
REFUGE, CODE = "3 Sorrel Court", "ZS9 1XY"
WHERE = premises_key(f"{REFUGE}, {CODE}")
WHY = "Moved after he threatened to find them"
PARTS = ("identity", "standing", "addresses", "household", "chronology")


@pytest.fixture
def boy(social_worker: Member, health_visitor: Member) -> Boy:
    scene = boys_life()
    involve(social_worker, scene.boy)
    at = NOW - timedelta(days=2)
    moved = {"lines": REFUGE, "postcode": CODE, "kind": "hostel", "from": at.date().isoformat()}
    told = [
        entry("address.recorded", {"subject": [BOY]}, source="social_care", ref="boy/refuge", at=at, data=moved),
        entry("plan.visit", {"child": [BOY]}, source="social_care", ref="boy/visit", at=at, place=f"{REFUGE}, {CODE}",
              note=f"Settling in at {REFUGE}"),
    ]  # fmt: skip
    record_many(told, feed_viewer(at=at))
    protect(social_worker.viewer(), scene.boy, WHERE, kept_from=[scene.stepfather], reason=WHY)
    return scene


def sees(member: Member, boy: Boy) -> set[str]:
    """Where the refuge shows: on the child's page, among places, in the chronology."""
    viewer = member.viewer()
    page = person_page(viewer, boy.boy, at=NOW)
    sight = sight_of(viewer)
    entries = as_permitted(viewer, chronologies([boy.boy])[boy.boy])
    shown = {
        "address": any(a.premises == WHERE for a in page.person.addresses),
        "place": place(WHERE, sight) is not None,
        "search": any(p.premises == WHERE for p in places_like(REFUGE, CODE, sight)),
        "entry": any(REFUGE in str(h.data) or REFUGE in h.place for h in (*page.chronology, *entries)),
        "who it is kept from": any(h.kind == "address.protected" for h in entries),
    }
    return {name for name, there in shown.items() if there}


def test_whoever_has_the_child_sees_it_and_that_it_is_kept_safe(boy: Boy, social_worker: Member) -> None:
    assert sees(social_worker, boy) == {"address", "place", "search", "entry", "who it is kept from"}
    page = person_page(social_worker.viewer(), boy.boy, at=NOW)
    assert "safe_address" in {f.kind for f in page.standing}
    assert WHERE in safe_page(social_worker.viewer(), boy.boy).safe


def test_whoever_works_with_the_adult_and_not_with_the_child_does_not(boy: Boy) -> None:
    manager = make_member("om", "Of Fender", "offender_manager", "police")
    involve(manager, boy.boy, why="first_contact")
    assert "address" in sees(manager, boy), "not linked to him yet"
    involve(manager, boy.stepfather)
    assert sees(manager, boy) == set()
    assert person_page(manager.viewer(), boy.boy, at=NOW).person.kept_safe
    involve(manager, boy.boy, why="allocated")
    assert "address" in sees(manager, boy), "who has the child must know"


def test_family_of_the_adult_does_not_whatever_their_post(boy: Boy, team_manager: Member) -> None:
    involve(team_manager, boy.boy)
    assert "address" in sees(team_manager, boy)
    Exclusion.objects.create(
        user=team_manager.user, person_id=boy.stepfather, reason="own brother", from_at=NOW - timedelta(days=1)
    )
    assert sees(team_manager, boy) == set()
    with pytest.raises(Refused, match="kept from you"):
        safe_page(team_manager.viewer(), boy.boy)
    break_glass(team_manager.viewer(reason="Child reported hurt at the refuge"), [boy.boy])
    assert "address" in sees(team_manager, boy), "nobody who must act is locked out"


def test_it_is_given_to_all_again_once_it_need_not_be_kept(boy: Boy, social_worker: Member) -> None:
    manager = make_member("om", "Of Fender", "offender_manager", "police")
    involve(manager, boy.boy, why="first_contact")
    involve(manager, boy.stepfather)
    assert kept_from(manager.viewer()).people == {boy.boy}
    later = NOW + timedelta(hours=1)
    stop_protecting(social_worker.viewer(at=later), boy.boy, WHERE, reason="He has died, and the refuge knows")
    assert not kept_from(manager.viewer(at=later + timedelta(minutes=1)))
    assert safe_page(social_worker.viewer(at=later + timedelta(minutes=1)), boy.boy).safe == {}


def hub() -> Recipient:
    make_member("hub", "Hub Desk", "practitioner", "hub")
    found = recipient_of("hub", "The duty desk")
    assert found is not None
    return found


def test_it_is_in_nothing_that_is_given_unless_somebody_says_why_this_once(boy: Boy, social_worker: Member) -> None:
    to = hub()
    grounds = {"purpose": "enquiry", "bases": ("public_task",), "reason": WHY, "consent": "given", "sections": PARTS,
               "outside_because": "Agreement is being signed"}  # fmt: skip
    row = share(social_worker.viewer(), boy.boy, to, Grounds(**grounds))
    assert "Sorrel" not in str(row.given) and CODE not in str(row.given)
    assert "A safe address" in [x["what"] for x in row.given["left_out"]]
    assert prepare(social_worker.viewer(), boy.boy, to, purpose="enquiry", chosen=PARTS).safe
    with pytest.raises(Refused, match="safe address"):
        share(social_worker.viewer(), boy.boy, to, Grounds(**grounds, safe_because="x"))
    once = share(social_worker.viewer(), boy.boy, to, Grounds(**grounds, safe_because="They move him there tonight"))
    assert "Sorrel" in str(once.given) and once.safe_address_because == "They move him there tonight"
    again = share(social_worker.viewer(), boy.boy, to, Grounds(**grounds))
    assert "Sorrel" not in str(again.given), "document by document"


def test_a_redacted_copy_holds_it_back_beforehand(boy: Boy, social_worker: Member) -> None:
    row = make_copy(social_worker.viewer(), boy.boy, purpose="court", asked_by="Court", asked_on=NOW.date())
    assert "safe_address" in row.withheld.values()


def test_how_somebody_can_be_reached_is_kept_from_them_and_given_to_nobody(boy: Boy, social_worker: Member) -> None:
    prefer(social_worker.viewer(), boy.boy, by="text", detail="Only to his own phone", kept_from=[boy.stepfather])
    manager = make_member("om", "Of Fender", "offender_manager", "police")
    involve(manager, boy.boy, why="first_contact")
    involve(manager, boy.stepfather)
    for member, there in ((social_worker, True), (manager, False)):
        entries = as_permitted(member.viewer(), chronologies([boy.boy])[boy.boy])
        assert any(h.kind == "contact.preferred" for h in entries) is there
    held = prepare(social_worker.viewer(), boy.boy, hub(), purpose="enquiry", chosen=PARTS)
    assert "his own phone" not in str(held.document)


@pytest.mark.parametrize("who", [[], [987_654_321]])
def test_it_is_kept_from_somebody_around_them(boy: Boy, social_worker: Member, who: list[int]) -> None:
    with pytest.raises(Refused, match="from whom"):
        protect(social_worker.viewer(), boy.boy, WHERE, kept_from=who, reason=WHY)


def test_how_somebody_wants_to_be_reached_is_recorded_on_a_page_kept_from_nobody_or_from_somebody(
    boy: Boy, social_worker: Member
) -> None:
    client, page = sign_in(Client(), social_worker), f"/person/{boy.boy}/reach/"
    involve(social_worker, boy.boy, at=timezone.now())
    wrong = client.post(page, {"by": "call", "never_by": "call"})
    assert wrong.status_code == 422 and "the way that is never to be used" in wrong.content.decode()
    said = {"by": "text", "never_by": "call", "never_at": "07700 900123\n\n", "not_in_front_of": "Tariq"}
    assert client.post(page, said).status_code == 302
    (held,) = chronologies([boy.boy])[boy.boy].of_kind("contact.preferred")
    assert dict(held.data) == {
        "by": "text", "never_by": "call", "never_at": ["07700 900123"], "not_in_front_of": ["Tariq"],
    }  # fmt: skip
    assert not held.people.get("adult")
    assert client.post(page, {"by": "letter", "kept_from": [str(boy.stepfather)]}).status_code == 302
    newest = chronologies([boy.boy])[boy.boy].of_kind("contact.preferred")[-1]
    assert newest.people["adult"] == (boy.stepfather,)


def restrict(person: int) -> None:
    Restriction.objects.create(
        person_id=person, state="restricted", reason="own child", from_at=NOW - timedelta(days=1)
    )


def test_what_is_kept_names_them_although_whoever_writes_it_is_shown_none_of_their_records(boy: Boy) -> None:
    warden = make_member("warden", "Of Streets", "practitioner", "community_safety")
    restrict(boy.boy)
    viewer = warden.viewer(reason="Child alone outside at night")
    break_glass(viewer, [boy.boy])
    assert safe_page(viewer, boy.boy).person.records == (), "nobody's name is given to this post"
    prefer(viewer, boy.boy, by="letter", detail="At school")
    (held,) = chronologies([boy.boy])[boy.boy].of_kind("contact.preferred")
    assert dict(held.people) == {"subject": (boy.boy,)}


def test_it_is_kept_from_somebody_around_them_whose_record_is_closed_to_whoever_writes_it(
    boy: Boy, social_worker: Member
) -> None:
    restrict(boy.stepfather)
    (adult,) = (p for p in safe_page(social_worker.viewer(), boy.boy).around if p.person == boy.stepfather)
    assert adult.records == ()
    prefer(social_worker.viewer(), boy.boy, by="letter", detail="At school", kept_from=[boy.stepfather])
    (held,) = chronologies([boy.boy])[boy.boy].of_kind("contact.preferred")
    assert dict(held.people) == {"subject": (boy.boy,), "adult": (boy.stepfather,)}


def test_a_correction_by_whoever_is_kept_from_the_address_takes_it_from_nobody_else(boy: Boy) -> None:
    seen = entry("crime.recorded", {"victim": [BOY]}, source="crime", ref="boy/crime", at=NOW - timedelta(days=1),
                 place=f"{REFUGE}, {CODE}", data={"category": "drugs"})  # fmt: skip
    record_many([seen], feed_viewer())
    manager = make_member("om", "Of Fender", "offender_manager", "police")
    involve(manager, boy.stepfather)
    involve(manager, boy.boy, why="first_contact")
    (shown,) = as_permitted(manager.viewer(), chronologies([boy.boy])[boy.boy]).of_kind("crime.recorded")
    assert shown.place == ""
    correct(manager.viewer(), boy.boy, shown.event_id, field="category", value="violence", reason=WHY, at=NOW)
    newest = chronologies([boy.boy])[boy.boy].of_kind("crime.recorded")[-1]
    assert (newest.get("category"), newest.place) == ("violence", f"{REFUGE}, {CODE}")


def test_it_is_not_read_in_what_happened_there_to_somebody_else_nor_in_the_words_of_an_entry(
    boy: Boy, social_worker: Member, constable: Member
) -> None:
    at = NOW - timedelta(days=1)
    said = {"category": "drugs", "offence": f"Found at {REFUGE.upper()}"}
    seen = entry("crime.recorded", {"victim": [MOTHER]}, source="crime", ref="mother/crime", at=at, place=f"{REFUGE}, {CODE}",
                 note=f"She was at {REFUGE},  {CODE} when we came", data=said)  # fmt: skip
    record_many([seen], feed_viewer())

    def told(member: Member) -> str:
        involve(member, boy.mother)
        (h,) = as_permitted(member.viewer(), chronologies([boy.mother])[boy.mother]).of_kind("crime.recorded")
        return f"{h.place} {h.premises_key} {h.note} {dict(h.data)}".casefold()

    assert told(constable).count(REFUGE.casefold()) == 3
    involve(constable, boy.stepfather)
    kept = told(constable)
    assert "sorrel" not in kept and CODE.casefold() not in kept and str(WHERE) not in kept
    assert "she was at [address left out] when we came" in kept


@pytest.mark.parametrize("said", [{}, {"name": "Mohammed Hussein"}, {"name": "Mohamed", "born": "2016"}], ids=str)
def test_a_guess_at_it_finds_nobody_and_makes_nobody_likelier(
    boy: Boy, call_handler: Member, said: dict[str, str]
) -> None:
    def found(postcode: str) -> list[tuple[Any, ...]]:
        asked = Asked(**said, postcode=postcode)
        got = first_contact(call_handler.viewer(reason="A caller heard a child"), asked, at=NOW)
        return [
            (f.person.person, f.band, f.bits, str(f.reasons).replace(postcode.replace(" ", ""), "")) for f in got.found
        ]

    assert found(CODE) != found("ZS9 7QQ")
    involve(call_handler, boy.stepfather)
    assert found(CODE) == found("ZS9 7QQ")
