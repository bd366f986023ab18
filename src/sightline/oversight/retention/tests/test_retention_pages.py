"""The pages of retention: the lists, a review from due to decided, a hold placed and lifted from the person's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Member, involve, make_member
from screens import signed_in, text
from sightline.oversight.retention.models import Hold, Review
from sightline.oversight.retention.services import find_due
from sightline.oversight.retention.tests.conftest import Scene
from sightline.oversight.retention.tests.test_reviews import INQUIRY, WHY


@pytest.fixture
def due(scene: Scene) -> Review:
    """The man's records are due."""
    find_due(at=timezone.now())
    return Review.objects.get(person_id=scene.man)


def send(member: Member, path: str, **said: str) -> Any:
    """A form sent by somebody."""
    return signed_in(member).post(path, said)


@pytest.mark.requirement("IS-07")
def test_a_review_goes_from_due_to_agreed_by_name(scene: Scene, due: Review) -> None:
    one, other, path = signed_in(scene.one), signed_in(scene.other), f"/retention/reviews/{due.pk}/"
    assert f"Person {scene.man}" in text(one.get("/retention/"))
    page = text(one.get(path))
    for said in (
        "Police group 3",
        "To be confirmed",
        "9 May 2009",
        "Crime recorded: 2",
        "2 entries: they stay in the records of others",
    ):
        assert said in page
    assert "zqv" not in page
    assert "Choose whether" in text(one.post(path, {"reason": WHY}))
    assert one.post(path, {"outcome": "dispose", "reason": WHY}).status_code == 302
    assert "Another reviewer has to agree" in text(one.get(path))
    assert "Do you agree" in text(other.get(path))
    assert other.post(path, {"agrees": "yes", "reason": WHY}).status_code == 302
    assert f"./sightline erase --review {due.pk}" in text(other.get(path))
    lists = text(other.get("/retention/"))
    assert "Decided, and to be erased (1)" in lists
    assert "Peter Lowe" in lists


@pytest.mark.requirement("IS-07")
def test_what_is_kept_says_until_when_and_why(scene: Scene, due: Review) -> None:
    one, path = signed_in(scene.one), f"/retention/reviews/{due.pk}/"
    assert "Enter the day until which they are kept" in text(one.post(path, {"outcome": "keep", "reason": WHY}))
    until = timezone.now() + timedelta(days=400)
    assert one.post(path, {"outcome": "keep", "kept_until": f"{until:%d %m %Y}", "reason": WHY}).status_code == 302
    page = text(one.get(path))
    assert WHY in page
    assert "Ruth Abel" in page


@pytest.mark.requirement("IS-07")
def test_a_hold_is_placed_from_the_persons_page_and_shown_on_it(scene: Scene, due: Review) -> None:
    one = signed_in(scene.one)
    involve(outsider := make_member("pc", "Of Holm", "response_officer", "police"), scene.man)
    assert signed_in(outsider).get(f"/person/{scene.man}/hold/").status_code == 404, "for those who review retention"
    involve(scene.one, scene.man, at=timezone.now())
    assert "Place or lift a legal hold" in text(one.get(f"/person/{scene.man}/"))
    assert "Say why, and on whose authority" in text(one.post(f"/person/{scene.man}/hold/", {"since_on": ""}))
    assert one.post(f"/person/{scene.man}/hold/", {"reason": INQUIRY}).status_code == 302
    assert "1 legal hold stands over these records" in text(one.get(f"/person/{scene.man}/"))
    assert "A legal hold stands" in text(one.get(f"/retention/reviews/{due.pk}/"))
    answer = one.post(f"/retention/reviews/{due.pk}/", {"outcome": "dispose", "reason": WHY})
    assert answer.status_code == 422
    assert "nothing is disposed of until it is lifted" in text(answer)
    hold = Hold.objects.get()
    assert INQUIRY in text(one.get(f"/retention/holds/{hold.pk}/lift/"))
    assert one.post(f"/retention/holds/{hold.pk}/lift/", {"reason": "The inquiry has reported"}).status_code == 302
    assert "legal hold stands" not in text(one.get(f"/person/{scene.man}/"))


@pytest.mark.requirement("IS-07")
def test_a_system_is_held_whole(scene: Scene, due: Review) -> None:
    one = signed_in(scene.one)
    assert "Choose a system" in text(one.post("/retention/holds/system/", {"reason": INQUIRY}))
    assert one.post("/retention/holds/system/", {"reason": INQUIRY, "source": "crime"}).status_code == 302
    page = text(one.get("/retention/"))
    assert "Everybody, what Crime says" in page
    assert "Held" in page


@pytest.mark.requirement("IS-07")
def test_the_record_is_opened_for_a_review(scene: Scene, due: Review) -> None:
    one = signed_in(scene.one)
    assert one.get(f"/person/{scene.man}/").status_code == 404
    assert one.post(f"/retention/reviews/{due.pk}/open/").headers["Location"] == f"/person/{scene.man}/"
    assert one.get(f"/person/{scene.man}/").status_code == 200


@pytest.mark.requirement("IS-07")
def test_other_posts_see_no_review_and_no_hold(scene: Scene, due: Review, constable: Member) -> None:
    officer = signed_in(constable)
    involve(constable, scene.man, at=timezone.now())
    assert officer.get("/retention/").status_code == 403
    assert officer.get(f"/retention/reviews/{due.pk}/").status_code == 403
    assert officer.get(f"/person/{scene.man}/hold/").status_code == 404
    page = text(officer.get(f"/person/{scene.man}/"))
    assert "Place or lift" not in page
    absent, hidden = officer.get("/person/987654321/hold/"), officer.get(f"/person/{scene.friend}/hold/")
    assert (absent.status_code, hidden.status_code) == (404, 404)
