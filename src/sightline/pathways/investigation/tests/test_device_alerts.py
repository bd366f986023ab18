"""Phones and computers: taken, given to an examiner, examined, reported on."""

from __future__ import annotations

import pytest

from alarms import case, crime, entry, raised


def device(kind: str, at: str, data: str = "") -> str:
    return entry(at, f"device.{kind}", f"{{item: computer{data}}}", "suspect: man")


SEIZED, SENT = (
    device("seized", "2014-03-04 09:00", ", risk: medium"),
    device("submitted", "2014-03-05 09:00", ", priority: medium"),
)
TRIAGE = device("examined", "2014-03-07 09:00", ", stage: triage, indecent_images: false")
IMAGES = crime("online", "possessing indecent photographs of children", people="suspect: man")


@pytest.mark.requirement("DF-01", "DF-02", "DF-06", "DF-08")
@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ((SEIZED,), ["2014-03-11 09:00"]),  # taken, never sent
        ((SEIZED, SENT), ["2014-03-12 09:00"]),
        ((SEIZED, SENT, TRIAGE), ["2014-04-02 09:00"]),  # a first look that finds nothing clears nobody
        ((SEIZED.replace("medium", "high"), SENT, TRIAGE), ["2014-03-19 09:00"]),
        ((SEIZED, SENT, TRIAGE, device("reported", "2014-03-20 09:00")), []),
        (
            (
                SEIZED,
                SENT,
                entry("2014-03-08 09:00", "investigation.closed", "{outcome: unfounded, reason: r}", "suspect: man"),
            ),
            [],
        ),
    ],
)
def test_a_device_does_not_wait(lines: tuple[str, ...], when: list[str]) -> None:
    assert [at for _, who, at in raised(case(IMAGES, *lines), "device_delayed") if who == "man"] == when


def test_a_device_has_an_examiner_within_a_week() -> None:
    assert raised(case(SEIZED, SENT), "device_unallocated") == [("device_unallocated", "man", "2014-03-12 09:00")]
    for done in (TRIAGE, device("allocated", "2014-03-06 09:00", ", examiner: e")):
        assert raised(case(SEIZED, SENT, done), "device_unallocated") == []


@pytest.mark.requirement("DF-02", "DF-10", "DF-18")
@pytest.mark.parametrize(
    ("told", "taken", "alarm"),
    [
        (entry("2014-03-04 11:00", "device.known", "{item: her phone}"), "", True),
        (
            entry("2014-03-04 11:00", "device.known", "{item: her phone}"),
            entry("2014-03-04 13:00", "device.seized", "{item: phone, risk: low}"),
            False,
        ),
        (
            entry("2014-03-04 11:00", "device.known", "{item: his laptop}"),
            entry("2014-03-04 13:00", "device.seized", "{item: her phone, risk: low}"),
            True,
        ),
        (
            entry("2014-03-04 11:00", "device.known", "{item: her phone}"),
            entry("2014-03-04 13:00", "evidence.taken", "{kind: phone_download}"),
            False,
        ),
        (
            entry(
                "2014-03-04 11:00", "intelligence.recorded", "{kind: online, summary: messages from men on her phone}"
            ),
            "",
            True,
        ),
        (
            entry(
                "2014-03-04 11:00", "intelligence.recorded", "{kind: exploitation, summary: came back with a new phone}"
            ),
            "",
            False,
        ),
        (
            entry("2014-03-04 11:00", "intelligence.recorded", "{kind: exploitation, summary: a friend telephoned}"),
            "",
            False,
        ),
        (
            entry("2014-03-04 11:00", "contact.received", "{channel: '101', kind: online_abuse, graded: priority}"),
            "",
            True,
        ),
        (
            entry(
                "2014-03-04 11:00",
                "contact.received",
                "{channel: '101', kind: domestic_abuse, graded: priority}",
                note="he keeps pictures of children on a laptop",
            ),
            "",
            True,
        ),
        (
            entry(
                "2014-03-04 11:00",
                "contact.received",
                "{channel: '101', kind: domestic_abuse, graded: priority}",
                note="mother phoned",
            ),
            "",
            False,
        ),
    ],
)
def test_a_device_that_matters_is_taken(told: str, taken: str, alarm: bool) -> None:
    found = raised(case(crime(), told, *([taken] if taken else [])), "device_not_seized")
    assert found == ([("device_not_seized", "child", "2014-03-05 11:00")] if alarm else [])
