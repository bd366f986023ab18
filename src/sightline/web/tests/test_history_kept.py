"""Nothing falls out of sight: what a source archives after thirteen months stays here, and what is corrected keeps its original."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cast import Member, entry, feed_viewer, involve, person_of
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.chronology.queries import chronologies, chronology_as_held, chronology_of
from sightline.chronology.record import record_many
from sightline.exchange.feeds.catalogue import read_mapping
from sightline.exchange.feeds.services import load
from sightline.kernel.moments import local
from sightline.oversight.replay.queries import replayed
from sightline.people.anchors import anchored

pytestmark = pytest.mark.django_db
WORDS = """\
source: command_and_control
agency: police
form: csv
files: ["incidents*.csv"]
key: "{ID}"
updated: UPDATED
moment_formats: ["%Y-%m-%d %H:%M"]
columns:
  ID: {required: true}
  AT: {type: moment, required: true}
  KIND: {codes: [neglect]}
  PERSON: text
  FORENAMES: text
  SURNAME: text
  BORN: date
  UPDATED: moment
people:
  child: {key: PERSON, record: {forenames: FORENAMES, surname: SURNAME, born: BORN}}
events:
  - {event: contact.received, at: AT, people: {child: child}, data: {kind: KIND}}
"""
HEADER = "ID,AT,KIND,PERSON,FORENAMES,SURNAME,BORN,UPDATED"
TAM = {"forenames": "Tam", "surname": "Roe", "born": "2012-01-01"}
CHILD = ("command_and_control", "P1")


def extract(folder: Path, name: str, *incidents: tuple[str, datetime]) -> Path:
    """What the command system shows on a day."""
    rows = [
        f"{ref},{local(at):%Y-%m-%d %H:%M},neglect,P1,Tam,Roe,2016-01-02,{local(at):%Y-%m-%d %H:%M}"
        for ref, at in incidents
    ]
    file = folder / name
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


@pytest.mark.requirement("IS-06", "JD-29")
def test_an_incident_older_than_thirteen_months_stays_when_the_source_no_longer_holds_it(
    tmp_path: Path, constable: Member
) -> None:
    now = timezone.now()
    old, older, new = now - timedelta(days=430), now - timedelta(days=800), now - timedelta(days=2)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(WORDS)
    feed = read_mapping(mapping)
    load(
        feed, extract(tmp_path, "incidents-1.csv", ("C1", older), ("C2", old)), feed_viewer(at=old + timedelta(hours=1))
    )
    held = load(feed, extract(tmp_path, "incidents-2.csv", ("C3", new)), feed_viewer(at=new + timedelta(hours=1)))
    assert (held.state, held.rows, held.applied) == ("whole", 1, 1)  # the extract holds neither of the old ones
    child = person_of(anchored([CHILD], at=now)[CHILD])
    involve(constable, child, at=now)
    kept = chronology_of(constable.viewer(at=now), child).of_kind("contact.received")
    assert [h.ref.split("/")[0] for h in kept] == ["C1", "C2", "C3"]
    page = text(signed_in(constable).get(f"/person/{child}/"))
    for at in (older, old, new):
        assert f"{local(at).day} {local(at):%B %Y}" in page
    then = chronology_as_held(constable.viewer(at=now), child, moment=new - timedelta(days=1))
    assert len(then.of_kind("contact.received")) == 2
    # Rules whose answer nobody here ever enters are not asked: somebody else's risk was assessed once.
    assessed = entry(
        "risk.assessed", {"child": [("crime", "another")]}, source="crime", ref="r", at=old, data={"grade": "low"}
    )
    record_many([assessed], feed_viewer(at=old))
    told = list(replayed(child, until=now, at=now))
    assert any("history_archived" in line and "2 earlier reports" in line for line in told), told


@pytest.mark.requirement("IS-11")
def test_what_was_corrected_shows_the_original_with_author_time_and_reason(constable: Member) -> None:
    at = timezone.now() - timedelta(days=20)
    who = ("crime", "boy")
    said = {"offence": "Theft of a bicycle", "category": "theft_damage"}
    crime = {"child": [who]}
    record_many(
        [entry("person.recorded", {"subject": [who]}, source="crime", ref="b/p", at=at, data=TAM),
         entry("crime.recorded", crime, source="crime", ref="b/1", at=at, data=said, by="PC 7 Hale", extracted_at=at, note="as first told")],
        feed_viewer(at=at),
    )  # fmt: skip
    child = person_of(anchored([who], at=at)[who])
    first = chronologies([child])[child].of_kind("crime.recorded")[0].event_id
    by_hand = at + timedelta(days=3)
    record_many(
        [entry("crime.recorded", crime, source="crime", ref="correction/1", at=at, recorded_at=by_hand, extracted_at=by_hand,
               data=said | {"offence": "Robbery of a bicycle"}, by="DS Ann Lister", note="He says that he was threatened with a knife",
               supersedes=first)],
        feed_viewer(at=by_hand),
    )  # fmt: skip
    involve(constable, child, at=timezone.now())
    page = text(signed_in(constable).get(f"/person/{child}/"))
    assert "Offence: Robbery of a bicycle" in page
    assert "Corrected" in page
    assert f"{local(by_hand).day} {local(by_hand):%B %Y}" in page
    assert "by DS Ann Lister. Why: He says that he was threatened with a knife" in page
    assert "Offence was: Theft of a bicycle. It became: Robbery of a bicycle." in page
    assert "The original was written by PC 7 Hale" in page


@pytest.mark.requirement("IS-11")
def test_a_system_that_says_otherwise_later_keeps_what_it_said_first(constable: Member) -> None:
    at = timezone.now() - timedelta(days=20)
    who = ("missing", "girl")
    for days, graded in ((0, "low"), (1, "medium"), (2, "high")):
        told = at + timedelta(days=days)
        record_many(
            [entry("missing.reported", {"child": [who]}, source="missing", ref="m/1", at=at, recorded_at=at, extracted_at=told,
                   data={"graded": graded})],
            feed_viewer(at=told),
        )  # fmt: skip
    child = person_of(anchored([who], at=at)[who])
    involve(constable, child, at=timezone.now())
    page = text(signed_in(constable).get(f"/person/{child}/"))
    assert "Corrected 2 times" in page
    assert page.index("Graded was: medium. It became: high.") < page.index("Graded was: low. It became: medium.")
    assert "No reason was given" in page


@pytest.mark.requirement("IS-11")
def test_an_entry_is_corrected_on_its_page_with_a_reason_by_the_agency_whose_record_it_is(
    constable: Member, social_worker: Member
) -> None:
    at = timezone.now() - timedelta(days=20)
    who = ("crime", "boy")
    record_many(
        [entry("person.recorded", {"subject": [who]}, source="crime", ref="b/p", at=at, data=TAM),
         entry("crime.recorded", {"child": [who], "suspect": [("crime", "man")]}, source="crime", ref="b/1", at=at,
               note="Told at the desk", by="PC 7 Hale",
               data={"offence": "Theft of a bicycle", "category": "theft_damage"})],
        feed_viewer(at=at),
    )  # fmt: skip
    child = person_of(anchored([who], at=at)[who])
    crime = chronologies([child])[child].of_kind("crime.recorded")[0].event_id
    for member in (constable, social_worker):
        involve(member, child, at=timezone.now())
    officer, path = signed_in(constable), f"/person/{child}/entries/{crime}/correct/"
    assert "Correct this entry" in text(officer.get(f"/person/{child}/"))
    assert "It says: Theft of a bicycle" in text(officer.get(path))
    wrong = officer.post(path, {"field": "category", "value": "arson", "reason": "He says that it was robbed"})
    assert wrong.status_code == 422
    assert "Category can't say that" in text(wrong)
    assert "Say why, and how you know" in text(officer.post(path, {"field": "category", "value": "violence"}))
    said = {"field": "category", "value": "violence", "reason": "He says that it was robbed"}
    assert officer.post(path, said).status_code == 302
    page = text(officer.get(f"/person/{child}/"))
    assert "by Tom Reeve. Why: He says that it was robbed" in page
    assert "Category was: theft damage. It became: violence." in page
    assert "Told at the desk" in page
    (now,) = chronologies([child])[child].of_kind("crime.recorded")
    assert (now.get("category"), now.source, set(now.people)) == (
        "violence",
        "crime",
        {"child", "suspect"},
    )  # nobody is left out of it
    assert AccessEntry.objects.filter(action="alteration", people=[child], fields=["crime.recorded"]).count() == 1
    other = signed_in(social_worker)
    assert other.get(path).status_code == 404
    assert "Correct this entry" not in text(other.get(f"/person/{child}/"))


@pytest.mark.requirement("IS-01")
def test_no_correction_gives_a_second_persons_word(constable: Member) -> None:
    at, who = timezone.now() - timedelta(days=2), ("crime", "boy")
    record_many(
        [entry("person.recorded", {"subject": [who]}, source="crime", ref="b/p", at=at, data=TAM),
         entry("contact.doubted", {"child": [who]}, source="crime", ref="b/2", at=at, by="PC 7 Hale",
               data={"agreed": False, "reason": "He has rung nine times"})],
        feed_viewer(at=at),
    )  # fmt: skip
    child = person_of(anchored([who], at=at)[who])
    doubted = chronologies([child])[child].of_kind("contact.doubted")[0].event_id
    involve(constable, child, at=timezone.now())
    officer, path = signed_in(constable), f"/person/{child}/entries/{doubted}/correct/"
    assert officer.get(path).status_code == 200
    said = {"field": "agreed", "value": "true", "reason": "My sergeant said so on the telephone"}
    assert officer.post(path, said).status_code == 422
    assert chronologies([child])[child].of_kind("contact.doubted")[0].get("agreed") is False
