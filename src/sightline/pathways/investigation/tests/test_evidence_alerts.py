"""What fades, and what only a doctor can find: sentence by sentence."""

from __future__ import annotations

import pytest

from alarms import case, crime, entry, raised


def seen(injuries: str = "bruise to the arm") -> str:
    return entry("2014-03-04 09:00", "child.seen", f"{{alone: true, spoken_to: true, injuries: '{injuries}'}}")


OPENED = entry("2014-03-04 10:10", "investigation.opened", "{team: child_protection}", "child: child, suspect: man")
PICTURE = entry("2014-03-04 09:30", "evidence.taken", "{kind: photograph}")


@pytest.mark.requirement("SI-11")
@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ((seen(), crime()), ["2014-03-05 09:00"]),
        ((seen(), OPENED), ["2014-03-05 09:00"]),
        ((seen(), crime(), PICTURE), []),
        (
            (
                seen(),
                crime(),
                entry(
                    "2014-03-04 14:00",
                    "medical.held",
                    "{findings: bruise, photographed by the doctor}".replace("bruise,", "bruise and"),
                ),
            ),
            [],
        ),
        ((seen(), crime(), entry("2014-03-04 14:00", "medical.held", "{findings: bruise}")), ["2014-03-05 09:00"]),
        ((seen("none seen"), crime()), []),
        ((seen(), crime("sexual", "sexual assault")), []),  # for the doctor to picture
        ((seen(),), []),  # nobody suspects a crime: an ordinary bruise
        (
            (entry("2014-03-04 09:00", "attendance.arrived"), crime("cruelty_neglect", "child neglect")),
            ["2014-03-05 10:00"],
        ),
        (
            (
                entry("2014-03-04 09:00", "attendance.arrived"),
                crime("cruelty_neglect", "child neglect"),
                entry("2014-03-04 09:30", "evidence.taken", "{kind: scene}"),
            ),
            [],
        ),
    ],
)
def test_an_injury_or_a_neglected_home_is_photographed_within_the_day(lines: tuple[str, ...], when: list[str]) -> None:
    assert [at for _, _, at in raised(case(*lines), "evidence_delayed")] == when


ASKED = entry("2014-03-04 10:10", "medical.requested", "{kind: child_protection}")
HELD = entry("2014-03-04 15:00", "medical.held")
SPECIALISTS = entry("2014-03-04 10:02", "investigation.opened", "{team: child_protection}")
RESPONSE = entry("2014-03-04 10:02", "investigation.opened", "{team: response}")
TOLD = entry("2014-03-04 10:05", "referral.made", "{to: social_care, basis: s47}")


@pytest.mark.requirement("SI-12", "SI-13")
@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ((seen(), crime()), ["2014-03-05 10:00"]),
        ((crime("violence", "assault occasioning actual bodily harm"),), ["2014-03-05 10:00"]),
        ((crime(),), []),  # no injury
        ((seen(), crime(), HELD), []),
        ((seen(), crime(), ASKED), ["2014-03-05 10:10"]),  # asked for, and not held for a day
        ((crime("sexual", "sexual assault"),), ["2014-03-05 10:00"]),
        ((crime("sexual", "sexual assault", "true"),), ["2014-03-04 10:05"]),
        ((crime("sexual", "sexual assault", "true"), SPECIALISTS), ["2014-03-04 10:05"]),  # social care has it not
        ((crime("sexual", "sexual assault", "true"), RESPONSE, TOLD), ["2014-03-04 10:05"]),  # nobody who knows how
        ((crime("sexual", "sexual assault", "true"), SPECIALISTS, TOLD), ["2014-03-04 10:30"]),
        ((crime("sexual", "sexual assault", "true"), SPECIALISTS, TOLD, ASKED, HELD), []),
        ((entry("2014-03-04 09:50", "medical.requested"), crime("sexual", "sexual assault", "true"), HELD), []),
        (
            (
                crime("sexual", "rape"),
                entry("2014-03-04 12:00", "health.consulted", "{role: nurse, opinion: no examination needed}"),
            ),
            [],
        ),
        (
            (
                crime("sexual", "rape"),
                entry("2014-03-04 12:00", "health.consulted", "{role: nurse, opinion: to be examined}"),
            ),
            ["2014-03-05 12:00"],
        ),
        ((crime("sexual", "inciting a child to send images"),), []),  # nobody touched the child
        ((crime("exploitation", "sexual activity with a child"),), ["2014-03-05 10:00"]),
        ((seen(), crime(people="child: child, suspect: brother")), []),  # a fight of children
        ((crime("sexual", "sexual assault", is_="suspect"),), []),
    ],
)
def test_a_doctor_sees_the_child(lines: tuple[str, ...], when: list[str]) -> None:
    assert [at for _, _, at in raised(case(*lines), "medical_missing")] == when
