"""Several things of a worklist at once, as a browser gets them: what is done, what is refused, and what the log holds of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cast import Member, involve, make_member
from scenes import Boy
from screens import signed_in, text
from sightline.access.models import AccessEntry, Exclusion, Involvement
from sightline.access.viewer import Viewer
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist
from sightline.web import bulk, work

pytestmark = pytest.mark.django_db
WHY = "She is off sick this week"


def visits(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:
    yield Owed("A visit", chronology.subject, at - timedelta(hours=2), f"/visit/{chronology.subject}/")


VISITS = Worklist("visiting", "Visits", 1, of=visits)


@pytest.fixture
def one_list(scene: Boy, monkeypatch: pytest.MonkeyPatch) -> Boy:
    monkeypatch.setattr(work, "declared", lambda _, kind: [VISITS] if kind is Worklist else [])
    return scene


@pytest.fixture
def both(one_list: Boy, social_worker: Member, team_manager: Member) -> list[int]:
    """Two children whom Amina works with and her manager may read: one only to know who it is, one as his own."""
    two = [one_list.boy, one_list.stranger]
    involve(social_worker, *two, at=timezone.now())
    involve(team_manager, one_list.boy, why="first_contact", at=timezone.now())
    involve(team_manager, one_list.stranger, at=timezone.now())
    return two


def marks(*people: int) -> list[str]:
    return [bulk.mark(VISITS, Owed("A visit", p, None, f"/visit/{p}/")) for p in people]


def sent(member: Member, items: list[str], **said: object) -> str:
    return text(signed_in(member).post("/work/several/?slice=visiting", {"item": items, "reason": WHY} | said))


def test_each_is_taken_up_or_refused_by_itself(both: list[int], team_manager: Member) -> None:
    page = text(signed_in(team_manager).get("/work/several/?slice=visiting"))
    assert "A visit: Mohammed Ali Hussein" in page and "Take them up myself" in page
    said = sent(team_manager, [*marks(*both), "nosuchthing"], do="take")
    assert "1 of 3 things taken up" in said
    assert said.index("Not done") < said.index("yours already") < said.index("no longer owed") < said.index("Mohammed")
    held = Involvement.objects.get(post=team_manager.post, person_id=both[0], why="allocated")
    assert held.reason == WHY
    took = AccessEntry.objects.filter(user_id=team_manager.user.pk, note="took up work")
    assert [e.people for e in took] == [[both[0]]]
    assert AccessEntry.objects.filter(action="refusal", note="one of several: not owed").count() == 1
    assert "A visit: Mohammed" in text(signed_in(team_manager).get("/work/"))


def test_what_is_handed_on_opens_to_whoever_gets_it_and_to_nobody_barred(both: list[int], team_manager: Member) -> None:
    jo = make_member("jo", "Jo Teammate", "case_owner", "social_care")
    Exclusion.objects.create(
        user=jo.user, person_id=both[1], reason="her nephew", from_at=timezone.now() - timedelta(days=1)
    )
    assert "A visit" not in text(signed_in(jo).get("/work/"))
    said = sent(team_manager, marks(*both), do="hand", to=jo.post.pk)
    assert "1 of 2 things handed to Jo Teammate" in said, said[300:1200]
    assert "cannot be handed to them" in said and "nephew" not in said
    assert text(signed_in(jo).get("/work/")).count("A visit: ") == 1
    assert not Involvement.objects.filter(post=jo.post, person_id=both[1]).exists()
    assert AccessEntry.objects.get(note=f"handed work to post {jo.post.pk}").people == [both[0]]


def test_nobody_hands_on_who_leads_nobody_nor_to_another_team(
    both: list[int], social_worker: Member, team_manager: Member, ext: Member
) -> None:
    assert "Hand them" not in text(signed_in(social_worker).get("/work/several/?slice=visiting"))
    assert "Choose what to do" in sent(social_worker, marks(*both), do="hand", to=team_manager.post.pk)
    assert "Choose somebody of your team" in sent(team_manager, marks(*both), do="hand", to=ext.post.pk)
    assert "Choose at least one thing" in sent(team_manager, [], do="take")
    assert "0 of 1 thing taken up" in sent(ext, marks(both[0]), do="take")
    assert not Involvement.objects.filter(person_id=both[0], post=ext.post).exists()
