"""Nothing is read unseen: every look is a line that nobody can alter, and where it cannot be written nothing is shown."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction

from cast import LONG_AGO, NOW, Member, entry, involve, person_of, write_person
from sightline.access import gate
from sightline.access.log import Action, write
from sightline.access.models import AccessEntry
from sightline.chronology import queries
from sightline.chronology.record import record
from sightline.kernel.errors import NotFound, NotLogged
from sightline.kernel.postgres import APP

pytestmark = pytest.mark.django_db


@pytest.fixture
def child() -> int:
    return person_of(write_person("social_care", "C1", at=LONG_AGO, forenames="Ada", surname="Byrne"))


@pytest.mark.requirement("IS-03")
def test_a_look_names_who_when_why_whom_which_fields_and_by_which_route(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    queries.chronology_of(social_worker.viewer(reason="allocated today", route="/people/1/"), child)
    line = AccessEntry.objects.get(user_id=social_worker.user.pk)
    assert (line.at, line.role, line.agency, line.action) == (NOW, "case_owner", "social_care", "consultation")
    assert (line.reason, line.route, line.people, line.fields) == (
        "allocated today",
        "/people/1/",
        [child],
        ["chronology"],
    )


@pytest.mark.requirement("IS-03")
def test_the_log_holds_names_of_fields_and_never_a_value(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    gate.look(social_worker.viewer(reason="allocated today"), [child], fields=["names", "born"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, ' ') FROM access_accessentry a")
        text = cursor.fetchone()[0]
    assert "Ada" not in text
    assert "Byrne" not in text


@pytest.mark.requirement("IS-03")
def test_where_the_log_fails_nothing_is_read(child: int, social_worker: Member) -> None:
    involve(social_worker, child)
    with (
        patch.object(AccessEntry.objects, "create", side_effect=DatabaseError("disk full")),
        patch.object(queries, "chronologies") as read,
        pytest.raises(NotLogged),
    ):
        queries.chronology_of(social_worker.viewer(), child)
    read.assert_not_called()


def test_where_the_log_fails_a_refusal_is_no_answer_either(child: int, ext: Member) -> None:
    with patch.object(AccessEntry.objects, "create", side_effect=DatabaseError("disk full")), pytest.raises(NotLogged):
        gate.look(ext.viewer(), [child], fields=["names"])


@pytest.mark.requirement("IS-03")
def test_the_app_may_add_to_the_log_and_do_nothing_else(child: int, ext: Member) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        write(ext.viewer(), Action.LIST, people=[child])
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute("SELECT has_table_privilege(%s, 'access_accessentry', %s)", [APP, right])
            assert cursor.fetchone() == (False,)
        cursor.execute("RESET ROLE")
    assert AccessEntry.objects.filter(action="list").count() == 1


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize("action", sorted(Action))
def test_every_kind_of_access_can_be_written(ext: Member, action: Action) -> None:
    assert write(ext.viewer(), action).action == action.value


@pytest.mark.requirement("IS-03")
def test_a_feed_writes_one_line_a_batch_naming_its_people(child: int) -> None:
    (line,) = AccessEntry.objects.filter(action="collection")
    assert (line.people, line.fields, line.route) == ([child], ["person.recorded"], "feed")


def test_a_refusal_while_recording_stays_written(child: int, ext: Member) -> None:
    one = entry(
        "marker.set", {"subject": [("social_care", "C1")]}, source="sightline", ref="m", data={"kind": "violent"}
    )
    with pytest.raises(NotFound):
        record(one, ext.viewer())
    assert AccessEntry.objects.get(user_id=ext.user.pk).action == "refusal"
