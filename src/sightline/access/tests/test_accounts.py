"""The first user of a force, made at a command line: agency, post, password said once, and no further without a second factor."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sightline.access.commands import account
from sightline.access.models import AccessEntry, User
from sightline.access.viewer import viewer_for
from sightline.agencies.models import Team
from sightline.kernel.errors import NotPermitted, Refused

pytestmark = pytest.mark.django_db
FIRST = ["first", "--name", "Ros Vane", "--role", "call_handler", "--agency", "police"]
NEW_AGENCY = ["--agency-name", "Marsham Police", "--agency-kind", "police", "--team", "Control room"]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def run(*words: str) -> str:
    """What the command says."""
    done = CliRunner().invoke(account, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def password_in(said: str) -> str:
    found = re.search(r"Password, said once: (\S+)", said)
    assert found
    return found[1]


def sign_in(password: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": "first", "password": password})
    return client


def test_the_first_user_signs_in_and_sees_nothing_before_a_second_factor() -> None:
    password = password_in(run(*FIRST, *NEW_AGENCY))
    answer = sign_in(password).get("/")
    assert answer.headers["Location"] == "/accounts/second-factor/totp/activate/"
    viewer = viewer_for(User.objects.get(username="first"), at=timezone.now(), route="test")
    assert (viewer.role, viewer.agency, viewer.agency_kind) == ("call_handler", "police", "police")
    written = AccessEntry.objects.filter(action="administration")
    assert [e.note.split(" ", 2)[2] for e in written.order_by("id")] == ["made", "given a post"]
    assert not any(password in str(e.__dict__) or "first" in e.note for e in written)


def test_a_team_answers_for_the_districts_that_are_said() -> None:
    run(*FIRST, *NEW_AGENCY, "--area", "ZS5, ZS6")
    assert Team.objects.get(name="Control room").area == "ZS5, ZS6"


def test_a_lost_device_is_dealt_with_by_a_new_password_and_a_new_factor() -> None:
    before = password_in(run(*FIRST, *NEW_AGENCY))
    user = User.objects.get(username="first")
    TOTP.activate(user, generate_totp_secret())
    after = password_in(run("first", "--reset"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert "_auth_user_id" not in sign_in(before).session
    assert "_auth_user_id" in sign_in(after).session
    assert user.posts.count() == 1


def test_a_closed_account_signs_in_no_more_and_holds_no_post() -> None:
    password = password_in(run(*FIRST, *NEW_AGENCY))
    run("first", "--close")
    assert "_auth_user_id" not in sign_in(password).session
    with pytest.raises(NotPermitted):
        viewer_for(User.objects.get(username="first"), at=timezone.now(), route="test")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (FIRST, "Say the agency. Known: none yet"),
        ([*FIRST[:4], "chief", *FIRST[5:], *NEW_AGENCY], "Say the role with --role, one of: .*call_handler"),
        (
            [*FIRST[:4], "mash_manager", *FIRST[5:], *NEW_AGENCY],
            "MASH manager is a role of hub, and Marsham Police is police",
        ),
        (["first", *FIRST[3:], *NEW_AGENCY], "Say the name"),
        (["first", "--close"], "There is no account first"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_makes_nobody(words: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        run(*words)
    assert not User.objects.filter(username="first").exists()
