"""After the form is sent: the supervisor's copy, what is added beside it, words that are copied, a child nobody named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Member, involve, make_member
from screens import signed_in, text
from sightline.access.models import Involvement
from sightline.alerts.settings import limits
from sightline.chronology.models import Event
from sightline.clocks.limits import SEARCH_OPENS
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.services import discard_old
from sightline.pathways.concern.tests.test_concern_pages import CHILD, begun, filled, forms, officer, people
from sightline.people.models import SourceRecord

__all__ = ["officer", "people"]
pytestmark = pytest.mark.django_db


@pytest.mark.requirement("CN-21", "CN-22")
def test_a_supervisor_has_a_copy_sends_it_back_and_what_is_added_stands_beside_the_original(
    officer: Client, people: dict[str, int]
) -> None:
    sergeant = make_member("hart", "Dina Hart", "supervisor", "police")
    answer = officer.post(begun(officer, people, "ana"), filled(people, "ana", do="send"))
    assert "Your supervisor has a copy" in text(officer.get(answer.headers["Location"]))
    (sent,) = forms()
    where = f"/person/{people['ana']}/concerns/{sent.pk}/"
    hers = signed_in(sergeant)
    assert "Look at a concern form" in text(hers.get("/work/"))
    assert "Look at it as the supervisor" in text(hers.get(where)) and "as the supervisor" not in text(
        officer.get(where)
    )
    assert officer.get(where + "review/").status_code == 403
    back = {
        "outcome": "sent_back",
        "feedback": "Good on her words. What is it like for her?",
        "token": "r1",
        "seen": "1",
    }
    assert hers.post(where + "review/", back).status_code == 302
    assert "Sent back by Dina Hart" in text(officer.get(where)) and "Good on her words" in text(officer.get(where))
    officer.post(where, {"text": "She waits at the window until he is asleep", "token": "a1"})
    officer.post(where, {"text": "She waits at the window until he is asleep", "token": "a1"})
    assert Event.objects.filter(kind="concern.added").count() == 1
    assert hers.post(where + "review/", back | {"outcome": "signed_off", "token": "r2"}).status_code == 409, (
        "it has changed since"
    )
    assert hers.post(where + "review/", back | {"outcome": "signed_off", "token": "r2", "seen": "3"}).status_code == 302
    page = text(officer.get(where))
    assert "Signed off by Dina Hart" in page and "waits at the window" in page and "Father was shouting" in page
    assert Event.objects.get(pk=sent.pk).data == sent.data


@pytest.mark.requirement("CN-21")
def test_a_writer_is_known_by_their_account_and_not_by_a_name(
    officer: Client, constable: Member, people: dict[str, int]
) -> None:
    sent = officer.post(begun(officer, people, "ana"), filled(people, "ana", do="send")).headers["Location"]
    namesake = make_member("reeve2", str(constable.user), "supervisor", "police")
    involve(namesake, people["ana"])
    assert "Look at it as the supervisor" in text(signed_in(namesake).get(sent)), "a supervisor of the same name"
    constable.post.role = "supervisor"
    constable.post.save()
    constable.user.name = "Tom Reeve-Adams"
    constable.user.save()
    assert "as the supervisor" not in text(officer.get(sent)), "the writer under another name"


@pytest.mark.requirement("CN-20")
def test_the_same_words_again_are_flagged_to_whoever_looks_at_it(officer: Client, people: dict[str, int]) -> None:
    sergeant = make_member("hart", "Dina Hart", "supervisor", "police")
    officer.post(begun(officer, people, "ana"), filled(people, "ana", do="send"))
    officer.post(begun(officer, people, "ana", token="second"), filled(people, "ana", do="send"))
    fresh = filled(
        people,
        "ana",
        do="send",
        what_happened="She opened the door herself and said that nobody else was at home with her today",
    )
    fresh[f"c{people['ana']}-demeanour"] = "Cheerful, showed us the drawings on her wall and asked for a glass of milk"
    officer.post(begun(officer, people, "ana", token="third"), fresh)
    assert [e.data.get("same_words_as") for e in forms()] == [None, 1, None]
    assert "In the same words as other forms of this writer" in text(signed_in(sergeant).get("/work/"))
    both = officer.post(begun(officer, people, "ana", "ben", token="both"), filled(people, "ana", "ben", do="check"))
    assert "are described in the same words" in text(both)


def test_a_child_whom_nobody_named_has_a_form_too(officer: Client, people: dict[str, int]) -> None:
    where = begun(officer, people, "ana", unnamed="baby boy, about 6 months")
    baby = next(p for p in Draft.objects.get().people if p != people["ana"])
    own = {f"c{baby}-{n}": v for n, v in CHILD.items()} | {
        f"c{baby}-demeanour": "Crying, held out his arms to his sister"
    }
    assert officer.post(where, filled(people, "ana", do="send", **own)).status_code == 302
    assert (
        len(forms()) == 2
        and SourceRecord.objects.filter(source="sightline", born_text="baby boy, about 6 months").count() == 1
    )
    tie = Involvement.objects.get(why="recorded")
    assert tie.until_at == limits().due(SEARCH_OPENS.name, tie.from_at), "for as long as a search opens anybody"


def test_a_draft_nobody_goes_on_with_is_thrown_away_after_a_week(officer: Client, people: dict[str, int]) -> None:
    begun(officer, people, "ana")
    assert (discard_old(at=timezone.now() + timedelta(days=6)), discard_old(at=timezone.now() + timedelta(days=8))) == (
        0,
        1,
    )
