"""A join that waits, a second person's answer, and what follows when it was wrong, in a browser: accessible, and no wider than the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import involve, make_member, person_of, write_person

SIZES = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
MO = {"forenames": "Mohammed", "surname": "Hussein", "born": "2016-05-04", "sex": "M", "gp": "Kiln Lane Surgery"}
WHY = "The school confirmed it by telephone"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
def test_joined_by_two_and_made_two_again(visit, constable, data_guardian, size) -> None:  # type: ignore[no-untyped-def]
    at = timezone.now() - timedelta(days=30)
    told = (("N1", MO), ("N2", {"forenames": "Mo", "surname": "Khan", "phone": ["07700 900456"]}))
    one, other = [person_of(write_person("crime", key, at=at, **said)) for key, said in told]
    first = make_member("lowe", "Jan Lowe", "missing_coordinator", "police")
    second = make_member("hale", "Bryn Hale", "mash_manager", "hub")
    for member in (first, second, constable):
        involve(member, one, other, at=timezone.now())
    jan, bryn, tom, ruth = (visit(**size).sign_in(m) for m in (first, second, constable, data_guardian))
    jan.page.goto(f"/person/{one}/records/same/")
    jan.page.get_by_label("Who", exact=True).fill(str(other))
    jan.page.get_by_label("Yes, they are the same person").check()
    jan.page.get_by_label("Why").fill(WHY)
    jan.page.get_by_role("button", name="Record this decision").click()
    jan.page.get_by_role("link", name="Take it back").wait_for()
    jan.check()
    bryn.page.goto(f"/person/{other}/records/")
    bryn.page.get_by_role("link", name="Agree or decline").click()
    bryn.page.get_by_role("button", name="Record this answer").wait_for()
    bryn.check()
    bryn.page.get_by_role("button", name="Record this answer").click()
    bryn.page.get_by_role("alert").get_by_text("Say whether you agree").wait_for()
    bryn.check()
    bryn.page.get_by_label("Agree: they are the same person").check()
    bryn.page.get_by_label("Why").fill("His mother says so too")
    bryn.page.get_by_role("button", name="Record this answer").click()
    bryn.page.get_by_text("Jan Lowe and Bryn Hale").first.wait_for()
    tom.page.goto(f"/person/{other}/")
    tom.page.get_by_text("(Crime N2").first.wait_for()
    tom.check()
    jan.page.goto(f"/person/{one}/records/apart/")
    jan.page.get_by_label("Crime, N2").check()
    jan.page.get_by_label("Why").fill("Two cousins of one name after all")
    jan.page.get_by_role("button", name="Take them out").click()
    jan.page.get_by_role("heading", name="Records that make up").wait_for()
    _told(jan, tom, ruth)


def _told(jan, tom, ruth) -> None:  # type: ignore[no-untyped-def]
    """What each of them is told."""
    tom.page.goto("/")
    tom.check()
    tom.page.get_by_role("link", name="Check what you wrote and passed on").click()
    tom.page.get_by_role("button", name="I have checked what I wrote and passed on").wait_for()
    tom.check()
    ruth.page.goto("/")
    ruth.page.get_by_role("link", name="Wrong joins undone").click()
    ruth.page.get_by_role("link", name="Persons").wait_for()
    ruth.check()
    ruth.page.get_by_role("link", name="Persons").click()
    ruth.page.get_by_role("heading", name="Who was shown it").wait_for()
    ruth.check()
    jan.page.goto("/access/parted/")
    jan.check()
    tom.page.get_by_role("button", name="I have checked what I wrote and passed on").click()
    tom.page.get_by_role("heading", name="People you were lately involved with").wait_for()
    assert "Two people were shown to you as one" not in tom.page.content()
