"""What is owed, mine and my team's, and what a slice says on a person's page, as a browser gets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cast import Member, involve, make_member
from scenes import Boy
from screens import signed_in, text
from sightline.access.models import AccessEntry
from sightline.access.viewer import Viewer
from sightline.chronology.panels import Begin, Panel, PanelLine, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist, theirs
from sightline.web import work

pytestmark = pytest.mark.django_db


def visits(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:
    yield Owed(
        "A visit", chronology.subject, at - timedelta(hours=2), f"/visit/{chronology.subject}/", "See the child alone"
    )
    yield Owed("A letter", chronology.subject, at + timedelta(days=30), f"/letter/{chronology.subject}/")


def nobody_mine(boy: int) -> Worklist:
    rows = [Owed("A stranger's form", boy, None, "/form/1/"), Owed("An unnamed child", None, None, "/unnamed/1/")]
    return Worklist("unmet", "Not met yet", 2, also=lambda *_: rows)


def declares(monkeypatch: pytest.MonkeyPatch, *found: Worklist | Panel) -> None:
    monkeypatch.setattr(work, "declared", lambda _, kind: [f for f in found if isinstance(f, kind)])


@pytest.fixture
def lists(scene: Boy, monkeypatch: pytest.MonkeyPatch) -> None:
    declares(monkeypatch, Worklist("visiting", "Visits", 1, of=visits), nobody_mine(scene.stranger))


@pytest.mark.requirement("RF-25")
def test_mine_and_my_teams_by_what_is_due_of_those_i_may_read(social_worker: Member, scene: Boy, lists: None) -> None:
    involve(social_worker, scene.boy, at=timezone.now())
    said = text(signed_in(social_worker).get("/work/"))
    assert said.index("A visit: Mohammed Ali Hussein") < said.index("A letter") < said.index("An unnamed child")
    assert "Overdue" in said and "Gwilym" not in said
    seen = AccessEntry.objects.filter(user_id=social_worker.user.pk, note="worklist").latest("id")
    assert seen.people == [scene.boy]
    overdue = text(signed_in(social_worker).get("/work/?due=overdue&slice=visiting"))
    assert "A visit" in overdue and "A letter" not in overdue and "unnamed" not in overdue


def test_a_colleagues_work_is_my_teams_where_i_may_read_it_too(
    social_worker: Member, team_manager: Member, ext: Member, scene: Boy, lists: None
) -> None:
    involve(social_worker, scene.boy, at=timezone.now())
    involve(team_manager, scene.boy, why="first_contact", at=timezone.now())
    screen = signed_in(team_manager)
    assert "A visit" not in text(screen.get("/work/"))
    assert "A visit: Mohammed" in text(screen.get("/work/?whose=team"))
    other = make_member("other", "Other Teammate", "case_owner", "social_care")
    assert "Mohammed" not in text(signed_in(other).get("/work/?whose=team"))
    assert "Mohammed" not in text(signed_in(ext).get("/work/?whose=team"))


@pytest.mark.requirement("RF-25")
def test_what_is_somebody_elses_to_do_stands_apart_from_mine_and_says_whose_it_is(
    social_worker: Member, scene: Boy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def owed(viewer: Viewer, chronology: Chronology, at: datetime) -> Iterator[Owed]:
        yield Owed("A call", chronology.subject, at, "/call/", others=theirs(viewer, "social_care"))
        yield Owed("A crime", chronology.subject, at, "/crime/", others=theirs(viewer, "police"))

    declares(monkeypatch, Worklist("owing", "Owing", 1, of=owed))
    involve(social_worker, scene.boy, at=timezone.now())
    screen = signed_in(social_worker)
    mine, others = text(screen.get("/work/")), text(screen.get("/work/?whose=others"))
    assert "A call" in mine and "A crime" not in mine
    assert "A crime: Mohammed" in others and "For police" in others and "A call" not in others


def test_a_slice_speaks_on_the_page_of_a_person(
    social_worker: Member, scene: Boy, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = PanelLine("Referred by school", scene.at, "Undecided", "/there/", "red")
    told = Told((line,), (Begin("Make a referral", "/begin/"),))
    declares(monkeypatch, Panel("Referrals", 1, lambda *_: told), Panel("Silent", 2, lambda *_: Told()))
    involve(social_worker, scene.boy, at=timezone.now())
    said = text(signed_in(social_worker).get(f"/person/{scene.boy}/"))
    assert "Referrals" in said and "Referred by school Undecided" in said and "Make a referral" in said
    assert "Silent" not in said
