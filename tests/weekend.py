"""A weekend at the hub: referrals from Friday 18:00 to Monday 08:00, and the few who work through it. Everybody is invented."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sightline.chronology.entries import Entry, PersonKey

FRIDAY = datetime(2026, 11, 13, 18, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
LENGTH = MONDAY - FRIDAY
HERE = "sightline"
Made = tuple[datetime, int, str, str, tuple[str, str]]
SENDERS = (
    ("police", "Tom Reeve"),
    ("police", "Ana Costa"),
    ("health", "Niamh Doyle"),
    ("education", "Sam Ward"),
    ("housing", "Lee Marr"),
)
RISKS = (("s47", "same_day"),) * 2 + (("s17", "next_day"),) * 3 + (("s17", "routine"), ("early_help", "routine")) * 2


def weekend(
    count: int, *, an_hour: int = 4, seed: int = 8, friday: datetime = FRIDAY, children: Sequence[PersonKey] = ()
) -> list[Entry]:
    """So many children referred, three in ten of them with another of the family; from 09:00 to 17:00 somebody decides so many an hour.

    `children`: records of children who are there already, to be referred in place of new ones.
    """
    draw = random.Random(seed)
    minutes = int(LENGTH.total_seconds() // 60)
    made = []
    for n, minute in enumerate(sorted(draw.randrange(minutes) for _ in range(count))):
        basis, urgency = draw.choice(RISKS)
        made.append((friday + timedelta(minutes=minute), n, basis, urgency, draw.choice(SENDERS)))
    entries = [e for at, n, *_, sender in made if not children for e in _person(at, n, sender)]
    entries += [_referral(one, _who(one[1], children)) for one in made]
    return sorted([*entries, *_worked(made, an_hour, friday, children)], key=lambda e: e.at)


def _who(n: int, children: Sequence[PersonKey]) -> PersonKey:
    return children[n] if children else (HERE, f"w{n}")


def _person(at: datetime, n: int, sender: tuple[str, str]) -> Iterator[Entry]:
    home = f"{n // 10 * 10 if n % 10 < 3 else n} Weir Street, ZS7 {n // 10 % 10}AA"
    who, (agency, by) = ((HERE, f"w{n}"),), sender
    person = {"forenames": f"Child{n}", "surname": "Weir", "born": f"20{10 + n % 14}-03-0{1 + n % 9}"}
    yield _entry("person.recorded", f"w{n}/person", at, {"subject": who}, person, agency, by)
    lives = {"lines": home, "postcode": home[-7:], "kind": "home", "from": "2020-01-01"}
    yield _entry("address.recorded", f"w{n}/home", at, {"subject": who}, lives, agency, by)


def _referral(one: Made, who: PersonKey) -> Entry:
    at, n, basis, urgency, (agency, by) = one
    said = {
        "to": "hub", "basis": basis, "urgency": urgency, "lawful_basis": "Children Act 2004 s11", "consent": "not_sought",
        "risk": "Hurt again at home tonight", "asked_for": "A decision on what is done",
        "summary": "Officers heard shouting, found the mother hurt and the child hidden behind the kitchen door, crying and cold",
    }  # fmt: skip
    return _entry("referral.made", f"referral/w{n}", at, {"child": (who,)}, said, agency, by)


def _worked(made: list[Made], an_hour: int, friday: datetime, children: Sequence[PersonKey]) -> Iterator[Entry]:
    """On Saturday and Sunday, gravest first, then oldest; at night nobody."""
    done: set[int] = set()
    hour = friday + timedelta(hours=15)
    while hour < friday + LENGTH:
        if 9 <= hour.hour < 17:
            waits = sorted((u != "same_day", at, n) for at, n, _, u, _ in made if at < hour and n not in done)
            for turn, (_, _, n) in enumerate(waits[:an_hour]):
                done.add(n)
                yield from _decided(n, hour + timedelta(minutes=60 // an_hour * turn), _who(n, children))
        hour += timedelta(hours=1)


def _decided(n: int, at: datetime, who: PersonKey) -> Iterator[Entry]:
    key, people = f"{HERE}:referral/w{n}", {"child": (who,)}
    said = {
        "decision": "child_in_need_assessment",
        "reason": "Needs seeing",
        "owner": "Amina Okoro",
        "next_step": "Visit on Monday",
    }
    yield _entry("referral.acknowledged", f"{key}#referral.acknowledged/t", at, people, {}, "hub", "Rukhsana Begum")
    yield _entry(
        "referral.decided",
        f"{key}#referral.decided/t",
        at + timedelta(minutes=5),
        people,
        said,
        "hub",
        "Rukhsana Begum",
    )
    told = {"outcome": "Assessment", "helped": "too_early"}
    yield _entry(
        "referral.fed_back",
        f"{key}#referral.fed_back/t",
        at + timedelta(minutes=6),
        people,
        told,
        "hub",
        "Rukhsana Begum",
    )


def _entry(
    kind: str,
    ref: str,
    at: datetime,
    people: dict[str, tuple[tuple[str, str], ...]],
    data: dict[str, object],
    agency: str,
    by: str,
) -> Entry:
    return Entry(kind, at, HERE, ref, people, data, recorded_at=at, extracted_at=at, agency=agency, by=by)
