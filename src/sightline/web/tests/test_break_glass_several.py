"""Of whom several may be meant all are opened, and the page names those of them who are still open to whoever opened them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import LONG_AGO, Member, person_of, write_person
from scenes import Boy
from screens import signed_in, text
from sightline.access.models import AccessEntry, BreakGlass, Involvement

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("IS-02")]
ASKED = {"name": "Mohammed Hussein", "born": "4 March 2016", "reason": "his mother says he is on the bridge now"}


@pytest.fixture
def twin(scene: Boy) -> int:
    """Another boy of that name and birthday."""
    said = {"forenames": "Mohammed Ali", "surname": "Hussein", "aliases": ["Mo"], "born": "2016-03-04", "sex": "M"}
    return person_of(write_person("crime", "TWIN", at=LONG_AGO, **said))


def opened(client: Client) -> str:
    """The page to which a confirmed opening by name leads."""
    step = client.post("/break-glass/", ASKED).headers["Location"]
    assert client.post(step).headers["Location"] == step
    return step


def test_each_of_them_is_named_and_the_look_is_written_down(call_handler: Member, scene: Boy, twin: int) -> None:
    client = signed_in(call_handler)
    page = client.get(opened(client)).content.decode()
    assert {p for p in (scene.boy, twin) if f'href="/person/{p}/"' in page} == {scene.boy, twin}
    line = AccessEntry.objects.get(note="opened in an emergency", action="list")
    assert set(line.people) == {scene.boy, twin}


def test_one_whose_opening_is_over_is_not_named(call_handler: Member, scene: Boy, twin: int) -> None:
    client = signed_in(call_handler)
    step, ago = opened(client), timezone.now() - timedelta(minutes=1)
    BreakGlass.objects.filter(person_id=twin).update(until_at=ago)
    Involvement.objects.filter(person_id=twin, user=call_handler.user).update(until_at=ago)
    page = client.get(step).content.decode()
    assert f'href="/person/{scene.boy}/"' in page
    assert f'href="/person/{twin}/"' not in page
    BreakGlass.objects.update(until_at=ago)
    assert "Hussein" not in text(client.get(step))
