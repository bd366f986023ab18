"""Organisations are renamed, merge and close: their name stays with what they recorded, posts end or go over, and who was entitled reads on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from cast import NOW, Member, entry, feed_viewer, involve, make_member, person_of
from screens import signed_in, text
from sightline.access.commands import agency_group
from sightline.access.models import AccessEntry, OnDuty, Post
from sightline.access.organisations import close_agency, merge_agency, rename_agency
from sightline.access.viewer import Viewer, viewer_for
from sightline.agencies.models import Agency, Team
from sightline.agencies.succession import Called, Names
from sightline.chronology.queries import chronology_of
from sightline.chronology.record import record_many
from sightline.exchange.api.services import give_key, system_for, viewer_behind
from sightline.kernel.errors import NotPermitted, Refused
from sightline.people.anchors import anchored

BY = Viewer(None, "sightline", "", "", 0, None, NOW, "command agency")
CHILD = ("social_care", "child")
LATER = NOW + timedelta(days=30)


def child(agency: str, at: object = NOW) -> int:
    """A child of whom an agency has recorded something."""
    held = {"forenames": "Tam", "surname": "Roe", "born": "2016-01-02"}
    record_many(
        [entry("person.recorded", {"subject": [CHILD]}, source="social_care", ref="c/p", at=NOW, data=held),
         entry("referral.made", {"child": [CHILD]}, source="social_care", ref="c/r", at=NOW, agency=agency, data={"summary": "Cold house"})],
        feed_viewer(at=NOW),
    )  # fmt: skip
    return person_of(anchored([CHILD], at=NOW)[CHILD])


@pytest.mark.requirement("IS-20")
def test_a_renamed_agency_keeps_its_name_in_history_and_says_what_it_is_now(social_worker: Member) -> None:
    rename_agency("social_care", new_key="holm-children", name="Holm Children's Trust", by=BY, at=LATER)
    names, day = Names(), NOW.date()
    assert str(names.on("social_care", day)) == "Marsham Children's Services (now Holm Children's Trust)"
    assert names.on("social_care", LATER.date()) == Called("Holm Children's Trust")
    assert names.on("nobody", day) is None


@pytest.mark.requirement("IS-20")
def test_its_people_go_over_and_read_on_what_they_read(social_worker: Member) -> None:
    person = child("social_care")
    involve(social_worker, person)
    OnDuty.objects.create(
        post=social_worker.post, from_at=NOW, until_at=LATER + timedelta(days=1), set_by=1, set_at=NOW
    )
    rename_agency("social_care", new_key="holm-children", name="Holm Children's Trust", by=BY, at=LATER)
    viewer = viewer_for(social_worker.user, at=LATER + timedelta(hours=1), route="test")
    assert (viewer.agency, viewer.role, viewer.team_id) == ("holm-children", "case_owner", social_worker.post.team_id)
    assert chronology_of(viewer, person).of_kind("referral.made")[0].agency == "social_care"
    assert Team.objects.get(pk=viewer.team_id).agency.key == "holm-children"
    assert OnDuty.objects.get(post_id=viewer.post_id).until_at == LATER + timedelta(days=1)
    assert Post.objects.get(pk=social_worker.post.pk).held_until == LATER


@pytest.mark.requirement("IS-20")
def test_a_merger_goes_on_through_every_name_there_was(social_worker: Member) -> None:
    make_member("pell", "Dai Pell", "case_owner", "social_care")
    Agency.objects.create(key="county", name="County Children's Services", kind="social_care")
    rename_agency("social_care", new_key="holm-children", name="Holm Children's Trust", by=BY, at=LATER)
    merge_agency("holm-children", into="county", by=BY, at=LATER + timedelta(days=30))
    names = Names()
    assert str(names.on("social_care", NOW.date())) == "Marsham Children's Services (now County Children's Services)"
    assert str(names.on("social_care", LATER.date())) == "Holm Children's Trust (now County Children's Services)"
    live = Post.objects.filter(held_until=None, user=social_worker.user)
    assert [p.agency.key for p in live] == ["county"]


@pytest.mark.requirement("IS-20")
def test_a_closed_agencys_posts_end_and_others_read_what_it_recorded(social_worker: Member, constable: Member) -> None:
    person = child("social_care")
    involve(constable, person)
    involve(social_worker, person)
    close_agency("social_care", by=BY, at=LATER)
    with pytest.raises(NotPermitted):
        viewer_for(social_worker.user, at=LATER + timedelta(hours=1), route="test")
    kept = chronology_of(constable.viewer(at=LATER + timedelta(days=400)), person).of_kind("referral.made")
    assert [h.get("summary") for h in kept] == ["Cold house"]
    assert str(Names().on("social_care", NOW.date())) == "Marsham Children's Services (closed 2 December 2026)"


@pytest.mark.requirement("IS-20")
def test_the_page_says_who_recorded_it_by_the_name_it_had(social_worker: Member, constable: Member) -> None:
    person = child("social_care")
    involve(constable, person, at=timezone.now())
    rename_agency("social_care", new_key="holm-children", name="Holm Children's Trust", by=BY, at=timezone.now())
    page = text(signed_in(constable).get(f"/person/{person}/"))
    assert "Marsham Children's Services (now Holm Children's Trust)" in page


@pytest.mark.requirement("IS-20")
def test_a_calling_system_speaks_for_the_agency_that_came_after(social_worker: Member) -> None:
    key = give_key("care records", social_worker.post.agency, at=NOW)
    rename_agency("social_care", new_key="holm-children", name="Holm Children's Trust", by=BY, at=LATER)
    after = LATER + timedelta(hours=1)
    system = system_for(key, at=after)
    assert system is not None
    assert viewer_behind(system, "okoro", at=after, route="api", request_ref="").agency == "holm-children"


@pytest.mark.requirement("IS-20")
@pytest.mark.parametrize(
    ("how", "why"),
    [
        (lambda: rename_agency("nobody", new_key="x", name="X", by=BY, at=NOW), "There is no agency nobody"),
        (lambda: rename_agency("social_care", new_key="police", name="X", by=BY, at=NOW), "already"),
        (lambda: rename_agency("social_care", new_key="Not a key", name="X", by=BY, at=NOW), "a key for it"),
        (lambda: merge_agency("social_care", into="police", by=BY, at=NOW), "is social_care and"),
        (lambda: merge_agency("social_care", into="social_care", by=BY, at=NOW), "into itself"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(social_worker: Member, constable: Member, how: object, why: str) -> None:
    with pytest.raises(Refused, match=why):
        how()  # type: ignore[operator]
    assert not Agency.objects.exclude(active_until=None).exists()


@pytest.mark.requirement("IS-03", "IS-20")
def test_the_command_closes_once_and_it_is_written_down(social_worker: Member) -> None:
    assert CliRunner().invoke(agency_group, ["close", "social_care"]).exit_code == 0
    assert "1 posts ended" in AccessEntry.objects.get(action="administration").note
    again = CliRunner().invoke(agency_group, ["close", "social_care"])
    assert isinstance(again.exception, Refused)
