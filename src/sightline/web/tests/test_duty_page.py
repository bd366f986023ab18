"""Who is on duty, and which alerts of which team, as a browser gets them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import Member, make_member
from screens import signed_in, text
from sightline.access.models import AccessEntry, OnDuty
from sightline.agencies.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(constable: Member) -> Member:
    return make_member("inspector", "Ines Pector", "duty_inspector", "police")


def turn(member: Member, **changed: str) -> dict[str, str]:
    begins, ends = (timezone.localtime() + timedelta(hours=h) for h in (1, 9))
    said = {"post": str(member.post.pk), "from_at": f"{begins:%d/%m/%Y %H:%M}", "until_at": f"{ends:%d/%m/%Y %H:%M}"}
    return said | changed


def test_a_turn_is_set_shown_and_taken_off(inspector: Member, constable: Member) -> None:
    screen = signed_in(inspector)
    assert "Nobody is on duty by name, so the whole team is: Ines Pector, duty inspector; Tom Reeve" in text(
        screen.get("/duty/")
    )
    assert screen.post("/duty/", turn(constable)).headers["Location"] == "/duty/"
    said = text(screen.get("/duty/"))
    assert "Tom Reeve, response officer:" in said and "To come" in said
    assert screen.post("/duty/", {"end": str(OnDuty.objects.get().pk)}).status_code == 302
    assert not OnDuty.objects.exists()
    assert AccessEntry.objects.filter(user_id=inspector.user.pk, action="administration").count() == 2


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"post": ""}, "Choose who is on duty"),
        ({"post": "987654321"}, "Choose somebody of a team of yours"),
        ({"from_at": "soon"}, "like 27 3 2027 07:00"),
        ({"until_at": ""}, "Enter when the duty ends"),
        ({"until_at": "1/1/2020 07:00"}, "must end after it begins"),
    ],
)
def test_a_turn_that_makes_no_sense_is_refused_in_words(
    inspector: Member, constable: Member, changed: dict[str, str], why: str
) -> None:
    answer = signed_in(inspector).post("/duty/", turn(constable, **changed))
    assert (answer.status_code, why in text(answer)) == (422, True), text(answer)
    assert not OnDuty.objects.exists()


def test_nobody_whom_no_post_answers_to_sets_it(constable: Member, inspector: Member) -> None:
    refused = signed_in(constable).post("/duty/", turn(inspector))
    assert refused.status_code == 403 and not OnDuty.objects.exists()
    assert AccessEntry.objects.filter(user_id=constable.user.pk, outcome="refused").exists()


def test_which_alerts_are_links_and_say_which_is_chosen(inspector: Member) -> None:
    west = Team.objects.create(key="west", name="West", agency=inspector.post.agency)
    screen = signed_in(inspector)
    page = screen.get(f"/alerts/?whose=team&team={west.pk}&show=today").content.decode()
    assert f'href="/alerts/?whose=team&amp;team={west.pk}&amp;show=today" aria-current="page">West' in page
    assert '?show=today">Sent to me' in page and 'aria-current="page">Sent to me' not in page
    assert screen.get("/alerts/?whose=team&team=987654321").status_code == 404
    assert screen.get("/alerts/?whose=team&team=x&show=everything&page=0x").status_code == 200
