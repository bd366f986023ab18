"""What goes whole and what stays with others: one row for each sentence. And a file loaded again after an erasure still adds up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cast import NOW, entry, feed_viewer, person_of
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.exchange.feeds.catalogue import read_mapping
from sightline.exchange.feeds.commands import load as load_command
from sightline.exchange.feeds.queries import foresee
from sightline.exchange.feeds.services import load
from sightline.oversight.retention.erasing import erase
from sightline.oversight.retention.parting import Part, parting
from sightline.oversight.retention.services import agree, decide
from sightline.oversight.retention.tests.conftest import FRIEND, MAN, Scene, day, theft
from sightline.oversight.retention.tests.test_erasing import BY, left_of
from sightline.oversight.retention.tests.test_reviews import WHY, review_of
from sightline.people.anchors import anchored

OURS, THEIRS, WORKER = 1, 2, 3
AT = datetime(2003, 1, 1, tzinfo=UTC)


@pytest.mark.requirement("IS-07")
@pytest.mark.parametrize(
    ("kind", "roles", "stays"),
    [
        ("crime.recorded", {"suspect": {OURS}}, False),
        ("crime.recorded", {"suspect": {OURS}, "victim": {THEIRS}}, True),  # a victim's record is theirs too
        ("crime.recorded", {"suspect": {OURS}, "reporter": {WORKER}}, False),  # whoever only reported it keeps nothing
        ("visit.made", {"subject": {OURS}, "worker": {WORKER}}, False),
        ("contact.received", {"child": {OURS, THEIRS}}, True),
        ("person.recorded", {"subject": {OURS}}, False),
        ("marker.set", {"subject": {OURS}, "other": {THEIRS}}, False),  # it is about its subject alone
        ("marker.set", {"subject": {THEIRS}, "other": {OURS}}, True),
        ("relationship.recorded", {"subject": {OURS}, "other": {THEIRS}}, False),  # a tie needs both its ends
        ("relationship.recorded", {"subject": {THEIRS}, "other": {OURS}}, False),
        ("relationship.recorded", {"subject": {THEIRS}, "other": {OURS, WORKER}}, True),  # the other ends hold
        ("identity.decided", {"subject": {THEIRS}, "other": {OURS}}, False),
    ],
)
def test_an_entry_stays_as_long_as_it_is_the_record_of_somebody_else(
    kind: str, roles: dict[str, set[int]], stays: bool
) -> None:
    part = Part(9, kind, "crime", "r", AT, None, {role: frozenset(held) for role, held in roles.items()})
    assert part.stays(frozenset({OURS})) is stays


@pytest.mark.requirement("IS-07", "IS-11")
def test_versions_and_corrections_go_or_stay_together(scene: Scene) -> None:
    both = {"suspect": [MAN], "victim": [FRIEND]}
    record_many(
        [theft("v", {"suspect": [MAN]}, note="first", n=1), theft("v", both, note="second", n=2)],
        feed_viewer(at=day(20)),
    )
    first = Event.objects.get(ref="together")
    by_hand = entry(
        "crime.recorded",
        {"suspect": [MAN]},
        source="sightline",
        ref="c",
        at=day(3),
        supersedes=first.pk,
        data={"offence": "Fraud"},
    )
    record_many([by_hand], feed_viewer(at=day(21)))
    found = parting(anchored([MAN], at=NOW).values())
    assert sorted(p.ref for p in found.less) == ["c", "together", "v", "v"]
    assert not {p.ref for p in found.whole} & {"c", "together", "v"}


WORDS = """\
source: crime
agency: police
form: csv
files: ["crimes*.csv"]
key: "{ID}"
updated: UPDATED
moment_formats: ["%Y-%m-%d %H:%M"]
columns:
  ID: {required: true}
  AT: {type: moment, required: true}
  OFFENCE: text
  PERSON: text
  FORENAMES: text
  SURNAME: text
  BORN: date
  ADDRESS: text
  UPDATED: moment
people:
  suspect: {key: PERSON, record: {forenames: FORENAMES, surname: SURNAME, born: BORN}, address: {lines: ADDRESS}}
events:
  - {event: crime.recorded, at: AT, people: {suspect: suspect}, data: {offence: OFFENCE, category: {value: theft_damage}}}
"""
HEADER = "ID,AT,OFFENCE,PERSON,FORENAMES,SURNAME,BORN,ADDRESS,UPDATED"
HIS = ("1,2003-05-06 10:00,zqvbike,zqvP1,Zqvgar,Zqvpell,1950-01-02,3 Zqvlane,2003-05-07 10:00",
       "2,2003-06-06 10:00,zqvcar,zqvP1,Zqvgar,Zqvpell,1950-01-02,3 Zqvlane,2003-06-07 10:00")  # fmt: skip
ANOTHERS = "3,2003-05-06 10:00,Theft,P2,Ann,Other,1960-01-02,9 Mill Lane,2003-05-07 10:00"


@pytest.mark.requirement("IS-07")
def test_a_file_loaded_again_adds_up_and_says_how_many_rows_were_erased(scene: Scene, tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(WORDS)
    file = tmp_path / "crimes.csv"
    file.write_text("\n".join([HEADER, *HIS, ANOTHERS]) + "\n")
    feed = read_mapping(tmp_path / "mapping.yaml")
    load(feed, file, feed_viewer(at=day(100)))
    number = review_of(_whose("zqvP1")).pk
    decide(scene.one.viewer(), number, outcome="dispose", reason=WHY)
    agree(scene.other.viewer(), number, agrees=True, reason=WHY)
    erase(number, BY)
    assert left_of("zqvp1", "zqvbike", "zqvlane", "zqvpell") == set()
    foreseen = [(o.outcome, o.erased) for o in foresee(feed, file, at=NOW)]
    again = load(feed, file, feed_viewer(at=NOW + timedelta(days=1)))
    assert (again.rows, again.applied, again.superseded, again.unchanged, again.quarantined) == (3, 0, 0, 3, 0)
    assert again.erased == 2 == sum(erased for _, erased in foreseen)
    assert left_of("zqvp1", "zqvbike", "zqvlane", "zqvpell") == set()
    said = CliRunner().invoke(load_command, [str(tmp_path / "mapping.yaml"), str(file)])
    assert "of the unchanged, 2 say what was erased here" in said.output, said.output


def _whose(key: str) -> int:
    return person_of(anchored([("crime", key)], at=NOW)[("crime", key)])
