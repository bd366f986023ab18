"""Nothing typed is lost, and nothing is sent twice: cut off anywhere, sent again, an idle hour, two windows, another's eyes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from cast import Member, involve, make_member, seal, sign_in
from screens import signed_in, text
from sightline.chronology.models import Event
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.tests.test_concern_pages import begun, filled, forms, officer, people

__all__ = ["officer", "people"]
pytestmark = pytest.mark.django_db
POINTS = 20


class Counted:
    """Counts the statements of a request, but for the ends of savepoints; of `cut_at` and those after it none is carried out."""

    def __init__(self, cut_at: int = 0) -> None:
        self.cut_at, self.count = cut_at, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += not sql.startswith(("ROLLBACK", "RELEASE"))
        if self.cut_at and self.count >= self.cut_at and not sql.startswith(("ROLLBACK", "RELEASE")):
            raise OperationalError("the connection was lost")
        return execute(sql, params, many, context)


@contextmanager
def counted(cut_at: int = 0) -> Iterator[Counted]:
    wrapper = Counted(cut_at)
    with connection.execute_wrapper(wrapper):
        yield wrapper


@pytest.mark.requirement("IS-15")
def test_the_same_form_twice_is_one_form(officer: Client, people: dict[str, int]) -> None:
    where = begun(officer, people, "ana", "ben")
    first, again = (officer.post(where, filled(people, "ana", "ben", do="send")) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert len(forms()) == 2
    assert officer.get(where).headers["Location"] == first.headers["Location"], "going back finds what was sent"


@pytest.mark.requirement("IS-15")
def test_cut_off_at_twenty_points_and_sent_again_it_is_one_record_and_nothing_typed_is_lost(
    officer: Client, people: dict[str, int]
) -> None:
    officer.raise_request_exception = False
    beforehand = begun(officer, people, "ana", "ben", token="whole")
    with counted() as whole:
        officer.post(beforehand, filled(people, "ana", "ben", do="send"))
    sent = len(forms())
    where = begun(officer, people, "ana", "ben", token="cut")
    officer.post(where, filled(people, "ana", "ben", do="save"))
    typed = {k: v for k, v in Draft.objects.get().answers.items() if not k.startswith("_")}
    points = sorted({1 + round(n * (whole.count - 1) / (POINTS - 1)) for n in range(POINTS)})
    assert len(points) == POINTS and points[-1] == whole.count
    for point in points:
        with counted(cut_at=point) as cut:
            answer = officer.post(where, filled(people, "ana", "ben", do="send"))
        assert cut.count >= point, f"the send was over before {point}, of {whole.count}: nothing was cut off"
        assert answer.status_code >= 500, point
        assert len(forms()) == sent, f"cut off at {point}, and something was left behind"
        held = Draft.objects.get(token="cut").answers
        assert {k: v for k, v in held.items() if not k.startswith("_")} == typed, point
    assert officer.post(where, filled(people, "ana", "ben", do="send")).status_code == 302
    again = forms()[sent:]
    assert len(again) == 2 and again[0].data["views"] == "He always does this on Fridays" and not Draft.objects.exists()


@pytest.mark.requirement("IS-15")
def test_the_answer_lost_on_its_way_and_sent_again_is_one_record(officer: Client, people: dict[str, int]) -> None:
    where = begun(officer, people, "ana")
    officer.post(where, filled(people, "ana", do="send"))  # it arrived; the answer did not
    late = officer.post(where, filled(people, "ana", do="save"), headers={"Accept": "application/json"})
    assert late.status_code == 302 and not Draft.objects.exists(), "a save that comes late makes no draft again"
    officer.post(where, filled(people, "ana", do="send"))
    assert len(forms()) == 1


def idle(client: Client, hours: float) -> None:
    session = client.session
    session["last_used_at"] = int(time.time() - hours * 3600)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def test_an_idle_hour_mid_form_loses_nothing(officer: Client, constable: Member, people: dict[str, int]) -> None:
    where = begun(officer, people, "ana")
    officer.post(where, filled(people, "ana", do="save"))
    idle(officer, 1)
    typed = filled(people, "ana", what_happened="Typed before the hour, sent after it", do="send", saves="1")
    ended = officer.post(where, typed)
    assert (
        ended.headers["Location"].startswith("/sign-in/")
        and f"next={where.replace('/', '%2F')}" in ended.headers["Location"]
    )
    assert not forms(), "nobody is signed in, so nothing is sent"
    back = text(sign_in(officer, constable).get(where))
    assert "Typed before the hour, sent after it" in back and "He always does this on Fridays" in back
    officer.post(where, typed)
    assert [e.data["what_happened"] for e in forms()] == ["Typed before the hour, sent after it"]


def test_two_windows_of_one_author_overwrite_nothing(officer: Client, people: dict[str, int]) -> None:
    where = begun(officer, people, "ana")
    one = {"do": "save", "what_happened": "In the first window", "saves": "0", "window": "one"}
    two = {"do": "save", "what_happened": "In the second window", "saves": "0", "window": "two"}
    assert officer.post(where, one).status_code == 200
    clash = officer.post(where, two)
    assert (
        clash.status_code == 409 and "In the second window" in text(clash) and "saved in another window" in text(clash)
    )
    assert Draft.objects.get().answers["what_happened"] == ["In the first window"]
    assert officer.post(where, two | {"saves": "1"}).status_code == 200
    assert officer.post(where, two | {"what_happened": "And on", "saves": "1"}).status_code == 200, (
        "one window is never in its own way"
    )
    told = officer.post(where, one | {"what_happened": "x"}, headers={"Accept": "application/json"})
    assert told.status_code == 409 and "another window" in told.json()["elsewhere"]


@pytest.mark.requirement("IS-01")
def test_a_draft_is_its_authors_alone(officer: Client, people: dict[str, int]) -> None:
    where = begun(officer, people, "ana")
    other = make_member("lane", "Pat Lane", "response_officer", "police")
    involve(other, people["ana"])
    theirs = signed_in(other)
    assert (theirs.get(where).status_code, theirs.post(where, {"do": "save", "what_happened": "x"}).status_code) == (
        404,
        404,
    )
    mine, hers = (text(c.get("/work/")) for c in (officer, theirs))
    assert "Send the concern form you began" in mine and "Send the concern form you began" not in hers
    assert "Go on with the form" in text(officer.get(f"/person/{people['ana']}/concern/"))
    assert "Go on with the form" not in text(theirs.get(f"/person/{people['ana']}/concern/"))
    assert "Concern form about Ana Reed" in text(officer.get("/concern/drafts/")) and "There are none" in text(
        theirs.get("/concern/drafts/")
    )
    seal(people["ana"])
    assert officer.get(where).status_code == 404
    assert not Event.objects.filter(kind="concern.notified").exists()
