"""Whom a conference is asked of rests on what is held: a guardian, a parent's safe ways and the child's own records, whatever the inviter reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings

from cast import Member, entry, feed_viewer, involve, make_member, person_of, seal, write_person
from sightline.access.models import AccessEntry, Involvement, Restriction
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.pathways.plan.tests.conftest import CHILD, NOW, Browser, call
from sightline.people.anchors import found
from sightline.people.links import Linking, regroup

pytestmark = pytest.mark.django_db
MOTHER = ("social_care", "M1")
AUNT = ("forced_marriage_unit", "A1")
TO_DANA = {"posts": [], "others": "parent: Dana Hussein"}


def never_by_letter(whom: tuple[str, str]) -> int:
    """Somebody around the child must never be sent a letter, nor be asked in front of Dave Marr; gives who they are."""
    never = {"by": "call", "never_by": "letter", "not_in_front_of": ["Dave Marr"]}
    said = entry(
        "contact.preferred", {"subject": [whom]}, source=whom[0], ref="w9", at=NOW - timedelta(days=2), data=never
    )
    record_many([said], feed_viewer(at=NOW - timedelta(days=1)), asked=False)
    return person_of(found([whom])[whom])


@pytest.fixture
def meeting(chair: Member, social_worker: Member, child: int) -> str:
    """A conference that the chair has called; the social worker has the child's record, and nobody's else."""
    involve(social_worker, child, at=NOW)
    return call(Browser(chair), child)


def asked() -> list[str]:
    return [e.data["who"] for e in Event.objects.filter(kind="conference.invited", data__part="parent")]


@pytest.mark.requirement("VO-20")
@pytest.mark.parametrize("restricted", [False, True])
def test_a_parent_who_must_never_get_a_letter_gets_none_from_somebody_who_has_only_the_child(
    restricted: bool, social_worker: Member, meeting: str
) -> None:
    mother, them = never_by_letter(MOTHER), Browser(social_worker)
    if restricted:
        Restriction.objects.create(person_id=mother, state="restricted", reason="known to staff", from_at=NOW)
    for wrong in (
        {"by": "letter"},
        {"by": "call", "others": "parent: dana hussein\nparent: Dave Marr"},
        {"by": "letter", "others": "Dana Hussein"},
    ):
        assert "This must not go out so" in them.send(f"{meeting}invite/", 422, **TO_DANA | wrong)
    assert asked() == []
    them.send(f"{meeting}invite/", **TO_DANA, by="call")
    assert asked() == ["Dana Hussein"]
    looks = AccessEntry.objects.filter(note="before reaching them", people=[mother], user_id=social_worker.user.pk)
    assert looks.count() == 4


@pytest.mark.requirement("VO-20")
def test_so_it_is_of_somebody_of_whom_only_a_system_knows_of_which_the_inviter_is_told_nothing(
    social_worker: Member, meeting: str
) -> None:
    long_ago = NOW - timedelta(days=400)
    write_person(*AUNT, at=long_ago, forenames="Sahar", surname="Amin", aliases=["Sara Amin"])
    tie = entry("relationship.recorded", {"subject": [AUNT], "other": [CHILD]}, source=AUNT[0], ref="r9", at=long_ago,
                data={"kind": "aunt_uncle"})  # fmt: skip
    record_many([tie], feed_viewer(at=NOW - timedelta(days=1)), asked=False)
    never_by_letter(AUNT)
    for name in ("Sahar Amin", "SARA AMIN"):
        refused = Browser(social_worker).send(f"{meeting}invite/", 422, posts=[], others=name, by="letter")
        assert "This must not go out so" in refused and "aunt" not in refused


def test_a_parent_who_is_sealed_changes_nothing_that_the_inviter_can_see(social_worker: Member, meeting: str) -> None:
    mother = never_by_letter(MOTHER)
    seal(mother)
    Browser(social_worker).send(f"{meeting}invite/", **TO_DANA, by="letter")
    assert asked() == ["Dana Hussein"]
    assert not AccessEntry.objects.filter(user_id=social_worker.user.pk, people__contains=[mother]).exists()


@pytest.mark.requirement("CP-03")
@pytest.mark.parametrize(("role", "agency"), [("detective_sergeant", "police"), ("case_owner", "probation")])
def test_the_guardian_is_asked_by_name_whether_the_court_is_only_told_of_to_the_caller_or_not_at_all(
    role: str, agency: str, child: int
) -> None:
    member = make_member("lister", "Ann Lister", role, agency)
    involve(member, child, at=NOW)
    call(Browser(member), child)
    invited = Event.objects.get(kind="conference.invited").data
    assert (invited["who"], invited["part"]) == ("Gwen Guardian", "guardian")


def test_whoever_is_invited_is_opened_the_child_though_the_conference_names_them_by_a_system_the_inviter_is_not_told_of(
    settings: LazySettings, chair: Member, officer: Member, child: int
) -> None:
    settings.WALL = True
    census = write_person("cin_census", "K1", at=NOW - timedelta(days=400), forenames="Mo", surname="Hussein")
    regroup([[found([CHILD])[CHILD], census]], Linking("sightline", NOW, "alike"))
    page = call(Browser(chair), child)
    inviter = make_member("foss", "Jan Foss", "case_owner", "youth_offending")
    involve(inviter, child, at=NOW)
    Browser(inviter).send(f"{page}invite/", posts=[str(officer.post.pk)])
    assert Involvement.objects.filter(user=officer.user, person_id=child, why="referral").exists()
