"""What is printed for a reader holds no more than they and whoever printed it may both read, and names in the log everybody it says anything of."""

from __future__ import annotations

from typing import Any

import pytest

from access_proof.canaries import text_of
from access_proof.stage import insider, sign_in
from access_proof.test_insiders import beyond
from access_proof.world import World, key_of
from cast import Member, entry, feed_viewer, involve, make_member
from grounds import paper_for
from sightline.access.models import AccessEntry, Exclusion
from sightline.chronology.record import record_many

pytestmark = pytest.mark.django_db
PRINTS = (("case_owner", "social_care"), ("response_officer", "police"), ("mash_manager", "hub"))


@pytest.fixture
def heard(scene: World) -> World:
    """The child's case was heard, and a system that all of these read says so."""
    said = {"kind": "marac", "decisions": scene.aviary.word("child", "marac", "decisions")}
    about = {"child": [key_of("child")], "victim": [key_of("mother")], "suspect": [key_of("stepfather")]}
    record_many(
        [entry("meeting.held", about, source="marac", ref="heard", at=scene.at, data=said)], feed_viewer(at=scene.at)
    )
    return scene


def paper(scene: World, by: Member, to: str, of: str = "child") -> Any:
    return paper_for(sign_in(by), f"/person/{scene.people[of]}/marac/paper/", to)


def named(scene: World, action: str) -> set[str]:
    """Those of the family whom the newest entry of a kind names."""
    people = AccessEntry.objects.filter(action=action).latest("pk").people
    return {who for who, person in scene.people.items() if person in people}


def test_a_value_in_a_paper_is_found_wherever_it_stands(heard: World) -> None:
    answer = paper(heard, insider("case_owner", "social_care", heard), "me")
    text = text_of(answer)
    assert answer["Content-Type"] == "application/pdf" and "Tavishmoor" in text and "pdfuaid" in text
    assert len([c for c in heard.aviary.found_in(text) if c.owner == "child"]) > 30


@pytest.mark.requirement("IS-01", "IS-05")
@pytest.mark.parametrize(("role", "agency"), PRINTS, ids=[agency for _, agency in PRINTS])
def test_ones_own_paper_says_what_one_may_read_and_nothing_of_the_sealed_or_the_excluded(
    heard: World, role: str, agency: str
) -> None:
    member = insider(role, agency, heard)
    found = heard.aviary.found_in(text_of(paper(heard, member, "me")))
    assert found and beyond(member, found) == set()
    owners = {c.owner for c in found}
    assert not owners & {"sister", "cousin", ""}
    assert owners & heard.people.keys() <= named(heard, "export")
    for hidden in ("sister", "cousin"):
        assert paper(heard, member, "me", of=hidden).status_code == 404


@pytest.mark.requirement("IS-01", "IS-08")
def test_a_paper_for_somebody_else_says_no_more_than_both_may_read_and_is_refused_for_whom_it_is_kept_from(
    heard: World,
) -> None:
    by = insider("response_officer", "police", heard)
    reader = make_member("reads", "Rhea Der", "case_owner", "social_care")
    involve(reader, *(p for name, p in heard.people.items() if name not in ("stranger", "lodger")), at=heard.at)
    answer = paper(heard, by, str(reader.post.pk))
    found = heard.aviary.found_in(text_of(answer))
    assert len([c for c in found if c.owner == "child"]) > 10
    assert beyond(by, found) == beyond(reader, found) == set()
    assert {c.owner for c in found} & heard.people.keys() <= named(heard, "disclosure")
    assert not {c for c in found if c.owner in ("sister", "cousin", "")}
    assert not {c for c in found if c.owner == "lodger" and c.source == "intelligence"}
    before = AccessEntry.objects.filter(action="disclosure").count()
    Exclusion.objects.create(user=reader.user, person_id=heard.people["child"], reason="own niece", from_at=heard.at)
    assert paper(heard, by, str(reader.post.pk)).status_code == 422
    assert AccessEntry.objects.filter(action="disclosure").count() == before
