"""Where a thing stands follows from its entries, whoever sent them and however late; and steps are taken one after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import Member, involve, person_of, write_person

from sightline.access.casework import open_to, take_up
from sightline.access.models import AccessEntry, Involvement
from sightline.chronology.courses import Course, Run, Step, diagram, runs, unfinished
from sightline.chronology.models import Event
from sightline.chronology.stepping import Changed, begin, run_for, take
from sightline.chronology.view import Chronology, Happening
from sightline.kernel.errors import NotFound, Refused

MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
ASKED = Course(
    "asking",
    "A request",
    {"open": "waits for an answer", "answered": "was answered", "refused": "was refused"},
    (
        Step("information.requested", ("",), "open", "ask"),
        Step("information.supplied", ("open", "refused"), "answered", "answer"),
        Step("information.refused", ("open",), "refused", "refuse"),
    ),
    ends=("answered",),
)
ASKS = {"of": "health", "purpose": "what is known", "lawful_basis": "safeguarding"}


def happened(n: int, kind: str, ref: str = "", source: str = "health", **data: object) -> Happening:
    at = MORNING + timedelta(hours=n)
    return Happening(n, kind, at, at, at, "minute", source, ref or f"r{n}", "", "", {"child": (1,)}, "", None, "", data)


def of(*entries: Happening) -> tuple[Run, ...]:
    return runs(ASKED, Chronology.of(1, entries))


def test_what_a_feed_sends_goes_to_the_newest_run_it_is_a_step_of() -> None:
    first, second = of(
        happened(1, "information.requested"), happened(2, "information.requested"), happened(3, "information.supplied")
    )
    assert (first.state, second.state, second.over) == ("open", "answered", True)
    assert unfinished((first, second)) == (first,)


def test_an_entry_that_names_its_run_goes_there_and_one_that_fits_nowhere_is_kept_aside() -> None:
    asked = happened(1, "information.requested", source="sightline", ref="asking/a")
    named = {"source": "sightline", "ref": "sightline:asking/a#information.supplied/x"}
    later = happened(2, "information.requested", source="sightline", ref="asking/b")
    again = {"source": "sightline", "ref": "sightline:asking/a#information.supplied/y"}
    first, second = of(
        asked, later, happened(3, "information.supplied", **named), happened(4, "information.supplied", **again)
    )
    assert (first.state, second.state, [e.event_id for e in first.aside]) == ("answered", "open", [4])


def test_an_entry_made_here_that_names_a_run_of_another_course_is_none_of_this_one() -> None:
    other = {"source": "sightline", "ref": "sightline:enquiry/a#information.supplied/x"}
    (only,) = of(happened(1, "information.requested"), happened(2, "information.supplied", **other))
    assert only.state == "open"


def test_what_names_a_run_of_another_course_or_begins_its_own_is_no_step_of_this_one() -> None:
    one, two = (happened(n, "information.requested", f"asking/{n}", "sightline") for n in (1, 2))
    elsewhere = happened(3, "information.supplied", "sightline:other/x#information.supplied/y", "sightline")
    assert [(r.state, len(r.entries)) for r in of(one, two, elsewhere)] == [("open", 1), ("open", 1)]
    again = Course("asking", "A request", {"open": "waits"}, (Step("information.requested", ("", "open"), "open"),))
    assert len(runs(again, Chronology.of(1, (one, two)))) == 2


def test_an_answer_to_nothing_begins_nothing() -> None:
    assert of(happened(1, "information.supplied")) == ()


def test_a_table_that_names_a_state_nobody_declared_or_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match="lost"):
        Course("x", "X", {"open": "is open"}, (Step("information.requested", ("",), "lost"),))
    with pytest.raises(ValueError, match="idle"):
        Course("x", "X", {"open": "is open", "idle": "never"}, (Step("information.requested", ("",), "open"),))


def test_the_diagram_is_drawn_from_the_table() -> None:
    drawn = diagram(ASKED)
    assert "[*] --> open : ask" in drawn and "refused --> answered : answer" in drawn and "answered --> [*]" in drawn


@pytest.fixture
def child(social_worker: Member) -> int:
    record = write_person("social_care", "C1", forenames="Mo", surname="Hussein", born="2017-03-04")
    involve(social_worker, person_of(record))
    return person_of(record)


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_entry_and_the_slower_of_two_is_told(social_worker: Member, child: int) -> None:
    viewer, people = social_worker.viewer(), {"child": (("social_care", "C1"),)}
    for _ in range(2):
        key = begin(viewer, ASKED, "information.requested", token="t1", people=people, data=ASKS, at=viewer.at)
    assert Event.objects.filter(kind="information.requested").count() == 1
    said = {"summary": "Seen in May"}
    with pytest.raises(Changed):
        take(viewer, ASKED, child, key, "information.supplied", token="t2", data=said, at=viewer.at, seen=0)
    made = {
        take(viewer, ASKED, child, key, "information.supplied", token="t2", data=said, at=viewer.at, seen=1)
        for _ in range(2)
    }
    assert len(made) == 1 and run_for(viewer, ASKED, child, key).state == "answered"
    with pytest.raises(Refused, match="was answered"):
        take(viewer, ASKED, child, key, "information.refused", token="t3", data={"reason": "no"}, at=viewer.at)


@pytest.mark.django_db
def test_a_run_is_not_there_for_whoever_is_not_involved(
    social_worker: Member, health_visitor: Member, child: int
) -> None:
    viewer = social_worker.viewer()
    key = begin(
        viewer,
        ASKED,
        "information.requested",
        token="t",
        people={"child": (("social_care", "C1"),)},
        data=ASKS,
        at=viewer.at,
    )
    with pytest.raises(NotFound):
        run_for(health_visitor.viewer(), ASKED, child, key)
    refused = AccessEntry.objects.get(user_id=health_visitor.user.pk)
    assert (refused.outcome, refused.people, refused.note) == ("refused", [child], ASKED.key)
    take_up(health_visitor.viewer(), [child], reason="asked for what is known")
    assert run_for(health_visitor.viewer(), ASKED, child, key).state == "open"
    assert not open_to([health_visitor.post.pk], [child], why="referral", reason="again", at=viewer.at)
    assert Involvement.objects.filter(user=health_visitor.user, person_id=child).count() == 1
