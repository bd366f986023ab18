"""One form for harm from wherever: each child, each carer, and what protects beside the risks but never instead of seeing the child."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alarms import case, standing
from alarms import entry as row
from cast import Member, entry, feed_viewer, involve, person_of, seal, write_person
from screens import signed_in, text
from sightline.access.models import AccessEntry, Restriction
from sightline.chronology.models import Event, EventPerson
from sightline.chronology.record import record_many

pytestmark = pytest.mark.django_db
HARM = {
    "harm": ["in_family", "online"], "risks": "Shouting and blows at home, messages from a man she does not know", "peers": "Two friends from school",
    "places": "The park after school", "siblings": "One brother, at home", "online": "A man writes to her at night",
    "protective": "An aunt she rings", "level": "medium", "reason": "It goes on, and she is afraid",
}  # fmt: skip


def feed(what: str, people: dict[str, Any], ref: str, *, hours: float, **data: Any) -> None:
    at = timezone.now() - timedelta(hours=hours)
    record_many([entry(what, people, source="social_care", ref=ref, at=at, data=data)], feed_viewer(at=timezone.now()))


@pytest.fixture
def home(social_worker: Member) -> tuple[Client, dict[str, int]]:
    """A girl, her brother and their mother, of one home; a call about the girl that nobody has answered by seeing her."""
    born = {"girl": "2014-03-04", "boy": "2017-03-04", "mother": "1985-03-04"}
    found = {
        key: person_of(write_person("social_care", key, forenames=key.title(), surname="Marsh", born=day))
        for key, day in born.items()
    }
    for key in ("girl", "boy"):
        people = {"subject": [("social_care", "mother")], "other": [("social_care", key)]}
        feed("relationship.recorded", people, f"r-{key}", hours=90, kind="parent", lives_with=True)
        involve(social_worker, found[key], at=timezone.now())
    feed(
        "contact.received", {"child": [("social_care", "girl")]}, "c", hours=30, channel="101", kind="concern_for_child"
    )
    return signed_in(social_worker), found


def sent(client: Client, found: dict[str, int], **changed: Any) -> Any:
    path = f"/person/{found['girl']}/assessments/new/"
    token = re.search(r'name="token" value="([^"]*)"', client.get(path).content.decode())[1]  # type: ignore[index]
    each = {f"impact_{found['girl']}": "She does not sleep", f"impact_{found['boy']}": "He hides",
            f"capacity_{found['mother']}": "protects_with_help", f"says_{found['mother']}": "She rang us herself"}  # fmt: skip
    return client.post(path, {"token": token, **HARM, **each, **changed})


@pytest.mark.requirement("RA-07", "RA-19")
def test_one_form_asks_about_each_child_and_of_friends_places_brothers_and_sisters(home: Any) -> None:
    client, found = home
    refused = sent(client, found, **{f"impact_{found['boy']}": "", "places": "", "online": ""})
    said = text(refused)
    assert refused.status_code == 422 and "say what it means for Boy Marsh" in said
    assert "say what is known of places" in said and "say what happens online" in said
    assert not Event.objects.filter(kind="harm.assessed").exists()
    assert sent(client, found).status_code == 302
    assert not EventPerson.objects.filter(event__kind="carer.capacity_assessed", role="carer").exists(), "not opened"
    shown = text(client.get(f"/person/{found['girl']}/assessments/"))
    for words in (
        "In family, online",
        "Two friends from school",
        "The park after school",
        "One brother, at home",
        "She does not sleep",
    ):
        assert words in shown
    assert "He hides" not in shown, "what it means for the boy is in his record, and for whoever may read him"
    assert "He hides" in text(client.get(f"/person/{found['boy']}/"))


@pytest.mark.requirement("RA-20")
def test_what_protects_and_each_carer_stand_beside_the_risks_and_never_instead_of_seeing_the_child(home: Any) -> None:
    client, found = home
    assert "say whether Mother Marsh can protect the child" in text(
        sent(client, found, **{f"says_{found['mother']}": ""})
    )
    low = sent(client, found, level="low")
    assert low.status_code == 422 and "does not stand in for seeing them" in text(low)
    assert sent(client, found).status_code == 302
    shown = text(client.get(f"/person/{found['girl']}/assessments/"))
    assert "An aunt she rings" in shown and "Mother Marsh, parent: protects with help. She rang us herself" in shown
    assert "No protective factor counts until somebody has" in shown
    assert "No protective factor counts until somebody has seen the child" in text(
        client.get(f"/person/{found['girl']}/")
    )
    feed("child.seen", {"child": [("social_care", "girl")]}, "s", hours=1, alone=True, spoken_to=True)
    assert sent(client, found, level="low").status_code == 302


@pytest.mark.requirement("RA-20")
def test_a_child_who_is_unseen_stays_unseen_whatever_protects_them() -> None:
    call = row("2014-03-04 10:00", "contact.received", "{channel: '101', kind: concern_for_child}")
    there = row("2014-03-04 11:00", "attendance.arrived", "{}")
    good = "{harm: [in_family], risks: r, peers: p, places: p, siblings: s, protective: a kind aunt, level: low, reason: r}"
    assessed = row("2014-03-04 12:00", "harm.assessed", good, source="social_care")
    seen = row("2014-03-04 13:00", "child.seen", "{alone: true, spoken_to: true}")
    until = "2014-03-06 12:00"
    assert standing(case(call, there, assessed, until=until), "child_not_seen") == {("child_not_seen", "child")}
    assert not standing(case(call, there, assessed, seen, until=until), "child_not_seen")


def test_nobody_else_reads_or_writes_them(home: Any, ext: Member) -> None:
    _, found = home
    client = signed_in(ext)
    for path in ("", "new/"):
        assert client.get(f"/person/{found['girl']}/assessments/{path}").status_code == 404
    assert AccessEntry.objects.filter(user_id=ext.user.pk, outcome="refused", people=[found["girl"]]).count() == 2


@pytest.mark.requirement("IS-03")
def test_each_look_at_them_and_what_is_written_of_each_child_stand_in_the_log(home: Any, social_worker: Member) -> None:
    client, found = home
    client.get(f"/person/{found['girl']}/assessments/")
    mine = AccessEntry.objects.filter(user_id=social_worker.user.pk, outcome="given")
    assert mine.filter(action="consultation", note="assessments", people=[found["girl"]]).count() == 1
    sent(client, found)
    written = mine.get(action="collection", fields=["child.impact_assessed", "harm.assessed"])
    assert written.people == sorted([found["girl"], found["boy"]])


def kin(key: str, born: str, what: str, *, home: bool) -> int:
    """One more of the girl's family, at home or elsewhere."""
    found = person_of(write_person("social_care", key, forenames=key.title(), surname="Quarry", born=born))
    people = {"subject": [("social_care", key)], "other": [("social_care", "girl")]}
    feed("relationship.recorded", people, f"r-{key}", hours=80, kind=what, lives_with=home)
    return found


def restrict(person: int) -> None:
    since = timezone.now() - timedelta(days=30)
    Restriction.objects.create(person_id=person, state="restricted", reason="witness", from_at=since)


@pytest.mark.requirement("RA-19", "RA-20")
def test_a_restricted_child_at_home_is_no_carer_and_a_restricted_father_elsewhere_is_one(home: Any) -> None:
    client, found = home
    restrict(baby := kin("baby", "2025-01-02", "sibling", home=True))
    restrict(father := kin("father", "1984-01-02", "parent", home=False))
    page = client.get(f"/person/{found['girl']}/assessments/new/")
    assert "1 other child lives there whose record is not open to you" in text(page)
    assert "Can Name not permitted for your post, parent, lives elsewhere, protect" in text(page)
    assert f"capacity_{baby}" not in page.content.decode() and "Quarry" not in text(page)
    assert sent(client, found).status_code == 422, "of the father nothing is said"
    told = {f"capacity_{father}": "not_known", f"says_{father}": "He was not asked"}
    assert sent(client, found, **told).status_code == 302
    whose = {e.data["whose"] for e in Event.objects.filter(kind="carer.capacity_assessed")}
    assert whose == {"Mother Marsh, parent", "Name not permitted for your post, parent, lives elsewhere"}


@pytest.mark.requirement("RA-19", "IS-05")
def test_whoever_is_sealed_is_neither_counted_nor_asked_about(home: Any) -> None:
    client, found = home
    path = f"/person/{found['girl']}/assessments/new/"
    before = text(client.get(path))
    gone = [kin("baby", "2025-01-02", "sibling", home=True), kin("father", "1984-01-02", "parent", home=False)]
    for person in gone:
        seal(person)
    assert text(client.get(path)) == before
    assert sent(client, found).status_code == 302
    assert not AccessEntry.objects.filter(people__overlap=gone, user_id__gt=0).exists()


@pytest.mark.requirement("RA-20")
def test_a_worry_that_whoever_assesses_may_not_read_calls_for_seeing_the_child_as_well(home: Any) -> None:
    client, found = home
    feed("child.seen", {"child": [("social_care", "girl")]}, "s", hours=20, alone=True, spoken_to=True)
    crime = entry("crime.recorded", {"child": [("social_care", "girl")]}, source="crime", ref="x", at=timezone.now() - timedelta(hours=2),
                  data={"offence": "Assault", "category": "violence", "child_is": "victim"})  # fmt: skip
    record_many([crime], feed_viewer(at=timezone.now()))
    low = sent(client, found, level="low")
    assert low.status_code == 422 and "Somebody has to see this child and record it first" in text(low)
    assert "Assault" not in text(low) and "since the worry" not in text(low)
    feed("child.seen", {"child": [("social_care", "girl")]}, "s2", hours=1, alone=True, spoken_to=True)
    assert sent(client, found, level="low").status_code == 302


@pytest.mark.requirement("RA-20")
def test_a_child_whom_a_system_not_read_here_has_seen_is_not_unseen(home: Any) -> None:
    client, found = home
    seen = entry("child.seen", {"child": [("social_care", "girl")]}, source="forensics", ref="s", at=timezone.now() - timedelta(hours=2),
                 data={"alone": True, "spoken_to": True})  # fmt: skip
    record_many([seen], feed_viewer(at=timezone.now()))
    assert sent(client, found, level="low").status_code == 302
    assert "unseen_since" not in Event.objects.get(kind="harm.assessed").data
