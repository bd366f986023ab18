"""What leaves the screen leaves without the safe address of anybody it may speak of, known to its giver or not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cast import NOW, entry, feed_viewer, person_of, seal, write_person
from sightline.chronology.record import record_many
from sightline.chronology.safe_around import safe_around
from sightline.people.safe_words import phrases

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("IS-12")]
FATHER, MOTHER, STRANGER = ("social_care", "F0"), ("social_care", "M0"), ("social_care", "S0")
PLACE = "12 Hidden Lane, ZS9 1QQ"


def safe(of: tuple[str, str]) -> list[object]:
    return [
        entry("address.recorded", {"subject": [of]}, source="social_care", ref="a",
              data={"lines": "12 Hidden Lane", "postcode": "ZS9 1QQ"}),
        entry("address.protected", {"subject": [of]}, source="social_care", ref="s", place=PLACE),
    ]  # fmt: skip


@pytest.mark.parametrize("sealed", [False, True])
def test_of_whoever_was_once_tied_to_them(sealed: bool) -> None:
    father = person_of(write_person("social_care", "F0", surname="Hollin", forenames="Joe"))
    mother = person_of(write_person("social_care", "M0", surname="Hollin", forenames="May"))
    tie = entry("relationship.recorded", {"subject": [FATHER], "other": [MOTHER]}, source="social_care", ref="r",
                data={"kind": "ex_partner"}, at=NOW - timedelta(days=900))  # fmt: skip
    record_many([tie, *safe(MOTHER)], feed_viewer())
    if sealed:
        seal(mother)
    assert PLACE in phrases(safe_around([father], NOW))


def test_of_whoever_an_entry_names_beside_them() -> None:
    father = person_of(write_person("social_care", "F0", surname="Hollin", forenames="Joe"))
    write_person("social_care", "S0", surname="Else", forenames="Sue")
    beside = entry("crime.recorded", {"suspect": [FATHER], "victim": [STRANGER]}, source="crime", ref="i")
    record_many([*safe(STRANGER)], feed_viewer())
    assert safe_around([father], NOW) == ()
    record_many([beside], feed_viewer())
    assert PLACE in phrases(safe_around([father], NOW))
