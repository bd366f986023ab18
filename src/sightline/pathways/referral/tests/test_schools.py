"""A child's school or nursery is told of a domestic incident that police went to: which those are, by when, and what becomes of the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alarms import Entries, case, raised, standing
from cast import Member, entry, feed_viewer, involve, make_member, person_of, write_person
from referring import post
from screens import signed_in, text
from sightline.agencies.models import Agency
from sightline.chronology.models import Event
from sightline.chronology.record import record_many
from sightline.clocks.calendar import calendar
from sightline.kernel.moments import local
from sightline.pathways.referral.rules.authorities import setting_words
from sightline.pathways.referral.rules.order import before_school
from sightline.pathways.referral.services.schools import tell_schools

said = Entries(source="command_and_control")
CALL = ("contact.received", "{kind: domestic_abuse, channel: '999'}")
ARRIVED = "attendance.arrived"
NOW = timezone.now()


@pytest.mark.requirement("RF-23")
@pytest.mark.parametrize(
    ("at", "begins"),
    [
        ("2026-03-05 23:00", "2026-03-06 08:30"),  # Thursday night
        ("2026-03-06 07:00", "2026-03-06 08:30"),  # before school
        ("2026-03-06 09:00", "2026-03-09 08:30"),  # Friday morning: Monday
        ("2026-03-07 12:00", "2026-03-09 08:30"),  # Saturday
        ("2026-04-02 18:00", "2026-04-07 08:30"),  # before Good Friday: Tuesday after Easter Monday
        ("2026-12-24 20:00", "2026-12-29 08:30"),  # Boxing Day is a Saturday: its Monday is given
    ],
)
def test_the_next_school_day_passes_over_weekends_and_holidays(at: str, begins: str) -> None:
    moment = datetime.fromisoformat(f"{at}+00:00").astimezone(UTC)
    assert f"{local(before_school(moment, calendar())):%Y-%m-%d %H:%M}" == begins


@pytest.mark.requirement("RF-23")
@pytest.mark.parametrize(
    ("entries", "when"),
    [
        ([said("2026-03-06 21:00", *CALL), said("2026-03-06 22:00", ARRIVED)], ["2026-03-09 08:30"]),
        ([said("2026-03-06 21:00", *CALL)], []),
        ([said("2026-03-06 21:00", *CALL), said("2026-03-06 22:00", "suspect.arrested")], ["2026-03-09 08:30"]),
        ([said("2026-03-06 21:00", *CALL), said("2026-03-06 20:00", ARRIVED)], []),
        ([said("2026-03-06 21:00", "concern.notified", "{kinds: [domestic abuse], what_happened: w}")], ["2026-03-09 08:30"]),
        ([said("2026-03-06 21:00", "concern.notified", "{kinds: [neglect], what_happened: w}")], []),
        ([said("2026-03-06 21:00", "risk.assessed", "{tool: domestic_abuse, grade: high, stage: initial, role: response}")],
         ["2026-03-09 08:30"]),
        ([said("2026-03-06 21:00", "risk.assessed", "{tool: domestic_abuse, grade: high, stage: review, role: specialist}")], []),
        ([said("2026-03-06 21:00", *CALL), said("2026-03-06 22:00", ARRIVED),
          said("2026-03-07 10:00", "setting.told", "{of: school, told: t, lawful_basis: b, needed_by: '2026-03-09T08:30:00+00:00'}"),
          said("2026-03-07 11:00", "setting.received", "{lead: true}")], []),
        ([said("2026-03-06 21:00", *CALL), said("2026-03-06 22:00", ARRIVED),
          said("2026-03-07 10:00", "setting.told", "{of: school, told: t, lawful_basis: b, needed_by: '2026-03-09T08:30:00+00:00'}"),
          said("2026-03-07 11:00", "setting.received", "{by_role: Practitioner, lead: false}")], ["2026-03-09 08:30"]),
        ([said("2026-03-07 10:00", "setting.told", "{of: school, told: t, lawful_basis: b, needed_by: '2026-03-09T08:30:00+00:00'}")],
         ["2026-03-09 08:30"]),
        ([said("2025-11-06 21:00", *CALL), said("2025-11-06 22:00", ARRIVED)], []),  # the day before the law was in force
        ([said("2025-11-07 07:00", *CALL), said("2025-11-07 07:20", ARRIVED)], ["2025-11-07 08:30"]),
    ],
)  # fmt: skip
def test_an_incident_of_which_no_school_was_told_is_an_alert_when_the_school_day_begins(
    entries: list[str], when: list[str]
) -> None:
    people = "people:\n  child: {born: 2016-05-05, sex: F}\n"
    found = raised(people + case(*entries, until="2026-03-20 10:00"), "school_not_told")
    assert [at for _, _, at in found] == when


@pytest.mark.requirement("RF-23")
def test_the_basis_is_that_of_the_day() -> None:
    before, since = setting_words(date(2025, 11, 6)), setting_words(date(2025, 11, 7))
    assert "Victims and Prisoners Act" not in before and "Victims and Prisoners Act" in since


def test_no_adult_and_no_baby_has_a_school() -> None:
    for born in ("2001-05-05", "2025-05-05"):
        people = f"people:\n  child: {{born: {born}, sex: F}}\n"
        entries = said("2026-03-06 21:00", *CALL), said("2026-03-06 22:00", ARRIVED)
        assert standing(people + case(*entries, until="2026-03-20 10:00"), "school_not_told") == set()


@pytest.mark.django_db
@pytest.mark.requirement("RF-23")
def test_children_who_live_there_and_were_not_named_are_told_of_too(constable: Member) -> None:
    make_member("head", "Sam Ward", "practitioner", "education")
    Agency.objects.filter(key="education").update(name="Holm Lane Academy")
    since = NOW - timedelta(days=400)
    for key, born, school in (
        ("kim", "1990-01-01", ""),
        ("ana", "2016-05-05", "Holm Lane Academy"),
        ("ben", "2018-05-05", ""),
    ):
        write_person(
            "crime", key, at=since, forenames=key, surname="Reed", born=born, **({"school": school} if school else {})
        )
    home = {"lines": "3 Salt Lane", "postcode": "ZS4 4QQ", "kind": "home", "from": "2020-01-01"}
    rows = [entry("address.recorded", {"subject": [("crime", k)]}, source="crime", ref=f"{k}/a", at=since, data=home)
            for k in ("kim", "ana", "ben")]  # fmt: skip
    form = {
        "kinds": ["neglect"],
        "what_happened": "w",
        "seen": True,
        "seen_alone": True,
        "action_taken": "none",
        "grade": "standard",
    }
    rows.append(entry("concern.notified", {"child": [("crime", "ben")]}, source="crime", ref="f", at=NOW - timedelta(days=90),
                      data=form | {"school": "Holm Lane Academy"}))  # fmt: skip
    rows.append(entry("contact.received", {"victim": [("crime", "kim")]}, source="crime", ref="i", at=NOW - timedelta(hours=9),
                      data={"kind": "domestic_abuse", "channel": "999"}))  # fmt: skip
    record_many(rows, feed_viewer(at=NOW - timedelta(hours=8)))
    assert tell_schools(NOW) == 0, "nobody has been there yet"
    went = entry(
        "suspect.arrested",
        {"victim": [("crime", "kim")]},
        source="crime",
        ref="x",
        at=NOW - timedelta(hours=7),
        data={},
    )
    record_many([went], feed_viewer(at=NOW - timedelta(hours=6)))
    assert (tell_schools(NOW), tell_schools(NOW)) == (2, 0)
    assert {e.data["called"].split()[0] for e in Event.objects.filter(kind="setting.told")} == {"ana", "ben"}


@pytest.mark.django_db
@pytest.mark.requirement("RF-23")
def test_a_school_without_an_account_is_rung_and_that_it_was_is_kept(constable: Member) -> None:
    child = person_of(
        write_person("crime", "ana", at=NOW - timedelta(days=9), forenames="Ana", surname="Reed", born="2016-05-05")
    )
    people = {"child": [("crime", "ana")]}
    record_many(
        [entry("contact.received", people, source="crime", ref="i", at=NOW - timedelta(hours=9), data={"kind": "domestic_abuse", "channel": "999"}),
         entry("attendance.arrived", people, source="crime", ref="w", at=NOW - timedelta(hours=8), data={})],
        feed_viewer(at=NOW - timedelta(hours=7)),
    )  # fmt: skip
    involve(constable, child, at=timezone.now())
    officer: Client = signed_in(constable)
    assert "Tell the school or nursery" in text(officer.get("/work/"))
    for role, tells in (("practitioner", False), ("mash_manager", True)):
        involve(other := make_member(role, f"Lee {role}", role, "hub"), child, at=timezone.now())
        assert ("Tell the school or nursery" in text(signed_in(other).get("/work/"))) is tells, role
    assert "not told of a domestic incident that police went to" in text(officer.get(f"/person/{child}/"))
    told = {"of": "rang", "told": "Police were at the home last night; she may be tired"}
    assert "Say whom you spoke to there" in text(post(officer, f"/person/{child}/school/", **told))
    rung = post(officer, f"/person/{child}/school/", **told, setting="Kestrel Primary", lead="Ruth Mistry")
    assert rung.status_code == 302
    page = text(officer.get(f"/person/{child}/"))
    assert "School or nursery told: Kestrel Primary Read by the designated lead" in page
    assert Event.objects.get(kind="setting.received").data["doing"] == "Told by telephone: Ruth Mistry"
    assert "Tell the school or nursery" not in text(officer.get("/work/"))
