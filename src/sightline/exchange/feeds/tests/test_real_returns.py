"""Two statutory returns that nobody here wrote: the children in need census and the looked-after children return."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from cast import feed_viewer
from sightline.chronology.models import Event
from sightline.exchange.feeds.catalogue import FEEDS, mapping_for, mappings_named
from sightline.exchange.feeds.models import Load
from sightline.exchange.feeds.services import load
from sightline.kernel.moments import from_local, local
from sightline.people.models import Address, SourceRecord

pytestmark = pytest.mark.django_db
PUBLISHED = Path(__file__).resolve().parents[6] / "shared" / "data"
published = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the published sample returns are not beside this checkout"
)
CENSUS, RETURN = FEEDS / "cin_census", FEEDS / "ssda903"


def take_in(feed: str, file: Path, extracted_at: datetime | None = None) -> Load:
    mapping = mapping_for(file, mappings_named(feed))
    assert mapping is not None
    return load(mapping, file, feed_viewer(), extracted_at=extracted_at, workers=0)


def kinds() -> Counter[str]:
    return Counter(Event.objects.values_list("kind", flat=True))


@published
@pytest.mark.requirement("JD-43", "JD-26")
def test_the_published_census_is_all_in_the_chronology() -> None:
    held = take_in("cin_census", PUBLISHED / "cin-census" / "fake_CIN_data.xml")
    assert (held.rows, held.applied, held.state) == (332, 332, "whole")
    assert SourceRecord.objects.filter(source="cin_census", event_id__isnull=False).count() == 332
    assert SourceRecord.objects.filter(died__isnull=False).count() == 21
    found = kinds()
    assert (found["referral.made"], found["conference.held"], found["marker.cleared"]) == (402, 350, 252)
    conferences = Event.objects.filter(kind="conference.held")
    assert {tuple(c.data.items()) for c in conferences} == {(("kind", "initial"),)}, (
        "who came and what was decided is not supplied"
    )
    assert {tuple(r.data.items()) for r in Event.objects.filter(kind="referral.made")} == {(("to", "social_care"),)}
    assert not Event.objects.exclude(precision="day").exists(), "a census holds days"
    again = take_in("cin_census", PUBLISHED / "cin-census" / "fake_CIN_data.xml")
    assert again.unchanged == 332


def test_older_and_newer_elements_say_the_same() -> None:
    take_in("cin_census", CENSUS / "sample_2022.xml")
    take_in("cin_census", CENSUS / "sample_2026.xml")
    sexes = dict(SourceRecord.objects.values_list("key", "sex"))
    assert (sexes["975/RND000215205141"], sexes["975/RND000824303014"], sexes["330/SL0000000001"]) == ("M", "X", "F")
    unborn = SourceRecord.objects.get(key="330/SL0000000003")
    assert (unborn.born, unborn.born_text, unborn.upn) == (None, "expected 2026-06-15", "")
    assert unborn.details["disability"] == ["no disability"]


@pytest.mark.requirement("JD-08", "JD-43", "JD-44")
def test_enquiries_assessments_and_plans_of_one_child_in_order() -> None:
    take_in("cin_census", CENSUS / "sample_2026.xml")
    of_child = (
        Event.objects.filter(people__record__key="330/SL0000000001")
        .exclude(kind="person.recorded")
        .order_by("at", "id")
    )
    assert [(f"{local(e.at):%Y-%m-%d}", e.kind) for e in of_child] == [
        ("2025-05-06", "referral.made"), ("2025-05-06", "marker.set"), ("2025-05-07", "assessment.started"), ("2025-05-08", "enquiry.started"),
        ("2025-05-29", "conference.held"), ("2025-05-29", "plan.started"), ("2025-06-10", "assessment.completed"),
        ("2025-08-20", "plan.reviewed"), ("2026-02-10", "plan.reviewed"),
    ]  # fmt: skip
    plan = Event.objects.get(kind="plan.started", data__kind="child_protection")
    assert plan.data == {"kind": "child_protection", "category": "neglect"}
    assert Event.objects.get(kind="assessment.completed", ref__contains="SL0000000001").data == {
        "factors": ["3B", "11A", "16A"]
    }
    assert Event.objects.get(kind="enquiry.started").data == {}, "who led it is not supplied"
    assert "marker.set" not in {e.kind for e in Event.objects.filter(people__record__key="330/SL0000000002")}, (
        "no further action"
    )


def test_a_plan_that_ended_and_a_conference_told_twice(tmp_path: Path) -> None:
    text = (CENSUS / "sample_2026.xml").read_text()
    text = text.replace("</CPPstartDate>", "</CPPstartDate><CPPendDate>2026-03-01</CPPendDate>")
    text = text.replace("<ReferralNFA>0", "<DateOfInitialCPC>2025-05-29</DateOfInitialCPC><ReferralNFA>0", 1)
    file = tmp_path / "cin_census_altered.xml"
    file.write_text(text)
    assert take_in("cin_census", file).applied == 4
    assert Event.objects.filter(kind="conference.held").count() == 1, "one conference, told at two places of the return"
    assert f"{local(Event.objects.get(kind='plan.ended').at):%Y-%m-%d}" == "2026-03-01"


@pytest.mark.requirement("JD-26")
@pytest.mark.parametrize(
    ("old", "new", "row", "field", "reason"),
    [
        (
            "<CINreferralDate>2025-09-10<",
            "<CINreferralDate>2025-02-30<",
            2,
            "CINreferralDate",
            "'2025-02-30' is no date",
        ),
        ("<LAchildID>SL0000000002</LAchildID>", "", 2, "ChildIdentifiers/LAchildID", "is missing"),
        (
            "<LAchildID>SL0000000002</LAchildID>",
            "<LAchildID> </LAchildID>",
            2,
            "ChildIdentifiers/LAchildID",
            "is missing",
        ),
        ("<ReferralNFA>1", "<Colour>red</Colour><ReferralNFA>1", 2, "Colour", "is not in the mapping"),
        ("<Sex>U<", "<Sex>Q<", 3, "ChildIdentifiers/Sex", "'Q' is not among the codes"),
    ],
)
def test_a_broken_census_is_quarantined_by_file_row_and_field(
    tmp_path: Path, old: str, new: str, row: int, field: str, reason: str
) -> None:
    text = (CENSUS / "sample_2026.xml").read_text()
    assert text.count(old) == 1
    file = tmp_path / "cin_census_broken.xml"
    file.write_text(text.replace(old, new))
    held = take_in("cin_census", file)
    assert (held.rows, held.applied, held.quarantined) == (4, 3, 1)
    bad = held.quarantine.get()
    assert (bad.file, bad.row, bad.field) == ("cin_census_broken.xml", row, field)
    assert reason in bad.reason
    assert not SourceRecord.objects.filter(key=f"330/SL000000000{row}").exists()


def test_a_truncated_census_keeps_the_rows_before_the_break(tmp_path: Path) -> None:
    text = (CENSUS / "sample_2026.xml").read_text()
    file = tmp_path / "cin_census_cut.xml"
    file.write_text(text[: text.index("SL0000000003")])
    held = take_in("cin_census", file)
    assert (held.state, held.rows, held.applied, held.quarantined) == ("broken", 3, 2, 1)
    assert held.reason.startswith("cin_census_cut.xml, row 3: cannot be read on")
    file.write_text(text[:300])
    held = take_in("cin_census", file)
    assert (held.rows, held.quarantined, held.applied) == (1, 1, 0)
    assert held.state == "broken"


@pytest.mark.requirement("JD-45")
def test_the_looked_after_return_several_tables_of_one_source() -> None:
    year_end = from_local(datetime(2018, 3, 31))  # noqa: DTZ001 - made aware by from_local
    for table in ("reviews", "oc2", "episodes", "missing", "uasc", "header"):
        held = take_in("ssda903", RETURN / f"{table}_sample.csv", year_end)
        assert (held.state, held.quarantined, held.applied) == ("whole", 0, held.rows)
    one = SourceRecord.objects.get(source="ssda903", key="566910")
    assert (str(one.born), one.sex, one.upn) == ("2008-03-27", "F", "D051910639385")
    episodes = Event.objects.filter(
        people__record=one, kind__in=["placement.started", "placement.ended", "marker.set"]
    ).order_by("at", "kind")
    assert [(f"{local(e.at):%Y-%m-%d}", e.kind, e.data.get("kind"), e.data.get("reason")) for e in episodes] == [
        ("2016-02-15", "marker.set", "looked_after", None),
        ("2017-08-14", "marker.set", "looked_after", None),
        ("2017-08-14", "placement.ended", None, "placement closed"),
        ("2017-08-14", "placement.started", "other", None),
    ], "the first episode was a change of legal status: no placement began"
    assert {a.postcode for a in Address.objects.filter(record=one)} == {"EG19 7TT", "WV27 9FW"}
    took_part = set(Event.objects.filter(kind="care.reviewed").values_list("data__child_took_part", flat=True))
    assert took_part == {True, False}
    assert kinds()["relationship.recorded"] == 1
    assert Event.objects.filter(kind="missing.reported").first().data == {}, "the grade is not supplied"


def test_a_table_without_any_date_is_refused_with_what_would_help() -> None:
    held = take_in("ssda903", RETURN / "oc2_sample.csv")
    assert (held.state, held.rows) == ("refused", 0)
    assert "--extracted-at" in held.reason


@published
@pytest.mark.slow
def test_the_published_looked_after_return_adds_up() -> None:
    for table, rows in {"header": 2675, "episodes": 5050, "missing": 43, "reviews": 12582, "uasc": 132}.items():
        held = take_in("ssda903", PUBLISHED / "ssda903" / f"{table}.csv")
        assert held.state == "whole"
        assert held.rows == rows == held.applied + held.superseded + held.unchanged + held.quarantined
    bad = held.quarantine.model.objects.filter(file="reviews.csv")
    assert all("cannot be ordered" in row.reason for row in bad), "two reviews of one child on one day that disagree"
    assert bad.count() == 12, "every such pair is named, whichever of the two stands"
    assert SourceRecord.objects.filter(source="ssda903", event_id__isnull=False).count() == 2676
