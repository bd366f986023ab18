"""A man of whom nothing has been heard since 2003, two who review retention, and the key of tombstones apart from the installation's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cast import NOW, Member, entry, feed_viewer, make_member, person_of
from sightline.chronology.entries import Entry, PersonKey
from sightline.chronology.record import record_many
from sightline.people.anchors import anchored

LONG_AGO = datetime(2003, 5, 6, 9, 30, tzinfo=UTC)
MAN, CRIMES = ("crime", "zqvmankey"), ("custody", "zqvcustodykey")
FRIEND, OFFICER = ("crime", "friend"), ("crime", "officer")
# What is about the man alone: each of these is nowhere when he is erased.
CANARIES = (
    *(
        "zqvmankey",
        "zqvcustodykey",
        "zqvforename",
        "zqvsurname",
        "zqvalias",
        "9990000999",
        "07700900777",
        "zqvlines",
        "zqvnote",
    ),
    *("zqvoffence", "zqvplace", "zqvdetail", "zqvref", "zqvearlier", "zqvtie"),
)
SHARED = "zqvshared"


def day(n: int) -> datetime:
    """So many days after the first."""
    return LONG_AGO + timedelta(days=n)


def theft(ref: str, people: dict[str, list[PersonKey]], *, note: str, n: int = 1, **said: object) -> Entry:
    """A crime of long ago."""
    data = {"offence": f"Theft {note}", "category": "theft_damage"} | said
    return entry("crime.recorded", people, source="crime", ref=ref, at=day(n), recorded_at=day(n), extracted_at=day(n), data=data,
                 note=note, place=f"1 {note} Road, ZQ1 1AA")  # fmt: skip


def his_life() -> list[Entry]:
    """What four systems' rows say of him, and of a friend with whom he was once seen."""
    who = {"forenames": "zqvforename", "surname": "zqvsurname", "aliases": ["zqvalias"], "born": "1950-03-04", "nhs_number": "9990000999",
           "phone": ["07700900777"]}  # fmt: skip
    dated = {"at": day(0), "recorded_at": day(0), "extracted_at": day(0)}
    return [
        entry("person.recorded", {"subject": [MAN]}, source="crime", ref="zqvref/person", data=who, **dated),
        entry("person.recorded", {"subject": [FRIEND]}, source="crime", ref="friend/person",
              data={"forenames": "Hal", "surname": "Friend", "born": "1951-01-01"}, **dated),
        entry("address.recorded", {"subject": [MAN]}, source="crime", ref="zqvref/home",
              data={"lines": "3 zqvlines Row", "postcode": "ZQ3 3AA", "kind": "home"}, **dated),
        entry("relationship.recorded", {"subject": [MAN], "other": [FRIEND]}, source="crime", ref="zqvref/tie",
              data={"kind": "associate"}, note="zqvtie", **dated),
        entry("marker.set", {"subject": [MAN]}, source="crime", ref="zqvref/marker", data={"kind": "other", "detail": "zqvdetail"}, **dated),
        theft("zqvref/1", {"suspect": [MAN], "reporter": [OFFICER]}, note="zqvearlier zqvoffence"),
        theft("zqvref/1", {"suspect": [MAN], "reporter": [OFFICER]}, note="zqvnote zqvoffence zqvplace", n=2),
        theft("together", {"suspect": [MAN, FRIEND]}, note=SHARED, n=3),
    ]  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """Person ids, and the two reviewers."""

    man: int
    friend: int
    one: Member
    other: Member


@pytest.fixture(autouse=True)
def _tombstone_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_TOMBSTONE_KEY", str(tmp_path / "tombstone.key"))


@pytest.fixture
def scene(db: None) -> Scene:
    """The man, the friend, the data guardian and the head of the partner agency."""
    record_many(his_life(), feed_viewer(at=day(10)))
    who = {key: person_of(record) for key, record in anchored([MAN, FRIEND], at=NOW).items()}
    one = make_member("abel", "Ruth Abel", "data_guardian", "police")
    return Scene(who[MAN], who[FRIEND], one, make_member("lowe", "Peter Lowe", "partner_lead", "social_care"))
