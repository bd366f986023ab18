"""A form for each child who was there, and the child heard in it, sentence by sentence."""

from __future__ import annotations

import pytest

import alarms
from alarms import raised, standing

events = alarms.in_march


CALL = '04 18:20 contact.received | child: [child, brother], victim: mother | channel: "999", kind: domestic_abuse, graded: priority'
CAME = "04 18:50 attendance.arrived | child: [child, brother]"
FORM = ("{} concern.notified | child: {} | kinds: [domestic abuse], what_happened: x, seen: true, seen_alone: true, "
        "action_taken: x, grade: standard")  # fmt: skip
HEARD = ", demeanour: quiet, views: wants to stay"


@pytest.mark.requirement("CN-01", "CN-02", "CN-03")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), {"child", "brother"}),
        ((FORM.format("04 23:00", "child"),), {"brother"}),
        ((FORM.format("04 23:00", "child"), FORM.format("04 23:00", "brother")), set()),
        ((FORM.format("04 17:00", "child"), FORM.format("04 17:00", "brother")), set()),
        ((FORM.format("02 17:00", "child"), FORM.format("02 17:00", "brother")), {"child", "brother"}),
        (("04 20:00 attendance.arrived | child: [child, brother]",), {"child", "brother"}),
    ],
)
def test_each_child_has_a_form_by_the_end_of_the_shift(more: tuple[str, ...], told: set[str]) -> None:
    found = raised(events(CALL, CAME, *more), "concern_form_missing")
    assert {who for _, who, _ in found} == told
    assert len(found) == len(told)
    assert {at for *_, at in found} <= {"2014-03-05 06:50"}


def test_a_late_form_ends_it_and_nobody_who_was_not_met_has_one() -> None:
    late = (FORM.format("05 12:00", "child"), FORM.format("05 12:00", "brother"))
    assert standing(events(CALL, CAME, *late), "concern_form_missing") == set()
    assert raised(events(CALL), "concern_form_missing") == []
    assert raised(events(CALL.replace("domestic_abuse", "antisocial"), CAME), "concern_form_missing") == []


@pytest.mark.requirement("CN-02", "DA-01")
def test_children_of_the_house_who_were_not_named_have_forms_too() -> None:
    call = CALL.replace("child: [child, brother], ", "").replace(
        "graded: priority", "graded: priority, children_present: true"
    )
    rows = (call, "04 18:50 attendance.arrived | victim: mother", FORM.format("04 23:00", "child"))
    assert {who for _, who, _ in raised(events(*rows), "concern_form_missing")} == {"brother"}
    away = call.replace("children_present: true", "children_present: false")
    assert raised(events(away, *rows[1:]), "concern_form_missing") == []


@pytest.mark.requirement("CN-24")
@pytest.mark.parametrize(
    "rows",
    [
        (
            "03 12:00 missing.reported | | graded: low, reported_by: parent",
            "04 12:00 missing.returned | | found_by: self, harmed: 'no'",
        ),
        ("04 12:00 detention.authorised | | station: a, reason: x, power: arrest",),
    ],
)
def test_the_same_form_for_a_child_who_was_missing_or_is_held(rows: tuple[str, ...]) -> None:
    assert raised(events(*rows), "concern_form_missing") == [("concern_form_missing", "child", "2014-03-05 00:00")]
    assert raised(events(*rows, FORM.format("04 15:00", "child")), "concern_form_missing") == []


BARE = FORM.format("04 23:00", "child")


@pytest.mark.requirement("CN-04", "CN-05")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((BARE,), ["2014-03-04 23:03"]),
        ((BARE + HEARD,), []),
        ((BARE + ", views: wants to stay",), ["2014-03-04 23:03"]),
        ((BARE + ", demeanour: quiet",), ["2014-03-04 23:03"]),
        ((BARE + ", demeanour: n/a, views: Not recorded.",), ["2014-03-04 23:03"]),
        (("04 19:00 child.seen | | alone: true, spoken_to: true, demeanour: quiet, views: wants to stay", BARE), []),
        ((BARE, "04 23:02 voice.captured | | whose: child, about: worry, text: scared", ), ["2014-03-04 23:03"]),
        ((BARE + ", demeanour: quiet", "04 23:02 voice.captured | | whose: child, about: worry, text: scared"), []),
        ((BARE + ", demeanour: quiet", "04 23:02 voice.captured | parent: mother, child: child | whose: parent, about: worry, text: x"),
         ["2014-03-04 23:03"]),
    ],
)  # fmt: skip
def test_a_form_says_what_the_child_said_and_how_the_child_was(rows: tuple[str, ...], told: list[str]) -> None:
    assert [at for *_, at in raised(events(*rows), "voice_missing")] == told


@pytest.mark.requirement("CN-04", "CN-21")
def test_a_baby_is_described_and_a_later_form_mends_an_empty_one() -> None:
    people = "people:\n  child: {born: 2013-01-01}\n"
    assert raised(events(BARE + ", demeanour: crying", head=people), "voice_missing") == []
    assert len(raised(events(BARE, head=people), "voice_missing")) == 1
    assert standing(events(BARE, FORM.format("05 09:00", "child") + HEARD), "voice_missing") == set()


@pytest.mark.requirement("CN-21")
def test_what_is_added_later_mends_what_was_left_empty() -> None:
    added = "06 09:00 concern.added | | text: asked again, views: wants to stay, demeanour: quiet"
    assert standing(events(BARE, added), "voice_missing") == set()
    assert len(standing(events(BARE, added.split(", views")[0]), "voice_missing")) == 1


@pytest.mark.requirement("VO-05")
def test_a_conference_or_review_that_did_not_hear_the_child() -> None:
    held = "04 10:00 conference.held | | kind: initial, attended: [police], decision: plan, child_views_heard: {}"
    assert [at for *_, at in raised(events(held.format("false")), "voice_missing")] == ["2014-03-04 10:03"]
    assert raised(events(held.format("true")), "voice_missing") == []
    assert raised(events(held.replace(", child_views_heard: {}", "")), "voice_missing") == []
    assert len(raised(events("04 10:00 care.reviewed | | child_took_part: false"), "voice_missing")) == 1


@pytest.mark.requirement("CN-04", "CN-05")
def test_a_school_log_has_no_boxes_to_leave_empty_and_one_form_about_two_children_is_told_once() -> None:
    log = "04 12:00 concern.notified | | kinds: [something the child said], what_happened: says mum and dad fight at night | education"
    assert raised(events(log), "voice_missing") == []
    assert (
        len(raised(events(log.replace("at night", "at night, seen: true")), "voice_missing")) == 1
    )  # a form after all
    both = raised(events(FORM.format("04 23:00", "[child, brother]")), "voice_missing")
    assert both == [("voice_missing", "child", "2014-03-04 23:03")]
