"""What was typed lies in a session until it ends: not readable in the database, and gone when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.signing import b64_decode
from django.utils import timezone

from cast import Member
from screens import search, signed_in, text
from sightline.web.tasks import throw_away_typed

pytestmark = pytest.mark.django_db


def test_what_a_caller_said_is_in_no_session_that_can_be_read_without_the_key(
    call_handler: Member, settings: LazySettings
) -> None:
    screen = signed_in(call_handler)
    assert "Mo Hussein" in text(search(screen))
    held = Session.objects.get(session_key=screen.session.session_key)
    assert "Mo Hussein" in str(held.get_decoded())
    coded = held.session_data.split(":")[0].removeprefix(".")
    assert b"Hussein" not in b64_decode(coded.encode())
    assert "Hussein" not in held.session_data
    settings.SECRET_KEY = "another installation's"
    assert held.get_decoded() == {}


def test_sessions_that_are_over_go_and_others_stay(call_handler: Member, social_worker: Member) -> None:
    over, lasting = signed_in(call_handler).session.session_key, signed_in(social_worker).session.session_key
    Session.objects.filter(session_key=over).update(expire_date=timezone.now() - timedelta(seconds=1))
    throw_away_typed(0)
    assert set(Session.objects.values_list("session_key", flat=True)) == {lasting}
