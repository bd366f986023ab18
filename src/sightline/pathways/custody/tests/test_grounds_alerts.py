"""Whether a child should be held, and whether bail was refused for a reason, sentence by sentence."""

from __future__ import annotations

import pytest

from alarms import raised
from custody_record import custody

AUTHORISED = "station: Northgate, reason: {reason}, offence: {offence}, power: {power}"


def held(offence: str = "theft", reason: str = "arrested in town", power: str = "arrest", necessity: str = "") -> str:
    said = AUTHORISED.format(offence=offence, reason=reason, power=power)
    return custody(
        ("10:00", "authorised", said + (f", necessity: {necessity}" if necessity else "")), until="2014-03-04 11:00:00"
    )


@pytest.mark.requirement("CU-01")
def test_detention_without_a_recorded_necessity_is_told_at_once() -> None:
    assert raised(held(), "detention_unjustified") == [("detention_unjustified", "child", "2014-03-04 10:03")]


@pytest.mark.parametrize(
    "case",
    [
        held(necessity="to question promptly"),
        held(power="warrant"),
        held(power="recall"),
        held(power="s136"),
        custody(
            ("10:00", "authorised", "station: Northgate, reason: section 136, power: other"),
            until="2014-03-04 11:00:00",
        ),
    ],
)
def test_a_recorded_necessity_or_a_courts_order_is_enough(case: str) -> None:
    assert raised(case, "detention_unjustified") == []


@pytest.mark.requirement("CU-27")
def test_the_childs_own_good_is_no_necessity() -> None:
    assert raised(held(necessity="for her own safety, nowhere to go"), "detention_unjustified")


QUARREL = """
events:
  - {{at: 2014-03-04 09:40:00, type: suspect.arrested, source: crime, people: {{child: child, suspect: child, victim: {victim}}},
     data: {{offence: {offence}}}}}
  - {{at: 2014-03-04 10:00:00, type: detention.authorised, source: custody, people: {{child: child}},
     data: {{station: Northgate, reason: after a row, offence: {offence}, power: arrest, necessity: to question}}}}
until: 2014-03-04 11:00:00
"""


@pytest.mark.parametrize(
    ("offence", "victim", "told"),
    [
        ("common assault", "mother", 1),
        ("common assault", "man", 0),
        ("wounding with a knife", "mother", 0),
        ("criminal damage at the family home", "man", 1),
        ("criminal damage to a bus shelter", "man", 0),
    ],
)
def test_a_quarrel_in_the_family_is_no_matter_for_a_cell(offence: str, victim: str, told: int) -> None:
    assert len(raised(QUARREL.format(offence=offence, victim=victim), "detention_unjustified")) == told


def charged(said: str) -> str:
    return custody(("10:00", "held", ""), ("13:00", "charged", said), until="2014-03-04 14:00:00")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("bail: refused", 1),
        ("bail: refused, reason: breach of bail", 1),
        ("bail: refused, reason: he has breached his order again", 1),
        ("bail: refused, reason: our policy after a breach", 1),
        ("bail: refused, ground: none, reason: thought best", 1),
        ("bail: refused, reason: to prevent further offences", 1),
        ("bail: refused, reason: likely to reoffend and fail to surrender", 1),
        ("bail: refused, reason: likely to go back to the same shop tonight", 0),
        ("bail: refused, reason: third burglary this week while on bail and he threatened the witness", 0),
        ("bail: refused, ground: will_not_appear", 0),
        ("bail: granted", 0),
    ],
)
def test_bail_is_refused_for_a_reason_of_this_childs_own(said: str, told: int) -> None:
    assert raised(charged(said), "bail_automatic") == [("bail_automatic", "child", "2014-03-04 13:03")] * told


@pytest.mark.requirement("CU-27")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("bail: refused, reason: for her own protection", 1),
        ("bail: refused, reason: already supervised for something else", 1),
        ("bail: refused, ground: injury, reason: needs her own protection too", 0),
        ("bail: refused, reason: threatened to go back and hurt him", 0),
    ],
)
def test_own_protection_and_being_supervised_are_weak_reasons_to_keep_a_child(said: str, told: int) -> None:
    assert len(raised(charged(said), "detention_unjustified")) == told


@pytest.mark.requirement("CU-41")
@pytest.mark.parametrize(
    ("end", "how", "told"),
    [
        ("2014-03-05 07:00", "no_further_action", 1),
        ("2014-03-05 07:00", "bailed", 0),
        ("2014-03-04 14:00", "no_further_action", 0),
    ],
)
def test_a_night_in_custody_for_nothing_is_looked_at(end: str, how: str, told: int) -> None:
    case = custody(("10:00", "held", ""), (end, "ended", f"how: {how}"))
    assert len(raised(case, "detention_unjustified")) == told


@pytest.mark.requirement("CU-21")
def test_the_want_of_a_bed_is_no_reason_to_hold_a_child() -> None:
    assert raised(held(necessity="no beds available"), "detention_unjustified")
    assert raised(held(necessity="to question promptly"), "detention_unjustified") == []
