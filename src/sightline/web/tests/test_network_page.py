"""A network is found, handed to those who answer for it, and laid out link by link with what each rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, make_member, person_of, seal
from screens import signed_in, text
from sightline.access.models import AccessEntry, Exclusion, Involvement
from sightline.alerts.models import Alert
from sightline.alerts.services import settle_everybody
from sightline.chronology.entries import Entry
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
HOTEL = "Station Lodge Hotel, 1 Weir Lane, ZS5 2AA"
BORN = {
    "ada": "2011-01-01",
    "bea": "2012-01-01",
    "cleo": "2010-06-06",
    "dee": "2011-09-09",
    "kez": "1990-01-01",
    "len": "1985-01-01",
}


@dataclass(frozen=True)
class Ring:
    """Person ids: three girls whom one man is linked to, a second man, and a girl who is only ever at the same hotel."""

    ada: int
    bea: int
    cleo: int
    dee: int
    kez: int
    len: int


def _entries(at: object) -> Iterable[Entry]:
    day = lambda n: at - timedelta(days=n)  # type: ignore[operator]  # noqa: E731
    for name, born in BORN.items():
        said = {"forenames": name.title(), "surname": f"Quarrington{name}", "born": born}
        yield entry(
            "person.recorded",
            {"subject": [("crime", name)]},
            source="crime",
            ref=f"{name}/person",
            at=day(400),
            data=said,
        )
    told = [
        ("intelligence.recorded", {"child": ["ada"], "adult": ["kez"]}, 30, HOTEL, {"kind": "exploitation", "summary": "Ada at the hotel with Kez."}),
        ("missing.returned", {"child": ["bea"], "adult": ["kez"]}, 20, "", {"found_by": "police", "where": "in his car"}),
        ("crime.recorded", {"child": ["cleo"], "suspect": ["kez"]}, 10, "", {"category": "sexual", "offence": "Grooming"}),
        ("intelligence.recorded", {"child": ["dee"]}, 8, HOTEL, {"kind": "location", "summary": "Dee asked for by name at the desk."}),
        ("relationship.recorded", {"subject": ["kez"], "other": ["len"]}, 300, "", {"kind": "associate"}),
        ("contact.received", {"child": ["ada"], "adult": ["len"]}, 900, "", {"kind": "exploitation", "channel": "agency"}),
    ]  # fmt: skip
    for number, (kind, people, days, place, data) in enumerate(told):
        who = {role: [("crime", name) for name in names] for role, names in people.items()}
        yield entry(kind, who, source="crime", ref=f"{number}/{kind}", at=day(days), place=place, data=data)


@pytest.fixture
def ring(db: None) -> Ring:
    at = timezone.now()
    record_many([*_entries(at)], feed_viewer(at=at))
    keys = [("crime", name) for name in BORN]
    return Ring(**{key[1]: person_of(record) for key, record in anchored(keys, at=at).items()})


@pytest.fixture
def analyst(db: None) -> Member:
    """Priti Vale, of the exploitation team."""
    return make_member("vale", "Priti Vale", "exploitation_team", "police")


@pytest.mark.requirement("JD-21")
def test_a_cluster_of_children_adults_and_a_place_is_found_and_handed_over_with_the_evidence_for_each_link(
    ring: Ring, analyst: Member
) -> None:
    settle_everybody(at=timezone.now())
    alert = Alert.objects.get(kind="network_found")
    assert (alert.subject_id, {ring.ada, ring.bea, ring.cleo} <= set(alert.concerns)) == (ring.kez, True)
    page = signed_in(analyst)
    told = page.get(f"/alerts/{alert.pk}/")
    assert f'href="/person/{ring.kez}/network/"' in told.content.decode()
    before = text(page.get(f"/person/{ring.kez}/network/"))
    assert (
        "somebody you have not opened and Kez" in before
        or "Kez Quarringtonkez and somebody you have not opened" in before
    )
    assert "It concerns 3 people whose records you have not opened" in before
    assert page.post(f"/person/{ring.kez}/network/").status_code == 302
    said = text(page.get(f"/person/{ring.kez}/network/"))
    for child, adult, words in (
        ("Ada", "Kez", "Ada at the hotel with Kez"),
        ("Bea", "Kez", "in his car"),
        ("Cleo", "Kez", "Grooming"),
    ):
        ends = (f"{child} Quarrington{child.lower()} and {adult}", f"{adult} Quarrington{adult.lower()} and {child}")
        starts = [said.index(e) for e in ends if e in said]
        assert starts and words in said[starts[0] : starts[0] + 400]
    assert "and 1 place" in said and "Station Lodge Hotel" in said
    assert "Take it on" not in said


@pytest.mark.requirement("JD-21")
def test_a_child_is_reached_through_a_place_and_an_adult_through_another(ring: Ring, analyst: Member) -> None:
    involve(analyst, *vars(ring).values(), at=timezone.now())
    said = text(signed_in(analyst).get(f"/person/{ring.bea}/network/"))
    assert "4 children, 2 adults and 1 place" in said
    assert "Dee asked for by name at the desk" in said, "she and Bea are in no entry together"
    assert "900" not in said and "Contact received" not in said, "older than links count together"
    looks = AccessEntry.objects.filter(note="network", user_id=analyst.user.pk).order_by("pk")
    others = sorted({*vars(ring).values()} - {ring.bea})
    assert [sorted(e.people) for e in looks] == [[ring.bea], others], "hers, and then of those whom it leads to"


@pytest.mark.requirement("IS-01")
def test_what_happened_to_another_at_the_same_place_is_shown_from_systems_of_the_agency_alone(
    ring: Ring, analyst: Member, social_worker: Member
) -> None:
    said = {"kind": "exploitation", "channel": "agency"}
    hers = entry("contact.received", {"child": [("crime", "ada")]}, source="social_care", ref="desk", at=timezone.now() - timedelta(days=3),
                 place=HOTEL, data=said)  # fmt: skip
    record_many([hers], feed_viewer(at=timezone.now()))
    for member, words in ((analyst, True), (social_worker, False)):
        involve(member, ring.ada, ring.dee, at=timezone.now())
        page = text(signed_in(member).get(f"/person/{ring.ada}/network/"))
        assert "Station Lodge Hotel" in page and ("Dee asked for by name" in page) == words


@pytest.mark.requirement("IS-12")
def test_a_place_where_somebody_is_kept_safe_from_the_analysts_own_brother_is_not_in_it(
    ring: Ring, analyst: Member
) -> None:
    involve(analyst, ring.ada, at=timezone.now())
    page = signed_in(analyst)
    assert "Station Lodge Hotel" in text(page.get(f"/person/{ring.ada}/network/"))
    about = {"subject": [("crime", "dee")], "adult": [("crime", "len")]}
    at = timezone.now() - timedelta(days=1)
    safe = entry("address.protected", about, source="crime", ref="safe", at=at, place=HOTEL, data={"reason": "hiding"})
    record_many([safe], feed_viewer(at=at))
    Exclusion.objects.create(user=analyst.user, person_id=ring.len, reason="own brother", from_at=at)
    said = text(page.get(f"/person/{ring.ada}/network/"))
    assert "Quarringtonada" in said and "Station Lodge Hotel" not in said


@pytest.mark.requirement("JD-21")
def test_those_not_opened_have_no_name_and_lead_no_further_and_a_sealed_child_is_not_there(
    ring: Ring, analyst: Member
) -> None:
    involve(analyst, ring.bea, ring.kez, ring.cleo, at=timezone.now())
    seal(ring.cleo)
    said = text(signed_in(analyst).get(f"/person/{ring.bea}/network/"))
    assert "Kez Quarringtonkez" in said and "somebody you have not opened" in said
    for hidden in ("Quarringtonada", "Quarringtoncleo", "Grooming", "Dee asked", "Quarringtonlen"):
        assert hidden not in said
    assert "2 more people in these entries are not open to you" in said, "Ada and Len; nothing of Cleo"


def test_a_child_with_no_such_entries_is_linked_to_nobody(ring: Ring, analyst: Member) -> None:
    involve(analyst, ring.dee, at=timezone.now())
    said = text(signed_in(analyst).get(f"/person/{ring.dee}/network/"))
    assert "1 child, no adults and 1 place" in said
    assert (
        signed_in(make_member("other", "An Other", "exploitation_team", "police"))
        .get(f"/person/{ring.dee}/network/")
        .status_code
        == 404
    )


@pytest.mark.requirement("JD-21")
def test_only_whoever_was_told_takes_a_network_on_and_nobody_hidden_is_opened(
    ring: Ring, analyst: Member, social_worker: Member
) -> None:
    settle_everybody(at=timezone.now())
    involve(social_worker, ring.kez, at=timezone.now())
    assert signed_in(social_worker).post(f"/person/{ring.kez}/network/").status_code == 403
    seal(ring.cleo)
    assert signed_in(analyst).post(f"/person/{ring.kez}/network/").status_code == 302
    assert {*Involvement.objects.filter(user=analyst.user).values_list("person_id", flat=True)} == {
        ring.ada,
        ring.bea,
        ring.kez,
    }
    stranger = make_member("other", "An Other", "exploitation_team", "police")
    assert signed_in(stranger).post(f"/person/{ring.bea}/network/").status_code == 404
